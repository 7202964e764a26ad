"""Targeting as data: the consent, what is learnt from, and what is suggested."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from goodword.kit import clock
from goodword.kit.schemas import Problem
from goodword.shop.schemas import CardOut
from goodword.shop.schemas import card as card_out

from . import actions, queries
from .rules import Why

router = Router(tags=["suggestions"])


class LearningOut(Schema):
    on: bool
    since: datetime | None
    listings: list[UUID] = Field(description="What is learnt from: what the viewer chose.")


class LearningIn(Schema):
    on: bool


class SuggestionOut(Schema):
    listing: CardOut
    why: Why
    sentence: str = Field(description="The reason in the viewer's language, empty for none.")
    friends: int = Field(
        0, description="At least so many friends chose it, where that is the reason."
    )


@router.get("/me/learning", response=LearningOut, summary="What is learnt from me")
def learning(request: HttpRequest) -> Any:
    """Whether the house learns from what the viewer chooses; off unless the viewer said yes."""
    found = queries.learnt(request.auth.id)  # type: ignore[attr-defined]
    return {"on": found.on, "since": found.since, "listings": list(found.chosen)}


@router.put("/me/learning", response={204: None, 422: Problem}, summary="Choose that")
def choose_learning(request: HttpRequest, body: LearningIn) -> Any:
    """Turning it off deletes at once what was learnt."""
    decide = actions.agree if body.on else actions.take_back
    decide(member=request.auth.id, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)


@router.get("/market/suggestions", response=list[SuggestionOut], summary="What would fit me")
def suggestions(request: HttpRequest) -> Any:
    """Offers that fit the viewer best, each with the reason that counted most."""
    viewer = request.auth.id  # type: ignore[attr-defined]
    return [
        {
            "listing": card_out(one.card), "why": one.why, "sentence": one.sentence,
            "friends": one.count,
        }
        for one in queries.suggestions(viewer, now=clock.now())
    ]  # fmt: skip
