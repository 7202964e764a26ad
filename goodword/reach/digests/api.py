"""Digests as data."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from goodword.kit import clock
from goodword.kit.schemas import Problem

from ..api import ShownOut, shown
from . import queries

router = Router(tags=["timeline"])


class DigestOut(Schema):
    id: UUID
    day: date
    since: datetime
    until: datetime


class OpenedOut(DigestOut):
    moments: list[ShownOut] = Field(description="Of friends on digest, as far as still there.")
    in_vain: list[ShownOut] = Field(description="What had no turn in the circle in seven days.")
    more: bool = Field(description="More of that time is in the market.")


@router.get("/digests", response=list[DigestOut])
def digests(request: HttpRequest) -> Any:
    """The viewer's digests of the last weeks, newest first: what friends sell, once a day."""
    return queries.digests(request.auth.id)  # type: ignore[attr-defined]


@router.get("/digests/{uuid:id}", response={200: OpenedOut, 404: Problem})
def digest(request: HttpRequest, id: UUID) -> HttpResponse:
    """One digest with what is in it for the viewer now."""
    opened = queries.opened(request.auth.id, id, now=clock.now())  # type: ignore[attr-defined]
    one = opened.digest
    body = {
        "id": one.id, "day": one.day, "since": one.since, "until": one.until,
        "moments": [shown(item) for item in opened.cards],
        "in_vain": [shown(item) for item in opened.in_vain], "more": opened.more,
    }  # fmt: skip
    return HttpResponse(orjson.dumps(body), content_type="application/json")
