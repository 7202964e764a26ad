"""A payment from the decision to the answer. What asks the gateway stands in `sending`."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit import house, jobs
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.ids import new_id, parse_id
from goodword.kit.money import LIMIT, Money, total
from goodword.kit.rows import UNLESS_KNOWN, change, find, first, inserting, joined, locked
from goodword.kit.together import Write, do, together

from .. import fees, gateways, rules
from ..gateways.base import Answer
from ..models import Hold, Payment
from ..rules import AccountRef, Band, banded_fee
from ..states import (
    ANSWER_STATES,
    ENDED_PAYMENTS,
    FINAL_ANSWERS,
    OPEN_PAYMENTS,
    AccountKind,
    AnswerKind,
    HoldState,
    PaymentState,
    Step,
    TransferKind,
)
from .posting import KeyReused, Posting, post
from .returning import gateway_account, posted, reversed_account, send_back
from .stuck import tell_reversed

LOOK = "money.settle_payment"  # the job that asks a gateway what became of a payment
# Money that was there and that a bank took back has a decision of its own; it is not paid twice.
HELD_ONCE = 'SELECT FROM money_hold WHERE "order" = %s'


class AlreadyPaid(Conflict):
    """The order has a payment that is under way or done."""

    def __init__(self) -> None:
        super().__init__(
            _("A payment for this order is already under way. Wait for it to end, then try again.")
        )


class TakenBack(Conflict):
    """A bank took the order's money back; what was held of it is decided, not paid anew."""

    def __init__(self) -> None:
        super().__init__(
            _("The bank took the payment for this order back. Order anew to buy it after all.")
        )


@joined
def start_payment(
    *,
    order: UUID,
    buyer: UUID,
    seller: UUID,
    amount: Money,
    gateway: str = "sandbox",
    method: str,
    key: str,
    now: datetime,
    return_url: str = "",
    fee_percent: int | None = None,
    bands: Sequence[Band] | None = None,
    placed_at: datetime | None = None,
    parts: Sequence[tuple[UUID, Money]] = (),
    sent: bool = False,
) -> Payment:
    """Decide that `buyer` pays `amount` for `order`; nothing is asked of the gateway yet.

    Call `send_payment` once this has committed; if nobody does, a job does. With `sent` it is
    already marked as asked: then call `charge` and record what it answers. The house's fee is
    that of its table when the order was placed (None: now), or else `fee_percent` or the rule of
    then; `bands` is that table, for whoever has read it. `parts` says what of it is for which line
    of the order: each is held and decided by itself; without any, one hold has the order's own id.
    The same `key` with the same terms answers the same payment. Raises Invalid for an amount or
    method that cannot be, KeyReused, AlreadyPaid, TakenBack, and ValueError for parts that do not
    sum to the amount.
    """
    if parts and total([part for _line, part in parts]) != amount:
        raise ValueError(f"the parts of order {order} are not the {amount} to be paid")
    check_payable(amount, gateway=gateway, method=method)
    digest = rules.digest(
        {"order": order, "seller": seller, "amount": amount, "gateway": gateway, "method": method}
    )
    if fee_percent is None:
        fee_percent = house.rules(placed_at or now).fee_percent
    fee = banded_fee(amount, fees.in_force(placed_at or now) if bands is None else bands)
    payment = Payment(
        id=new_id(), order=order, buyer_id=buyer, seller_id=seller, amount=amount.minor,
        currency=amount.currency, fee_percent=fee_percent,
        fee=None if fee is None else fee.minor, gateway=gateway, method=method, key=key,
        digest=digest, return_url=return_url, created_at=now, changed_at=now,
        parts=[[str(line), part.minor] for line, part in parts],
        state=PaymentState.SENT if sent else PaymentState.CREATED,
    )  # fmt: skip
    if write_with_look(payment, now):
        return payment
    return made_before(order=order, buyer=buyer, key=key, digest=digest)


def write_with_look(payment: Payment, now: datetime) -> bool:
    """Add the payment and the job of its first look, unless another payment is in the way.

    One statement for the four ways in which one can be.
    """
    row = inserting(
        [payment], f"{UNLESS_KNOWN} RETURNING look AS job", unless=HELD_ONCE,
        seen=[payment.order], look=jobs.NUMBER,
    )  # fmt: skip
    job = jobs.values(LOOK, {"payment": str(payment.id), "looks": 1}, at=now + rules.FIRST_LOOK)
    named = f"made AS ({row.statement})"
    _count, found = do(Write(jobs.TABLE, jobs.QUEUE_FOR, [*row.values, *job], named=named))
    for (number,) in found:
        payment.look = number
    return bool(found)


