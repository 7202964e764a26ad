"""Asking gateways. Never inside a transaction: mark, ask by key, record; a crash in between is
repaired by asking again under the same key.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from goodword.kit import jobs
from goodword.kit.rows import change, joined

from .. import gateways, rules
from ..gateways.base import (
    Answer,
    ChargeRequest,
    GatewayDown,
    NeverAsked,
    RefundAnswer,
    RefundKind,
    RefundRequest,
)
from ..models import Payment, Refund
from ..states import (
    OPEN_REFUNDS,
    AnswerKind,
    PaymentState,
    RefundState,
)
from .payments import known_payment, lock_payment, plan_look, record_answer
from .returning import COVERED, lock_refund, post_bounced, post_sent, still_taken
from .stuck import tell_stuck

OLD = timedelta(hours=3)  # by then the jobs of `next_look` have ended
GIVEN_UP = timedelta(days=14)


def send_payment(*, payment: UUID, now: datetime) -> Payment:
    """Ask the gateway for the money, record its answer, and tell the order.

    Not inside a transaction (RuntimeError). When no answer comes, the payment stays `sent` and a
    job asks again. Raises NotFound.
    """
    with transaction.atomic(durable=True):
        row = lock_payment(payment)
        if row.state == PaymentState.CREATED:
            change(row, state=PaymentState.SENT, changed_at=now)
        elif row.state != PaymentState.SENT:
            return row
    answer = charge(row, now=now)
    return row if answer is None else record_answer(answer=answer, now=now)


def charge(payment: Payment, *, now: datetime) -> Answer | None:
    """Ask the gateway for a payment that is marked as sent; None when it does not answer.

    Not inside a transaction. Asking twice is one charge: the payment's id is its key.
    """
    request = ChargeRequest(
        key=str(payment.id), amount=payment.money, method=payment.method,
        return_url=payment.return_url,
    )  # fmt: skip
    try:
        return gateways.named(payment.gateway).charge(request, now=now)
    except GatewayDown:
        return None


def settle_payment(*, payment: UUID, looks: int, now: datetime) -> None:
    """Find out what became of a payment whose end is not known, and plan the next look."""
    row = known_payment(payment)
    if row.final:
        return
    try:
        answer = ask(row, now=now)
    except NeverAsked:
        answer = ended_unasked(row, now=now)
    except GatewayDown:
        answer = None
    if answer is not None:
        row = record_answer(answer=answer, now=now)
    elif row.state in (PaymentState.CREATED, PaymentState.SENT):
        row = send_payment(payment=row.id, now=now)
    if not row.final:
        look_again(payment=row.id, looks=looks, now=now)


@joined
def look_again(*, payment: UUID, looks: int, now: datetime) -> None:
    """Plan the next look, unless the payment has ended meanwhile."""
    row = lock_payment(payment)
    if not row.final:
        change(row, look=plan_look(row.id, looks=looks, now=now))


def ask(payment: Payment, *, now: datetime) -> Answer | None:
    gateway = gateways.named(payment.gateway)
    if payment.state == PaymentState.CREATED:
        return None
    if payment.state == PaymentState.EXPIRED:
        return gateway.cancel(str(payment.id), now=now)
    return gateway.look_up(str(payment.id), now=now)


def ended_unasked(payment: Payment, *, now: datetime) -> Answer | None:
    """The end of a payment that expired before its gateway was asked, as the process died there.

    Not at once: the asking may be under way. After `OLD` whoever asked has long given up, and money
    that came all the same would go back like any that comes late.
    """
    if payment.state != PaymentState.EXPIRED or now - payment.changed_at < OLD:
        return None
    return Answer(str(payment.id), AnswerKind.CANCELLED, payment.money)


def send_refund(*, refund: UUID, looks: int = 0, now: datetime) -> Refund:
    """Ask the gateway to send a refund, record its answer, and plan another try if it has none.

    Not inside a transaction (RuntimeError).
    """
    with transaction.atomic(durable=True):
        row = lock_refund(refund)
        if row.state == RefundState.CREATED:
            change(row, state=RefundState.SENT, changed_at=now)
        elif row.state not in OPEN_REFUNDS:
            return row
        payment = known_payment(row.payment_id)
    request = RefundRequest(key=str(row.id), charge=str(payment.id), amount=row.money)
    try:
        answer = gateways.named(payment.gateway).refund(request, now=now)
    except GatewayDown:
        answer = RefundAnswer(str(row.id), RefundKind.PENDING)
    row = record_refund(answer=answer, refund=row.id, payment=payment, now=now)
    wait = rules.next_look(looks)
    if row.state in OPEN_REFUNDS and wait is not None:
        jobs.defer("money.send_refund", at=now + wait, refund=str(row.id), looks=looks + 1)
    return row


@joined
def record_refund(*, answer: RefundAnswer, refund: UUID, payment: Payment, now: datetime) -> Refund:
    """Write down what the gateway said about a refund; once sent, it leaves the books.

    One that counted as sent may still come back: then it is owed again.
    """
    row = lock_refund(refund)
    came_back = is_bounce(row, answer)
    if answer.kind == RefundKind.PENDING or not (came_back or row.state == RefundState.SENT):
        return row
    if answer.kind == RefundKind.FAILED and not came_back and row.money <= still_taken(payment):
        # What failed to be sent is with the buyer already: her bank took it back.
        change(row, reason=COVERED)
        answer = RefundAnswer(answer.key, RefundKind.DONE, reason=COVERED)
    if answer.kind == RefundKind.DONE:
        post_sent(row, payment, now=now)
    if came_back:
        post_bounced(row, payment, now=now)
    if answer.kind == RefundKind.FAILED:
        tell_stuck(row, order=payment.order, now=now)
    change(
        row, state=RefundState(answer.kind), reference=answer.reference, reason=answer.reason,
        bounces=row.bounces + came_back, changed_at=now,
    )  # fmt: skip
    return row


def is_bounce(refund: Refund, answer: RefundAnswer) -> bool:
    """Whether a refund that the gateway itself has sent came back. A late word about an earlier
    try, or about what an operator paid by hand, is none: its number is another one."""
    return (
        refund.state == RefundState.DONE
        and answer.kind == RefundKind.FAILED
        and refund.reference == answer.reference != ""
    )


def sweep(*, now: datetime) -> int:
    """Hand out one job for each payment and refund that nobody has heard the end of for hours."""
    since, until = now - GIVEN_UP, now - OLD
    payments = Payment.objects.filter(final=False, created_at__range=(since, until))
    refunds = Refund.objects.filter(
        state__in=sorted(OPEN_REFUNDS), created_at__range=(since, until)
    )
    found = 0
    for payment in payments.values_list("id", flat=True).iterator():
        jobs.defer("money.settle_payment", payment=str(payment), looks=rules.LOOKS)
        found += 1
    for refund in refunds.values_list("id", flat=True).iterator():
        jobs.defer("money.send_refund", refund=str(refund), looks=rules.LOOKS)
        found += 1
    return found
