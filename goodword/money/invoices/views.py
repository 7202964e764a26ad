from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.people.access import MemberRequest, member_required

from . import heading, printing, queries
from .forms import HeadForm
from .models import IssuedPaper


@member_required
@require_safe
def paper(request: MemberRequest, id: UUID) -> HttpResponse:
    """The paper itself, for its buyer and its seller, in the language of the page or the asked."""
    language = request.GET.get("language") or get_language() or "en"
    return sent(queries.paper(request.user.id, id), language)


def sent(row: IssuedPaper, language: str) -> HttpResponse:
    file, data = printing.file_of(row, language, clock.now())
    name = f"{row.kind}-{row.reference}-{file.language[:2]}.pdf"
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, max-age=3600",
        },
    )


@member_required
@require_http_methods(["GET", "POST"])
def head(request: MemberRequest) -> HttpResponse:
    """Where I am, as it stands on my papers."""
    known = heading.head_of(request.user.id)
    form = HeadForm(request.POST or None, initial={"address": known.text, "country": known.country})
    if request.method == "POST" and form.is_valid():
        try:
            heading.keep_head(seller=request.user.id, **form.cleaned_data, now=clock.now())
        except Refused as refused:
            for field, sentence in refused.fields.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("Kept. Your next papers say it."))
            return redirect("money:paper_head")
    context = {"form": form, "known": known}
    return http.page(request, "money/paper_head.html", context, status=422 if form.errors else 200)


@require_safe
def verify(request: HttpRequest, id: UUID) -> HttpResponse:
    """Whether a paper that somebody holds is genuine: for anyone who knows its digest."""
    found = queries.genuine(id, request.GET.get("d", ""))
    return http.page(request, "money/verify_paper.html", {"paper": found})
