"""What carriers said and no parcel fits, over the API; for operators."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from goodword.kit import clock
from goodword.kit.schemas import Problem
from goodword.people.models import Member

from . import actions, tracking
from .refusals import OrderMissing

router = Router(tags=["orders"])


class StrayOut(Schema):
    id: UUID
    why: Literal["unknown", "several", "before", "unread"]
    sentence: str
    source: str
    row: int
    carrier: str
    number: str
    said_at: datetime | None
    place: str
    text: str = Field(description="What the carrier wrote; of an unread row, the row itself.")
    seen_at: datetime


@router.get("/desk/parcels", response={200: list[StrayOut], 404: Problem})
def strays(request: HttpRequest) -> Any:
    """For operators: what carriers said and no parcel fits, the newest first."""
    operator(request)
    names = (
        "id", "why", "source", "row", "carrier", "number", "said_at", "place", "text", "seen_at",
    )  # fmt: skip
    return [
        {name: getattr(one.row, name) for name in names} | {"sentence": str(one.sentence)}
        for one in tracking.strays()
    ]


@router.delete("/desk/parcels/{uuid:id}", response={204: None, 404: Problem})
def put_away(request: HttpRequest, id: UUID) -> Any:
    """For operators: seen to; the same row does not come back."""
    actions.put_away(operator=operator(request), stray=id, now=clock.now())
    return 204, None


def operator(request: HttpRequest) -> Member:
    asking: Member = request.auth  # type: ignore[attr-defined]
    if not asking.is_operator:
        raise OrderMissing
    return asking
