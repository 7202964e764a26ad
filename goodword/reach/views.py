from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from goodword.circle import cards
from goodword.circle import queries as circle
from goodword.circle.states import Face
from goodword.kit import clock, http
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required
from goodword.shop import queries as shop

from . import queries
from .digests import queries as digests
from .pacing import actions as pacing
from .states import STANDING_AT_ONCE, Lens

TELLS = "goodword_tells"


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
    viewer, after = request.user.id, request.GET.get("after", "")
    now = clock.now()
    # Only the module that tells what was seen sets this cookie; without it a page counts as seen.
    tells = request.COOKIES.get(TELLS) == "1"
    page = queries.timeline(viewer, now=now, lens=lens, after=after, tells=tells)
    line = queries.line(viewer, page, lens=lens, after=after, now=now)
    cards.with_answers([item.card for item in page.cards], viewer=viewer)
    lives = any(item.card.face == Face.LIFE for item in page.cards)
    is_quiet = lens != Lens.MARKET and not after and not lives
    digest = digests.latest(viewer) if lens == Lens.MARKET and not after else None
    context = {
        "page": page, "lens": lens, "is_quiet": is_quiet, "line": line, "digest": digest,
    }  # fmt: skip
    return http.page(request, "reach/timeline.html", context)


@member_required
@require_safe
def moment(request: MemberRequest, id: UUID) -> HttpResponse:
    """One moment with everything said under it."""
    card = circle.moment_card(request.user.id, id, now=clock.now())
    shown = queries.decorated(request.user.id, [card])
    if not shown:
        raise circle.MomentMissing
    context: dict[str, Any] = {"item": shown[0]}
    if card.mine:
        context["viewers"] = circle.viewer_count(request.user.id, id, now=clock.now())
    return http.page(request, "reach/moment.html", context)


@member_required
@require_safe
def answers(request: MemberRequest, id: UUID) -> HttpResponse:
    """What is said under a moment now, for a page that shows it; `alone` on the moment's own."""
    card = circle.moment_card(request.user.id, id, now=clock.now())
    shown = queries.decorated(request.user.id, [card])
    if not shown:
        raise circle.MomentMissing
    context = {"item": shown[0], "alone": request.GET.get("alone") == "1"}
    return http.page(request, "reach/answers.html", context)


@member_required
@require_safe
def standing(request: MemberRequest) -> HttpResponse:
    """Which of the moments that an open page shows are there still (`reach/live.js`)."""
    ids = [id_ for one in request.GET.getlist("of")[:STANDING_AT_ONCE] if (id_ := parse_id(one))]
    found = queries.standing(request.user.id, ids, now=clock.now())
    return JsonResponse([str(one) for one in ids if one in found], safe=False)


@member_required
@require_safe
def fold(request: MemberRequest, id: UUID) -> HttpResponse:
    """A market card opened to exactly what was folded into it."""
    viewer, now = request.user.id, clock.now()
    shown = queries.opened_fold(viewer, id, now=now)
    pacing.unfold(reader=viewer, moment=id, now=now)
    return http.page(request, "reach/fold.html", {"shown": shown})


@member_required
@require_safe
def profile(request: MemberRequest, handle: str) -> HttpResponse:
    """A member's page: to friends their moments, to others a name and a way to ask."""
    viewer, now = request.user.id, clock.now()
    person = circle.person(viewer, handle)
    page = queries.profile_page(viewer, person.id, now=now, after=request.GET.get("after", ""))
    context = {
        "person": person,
        "shown": page.cards,
        "next": page.next,
        "is_me": person.id == viewer,
        "is_friend": circle.are_friends(viewer, person.id),
        "nickname": circle.nicknames(viewer, [person.id]).get(person.id, ""),
        "is_asked": any(one.asked_id == person.id for one in circle.requests_by(viewer)),
        "is_blocked": circle.has_blocked(viewer, person.id),
        "shops": shop.shops_of(viewer, person.id),
    }
    return http.page(request, "reach/profile.html", context)


@member_required
@require_safe
def view_as_whom(request: MemberRequest) -> HttpResponse:
    """My friends, to see my page as one of them does."""
    return http.page(request, "reach/as_whom.html", {"friends": circle.friends(request.user.id)})


@member_required
@require_safe
def view_as(request: MemberRequest, id: UUID) -> HttpResponse:
    """My own page as one friend sees it. Nothing is told, to nobody."""
    edge = circle.friendship(request.user.id, id)
    page = queries.page_as(request.user.id, id, now=clock.now(), after=request.GET.get("after", ""))
    return http.page(request, "reach/view_as.html", {"edge": edge, "page": page})
