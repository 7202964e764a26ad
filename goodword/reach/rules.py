"""Pure decisions: where a reader stopped last time. The market's pace: `pacing.rules`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

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