def made_before(*, order: UUID, buyer: UUID, key: str, digest: bytes) -> Payment:
    made = Payment.objects.filter(buyer=buyer, key=key).first()
    if made is None:
        live = Payment.objects.filter(order=order).exclude(state__in=sorted(ENDED_PAYMENTS))
        raise AlreadyPaid if live.exists() else TakenBack
    if bytes(made.digest) != digest:
        raise KeyReused
    return made


def check_payable(amount: Money, *, gateway: str, method: str) -> None:
    if not 0 < amount.minor <= LIMIT:
        raise Invalid(_("There is nothing to pay, or too much for one payment."))
    if method not in {offered.code for offered in gateways.named(gateway).methods()}:
        sentence = _("Choose one of the ways to pay that are offered.")
        raise Invalid(sentence, fields={"method": sentence})


def tell_order(payment: Payment) -> None:
    jobs.defer_now("orders.payment_answered", payment=str(payment.id))


@joined
@together()
def record_answer(
    *, answer: Answer, now: datetime, then: Callable[[Payment], None] = tell_order
) -> Payment:
    """Write down what a gateway said about the payment `answer.key`; if it is news, do `then`.

    Answers that are late, doubled, or older than what is known change nothing. `then` is done in
    this very transaction; by default it queues a job for the order. Raises NotFound when the key
    is no payment of ours.
    """
    payment = lock_payment(parse_id(answer.key))
    if follow(payment, answer, now=now):
        then(payment)
    return payment


@joined
@together()
def capture(*, payment: UUID, now: datetime) -> Payment:
    """Hold a payment's whole amount in escrow, as when its gateway says that it was captured.

    Doing it again changes nothing; a payment that had ended is sent back to the buyer instead.
    """
    row = lock_payment(payment)
    answer = Answer(str(row.id), AnswerKind.CAPTURED, row.money, reference=row.reference)
    if follow(row, answer, now=now):
        tell_order(row)
    return row


def follow(payment: Payment, answer: Answer, *, now: datetime) -> bool:
    """Let a payment that is locked follow the answer; whether that was news."""
    step = rules.step(
        PaymentState(payment.state), answer.kind, asked=payment.money, answered=answer.amount
    )
    final = payment.final or answer.kind in FINAL_ANSWERS
    look = payment.look
    if final and look is not None:
        jobs.call_off(look)
        look = None
    if step == Step.REINSTATE:
        return reinstate(payment, answer.amount, now=now)
    if step == Step.IGNORE:
        if final != payment.final:
            change(payment, final=final, look=look, changed_at=now)
        return False
    state = PaymentState.RETURNED if step == Step.RETURN else ANSWER_STATES[answer.kind]
    change(
        payment, state=state, final=final, reference=answer.reference, next_url=answer.next_url,
        reason=answer.reason, look=look, changed_at=now,
    )  # fmt: skip
    if step == Step.CAPTURE:
        hold(payment, now=now)
    if step == Step.RETURN:
        hand_back(payment, answer.amount, now=now)
    if step == Step.REVERSE:
        reverse(payment, answer.amount, now=now)
    return True


@joined
def open_with(*, order: UUID, gateway: str, method: str, key: str, now: datetime) -> Payment | None:
    """Make room for a payment by another way: what waits for the buyer herself is given up.

    Answers the one that goes on instead: it waits for her by the very same way. What she pays by
    the way that was given up goes back to her by itself.
    """
    live = lock_live(order)
    if live is None or live.key == key or live.state != PaymentState.STEP_UP:
        return None
    if (live.gateway, live.method) == (gateway, method):
        return live
    expire_payment(order=order, now=now)
    return None


@joined
def expire_payment(*, order: UUID, now: datetime) -> bool:
    """End every payment of `order` that has brought no money yet.

    Returns False, and changes nothing, when the order is already paid. Money that arrives
    afterwards goes back by itself.
    """
    live = lock_live(order)
    if live is None:
        # What a bank took back has ended; its escrow has to be decided all the same.
        return not Hold.objects.filter(order=order).exists()
    if live.state not in OPEN_PAYMENTS:
        return False
    unasked = live.state == PaymentState.CREATED
    if live.look is not None:
        jobs.call_off(live.look)
    look = None if unasked else jobs.defer(LOOK, payment=str(live.id), looks=0)
    change(live, state=PaymentState.EXPIRED, next_url="", final=unasked, look=look, changed_at=now)
    return True


