from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from goodword.kit.interests import INTERESTS

from .. import actions, interests
from .base import MISSING, REFUSED, member, router


class PurposesOut(Schema):
    interests: list[str] = Field(description="Keys of the vocabulary (GET /interests).")
    said: bool = Field(description="By the seller; else guessed from the title.")


class PurposesIn(Schema):
    interests: list[str] | None = Field(
        max_length=len(INTERESTS), description="At most three, or none; null: as the title says."
    )


@router.get("/shop/listings/{uuid:id}/interests", response={200: PurposesOut, **MISSING})
def purposes(request: HttpRequest, id: UUID) -> Any:
    """What the caller's listing is for: whoever likes that meets it sooner."""
    found = interests.purposes(member(request).id, id)
    return {"interests": list(found.keys), "said": found.said}


@router.put("/shop/listings/{uuid:id}/interests", response={200: PurposesOut, **REFUSED})
def say_purposes(request: HttpRequest, id: UUID, body: PurposesIn) -> Any:
    """Say what the listing is for, or let its title say it."""
    actions.say_interests(seller=member(request), listing=id, interests=body.interests)
    return purposes(request, id)
