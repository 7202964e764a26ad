"""What happens to an order if nobody acts: the timers' own table and rules, played on to the end.

Nothing here decides anything. Lines are played by `rules.if_nobody_acts`; an open case by whoever
looks after cases, by the same rules that will ring it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import cases, rules, words
from .models import Order, OrderLine
from .states import LineState, Role, Words


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that will happen by itself."""

    at: datetime
    line: OrderLine
    kind: str  # a TimerKind; "care" for a case
    sentence: Words

    @property
    def title(self) -> str:
        return self.line.name


def coming(order: Order, lines: Sequence[OrderLine], role: Role, now: datetime) -> list[Coming]:
    """Everything ahead of all lines, soonest first, as `role` reads it."""
    found = [one for line in lines for one in ahead(order, line, role, now)]
    return sorted(found, key=lambda one: (one.at, one.line.id))


def ahead(order: Order, line: OrderLine, role: Role, now: datetime) -> list[Coming]:
    if line.paused_at is None:
        return played(line, line, order.holds, role, now)
    care = cases.looked_after()
    turns = care.foresee(line.id, now) if care else []
    told = [Coming(turn.at, line, "care", turn.sentence) for turn in turns]
    if not turns or turns[-1].refunded:
        return told
    last = turns[-1]
    rest = rules.Played.of(line)
    rest.paused_at = None
    if last.resumed or line.state == LineState.RELEASED:
        rest.paused_for += last.at - line.paused_at
    else:  # shared out
        rest.state, rest.paused_for = LineState.RELEASED, timedelta(0)
        rest.received_at = rest.received_at or last.at
    return told + played(line, rest, order.holds, role, last.at)


def played(
    line: OrderLine, one: rules.Line, terms: rules.Terms, role: Role, now: datetime
) -> list[Coming]:
    return [
        Coming(step.at, line, step.kind, words.ahead(step.kind, role, digital=line.is_digital))
        for step in rules.if_nobody_acts(one, terms, now)
    ]
