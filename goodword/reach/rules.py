"""Pure decisions: the market's pace (what folds into what, and where a card may stand), and where
a reader stopped last time."""

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


VISIT_ENDS = timedelta(minutes=30)  # without a look at the top; what was new is read by then
LOOKS_KEPT = timedelta(minutes=5)  # a look that changes nothing is written down this often


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the reading order."""

    published_at: datetime
    moment: UUID


@dataclass(frozen=True, slots=True)
class Visit:
    """`line`: the newest that was there when the last visit ended; `top`: the newest by now."""

    line: Place | None
    top: Place | None
    looked_at: datetime


def look(before: Visit | None, *, newest: Place | None, now: datetime) -> Visit:
    """The visit after a look at the top, whose newest card is `newest`.

    The line stays where it is while a visit lasts, so that reloading does not lose it; the next
    visit finds it at the newest card of the one before.
    """
    if before is None:
        return Visit(None, newest, now)
    ended = now - before.looked_at >= VISIT_ENDS
    top = max((one for one in (before.top, newest) if one), default=None)
    return Visit(before.top if ended else before.line, top, now)


def worth_keeping(before: Visit | None, after: Visit) -> bool:
    """Whether the visit must be written: most looks at the top find nothing new."""
    if before is None or (before.line, before.top) != (after.line, after.top):
        return True
    return after.looked_at - before.looked_at >= LOOKS_KEPT


def line_before(
    places: Sequence[Place], line: Place | None, *, above: Place | None = None
) -> Place | None:
    """Before which of `places` (newest first) the line stands, None for nowhere here.

    Something new must be above it: here, or on an earlier page, which ended at `above`.
    """
    if line is None or (above is not None and above <= line):
        return None
    old = next((one for one in places if one <= line), None)
    is_new_above = above is not None or (bool(places) and places[0] != old)
    return old if is_new_above else None
