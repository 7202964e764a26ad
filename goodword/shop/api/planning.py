from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import AwareDatetime

from goodword.kit import clock

from .. import actions, plans, queries, schemas
from .base import MISSING, REFUSED, member, router


class PlanIn(schemas.Closed):
    offer_at: AwareDatetime | None = Field(
        None, description="When it goes on sale; null: not by plan."
    )
    withdraw_at: AwareDatetime | None = Field(None, description="When it goes off sale.")


class PlanOut(Schema):
    offer_at: datetime | None
    withdraw_at: datetime | None
    missed_at: datetime | None = Field(
        description="When it last could not go on sale as planned, because something was missing."
    )


@router.get("/shop/listings/{uuid:id}/plan", response={200: PlanOut, **MISSING})
def plan_of(request: HttpRequest, id: UUID) -> Any:
    """When a listing of the caller's goes on sale and off it by itself."""
    return _plan(request, id)


@router.put("/shop/listings/{uuid:id}/plan", response={200: PlanOut, **REFUSED})
def plan(request: HttpRequest, id: UUID, body: PlanIn) -> Any:
    """Choose both times anew; what is missing for a sale is asked when the time comes."""
    actions.plan(
        seller=member(request), listing=id, offer_at=body.offer_at,
        withdraw_at=body.withdraw_at, now=clock.now(),
    )  # fmt: skip
    return _plan(request, id)


def _plan(request: HttpRequest, id_: UUID) -> dict[str, Any]:
    seller = member(request).id
    queries.my_listing(seller, id_)
    found = plans.plan_of(seller, id_)
    return {
        "offer_at": found.offer_at, "withdraw_at": found.withdraw_at, "missed_at": found.missed_at,
    }  # fmt: skip
