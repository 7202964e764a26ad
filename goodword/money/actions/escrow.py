"""Deciding what becomes of held money. The hold's row is the lock: one decision wins."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.formats import money
from goodword.kit.money import Money
from goodword.kit.rows import change, joined, locked

from .. import queries, rules
from ..models import Hold
from ..rules import AccountRef, Line
from ..states import AccountKind, HoldState, PaymentState, TransferKind
from .payments import escrow_account, lock_payment
from .posting import KeyReused, Posting, lock_accounts, post, posted_before
from .returning import send_back


class AlreadyDecided(Conflict):
    """The hold was resolved before."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("The money of this order was already released to the seller.")
            if state == HoldState.RELEASED
            else _("The money of this order already went back to the buyer.")
        )


class NotEnough(Conflict):
    """More was asked for than there is."""


@joined
def release(*, order: UUID, key: str, now: datetime) -> UUID:
    """Give the seller what is held for `order`, less the house's fee. Returns the transfer.

    The same `key` again answers the same. Raises NotFound without a hold, AlreadyDecided when it
    was resolved before, KeyReused.
    """
    hold = lock_hold(order)
    body = {"verb": "release", "order": order}
    if hold.state != HoldState.HELD:
        return answered_before(hold, key, body)
    split = rules.release_split(
        captured=Money(hold.captured, hold.currency),
        refunded=Money(hold.refunded, hold.currency),
        percent=hold.fee_percent,
    )
    posting = Posting(
        owner=hold.buyer_id, kind=TransferKind.RELEASE, order=order, key=key, body=body,
        lines=rules.between(
            debit=escrow_account(hold),
            credits=[(payable_account(hold), split.seller), (fee_account(hold), split.fee)],
        ),
    )  # fmt: skip
    done = settled(hold, HoldState.RELEASED, released=hold.held.minor, now=now)
    if not post(posting, hold=done | {"release_transfer": posting.id}, now=now):
        raise KeyReused
    return posting.id


@joined
def refund(
    *, order: UUID, amount: Money | None = None, reason: str, key: str, now: datetime
) -> UUID:
    """Give the buyer back `amount` of what is held, or all of it (None). Returns the transfer.

    The house's fee shrinks with it: it is taken of what the seller gets. The gateway is asked to
    send the money once this has committed. Raises NotFound, AlreadyDecided once the hold is
    resolved (`take_back` reverses a release), NotEnough beyond what is held, KeyReused.
    """
    hold = lock_hold(order)
    body = {"verb": "refund", "order": order, "amount": amount, "reason": reason}
    if earlier := posted_before(owner=hold.buyer_id, key=key, body=body):
        return earlier
    if hold.state != HoldState.HELD:
        raise AlreadyDecided(hold.state)
    whole = hold.held
    amount = whole if amount is None else amount
    check_refundable(amount, within=whole)
    last = amount == whole
    posting = refunding(hold, amount, reason=reason, key=key, body=body)
    state = HoldState.REFUNDED if last else HoldState.HELD
    done = settled(hold, state, refunded=amount.minor, now=now)
    if not post(posting, hold=done, now=now):
        raise KeyReused
    give_back(hold, amount, posting.id, last=last, now=now)
    return posting.id


