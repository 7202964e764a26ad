"""The timeline as data. Answers are built as plain dictionaries: this is the hottest read."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from goodword.circle import queries as circle
from goodword.circle import schemas
from goodword.kit import clock
from goodword.kit.schemas import Problem
from goodword.shop.schemas import CardOut
from goodword.shop.schemas import card as card_out

from . import cursor as cursors
from . import queries
from .states import Lens

router = Router(tags=["timeline"])


class ShownOut(schemas.MomentOut):
    offer: CardOut | None = Field(None, description="The listing of a market card.")
    folded: int = Field(0, description="How many of the same seller's wait behind this card.")


class PageOut(Schema):
    moments: list[ShownOut]
    next: str | None = Field(description="Pass as `after` for the next page; null at the end.")


@router.get("/timeline", response={200: PageOut, 422: Problem})
def timeline(
    request: HttpRequest, show: Literal["all", "life", "market"] = "all", after: str = ""
) -> HttpResponse:
    """A page of at most 20 cards of the viewer's circle, newest first."""
    viewer = request.auth.id  # type: ignore[attr-defined]
    page = queries.timeline(viewer, now=clock.now(), lens=Lens(show), after=after)
    return answer([shown(item) for item in page.cards], page.next)


@router.get("/moments/{uuid:id}/fold", response={200: PageOut, 404: Problem})
def fold(request: HttpRequest, id: UUID) -> HttpResponse:
    """A market card and exactly what is folded into it for this viewer."""
    viewer, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    circle.moment(viewer, id, now=now)
    return answer([shown(item) for item in queries.opened_fold(viewer, id, now=now)], None)


@router.get("/members/{handle}/moments", response={200: PageOut, 404: Problem})
def moments_of(request: HttpRequest, handle: str, after: str = "") -> HttpResponse:
    """What the viewer may see of a member's page, newest first."""
    viewer, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    person = circle.person(viewer, handle)
    before = cursors.decode(after).life if after else None
    found = circle.moments_of(viewer, person.id, now=now, before=before, limit=queries.PAGE + 1)
    page = found[: queries.PAGE]
    following = (
        cursor_after(page[-1].published_at, page[-1].id, now) if len(found) > len(page) else None
    )
    return answer([shown(item) for item in queries.decorated(viewer, page)], following)


def cursor_after(at: datetime, id_: Any, now: datetime) -> str:
    return cursors.Cursor(now, (at, id_), cursors.first(now).market, 0).encode()


def shown(item: queries.Shown) -> dict[str, Any]:
    out = schemas.moment(item.card)
    out["offer"] = card_out(item.offer) if item.offer else None
    out["folded"] = len(item.folded)
    return out


def answer(moments: list[dict[str, Any]], following: str | None) -> HttpResponse:
    body = orjson.dumps({"moments": moments, "next": following})
    return HttpResponse(body, content_type="application/json")
