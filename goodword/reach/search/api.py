"""The search as data."""

from typing import Any, Literal

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from goodword.circle.schemas import PersonOut
from goodword.circle.schemas import person as person_out
from goodword.kit import clock
from goodword.kit.schemas import Problem
from goodword.kit.search import Piece
from goodword.shop.schemas import CardOut
from goodword.shop.schemas import card as card_out

from ..api import ShownOut
from ..api import shown as shown_out
from . import queries
from .asking import Asked
from .views import allow

router = Router(tags=["search"])


class PieceOut(Schema):
    text: str
    hit: bool = Field(description="Whether this is what was looked for.")


class FoundMomentOut(ShownOut):
    snippet: list[PieceOut] = Field(description="The words around the first hit.")


class FoundPersonOut(PersonOut):
    friend: bool
    own_name: str = Field(description="Their own name where the viewer calls them otherwise.")
    note: str = Field(description="The viewer's private note about a friend.")


class ResultsOut(Schema):
    people: list[FoundPersonOut]
    listings: list[CardOut]
    moments: list[FoundMomentOut]
    more: list[Literal["people", "listings"]] = Field(
        description="Of which kinds there is more than “all” shows; ask for them by `show`."
    )
    next: str | None = Field(
        description="Pass as `after` for the next page (of “all”: with `show=moments`)."
    )


class AskedIn(Schema):
    q: str = Field(description="Words, “quoted phrases”, a name or a handle; 200 characters.")
    show: Literal["all", "moments", "people", "listings"] = "all"
    after: str = ""
    friends: Literal["", "friends"] = Field("", alias="from", description="Listings of friends.")
    low: str = Field("", description="Listings from this price on, as it is written: 12.50.")
    high: str = Field("", description="Listings up to this price.")
    currency: str = Field("", description="Of the prices; empty: of the viewer's region.")


@router.get("/search", response={200: ResultsOut, 422: Problem, 429: Problem}, summary="Search")
def search(request: HttpRequest, given: Query[AskedIn]) -> HttpResponse:
    """What the viewer may see of what says this: moments and listings newest first, people."""
    viewer = request.auth  # type: ignore[attr-defined]
    allow(viewer.id)
    asked = Asked.read(given.dict(by_alias=True), region=viewer.region)
    found = queries.look(viewer.id, asked, now=clock.now())
    body = {
        "people": [person(one) for one in found.people],
        "listings": [card_out(one) for one in found.listings],
        "moments": [
            {**shown_out(one.shown), "snippet": pieces(one.snippet)} for one in found.moments
        ],
        "more": sorted(found.more),
        "next": found.next or None,
    }
    return HttpResponse(orjson.dumps(body, default=str), content_type="application/json")


def person(one: queries.Found) -> dict[str, Any]:
    return {
        **person_out(one.person),
        "friend": one.friend,
        "own_name": one.own_name,
        "note": one.note,
    }


def pieces(snippet: list[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "hit": piece.hit} for piece in snippet]