@joined
def take_back(*, order: UUID, amount: Money, reason: str, key: str, now: datetime) -> UUID:
    """Refund `amount` of a released hold: the seller gives back, and the house its fee's share.

    Two transfers: one undoes that part of the release, one refunds it. Returns the refund's.
    Raises NotFound, Conflict while nothing is released, NotEnough beyond what the seller got or
    has on her balance, KeyReused.
    """
    hold = lock_hold(order)
    body = {"verb": "take_back", "order": order, "amount": amount, "reason": reason}
    if earlier := posted_before(owner=hold.buyer_id, key=key, body=body):
        return earlier
    if hold.state != HoldState.RELEASED:
        raise Conflict(_("Nothing was released for this order that could be taken back."))
    check_refundable(amount, within=Money(hold.released, hold.currency))
    undo = Posting(
        owner=hold.buyer_id, kind=TransferKind.TAKE_BACK, order=order, key=f"{key}/undo",
        body=body, lines=take_back_lines(hold, amount), reason=reason,
        corrects=hold.release_transfer,
    )  # fmt: skip
    posting = refunding(hold, amount, reason=reason, key=key, body=body)
    done = settled(hold, HoldState.RELEASED, released=-amount.minor, refunded=amount.minor, now=now)
    if not post(undo, posting, hold=done, now=now):
        raise KeyReused
    give_back(hold, amount, posting.id, last=amount.minor == hold.released, now=now)
    return posting.id


def take_back_lines(hold: Hold, amount: Money) -> list[Line]:
    """What seller and house give back, once the seller is known to have it."""
    split = rules.take_back_split(
        captured=Money(hold.captured, hold.currency),
        refunded=Money(hold.refunded, hold.currency),
        amount=amount,
        percent=hold.fee_percent,
    )
    seller = payable_account(hold)
    lock_accounts([seller])
    available = queries.balance(seller)
    if available < split.seller:
        raise NotEnough(
            _("The seller's balance of %(available)s does not cover %(amount)s.")
            % {"available": money(available), "amount": money(split.seller)}
        )
    return rules.mirrored(
        rules.between(
            debit=escrow_account(hold),
            credits=[(seller, split.seller), (fee_account(hold), split.fee)],
        )
    )


def refunding(hold: Hold, amount: Money, **asked: Any) -> Posting:
    account = AccountRef(AccountKind.REFUND, hold.currency, holder=hold.buyer_id)
    return Posting(
        owner=hold.buyer_id, kind=TransferKind.REFUND, order=hold.order,
        lines=rules.between(debit=escrow_account(hold), credits=[(account, amount)]), **asked,
    )  # fmt: skip


def settled(
    hold: Hold, state: HoldState, *, released: int = 0, refunded: int = 0, now: datetime
) -> dict[str, Any]:
    """What a posting adds to the hold, for `post`."""
    resolved_at = None if state == HoldState.HELD else now
    return {
        "order": hold.order, "released": released, "refunded": refunded, "state": state,
        "resolved_at": resolved_at,
    }  # fmt: skip


def give_back(hold: Hold, amount: Money, transfer: UUID, *, last: bool, now: datetime) -> None:
    """Plan the sending; `last` says that nothing of the payment is left then."""
    payment = lock_payment(hold.payment_id)
    if last:
        change(payment, state=PaymentState.REFUNDED, changed_at=now)
    send_back(payment=payment, amount=amount, transfer=transfer, now=now)


def check_refundable(amount: Money, *, within: Money) -> None:
    if amount.currency != within.currency or amount.minor <= 0:
        raise Invalid(
            _("Give an amount above zero in %(currency)s.") % {"currency": within.currency}
        )
    if amount > within:
        raise NotEnough(
            _("Only %(held)s can be refunded. Ask for that or less.") % {"held": money(within)}
        )


def lock_hold(order: UUID) -> Hold:
    hold = locked(Hold, order)
    if hold is None:
        raise NotFound(_("No money is held for this order."))
    return hold


def answered_before(hold: Hold, key: str, body: dict[str, Any]) -> UUID:
    """The transfer that `key` made when the hold was resolved by it. Raises AlreadyDecided."""
    earlier = posted_before(owner=hold.buyer_id, key=key, body=body)
    if earlier is None:
        raise AlreadyDecided(hold.state)
    return earlier


def payable_account(hold: Hold) -> AccountRef:
    return AccountRef(AccountKind.PAYABLE, hold.currency, holder=hold.seller_id)


def fee_account(hold: Hold) -> AccountRef:
    return AccountRef(AccountKind.FEES, hold.currency)
