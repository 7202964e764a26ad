"""What every verb does alike: lock, pick the lines, move them, wind their clocks, tell."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from goodword.journal import actions as journal
from goodword.kit import jobs, rows
from goodword.kit.errors import Refused
from goodword.kit.ids import new_id
from goodword.kit.together import Write, soon
from goodword.money import queries as money
from goodword.notices import actions as notices

from .. import rules
from ..models import Order, OrderLine, Timer
from ..refusals import NotPossible, NotYours, OrderMissing
from ..states import FINAL, MOVES, TIMERS, Role, TimerKind, Verb


@dataclass(frozen=True, slots=True)
class Locked:
    """An order whose row is locked until the transaction ends, with all its lines."""

    order: Order
    lines: list[OrderLine]
    terms: rules.Terms

    def role_of(self, member: UUID) -> Role:
        """Raises OrderMissing for everybody but the two parties."""
        if member == self.order.buyer_id:
            return Role.BUYER
        if member == self.order.seller_id:
            return Role.SELLER
        raise OrderMissing


def lock(order: UUID) -> Locked:
    """Lock an order with its lines. Raises OrderMissing."""
    row, lines = rows.locked_with(Order, order, OrderLine, by="order_id", how="FOR NO KEY UPDATE")
    if row is None:
        raise OrderMissing
    return Locked(row, lines, row.holds)


def pick(
    locked: Locked, verb: Verb, role: Role, now: datetime, only: Collection[UUID] | None = None
) -> list[OrderLine]:
    """The lines to which `role` may do `verb` now; with `only`, exactly those or none.

    Raises NotYours, NotPossible, OrderMissing for a line that is not the order's.
    """
    pool = [line for line in locked.lines if only is None or line.id in only]
    if not pool or (only is not None and len(pool) != len(set(only))):
        raise OrderMissing
    whys = [rules.refusal(verb, role, line, locked.terms, now) for line in pool]
    chosen = [line for line, why in zip(pool, whys, strict=True) if why is None]
    if not chosen or (only is not None and len(chosen) != len(pool)):
        raise refused(line_why for line_why in zip(pool, whys, strict=True) if line_why[1])
    return chosen


def refused(whys: Iterable[tuple[OrderLine, str | None]]) -> Refused:
    """The refusal that tells most: of what is still open before what has ended."""
    why = min(whys, key=lambda one: one[0].state in FINAL)[1] or "not_due"
    return NotYours() if why == "not_yours" else NotPossible(why)


def shift(lines: Sequence[OrderLine], verb: Verb, now: datetime, **changes: Any) -> None:
    """Move the lines as the table says for `verb`, with further `changes`, in one statement."""
    after = MOVES[verb].after
    if after:
        changes["state"] = after
        if after in FINAL:
            changes["ended_at"] = now
    rows.change_all(lines, **changes)


STOP = """
UPDATE orders_timer SET done_at = %s
 WHERE order_id = %s AND line_id = ANY (%s) AND done_at IS NULL"""

# A job of a stopped clock is put off to the next; or to one of another line that comes before,
# which may have counted on it: that one then hands on.
START = f"""
stopped AS ({STOP} RETURNING job),
others AS (SELECT min(due_at) AS due FROM orders_timer
            WHERE order_id = %s AND line_id <> ALL (%s) AND done_at IS NULL),
moved AS (UPDATE procrastinate_jobs
             SET scheduled_at = least(%s::timestamptz, (SELECT due FROM others))
           WHERE id = (SELECT max(job) FROM stopped) AND status = 'todo'
          RETURNING id, scheduled_at AS at),
fresh AS ({jobs.QUEUE} WHERE NOT EXISTS (SELECT FROM moved) RETURNING id, scheduled_at AS at),
job AS (SELECT id, at FROM moved UNION ALL SELECT id, at FROM fresh)"""
WOUND = """
INSERT INTO orders_timer (id, order_id, line_id, buyer_id, kind, due_at, job, rang)
SELECT t.id, %s, t.line, %s, t.kind, t.due,
       CASE t.place WHEN 1 THEN (SELECT id FROM job WHERE at = t.due) END, false
  FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::timestamptz[])
       WITH ORDINALITY AS t (id, line, kind, due, place)"""


def wind(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    """Stop the clocks of what the lines were, start those of what they are now.

    One job rings the first of the new timers; the later ones get theirs when it does. All in one
    statement.
    """
    steps = [
        (step, line)
        for line in lines
        for step in rules.steps(line, locked.terms)
        if step.at > now or TIMERS[step.kind].does
    ]
    wind_to(locked, lines, steps, now)


def wind_to(
    locked: Locked,
    lines: Sequence[OrderLine],
    steps: Iterable[tuple[rules.Step, OrderLine]],
    now: datetime,
) -> None:
    """Stop the lines' clocks, start those of `steps`."""
    if not lines:
        return
    order, ids = locked.order, [line.id for line in lines]
    steps = sorted(steps, key=lambda one: one[0].at)
    if not steps:
        stop(order.id, ids, now)
        return
    first = steps[0][0].at
    values = [
        now, order.id, ids, order.id, ids, first, *job_of(order.id, first), order.id,
        order.buyer_id,
        [new_id() for _step in steps], [line.id for _step, line in steps],
        [step.kind.value for step, _line in steps], [step.at for step, _line in steps],
    ]  # fmt: skip
    soon(Write("orders_timer", WOUND, values, named=START))


def stop(order: UUID, lines: Sequence[UUID], now: datetime) -> None:
    """Stop the lines' clocks, and start none."""
    soon(Write("orders_timer", STOP, [now, order, list(lines)]))


JOB = f"job AS ({jobs.QUEUE} RETURNING id)"


def job_of(order: UUID, at: datetime) -> list[Any]:
    """The values of a job that rings the order's clocks."""
    return jobs.values("orders.ring", {"order": str(order)}, at=at)


def note(
    locked: Locked,
    verb: str,
    now: datetime,
    *,
    actor: UUID | None = None,
    lines: Sequence[OrderLine] = (),
    tell: Collection[UUID] = (),
    part: UUID | None = None,
    **facts: Any,
) -> None:
    """Write the deed into the buyer's chain, and let those of `tell` know; by `part` anew, where
    an earlier one of its kind is still unread.
    """
    order = locked.order
    if lines and len(lines) < len(locked.lines):
        facts["titles"] = [line.name for line in lines]
    journal.record(
        owner=order.buyer_id, actor=actor, verb=f"orders.{verb}", subject=order.id, now=now, **facts
    )
    told = {"title": locked.lines[0].snapshot["title"], "reference": order.reference, **facts}
    for member in tell:
        told["role"] = locked.role_of(member)
        notices.tell(
            member=member, kind=f"orders.{verb}", subject=order.id, now=now, actor=actor, part=part,
            **told,
        )  # fmt: skip


def kinds_that_ring(timers: Iterable[Timer]) -> list[TimerKind]:
    """The kinds of the given timers, in the order in which they were due, each once."""
    return list(dict.fromkeys(TimerKind(timer.kind) for timer in timers))


def custodian_name(gateway: str) -> str:
    with translation.override("en"):
        return str(money.custodian(gateway).name)
