from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.circle import composing
from goodword.circle import queries as circle
from goodword.circle.forms import AUDIENCES, MomentForm
from goodword.kit import clock, http
from goodword.kit.ids import new_id
from goodword.people.access import MemberRequest, member_required

from .. import actions, queries
from .common import DONE, tried


@member_required
@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, id: UUID) -> HttpResponse:
    """Show a listing of mine to my circle, or to a part of it, as a market moment."""
    page = queries.my_page(request.user.id, id, now=clock.now())
    form = MomentForm(request.POST or None, author=request.user)
    status = tried(
        form,
        lambda: actions.show(
            seller=request.user,
            listing=id,
            text=form.cleaned_data["text"],
            audience=form.chosen(),
            key=form.cleaned_data["key"],
            now=clock.now(),
        ),
    )
    if status == DONE:
        messages.success(request, _("Shown. Each friend sees it when its turn comes."))
        # There it says when, and what else waits: whoever shows six at once can put them in order.
        return redirect("reach:schedule")
    context = {
        "form": form,
        "card": queries.cards(request.user.id, [id])[id],
        "page": page,
        "audiences": AUDIENCES,
        "groups": circle.groups(request.user.id),
        "friends": circle.friends(request.user.id),
        "key": form.data.get("key") or str(new_id()),
    }
    return http.page(request, "shop/show.html", context, status=status)


@member_required
@require_http_methods(["GET", "POST"])
def tell(request: MemberRequest, id: UUID) -> HttpResponse:
    """A life moment that says what it is from: one quiet line, no price."""
    now = clock.now()
    page = queries.listing(request.user.id, id, now=now)
    form = MomentForm(request.POST or None, author=request.user)
    status = tried(
        form,
        lambda: actions.tell(
            author=request.user,
            listing=id,
            sheet=composing.sheet_of(request, form),
            now=now,
        ),
    )
    if status == DONE:
        return redirect("reach:timeline")
    context = composing.blank(request.user, form, now=now) | {
        "action": reverse("shop:tell", args=[id]),
        "back": page.url,
        "origin": queries.cards(request.user.id, [id])[page.id],
    }
    return http.page(request, "circle/compose.html", context, status=status)
