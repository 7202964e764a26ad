"""When friends read, put together from all of them. Worked example: docs/algorithms/forecast.md.

Hours are counted from 1970 in UTC, so that a span of time is a difference and a week is 168. A set
of friends is one whole number, a bit for each: a union is `|`, and how many is its count of ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from .bands import ENOUGH, FEW, Band, band

DAY, WEEK = 24, 168  # hours
SPAN = 5 * WEEK  # how far back it is looked, so that four whole weeks follow each hour of the week
WEEKS = 4
DAYS = (1, 2, 3, 7)  # what is foreseen: who has met it by then
CIRCLE = 10  # with fewer friends than this nothing is foreseen

GUESS = 1.5  # the width of a range before there is experience
TRUSTED = 20  # forecasts that are over, from which on their errors say the width
KEPT = 0.8  # the share of forecasts that shall hold what comes
NARROWEST, WIDEST = 1.1, 3.0

PARTS = 4  # of a day: night, morning, afternoon, evening
SLOTS = 7 * PARTS
STANDS_OUT = 1.25  # how much fuller than usual a time is that is worth a word


def hour(at: datetime) -> int:
    """The number of the hour that `at` lies in."""
    return int(at.timestamp()) // 3600


def at(number: int) -> datetime:
    """When the hour with this number begins, UTC."""
    return datetime.fromtimestamp(number * 3600, UTC)


class Presence:
    """Who was in their circle in each hour of a span that ends before `end`.

    A span of any length is two looks: each level of `unions` holds the unions of twice as many
    hours as the one before.
    """

    def __init__(self, *, begin: int, end: int, hours: Mapping[int, int]) -> None:
        self.begin, self.end = begin, max(begin, end)
        row = [hours.get(number, 0) for number in range(begin, self.end)]
        self.unions = [row]
        width = 1
        while 2 * width <= len(self.unions[0]):
            last = self.unions[-1]
            self.unions.append([last[i] | last[i + width] for i in range(len(last) - width)])
            width *= 2

    def within(self, start: int, length: int) -> int:
        """The set of friends who were there at least once in the `length` hours from `start`."""
        first, last = max(start, self.begin), min(start + length, self.end)
        if first >= last:
            return 0
        level = (last - first).bit_length() - 1
        row, width = self.unions[level], 1 << level
        return row[first - self.begin] | row[last - width - self.begin]


def reached(presence: Presence, *, since: int) -> dict[int, list[float | None]]:
    """For each of DAYS and each hour of the week: how many friends were there at least once in so
    many days from that hour on, on average over the last four such spans that are over.

    `since` is the first hour of which anything is known; None where no whole span lies behind it.
    """
    return {days: [mean(presence, at, days, since) for at in range(WEEK)] for days in DAYS}


def mean(presence: Presence, of_week: int, days: int, since: int) -> float | None:
    last = presence.end - days * DAY
    last -= (last - of_week) % WEEK
    starts = [last - WEEK * back for back in range(WEEKS)]
    counts = [
        presence.within(start, days * DAY).bit_count()
        for start in starts
        if start >= max(since, presence.begin)
    ]
    return round(sum(counts) / len(counts), 2) if counts else None


@dataclass(frozen=True, slots=True)
class Expected:
    """How many friends will likely have met it so many days later, and how far that may be off:
    from a `width`-th of it to `width` times, and not beyond `most`. `number` None: too few to say.
    """

    days: int
    number: float | None
    width: float = GUESS
    most: float = float("inf")

    @property
    def people(self) -> Band:
        if self.number is None:
            return FEW
        return band(self.number / self.width, min(self.number * self.width, self.most))


def expect(
    means: Mapping[int, Sequence[float | None]],
    *,
    friends: int,
    audience: int,
    start: int,
    widths: Mapping[int, float],
) -> list[Expected]:
    """What to expect of a moment for `audience` of her `friends` that comes up in hour `start`.

    It knows how many may see it, not who: whoever is left out makes the same difference. Empty
    while her circle is small or nothing is known.
    """
    if friends < CIRCLE:
        return []
    found, least = [], 0.0
    for days in DAYS:
        known = means[days][start % WEEK]
        if known is None:
            continue
        least = max(least, known)  # spans of other weeks may say less; time takes nobody away
        share = min(1.0, least / friends)
        number = round(audience * share, 2) if least >= ENOUGH else None
        found.append(Expected(days, number, widths.get(days, GUESS), audience))
    return found


def error(expected: float, seen: float) -> float:
    """How many times too high or too low a forecast was, one person being forgiven; 1 is right."""
    high, low = max(expected, seen), min(expected, seen)
    return (high + 1) / (low + 1)


def width(errors: Sequence[float]) -> float:
    """The width that would have held KEPT of the forecasts whose errors these are."""
    if len(errors) < TRUSTED:
        return GUESS
    place = min(len(errors), ceil(KEPT * (len(errors) + 1))) - 1
    return round(min(max(sorted(errors)[place], NARROWEST), WIDEST), 3)


def best_slot(presence: Presence, mask: int, *, days: Iterable[tuple[int, datetime]]) -> int | None:
    """The part of the week in which most friends of `mask` read, when it stands out.

    `days` are the last whole days: (weekday, when it begins). Answers weekday × PARTS + part; SLOTS
    + part where that part of the day stands out and no weekday in it; None while fewer than five
    read then or no time is much better than the others.
    """
    counts = [0.0] * SLOTS
    people = [0] * SLOTS
    weeks = [0] * SLOTS
    for weekday, begins in days:
        for part in range(PARTS):
            start = hour(begins + timedelta(hours=part * DAY // PARTS))
            there = presence.within(start, DAY // PARTS) & mask
            slot = weekday * PARTS + part
            counts[slot] += there.bit_count()
            people[slot] |= there
            weeks[slot] += 1
    usual = [count / n if n else 0.0 for count, n in zip(counts, weeks, strict=True)]
    best = max(range(SLOTS), key=lambda slot: (usual[slot], -slot))
    if people[best].bit_count() < ENOUGH:
        return None
    daily = sum(usual[best % PARTS :: PARTS]) / 7
    if usual[best] >= STANDS_OUT * daily:
        return best
    return SLOTS + best % PARTS if daily >= STANDS_OUT * sum(usual) / SLOTS else None
