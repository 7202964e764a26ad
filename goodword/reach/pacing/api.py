"""The reader's side of the market's pace as data."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from goodword.circle.states import MarketDial
from goodword.kit import clock
from goodword.kit.schemas import Problem

from . import actions, queries, reasons
from .states import SEEN_AT_ONCE

router = Router(tags=["timeline"])


class MarketShareOut(Schema):
    every: int | None = Field(
        description="Of this many cards in a row one is from the market; 0 none, null as the house."
    )


class MarketShareIn(Schema):
    every: Literal[0, 10, 20] | None


@router.get("/me/market", response=MarketShareOut)
def share(request: HttpRequest) -> MarketShareOut:
    """How much of the market the viewer meets in their circle."""
    return MarketShareOut(every=queries.share(request.auth.id))  # type: ignore[attr-defined]


@router.put("/me/market", response={200: MarketShareOut, 422: Problem})
def choose_share(request: HttpRequest, body: MarketShareIn) -> MarketShareOut:
    """Choose how much of the market the viewer meets; never more than the house allows."""
    actions.set_share(reader=request.auth.id, every=body.every)  # type: ignore[attr-defined]
    return MarketShareOut(every=body.every)


class WhyOut(Schema):
    sentences: list[str]
    shown_at: str | None = Field(description="When the viewer saw it; null before.")
    waiting_with: int = Field(description="How many of the same seller's were folded behind it.")


@router.get("/moments/{uuid:id}/why", response={200: WhyOut, 404: Problem})
def why(request: HttpRequest, id: UUID) -> WhyOut:
    """Why the viewer sees a market card."""
    found = reasons.why(request.auth.id, id, now=clock.now())  # type: ignore[attr-defined]
    at = found.seen_at.isoformat() if found.seen_at else None
    return WhyOut(sentences=found.sentences, shown_at=at, waiting_with=found.folded)


@router.put("/moments/{uuid:id}/dismissal", response={204: None, 404: Problem})
def dismiss(request: HttpRequest, id: UUID) -> Status:
    """Not this: the viewer does not meet the card again. Nobody is told."""
    actions.dismiss(reader=request.auth.id, moment=id, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)


@router.put("/moments/{uuid:id}/opening", response={204: None, 404: Problem})
def opening(request: HttpRequest, id: UUID) -> Status:
    """The viewer looked closer at a market card; counted once, told to nobody by name."""
    viewer, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    reasons.offered(viewer, id, now=now)
    actions.open_card(reader=viewer, moment=id, now=now)
    return Status(204, None)


class CardsSeenIn(Schema):
    moments: list[UUID] = Field(max_length=SEEN_AT_ONCE)


@router.put("/timeline/seen", response={204: None, 422: Problem})
def seen(request: HttpRequest, body: CardsSeenIn) -> Status:
    """These market cards came before the viewer's eyes, and their turns count from now.

    What is none of the viewer's, or was seen before, changes nothing. Nobody is told.
    """
    viewer = request.auth.id  # type: ignore[attr-defined]
    actions.see(reader=viewer, moments=body.moments, now=clock.now())
    return Status(204, None)


class QuieterIn(Schema):
    market: Literal["digest", "off"]


@router.put("/moments/{uuid:id}/quieter", response={204: None, 404: Problem, 422: Problem})
def quieter(request: HttpRequest, id: UUID, body: QuieterIn) -> Status:
    """Less of this seller's market, or none; the friend stays and is not told."""
    member, now = request.auth, clock.now()  # type: ignore[attr-defined]
    actions.quieten(reader=member, moment=id, market=MarketDial(body.market), now=now)
    return Status(204, None)
