"""Pure decisions: in which order a seller's own things come up, what is likely, what it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from uuid import UUID

from .bands import ENOUGH, Band, band
from .rhythm import Expected
from .states import Interest, Often, Outcome, Risk

TOLD_OF = 50  # impressions or pairs behind a share; fewer say nothing
LOOKS = 0.05  # of those who meet it, how many look closer, before anything is known
SURE = 2.0  # how far that may be off
TURNS = {Often.FEW: 0.01, Often.SOME: 0.03, Often.MANY: 0.08}  # who turn a seller down, likewise
PER_FOUR_WEEKS = {Often.FEW: 8, Often.SOME: 28}
FIRST, LAST = 8, 20  # o'clock: between these, things that are spread come up
HELD_AT_MOST = timedelta(days=6)  # after seven days the circle lets go of it


@dataclass(frozen=True, slots=True)
class Line:
    """One market moment of the seller's that waits. `since`: not before; `out`: not in circles."""

    moment: UUID
    published_at: datetime
    position: int | None = None
    since: datetime | None = None
    out: bool = False


def in_order(lines: Sequence[Line]) -> list[Line]:
    """As the seller put them; what came after she did stands behind, newest first."""
    newest = sorted(lines, key=lambda one: (one.published_at, one.moment), reverse=True)
    return sorted(newest, key=lambda one: (one.position is None, one.position or 0))


def placed(lines: Sequence[Line]) -> list[Line]:
    """The lines in the order given, numbered. Times stay with their places, not with the things;
    nothing is held so long that the circle lets go of it."""
    coming = [one for one in lines if not one.out]
    times = sorted((one.since for one in coming), key=lambda since: (since is not None, since))
    at = iter(times)
    return [
        replace(one, position=number, since=None if one.out else held(one, next(at)))
        for number, one in enumerate(lines)
    ]


def held(one: Line, since: datetime | None) -> datetime | None:
    return since and min(since, one.published_at + HELD_AT_MOST)


def moved(lines: Sequence[Line], moment: UUID, *, by: int) -> list[Line]:
    """The lines with one of them `by` places further down, or up where negative; ends hold."""
    order = list(lines)
    here = next(number for number, one in enumerate(order) if one.moment == moment)
    order.insert(max(0, here + by), order.pop(here))
    return placed(order)


def rested(lines: Sequence[Line], moment: UUID, *, out: bool) -> list[Line]:
    """The lines with one of them kept out of circles, or let in again."""
    return placed(
        [replace(one, out=out, since=None) if one.moment == moment else one for one in lines]
    )


def spread(
    lines: Sequence[Line], *, now: datetime, gap: timedelta, per_day: int, zone: tzinfo
) -> list[Line]:
    """One after another: the first now, the others in the daytime, at least `gap` apart and at
    most `per_day` a day."""
    coming = [one for one in placed(lines) if not one.out]
    times = iter(daytimes(now, gap=gap, per_day=per_day, zone=zone, count=len(coming) - 1))
    at = {one.moment: next(times) if number else None for number, one in enumerate(coming)}
    return placed([replace(one, since=at.get(one.moment)) for one in placed(lines)])


def daytimes(
    now: datetime, *, gap: timedelta, per_day: int, zone: tzinfo, count: int
) -> list[datetime]:
    """The next `count` times between morning and evening, `per_day` a day."""
    found: list[datetime] = []
    per_day = max(1, per_day)
    step = timedelta(hours=(LAST - FIRST) / max(1, per_day - 1))
    day, before = now.astimezone(zone).date(), now
    used = 1  # today: what comes up now
    while len(found) < count:
        morning = datetime.combine(day, time(FIRST), zone)
        for turn in range(per_day):
            when = morning + turn * step
            if len(found) < count and used < per_day and when - before >= gap:
                found.append(when)
                before, used = when, used + 1
        day, used = day + timedelta(days=1), 0
    return found


def together(lines: Sequence[Line]) -> list[Line]:
    """All at once again, in the same order."""
    return placed([replace(one, since=None) for one in lines])


@dataclass(frozen=True, slots=True)
class Tally:
    """A share of a whole, and how many different people made it."""

    part: int = 0
    whole: int = 0
    people: int = 0

    @property
    def is_known(self) -> bool:
        return self.people >= ENOUGH and self.whole >= TOLD_OF

    @property
    def share(self) -> float:
        return self.part / self.whole


def looks(own: Tally, house: Tally) -> tuple[float, bool]:
    """Of those who meet it, how many look closer: hers, else the house's, else a guess; and
    whether that is known."""
    for tally in (own, house):
        if tally.is_known:
            return tally.share, True
    return LOOKS, False


def interest(share: float) -> Interest:
    if share < 1 / 30:
        return Interest.LOW
    return Interest.USUAL if share <= 1 / 8 else Interest.HIGH


def lookers(expected: Expected, share: float) -> Band:
    """How many will likely look closer, of those who are expected."""
    if expected.number is None:
        return band(0)
    number = expected.number * share
    return band(number / SURE, number * SURE)


def often(shown: int) -> Often:
    """How much that is in four weeks."""
    return next((one for one, most in PER_FOUR_WEEKS.items() if shown <= most), Often.MANY)


def risk(share: float) -> Risk:
    if share < 1 / 50:
        return Risk.LOW
    return Risk.SOME if share < 1 / 15 else Risk.HIGH


def outcome(expected: Expected | None, seen: float | None) -> Outcome:
    """Whether what came lies in the band that was said before."""
    if expected is None or expected.number is None or seen is None:
        return Outcome.OPEN
    said, came = expected.people, band(seen)
    if came.high <= (said.low or 0):
        return Outcome.FEWER
    if came.low is not None and came.low >= said.high:
        return Outcome.MORE
    return Outcome.AS_EXPECTED
