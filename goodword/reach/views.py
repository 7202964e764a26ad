from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from goodword.circle import cards
from goodword.circle import queries as circle
from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required
from goodword.shop import queries as shop

from . import cursor as cursors
from . import queries
from .states import Lens


@require_safe
def timeline(request: HttpRequest) -> HttpResponseBase:
    """My circle; a stranger gets the welcome page instead."""
    if not request.user.is_authenticated:
        return http.page(request, "reach/welcome.html")
    return circle_page(request)


@member_required
def circle_page(request: MemberRequest) -> HttpResponse:
    lens = (
        Lens(request.GET.get("show", "all")) if request.GET.get("show") in set(Lens) else Lens.ALL
    )
    viewer = request.user.id
    page = queries.timeline(viewer, now=clock.now(), lens=lens, after=request.GET.get("after", ""))
    cards.with_answers([item.card for item in page.cards], viewer=viewer)
    return http.page(request, "reach/timeline.html", {"page": page, "lens": lens})


@member_required
@require_safe
def moment(request: MemberRequest, id: UUID) -> HttpResponse:
    """One moment with everything said under it."""
    card = circle.moment_card(request.user.id, id, now=clock.now())
    shown = queries.decorated(request.user.id, [card])
    if not shown:
        raise circle.MomentMissing
    return http.page(request, "reach/moment.html", {"item": shown[0]})


@member_required
@require_safe
def fold(request: MemberRequest, id: UUID) -> HttpResponse:
    """A market card opened to exactly what was folded into it."""
    circle.moment(request.user.id, id, now=clock.now())
    shown = queries.opened_fold(request.user.id, id, now=clock.now())
    return http.page(request, "reach/fold.html", {"shown": shown})


@member_required
@require_safe
def profile(request: MemberRequest, handle: str) -> HttpResponse:
    """A member's page: to friends their moments, to others a name and a way to ask."""
    viewer, now = request.user.id, clock.now()
    person = circle.person(viewer, handle)
    after = cursors.decode(request.GET["after"]).life if request.GET.get("after") else None
    found = circle.moments_of(viewer, person.id, now=now, before=after, limit=queries.PAGE + 1)
    more, found = len(found) > queries.PAGE, found[: queries.PAGE]
    cursor = ""
    if more:
        last = found[-1]
        cursor = cursors.Cursor(
            now, (last.published_at, last.id), cursors.first(now).market, 0
        ).encode()
    context = {
        "person": person,
        "shown": queries.decorated(viewer, found),
        "next": cursor,
        "is_me": person.id == viewer,
        "is_friend": circle.are_friends(viewer, person.id),
        "is_blocked": circle.has_blocked(viewer, person.id),
        "shops": shop.shops_of(viewer, person.id),
    }
    return http.page(request, "reach/profile.html", context)
