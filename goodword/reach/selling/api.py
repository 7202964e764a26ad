"""The seller's side of the market as data: her schedule, what to expect, and what came."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from goodword.circle.actions.moments import check_audience
from goodword.circle.rules import Audience
from goodword.circle.states import AudienceKind
from goodword.kit import clock
from goodword.kit.errors import NotFound
from goodword.kit.schemas import Problem
from goodword.shop.schemas import CardOut
from goodword.shop.schemas import card as card_out

from ..models import Week
from . import actions, queries, words
from .bands import ENOUGH, Band
from .rhythm import Expected
from .states import Group, Interest, Often, Outcome, Risk

router = Router(tags=["selling"])


class PeopleBandOut(Schema):
    """A number of people, never told more exactly."""

    at_least: int | None = Field(description="Null: perhaps none.")
    below: int
    words: str


class PeopleByThenOut(Schema):
    days: int = Field(description="So many days after it comes up.")
    people: PeopleBandOut


class InLineOut(Schema):
    moment: UUID
    listing: CardOut
    since: datetime | None = Field(description="It comes up from then on; null: at once.")
    out: bool = Field(description="It does not come up in circles at all.")
    expected: list[PeopleByThenOut] = Field(description="How many friends will likely have met it.")


class ScheduleOut(Schema):
    chosen: bool = Field(description="False: in each circle leads what fits that friend best.")
    lead: UUID | None = Field(description="What leads your card now, where you chose.")
    waiting: list[InLineOut]


class LineOrderIn(Schema):
    moments: list[UUID] = Field(max_length=60, description="These first; the others behind them.")


class ApartIn(Schema):
    apart: bool


def band_out(found: Band) -> dict[str, Any]:
    return {"at_least": found.low, "below": found.high, "words": words.people(found)}


def expected_out(found: Expected) -> dict[str, Any]:
    return {"days": found.days, "people": band_out(found.people)}


def schedule_out(seller: UUID) -> dict[str, Any]:
    found = queries.schedule(seller, now=clock.now())
    return {
        "chosen": found.chosen,
        "lead": found.lead,
        "waiting": [
            {
                "moment": item.line.moment,
                "listing": card_out(item.card),
                "since": item.line.since,
                "out": item.line.out,
                "expected": [expected_out(one) for one in item.people],
            }
            for item in found.items
        ],
    }


@router.get("/me/market/schedule", response=ScheduleOut, summary="What waits its turn")
def schedule(request: HttpRequest) -> Any:
    """The viewer's market moments that may still come up in circles, in the viewer's order."""
    return schedule_out(request.auth.id)  # type: ignore[attr-defined]


@router.put(
    "/me/market/schedule",
    response={200: ScheduleOut, 404: Problem, 422: Problem},
    summary="Put it in another order",
)
def order(request: HttpRequest, body: LineOrderIn) -> Any:
    """What comes first leads the card in which the viewer's things come up together."""
    seller = request.auth.id  # type: ignore[attr-defined]
    actions.order(seller=seller, moments=body.moments, now=clock.now())
    return schedule_out(seller)


@router.put("/me/market/schedule/spread", response={200: ScheduleOut, 422: Problem})
def spread(request: HttpRequest, body: ApartIn) -> Any:
    """Let them come up one after another, or all at once."""
    seller = request.auth.id  # type: ignore[attr-defined]
    actions.spread(seller=seller, apart=body.apart, now=clock.now())
    return schedule_out(seller)


@router.put("/me/market/schedule/{uuid:id}/rest", response={204: None, 404: Problem})
def rest(request: HttpRequest, id: UUID) -> Any:
    """Keep a market moment of the viewer's out of circles; elsewhere it stays."""
    actions.rest(seller=request.auth.id, moment=id, on=True, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)


@router.delete("/me/market/schedule/{uuid:id}/rest", response={204: None, 404: Problem})
def wake(request: HttpRequest, id: UUID) -> Any:
    """Let it come up again."""
    actions.rest(seller=request.auth.id, moment=id, on=False, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)


class AdviceOut(Schema):
    group: Group = Field(description="Whose reading time it is; of five people at least.")
    interest: str = Field(
        description="A key of the vocabulary, where it is of those who look at it."
    )
    sentence: str


class OutlookOut(Schema):
    audience: int = Field(description="How many friends may see it.")
    expected: list[PeopleByThenOut] = Field(
        description="How many will likely have met it by when; empty: the circle is small, or "
        "nothing is known yet."
    )
    interest: Interest
    looks: PeopleBandOut | None = Field(description="How many will likely look closer in a week.")
    risk: Risk = Field(description="How often a seller who shows this much is turned down here.")
    often: Often
    guessed: list[str] = Field(description="Which of “looks” and “risk” are only guesses.")
    advice: list[AdviceOut]


