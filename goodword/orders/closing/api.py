from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from goodword.kit import clock
from goodword.kit.schemas import Problem
from goodword.people.models import Member
from goodword.shop import actions as shop

from . import queries

router = Router(tags=["shop"])


class ClosingOut(Schema):
    closing: bool = Field(description="Whether the shop takes no new orders and is about to end.")
    ends_at: datetime = Field(description="When it may end for good; if it were closed now.")
    waits_for: int = Field(description="Orders that are not over; it ends with the last of them.")
    orders: list[UUID] = Field(description="The newest of these.")


OUT: Any = {200: ClosingOut, 404: Problem, 409: Problem}


@router.get("/shop/closing", response=OUT, summary="What closing the shop means")
def closing(request: HttpRequest) -> Any:
    """What would happen when, or where the closing stands and what it waits for."""
    return out(viewer(request))


@router.post("/shop/closing", response=OUT, summary="Close the shop")
def close(request: HttpRequest) -> Any:
    """No new orders from now on; for good after the house rule's time and the last order."""
    shop.close_shop(owner=viewer(request), now=clock.now())
    return out(viewer(request))


@router.delete("/shop/closing", response=OUT, summary="Reopen the shop")
def reopen(request: HttpRequest) -> Any:
    """Take it back, as long as the shop has not ended."""
    shop.reopen_shop(owner=viewer(request), now=clock.now())
    return out(viewer(request))


def viewer(request: HttpRequest) -> Member:
    return request.auth  # type: ignore[attr-defined]


def out(member: Member) -> dict[str, Any]:
    found = queries.closing(member.id, now=clock.now())
    return {
        "closing": found.is_closing, "ends_at": found.ends_at, "waits_for": found.waits_for,
        "orders": [one.order.id for one in found.orders],
    }  # fmt: skip
