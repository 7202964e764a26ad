"""Cases as the API shows them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from goodword.kit.money import Money
from goodword.kit.schemas import MoneyOut

from . import rules, words
from .models import Case
from .pages import CasePage
from .states import CaseState, LeftOut, Reason, Stays, Vote


class OpenIn(Schema):
    reason: Reason
    words: str = Field("", max_length=500, description="Needed where the seller is to blame.")


class ReturnAddressIn(Schema):
    address: str = Field("", max_length=300, description="Of digital goods nothing is sent.")


class WhyIn(Schema):
    words: str = Field(max_length=500)


class WordsIn(Schema):
    words: str = Field(max_length=2000)


class AppealIn(Schema):
    new: str = Field(max_length=2000, description="What nobody has said or shown so far.")


class BackIn(Schema):
    carrier: str = Field(max_length=10)
    number: str = Field(max_length=40)


class OfferAmountIn(Schema):
    minor: int = Field(ge=0, le=2**53 - 1, description="What goes back, in minor units.")


class DecisionIn(OfferAmountIn):
    is_fake: bool = Field(False, description="Where that is claimed: compensation is owed too.")
    stays: Stays | None = Field(
        None,
        description="Why the buyer keeps the goods though all of their price goes back; without "
        "it the seller gets them back first, where they can go back.",
    )
    words: str = Field(max_length=1000)


class VoteIn(Schema):
    vote: Vote
    stays: Stays | None = Field(None, description="Needed to vote “keep”, and for no other vote.")


class CaseOut(Schema):
    """A case in short."""

    id: UUID
    order: UUID | None = Field(description="Null for jurors, who are not to know.")
    line: UUID | None
    title: str
    reason: Reason
    state: CaseState
    asked: MoneyOut
    opened_at: datetime
    due_at: datetime | None
    if_nobody_acts: str


class SaidOut(Schema):
    side: Literal["buyer", "seller"]
    words: str
    at: datetime
    is_appeal: bool
    of_return: bool = Field(description="About what came back by a decision.")
    pictures: list[str] = Field(description="Of those of the case, what was shown with it.")


class PanelOut(Schema):
    """Enough to draw the jurors again: tokens by SHA-256 of “seed:token”, the smallest first."""

    seed: str
    secret: str
    commitment: str
    drawn_from: list[str]
    left_out: dict[LeftOut, list[str]] = Field(description="Who could not be drawn, and why.")
    drawn: list[str]
    seats: int
    votes: int


class CaseFullOut(CaseOut):
    role: Literal["buyer", "seller", "juror", "operator"]
    can: list[str]
    next: str
    words: str = Field(description="The buyer’s, when it was opened.")
    refusal: str = Field(description="The seller’s.")
    objection: str = Field(description="The seller’s, about what came back.")
    way_back_paid_by: Literal["buyer", "seller"]
    return_address: str
    number: str
    offer: MoneyOut | None
    offer_by: str
    decision: MoneyOut | None
    decided_by: str
    decision_words: str
    waits_for_goods: bool = Field(
        description="As it stands, what goes back does so once the seller has the goods again."
    )
    stays: Stays | None = Field(
        description="Why the buyer keeps the goods though all of their price goes back."
    )
    compensation: MoneyOut | None = Field(description="Decided: owed besides, for a fake.")
    given: MoneyOut = Field(description="What went back while the seller is short of the rest.")
    back: MoneyOut | None = Field(description="How it ended.")
    said: list[SaidOut]
    pictures: list[str]
    commitment: str = Field(description="SHA-256 of the secret that is shown with the panel.")
    panel: PanelOut | None


def amount(value: Money | None) -> dict[str, Any] | None:
    return None if value is None else {"minor": value.minor, "currency": value.currency}


def short(case: Case, *, is_side: bool) -> dict[str, Any]:
    """In the shape of CaseOut."""
    state = CaseState(case.state)
    return {
        "id": case.id,
        "order": case.order_id if is_side else None,
        "line": case.line_id if is_side else None,
        "title": case.title,
        "reason": case.reason,
        "state": state,
        "asked": amount(case.asked),
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "if_nobody_acts": str(words.ahead(case)),
    }


def full(page: CasePage) -> dict[str, Any]:
    """In the shape of CaseFullOut."""
    case = page.case
    return short(case, is_side=page.is_side) | {
        "title": page.title,
        "role": page.role,
        "can": sorted(page.may),
        "next": str(page.next),
        "words": page.words,
        "refusal": page.no,
        "objection": page.objection,
        "way_back_paid_by": rules.pays_the_way_back(Reason(case.reason)),
        "return_address": case.return_address if page.is_side else "",
        "number": case.number if page.is_side else "",
        "offer": amount(page.offer) if page.is_side else None,
        "offer_by": case.offer_by if page.is_side else "",
        "decision": amount(page.decision),
        "decided_by": case.decided_by,
        "decision_words": case.decision,
        "waits_for_goods": page.waits_for_goods,
        "stays": case.stays or None,
        "compensation": amount(page.compensation),
        "given": amount(page.given),
        "back": amount(page.back),
        "said": [
            {
                "side": one.by,
                "words": one.words,
                "at": one.at,
                "is_appeal": one.is_appeal,
                "of_return": one.of_return,
                "pictures": [shown.url for shown in one.pictures],
            }
            for one in page.said
        ],
        "pictures": [one.url for one in page.pictures],
        "commitment": page.commitment,
        "panel": panel(page),
    }


def panel(page: CasePage) -> dict[str, Any] | None:
    if page.panel is None:
        return None
    return {
        name: getattr(page.panel, name)
        for name in (
            "seed", "secret", "commitment", "drawn_from", "left_out", "drawn", "seats", "votes",
        )
    }  # fmt: skip