class ShownToIn(Schema):
    """Whom it would be shown to, as `POST /shop/listings/{id}/moments` takes it."""

    audience: Literal["everyone", "chosen", "except"] = "everyone"
    groups: list[UUID] = []
    people: list[UUID] = []


@router.get(
    "/me/market/forecast/{uuid:id}",
    response={200: OutlookOut, 404: Problem, 422: Problem},
    summary="What to expect of showing a listing",
)
def forecast(
    request: HttpRequest,
    id: UUID,
    asked: Query[ShownToIn],
) -> Any:
    """Were the viewer's listing shown now. It stays the same for a week, whoever comes or goes."""
    member, now = request.auth, clock.now()  # type: ignore[attr-defined]
    allowed = Audience(AudienceKind(asked.audience), tuple(asked.groups), tuple(asked.people))
    check_audience(author=member, audience=allowed, held=False)  # a question changes nothing
    made = actions.rhythm(seller=member.id, now=now)
    _card, found = queries.preview(member.id, id, allowed, made=made, now=now)
    guesses = {"looks": found.looks_known, "risk": found.turns_known}
    return {
        "audience": found.audience,
        "expected": [expected_out(one) for one in found.people],
        "interest": found.interest,
        "looks": band_out(found.lookers) if found.lookers else None,
        "risk": found.risk,
        "often": found.often,
        "guessed": [name for name, known in guesses.items() if not known],
        "advice": [
            {"group": one.group, "interest": one.interest, "sentence": words.advice(one)}
            for one in queries.advice_for(made, id)
        ],
    }


class CameOut(Schema):
    moment: UUID
    listing: CardOut
    shown_at: datetime
    days: int = Field(
        description="Counted after so many days, at midnight; 0: not yet, or the circle is small."
    )
    expected: PeopleBandOut | None
    seen: PeopleBandOut | None
    opened: PeopleBandOut | None
    sold: int = Field(description="Pieces sold in the seven days after it was shown.")
    one_in: int | None = Field(description="Of so many who met it, one piece was sold.")
    outcome: Outcome


class CameOfAllOut(Schema):
    results: list[CameOut]
    sentences: list[str] = Field(description="What is usual, and advice, in the viewer's language.")


@router.get("/me/market/results", response=CameOfAllOut, summary="What came of it")
def results(request: HttpRequest) -> Any:
    """What the viewer showed in the last eight weeks, beside what was expected; newest first."""
    seller, now = request.auth.id, clock.now()  # type: ignore[attr-defined]
    made = actions.rhythm(seller=seller, now=now)
    shown = queries.shown(seller, now=now)
    usual = queries.usual(made, shown=shown)
    told = [
        *words.usual(usual),
        *(words.advice(one) for one in queries.advice(made)),
        words.often(usual.often, shown),
    ]
    found = [result_out(one) for one in queries.results(seller, now=now)]
    return {"results": found, "sentences": [sentence for sentence in told if sentence]}


def result_out(one: queries.Result) -> dict[str, Any]:
    said = one.expected.people if one.expected else None
    return {
        "moment": one.moment, "listing": card_out(one.card), "shown_at": one.shown_at,
        "days": one.days, "sold": one.sold, "one_in": one.one_in, "outcome": one.outcome,
        "expected": band_out(said) if said else None,
        "seen": band_out(one.seen) if one.seen else None,
        "opened": band_out(one.opened) if one.opened else None,
    }  # fmt: skip


class MarketWeekOut(Schema):
    """One week of the house; null where fewer than five people are behind a number."""

    start: date
    readers: int | None = Field(description="How many met something of the market in their circle.")
    cards: int | None
    shown: int | None = Field(description="Offers seen, in opened folds and the market too.")
    opened: int | None
    waved: int | None = Field(description="“Not this”.")
    turned: int | None = Field(description="How often a seller was turned down.")
    sold: int | None = Field(description="Orders of what the buyer had met in their circle.")
    shown_for_one: int | None = Field(description="How many offers were seen for one order.")


@router.get(
    "/desk/market", response={200: list[MarketWeekOut], 404: Problem}, summary="The market’s pace"
)
def measures(request: HttpRequest) -> Any:
    """For operators only: what the market did in the last weeks, newest first."""
    if not request.auth.is_operator:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing here, or it is not meant for you."))
    return [week_out(week) for week in queries.weeks()]


def week_out(week: Week) -> dict[str, Any]:
    told = {
        "readers": (week.readers, week.readers),
        "cards": (week.cards, week.readers),
        "shown": (week.shown, week.readers),
        "opened": (week.opened, week.opened_by),
        "waved": (week.waved, week.waved_by),
        "turned": (week.turned, week.turned_by),
        "sold": (week.sold, week.sold_by),
        "shown_for_one": (week.shown_for_one, week.sold_by),
    }
    return {"start": week.start} | {
        name: number if by >= ENOUGH else None for name, (number, by) in told.items()
    }
