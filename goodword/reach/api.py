"""The timeline as data. Answers are built as plain dictionaries: this is the hottest read."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from goodword.circle import queries as circle
from goodword.circle import schemas
from goodword.kit import clock
from goodword.kit.schemas import Problem
from goodword.shop.schemas import CardOut
from goodword.shop.schemas import card as card_out

from . import queries, rules, visits
from .pacing import actions as pacing
from .states import STANDING_AT_ONCE, Lens

router = Router(tags=["timeline"])


class ShownOut(schemas.MomentOut):
    offer: CardOut | None = Field(
        None, description="The listing of a market card, or the one that a life moment is from."
    )
    reason: str = Field(
        "", description="Why the viewer meets a market card, in their language; empty for nothing."
    )
    folded: int = Field(0, description="How many of the same seller's wait behind this card.")
    unseen: bool = Field(
        False, description="With `tells`: say by PUT /timeline/seen when this market card was seen."
    )


class PageOut(Schema):
    moments: list[ShownOut]
    next: str | None = Field(description="Pass as `after` for the next page; null at the end.")
    in_market: bool = Field(False, description="At the end: more is for sale in the market.")


@router.get("/timeline", response={200: PageOut, 422: Problem})
def timeline(
    request: HttpRequest,
    show: Literal["all", "life", "market"] = "all",
    after: str = "",
    tells: bool = False,
) -> HttpResponse:
    """A page of at most 20 cards of the viewer's circle, newest first.

    A client that `tells` says by PUT /timeline/seen which market cards came before the reader's
    eyes; those that did not are offered again. Otherwise the whole page counts as seen. To ask for
    the next page says that this one was read.
    """
    viewer = request.auth.id  # type: ignore[attr-defined]
    page = queries.timeline(viewer, now=clock.now(), lens=Lens(show), after=after, tells=tells)
    return answer([shown(item) for item in page.cards], page.next, in_market=page.in_market)


class PlaceOut(Schema):
    moment: UUID | None = Field(description="The newest that was there when the viewer last left.")
    at: datetime | None


class SeenIn(Schema):
    show: Literal["all", "life", "market"] = "all"
    moment: UUID = Field(description="The newest that was shown.")


@router.get("/timeline/line", response={200: PlaceOut, 422: Problem})
def line(request: HttpRequest, show: Literal["all", "life", "market"] = "all") -> PlaceOut:
    """Where the viewer stopped last time, on any device: all above is new."""
    seen = visits.visit(request.auth.id, Lens(show))  # type: ignore[attr-defined]
    return line_out(seen.line if seen else None)


@router.put("/timeline/line", response={200: PlaceOut, 404: Problem, 422: Problem})
def saw(request: HttpRequest, body: SeenIn) -> PlaceOut:
    """The viewer has looked at the top; answers where they stopped the time before."""
    viewer, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    seen = circle.moment(viewer, body.moment, now=now)
    top = rules.Place(seen.published_at, seen.id)
    return line_out(visits.keep(reader=viewer, lens=Lens(body.show), places=[top], now=now))


def line_out(place: rules.Place | None) -> PlaceOut:
    if place is None:
        return PlaceOut(moment=None, at=None)
    return PlaceOut(moment=place.moment, at=place.published_at)


class StandingIn(Schema):
    of: list[UUID] = Field(max_length=STANDING_AT_ONCE)


class StandingOut(Schema):
    moments: list[UUID] = Field(description="Those of the moments asked for that are there.")


@router.get("/timeline/standing", response={200: StandingOut, 422: Problem})
def standing(request: HttpRequest, asked: Query[StandingIn]) -> dict[str, Any]:
    """Which of the moments that a client shows are there for the viewer still.

    For a client that was away, or that the stream told to look again.
    """
    viewer = request.auth.id  # type: ignore[attr-defined]
    found = queries.standing(viewer, asked.of, now=clock.now())
    return {"moments": [id_ for id_ in asked.of if id_ in found]}


@router.get("/moments/{uuid:id}/fold", response={200: PageOut, 404: Problem})
def fold(request: HttpRequest, id: UUID) -> HttpResponse:
    """A market card and exactly what is folded into it for this viewer, who has seen it then."""
    viewer, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    found = queries.opened_fold(viewer, id, now=now)
    pacing.unfold(reader=viewer, moment=id, now=now)
    return answer([shown(item) for item in found], None)


@router.get("/members/{handle}/moments", response={200: PageOut, 404: Problem})
def moments_of(request: HttpRequest, handle: str, after: str = "") -> HttpResponse:
    """What the viewer may see of a member's page, newest first."""
    viewer, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    person = circle.person(viewer, handle)
    page = queries.profile_page(viewer, person.id, now=now, after=after)
    return answer([shown(item) for item in page.cards], page.next)


@router.get("/friends/{uuid:id}/view", response={200: PageOut, 404: Problem, 422: Problem})
def view_as(request: HttpRequest, id: UUID, after: str = "") -> HttpResponse:
    """The viewer's own page as one friend sees it, newest first, without likes and comments."""
    viewer, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    page = queries.page_as(viewer, id, now=now, after=after)
    moments = [shown(item) | {"likes": 0, "liked": False, "comments": 0} for item in page.cards]
    return answer(moments, page.next)


def shown(item: queries.Shown) -> dict[str, Any]:
    out = schemas.moment(item.card)
    out["offer"] = card_out(item.offer) if item.offer else None
    out["folded"] = len(item.folded)
    out["reason"] = item.reason
    out["unseen"] = item.unseen
    return out


def answer(
    moments: list[dict[str, Any]], following: str | None, *, in_market: bool = False
) -> HttpResponse:
    body = orjson.dumps({"moments": moments, "next": following, "in_market": in_market})
    return HttpResponse(body, content_type="application/json")
