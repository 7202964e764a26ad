from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from goodword.kit import clock
from goodword.kit.money import Money
from goodword.kit.schemas import MoneyOut, Problem

from .. import actions, quotes, schemas
from .base import MISSING, REFUSED, member, router


class QuoteIn(schemas.Closed):
    wishes: list[str] = Field(max_length=8, description="One for each question, without its unit.")
    quantity: int = Field(1, ge=1, le=9999)
    note: str = Field("", max_length=500)


class QuoteAnswerIn(schemas.Closed):
    price_minor: int = Field(gt=0, le=schemas.MAX_MINOR, description="Of all pieces together.")
    lead_days: int = Field(ge=0, le=730)
    valid_days: int = Field(ge=1, le=90)
    answer: str = Field("", max_length=500)


class DeclineIn(schemas.Closed):
    answer: str = Field("", max_length=500)


class QuoteOut(Schema):
    id: UUID
    listing: UUID
    title: str
    state: Literal["asked", "answered", "accepted", "declined", "withdrawn", "expired"]
    mine: bool = Field(description="The caller asked; else she is asked.")
    wishes: list[tuple[str, str]]
    quantity: int
    note: str
    asked_at: datetime
    waits_until: datetime
    price: MoneyOut | None
    lead_days: int | None
    valid_until: datetime | None
    answer: str
    variant: UUID | None = Field(description="What to order, once accepted.")
    order: UUID | None = Field(description="That took it and was not called off.")


OUT: Any = {200: QuoteOut, **REFUSED}


class QuotesOut(Schema):
    quotes: list[QuoteOut]
    next: str | None = Field(description="Pass as `after` for the next page; null at the end.")


@router.post("/listings/{uuid:id}/quotes", response={201: QuoteOut, **REFUSED})
def ask(request: HttpRequest, id: UUID, body: QuoteIn) -> Any:
    """Ask what it costs, made as the caller chooses; see `asks` of the listing."""
    made = actions.ask_quote(
        buyer=member(request), listing=id, wishes=body.wishes, quantity=body.quantity,
        note=body.note, now=clock.now(),
    )  # fmt: skip
    return 201, one(request, made.id)


@router.get("/quotes", response={200: QuotesOut, 422: Problem}, summary="My quotes")
def my_quotes(
    request: HttpRequest,
    selling: bool = False,
    after: str = "",
    limit: int = Query(quotes.SHELF, ge=1, le=quotes.SHELF),
) -> Any:
    """What the caller asked, or is asked, newest first; `next` goes into `after`."""
    found = quotes.shelf(member(request).id, selling=selling, cursor=after, limit=limit)
    return {"quotes": [out(each) for each in found.quotes], "next": found.next}


@router.get("/quotes/{uuid:id}", response={200: QuoteOut, **MISSING})
def quote(request: HttpRequest, id: UUID) -> Any:
    """One quote, for its buyer or its seller."""
    return one(request, id)


@router.put("/quotes/{uuid:id}/answer", response=OUT)
def answer_quote(request: HttpRequest, id: UUID, body: QuoteAnswerIn) -> Any:
    """The seller's: what it costs, how long it takes, how long that holds."""
    currency = quotes.quote(member(request).id, id).currency
    actions.answer_quote(
        seller=member(request), quote=id, price=Money(body.price_minor, currency),
        lead_days=body.lead_days, valid_days=body.valid_days, answer=body.answer, now=clock.now(),
    )  # fmt: skip
    return one(request, id)


@router.post("/quotes/{uuid:id}/acceptance", response=OUT)
def accept_quote(request: HttpRequest, id: UUID) -> Any:
    """The buyer's: `variant` can then be ordered at that price while it holds."""
    actions.accept_quote(buyer=member(request), quote=id, now=clock.now())
    return one(request, id)


@router.post("/quotes/{uuid:id}/refusal", response=OUT)
def decline_quote(request: HttpRequest, id: UUID, body: DeclineIn) -> Any:
    """The seller's: she does not make that."""
    actions.decline_quote(seller=member(request), quote=id, answer=body.answer, now=clock.now())
    return one(request, id)


@router.delete("/quotes/{uuid:id}", response=OUT)
def withdraw_quote(request: HttpRequest, id: UUID) -> Any:
    """The buyer's: not needed any more."""
    actions.withdraw_quote(buyer=member(request), quote=id, now=clock.now())
    return one(request, id)


def one(request: HttpRequest, id_: UUID) -> dict[str, Any]:
    return out(quotes.quote(member(request).id, id_))


def out(seen: quotes.QuoteView) -> dict[str, Any]:
    names = (
        "id", "listing", "title", "state", "mine", "wishes", "quantity", "note", "asked_at",
        "waits_until", "lead_days", "valid_until", "answer", "variant",
        "order",
    )  # fmt: skip
    return {name: getattr(seen, name) for name in names} | {"price": schemas.money(seen.price)}
