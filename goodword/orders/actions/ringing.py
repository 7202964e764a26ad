"""Timers: a row says when, a job rings, and the rule is asked again under the order's lock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from goodword.kit import jobs, rows
from goodword.kit.ids import new_id
from goodword.kit.together import Write, soon, together
from goodword.money.queries import latest_payment

from .. import cases, queries, rules
from ..models import OrderLine, Timer
from ..states import TIMERS, Role, TimerKind, Verb
from .common import JOB, Locked, job_of, kinds_that_ring, lock, note
from .ending import expire, refund
from .paying import follow
from .settling import complete, settle
from .shipping import receive

OVERDUE = timedelta(minutes=2)  # a job this late is lost, or its worker is


@transaction.atomic
@together()
def ring(*, order: UUID, now: datetime) -> int:
    """Let every timer of the order that is due do its work; answers how many rang.

    Queues the job of the next one. Early or doubled calls change nothing.
    """
    locked = lock(order)
    waiting = queries.running(order)
    rung = [timer for timer in waiting if timer.is_due(now)]
    rows.change_all(rung, done_at=now, rang=True)
    for kind in kinds_that_ring(rung):
        mine = {timer.line_id for timer in rung if timer.kind == kind}
        ring_kind(kind, locked, [line for line in locked.lines if line.id in mine], now)
    queue_next(queries.running(order) if rung else waiting, now)
    return len(rung)


def ring_kind(kind: TimerKind, locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    """Do what timers of `kind` do to those lines that it still concerns."""
    timer = TIMERS[kind]
    if kind == TimerKind.CARE:
        concerned = [line for line in lines if line.paused_at]
    elif timer.does is None:
        concerned = [line for line in lines if line.state == timer.during and not line.paused_at]
    else:
        concerned = [
            line
            for line in lines
            if rules.refusal(timer.does, Role.HOUSE, line, locked.terms, now) is None
        ]
    if concerned:
        WORK[kind](locked, concerned, now)


GIVEN = "UPDATE orders_timer SET job = (SELECT id FROM job) WHERE id = %s"


def queue_next(waiting: Sequence[Timer], now: datetime) -> None:
    """Give the first of the timers that are left its job, unless it has one still to come."""
    for first in waiting[:1]:
        if first.job is None or first.due_at <= now:
            soon(Write("orders_timer", GIVEN, [*job_of(first.order_id, first.due_at), first.id],
                       named=JOB))  # fmt: skip


def end_unpaid(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    if not expire(locked, lines, now) and (paid := latest_payment(locked.order.id)):
        follow(locked, paid, now)


def tell_promise_over(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    both = [locked.order.buyer_id, locked.order.seller_id]
    note(locked, "ship_late", now, lines=lines, tell=both)


def refund_unshipped(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    both = [locked.order.buyer_id, locked.order.seller_id]
    refund(locked, lines, Verb.REFUND_UNSHIPPED, now, reason="unshipped", tell=both)


def cancel_unanswered(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    both = [locked.order.buyer_id, locked.order.seller_id]
    refund(locked, lines, Verb.CANCEL_UNANSWERED, now, reason="unanswered", tell=both)


def ring_cases(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    care = cases.looked_after()
    assert care is not None, "a case's clock rings, and nobody looks after cases"
    for line in lines:
        care.ring(locked=locked, line=line.id, now=now)


def remind(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    until = rules.due(lines[0], TimerKind.RECEIVE, locked.terms)
    note(
        locked, "reminded", now, lines=lines, tell=[locked.order.buyer_id],
        until=until.isoformat() if until else "", part=new_id(),
    )  # fmt: skip


def count_received(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    both = [locked.order.buyer_id, locked.order.seller_id]
    receive(locked, lines, Verb.COUNT_RECEIVED, now, tell=both)


def release(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    settle(locked, lines, now)


WORK: Mapping[TimerKind, Callable[[Locked, Sequence[OrderLine], datetime], None]] = {
    TimerKind.PAY: end_unpaid,
    TimerKind.SHIP: tell_promise_over,
    TimerKind.UNSHIPPED: refund_unshipped,
    TimerKind.ANSWER: cancel_unanswered,
    TimerKind.REMIND_EARLY: remind,
    TimerKind.REMIND_LATE: remind,
    TimerKind.RECEIVE: count_received,
    TimerKind.HANDOVER: count_received,
    TimerKind.RELEASE: release,
    TimerKind.COMPLETE: complete,
    TimerKind.CARE: ring_cases,
}


def sweep(*, now: datetime) -> int:
    """Hand out one job for each order with a timer whose job did not come; answers how many.

    An order whose last job is still to come, or tries again, gets no second one.
    """
    late = queries.timers_without_job(now - OVERDUE)
    for timer in late:
        job = jobs.defer("orders.ring", order=str(timer.order_id))
        Timer.objects.filter(id=timer.id).update(job=job)
    return len(late)
