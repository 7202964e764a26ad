from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required

from . import printing, queries
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


@require_safe
def verify(request: HttpRequest, id: UUID) -> HttpResponse:
    """Whether a paper that somebody holds is genuine: for anyone who knows its digest."""
    found = queries.genuine(id, request.GET.get("d", ""))
    return http.page(request, "money/verify_paper.html", {"paper": found})
