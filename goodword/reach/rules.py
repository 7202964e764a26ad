"""The market's pace, as pure decisions: what folds into what, and where a card may stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """A market moment that waits for its turn; ordered as it was published."""

    published_at: datetime
    moment: UUID
    seller: UUID


@dataclass(slots=True)
class Fold:
    """A card and what folded into it: opening it shows exactly these, newest first."""

    lead: Offer
    rest: list[Offer] = field(default_factory=list)


def fold(offers: Iterable[Offer], *, gap: timedelta, per_day: int) -> list[Fold]:
    """Give each seller at most one card per `gap` and `per_day` cards a UTC day; newest first.

    Offers are taken in the order of publishing. One that may not have a card of its own folds into
    its seller's card before it, so nothing is lost and the answer depends on the offers alone.
    """
    last: dict[UUID, Fold] = {}
    days: dict[tuple[UUID, date], int] = {}
    folds: list[Fold] = []
    for offer in sorted(offers):
        before = last.get(offer.seller)
        day = (offer.seller, offer.published_at.date())
        near = before is not None and offer.published_at - before.lead.published_at < gap
        if before is not None and (near or days.get(day, 0) >= per_day):
            before.rest.insert(0, offer)
            continue
        days[day] = days.get(day, 0) + 1
        last[offer.seller] = Fold(offer)
        folds.append(last[offer.seller])
    return folds[::-1]


def interleave(
    life: Sequence[tuple[datetime, UUID]],
    folds: Sequence[Fold],
    *,
    every: int,
    since: int,
    ends: bool = False,
) -> Iterator[tuple[datetime, UUID] | Fold]:
    """Set market cards among life cards: of any `every` cards in a row at most one is a fold.

    Both sequences are newest first. Life keeps its order; a fold stands at its time or, when its
    turn has not come, later. `since` is how many life cards came since the last fold. What does
    not fit between these life cards is left for the next page; when life `ends` here, one fold
    may follow it whatever its time, and never two: without life there is no street of shops.
    """
    waiting = list(folds)
    for place, card in enumerate(life):
        if waiting and since >= every - 1 and is_newer(waiting[0], card):
            yield waiting.pop(0)
            since = 0
        yield card
        since += 1
        last = place == len(life) - 1 and not ends
        if last and waiting and since >= every - 1 and is_newer(waiting[0], card):
            yield waiting.pop(0)
    if ends and waiting and since >= every - 1:
        yield waiting[0]


def is_newer(fold: Fold, card: tuple[datetime, UUID]) -> bool:
    return (fold.lead.published_at, fold.lead.moment) > card