def lock_live(order: UUID) -> Payment | None:
    """The one payment of the order that has not ended."""
    payments = find(Payment, order=order, how="FOR UPDATE")
    return next((one for one in payments if one.state not in ENDED_PAYMENTS), None)


def hold(payment: Payment, *, now: datetime) -> None:
    """Post a payment into escrow, and open the holds of the order's lines with it."""
    posting = Posting(
        owner=payment.buyer_id, kind=TransferKind.CAPTURE, order=payment.order,
        key=f"capture/{payment.id}", body={"payment": payment.id},
        lines=rules.between(
            debit=gateway_account(payment.gateway, payment.currency),
            credits=[(escrow_account(payment), payment.money)],
        ),
    )  # fmt: skip
    parts = payment.parts or [[str(payment.order), payment.amount]]
    whole = rules.whole_fee(payment.money, payment.fee_percent)
    if payment.fee is not None:
        whole = Money(payment.fee, payment.currency)
    fees = rules.shared_fee(whole, [minor for _line, minor in parts])
    opened = [
        {
            "id": line, "order": payment.order, "buyer": payment.buyer_id,
            "seller": payment.seller_id, "payment": payment.id, "currency": payment.currency,
            "fee": fee.minor, "captured": minor, "state": HoldState.HELD, "held_at": now,
        }
        for (line, minor), fee in zip(parts, fees, strict=True)
    ]  # fmt: skip
    post(posting, holds=opened, now=now)


def hand_back(payment: Payment, arrived: Money, *, part: str = "", now: datetime) -> UUID | None:
    """Post money that nobody waited for as the buyer's, and have it sent back.

    `part` tells several arrivals for one payment apart. Answers the transfer, None when that was
    posted before.
    """
    account = AccountRef(AccountKind.REFUND, arrived.currency, holder=payment.buyer_id)
    posting = Posting(
        owner=payment.buyer_id, kind=TransferKind.LATE, order=payment.order,
        key=f"late/{payment.id}{part}", body={"payment": payment.id},
        lines=rules.between(
            debit=gateway_account(payment.gateway, arrived.currency), credits=[(account, arrived)]
        ),
    )  # fmt: skip
    if not post(posting, now=now):
        return None
    send_back(payment=payment, amount=arrived, transfer=posting.id, now=now)
    return posting.id


def reverse(payment: Payment, amount: Money, *, now: datetime) -> None:
    """Post that the bank took a payment back: the house has to see where it gets it from."""
    posting = Posting(
        owner=payment.buyer_id, kind=TransferKind.REVERSED, order=payment.order,
        key=rules.reversal_key(payment.id), body={"payment": payment.id},
        lines=rules.between(
            debit=reversed_account(amount.currency),
            credits=[(gateway_account(payment.gateway, amount.currency), amount)],
        ),
    )  # fmt: skip
    post(posting, now=now)
    tell_reversed(payment, amount, now=now)


def reinstate(payment: Payment, amount: Money, *, now: datetime) -> bool:
    """Post that the bank gave back what it had taken; False when it took nothing, or when that was
    posted before.

    The order has ended or gone on without it. What of it is the buyer's by now, because her order
    was called off, is for the operators to see: it cannot go back the way it came twice.
    """
    if not posted(payment, rules.reversal_key(payment.id)):
        return False
    posting = Posting(
        owner=payment.buyer_id, kind=TransferKind.REINSTATED, order=payment.order,
        key=rules.reinstated_key(payment.id), body={"payment": payment.id},
        lines=rules.between(
            debit=gateway_account(payment.gateway, amount.currency),
            credits=[(reversed_account(amount.currency), amount)],
        ),
    )  # fmt: skip
    if not post(posting, now=now):
        return False
    tell_reversed(payment, amount, kind="money.reinstated", now=now)
    return True


def plan_look(payment: UUID, *, looks: int, now: datetime) -> int | None:
    """Have a job ask the gateway what became of the payment, unless it has asked often enough."""
    wait = rules.next_look(looks)
    if wait is None:
        return None
    return jobs.defer(LOOK, at=now + wait, payment=str(payment), looks=looks + 1)


def lock_payment(payment: UUID | None) -> Payment:
    return there(locked(Payment, payment))


def known_payment(payment: UUID) -> Payment:
    return there(first(Payment, id=payment))


def there(row: Payment | None) -> Payment:
    if row is None:
        raise NotFound(_("There is no such payment."))
    return row


def escrow_account(row: Payment | Hold) -> AccountRef:
    return AccountRef(AccountKind.ESCROW, row.currency, holder=row.buyer_id, order=row.order)
