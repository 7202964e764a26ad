"""Paying: decided in one transaction, asked of the gateway outside any, answered in another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from goodword.journal import queries as journal
from goodword.kit import house, rows
from goodword.kit.ids import new_id
from goodword.kit.money import Money, total
from goodword.kit.together import together
from goodword.money import actions as money
from goodword.money import queries as payments
from goodword.money.models import Payment
from goodword.money.queries import PaymentView
from goodword.money.queries.payments import view
from goodword.money.rules import Band
from goodword.money.states import PaymentState
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop.actions import ReservationEnded

from .. import rules
from ..models import Order, OrderLine
from ..refusals import NotOffered, NotPossible
from ..states import STOCK_SLACK, LineState, Role, Verb
from . import delivering
from .common import Locked, custodian_name, lock, note, pick, shift, wind
from .ending import refund

log = structlog.get_logger(__name__)


def pay(
    *,
    buyer: Member,
    order: UUID,
    gateway: str = "",
    method: str,
    key: str,
    return_url: str = "",
    now: datetime,
) -> PaymentView:
    """Try to pay for the whole order; answers what the gateway has said so far.

    Without a `gateway` it is the order's, which is the usual one at first.

    Not inside a transaction: the gateway is asked. Paying an order that is paid answers the payment
    that did it. A payment that waits for the buyer herself, as a bank transfer does, is given up
    when she chooses another way. Raises OrderMissing, NotPossible, NotOffered, and what
    `money.actions.start_payment` raises.
    """
    with transaction.atomic(durable=True), together():
        started = start(
            buyer=buyer, order=order, gateway=gateway, method=method, key=key,
            return_url=return_url, now=now,
        )  # fmt: skip
    return ask(started, now)[0] if isinstance(started, Payment) else started


def start(
    *,
    buyer: Member,
    order: UUID,
    gateway: str,
    method: str,
    key: str,
    return_url: str,
    now: datetime,
) -> Payment | PaymentView:
    locked = lock(order)
    try:
        pick(locked, Verb.PAY, locked.role_of(buyer.id), now)
    except NotPossible:
        paid = payments.latest_payment(order)
        if paid is None or paid.state != PaymentState.CAPTURED:
            raise
        return paid
    gateway = gateway or locked.order.gateway
    goes_on = money.open_with(
        order=order, gateway=gateway, method=method, key=key_of(locked.order, key), now=now
    )
    if goes_on is not None:
        return goes_on
    choose(locked, gateway, now)
    return start_payment(
        locked.order, locked.lines, method=method, key=key, return_url=return_url, now=now
    )


def choose(locked: Locked, gateway: str, now: datetime) -> None:
    """Pay by this gateway, if it is offered: the order then names who keeps the money.

    Raises NotOffered.
    """
    order = locked.order
    if gateway not in {one.name for one in payments.offered(order.total)}:
        raise NotOffered
    if gateway != order.gateway:
        rows.change(order, gateway=gateway, custodian=custodian_name(gateway))
    if payments.is_slow(gateway):
        wait_longer(locked, now)


def wait_longer(locked: Locked, now: datetime) -> None:
    """Give money that takes its time the time it takes, and keep the goods for so long."""
    order = locked.order
    terms = replace(locked.terms, pay_within=house.rules(order.placed_at).pay_within_transfer)
    if terms.pay_within <= locked.terms.pay_within:
        return
    rows.change(order, terms=terms.stored())
    shop.keep_reservation(order=order.id, until=order.placed_at + terms.pay_within + STOCK_SLACK)
    lines = [line for line in locked.lines if line.state == LineState.AWAITING_PAYMENT]
    wind(Locked(order, locked.lines, terms), lines, now)


def start_payment(
    order: Order,
    lines: Sequence[OrderLine],
    *,
    method: str,
    key: str,
    return_url: str,
    fee_percent: int | None = None,
    bands: Sequence[Band] | None = None,
    now: datetime,
) -> Payment:
    """Decide to pay a fresh order, in the transaction that placed it; then `ask`."""
    return money.start_payment(
        order=order.id, buyer=order.buyer_id, seller=order.seller_id, amount=order.total,
        gateway=order.gateway, method=method, key=key_of(order, key),
        return_url=return_url, fee_percent=fee_percent, bands=bands, sent=True, now=now,
        placed_at=order.placed_at,
        parts=[(line.id, line.total) for line in lines],
    )  # fmt: skip


def key_of(order: Order, key: str) -> str:
    return f"{order.id}/{key}"[:120]


def ask(payment: Payment, now: datetime) -> tuple[PaymentView, list[OrderLine] | None]:
    """Ask the gateway, then write its answer and what it does to the order in one transaction.

    Answers what it said and the order's lines after that, None where nothing was done to them here.
    Not inside a transaction. A payment that has its answer is not asked again. What the gateway
    did is never lost to a fault of the order's: it is then written down alone, and a job lets the
    order follow.
    """
    if payment.state != PaymentState.SENT:
        return view(payment), None
    answer = money.charge(payment, now=now)
    if answer is None:
        return view(payment), None
    try:
        with transaction.atomic(), together():
            locked = lock(payment.order)
            answered = money.record_answer(
                answer=answer, then=lambda row: follow(locked, view(row), now), now=now
            )
        return view(answered), locked.lines
    except Exception:
        log.exception("payment.followed_later", payment=str(payment.id))
        return view(money.record_answer(answer=answer, now=now)), None


@transaction.atomic(savepoint=False)
@together()
def payment_answered(*, payment: UUID, now: datetime) -> None:
    """A gateway has said something new about a payment: let its order follow. Again is fine."""
    locked = lock(payments.payment(payment).order)
    # Read again behind the lock: while it was waited for, more may have been said.
    follow(locked, payments.payment(payment), now)


def follow(locked: Locked, seen: PaymentView, now: datetime) -> None:
    match seen.state:
        case PaymentState.CAPTURED:
            take_payment(locked, now)
        case PaymentState.DECLINED:
            note(locked, "declined", now, lines=locked.lines, reason=seen.sentence)
        case PaymentState.RETURNED:
            came = payments.sent_back(seen.id) or seen.amount
            tell_returned(locked, came, now)
        case PaymentState.REVERSED:
            lose_payment(locked, seen, now)


@transaction.atomic(savepoint=False)
def handed_back(*, payment: UUID, transfer: str, amount: Money, now: datetime) -> None:
    """More came than was asked for, or the same again: the buyer hears that it goes back, once."""
    locked = lock(payments.payment(payment).order)
    if all(deed.facts.get("transfer") != transfer for deed in journal.story(locked.order.id)):
        tell_returned(locked, amount, now, transfer=transfer)


def tell_returned(locked: Locked, came: Money, now: datetime, **facts: Any) -> None:
    """Money goes back that the order had no use for; why, is told with it."""
    order = locked.order
    waits = any(line.state == LineState.AWAITING_PAYMENT for line in locked.lines)
    if waits and came != order.total:
        facts["asked"] = rules.facts_of(order.total)
    elif not waits and any(line.paid_at for line in locked.lines):
        facts["over"] = True
    note(
        locked, "returned", now, tell=[order.buyer_id], part=new_id(),
        amount=rules.facts_of(came), **facts,
    )  # fmt: skip


def lose_payment(locked: Locked, seen: PaymentView, now: datetime) -> None:
    """The bank took the money back, or that of one line: both sides hear it, and what of it was not
    shipped yet ends. What the bank did not take of that goes back to the buyer.
    """
    order = locked.order
    if any(deed.verb == "orders.taken_back" for deed in journal.story(order.id)):
        return
    taken = payments.taken_back(seen)
    about = {line.id for line in rules.lost_with(locked.lines, taken)}
    held = [line for line in locked.lines if line.state == LineState.HELD]
    ending = [line for line in held if line.id in about]
    facts: dict[str, Any] = {"goes_on": True} if len(ending) < len(held) else {}
    note(
        locked, "taken_back", now, lines=[line for line in locked.lines if line.id in about],
        tell=[order.buyer_id, order.seller_id], amount=rules.facts_of(taken), **facts,
    )  # fmt: skip
    if ending:
        lost = total([line.total for line in ending])
        sent = lost.currency != taken.currency or lost > taken  # not all of it is with her already
        refund(
            locked, ending, Verb.REFUND_UNSHIPPED, now, reason="reversed",
            tell=[order.seller_id, *[order.buyer_id] * sent],
        )  # fmt: skip
    # Or it took it back before the order had followed: then it was never paid.
    waiting = [line for line in locked.lines if line.state == LineState.AWAITING_PAYMENT]
    if waiting and payments.held(order.id):
        refund(locked, waiting, Verb.GIVE_BACK, now, reason="reversed", tell=[order.seller_id])
        shop.release_reservation(order=order.id, now=now)


def take_payment(locked: Locked, now: datetime) -> None:
    """The money is there: the pieces are sold and the seller's clock starts.

    When they went back to the shop before, the buyer gets everything back instead.
    """
    lines = [line for line in locked.lines if line.state == LineState.AWAITING_PAYMENT]
    if not lines:
        return
    order = locked.order
    try:
        shop.sell(order=order.id, now=now)
    except ReservationEnded:
        refund(locked, lines, Verb.GIVE_BACK, now, reason="gone", tell=[order.buyer_id])
        return
    pick(locked, Verb.TAKE_PAYMENT, Role.HOUSE, now)
    shift(lines, Verb.TAKE_PAYMENT, now, paid_at=now)
    for line in lines:
        shop.record_sale(
            line=line.id, listing=line.listing_id, variant=line.variant_id, seller=line.seller_id,
            quantity=line.quantity, now=now,
        )  # fmt: skip
    at_once = delivering.at_once(lines, now)
    wind(locked, [line for line in lines if line not in at_once], now)
    facts: dict[str, Any] = {"amount": rules.facts_of(order.total)}
    if len(at_once) == len(lines):
        facts["at_once"] = True
    note(locked, "paid", now, actor=order.buyer_id, tell=[order.seller_id], **facts)
    delivering.deliver_at_once(locked, at_once, now)
