"""Money on its way back: the ledger has decided it, the gateway still has to send it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from goodword.kit import jobs
from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.rows import first, insert, locked

from .. import rules
from ..models import Payment, Refund, Transfer
from ..rules import AccountRef
from ..states import AccountKind, RefundState, TransferKind
from .posting import Posting, post

COVERED = "covered"  # the reason of a refund that a bank's taking back has made good


def send_back(*, payment: Payment, amount: Money, transfer: UUID, now: datetime) -> None:
    """Plan that the gateway sends `amount` to the buyer; a job asks it once this has committed.

    What her bank took back before is hers already: of that nothing is sent.
    """
    covered = min(amount, still_taken(payment))
    if covered:
        refund = planned(payment, covered, now=now)
        refund.state, refund.reason = RefundState.DONE, COVERED
        refund.transfer = post_sent(refund, payment, now=now)
        insert([refund])
    if rest := amount - covered:
        refund = planned(payment, rest, now=now)
        refund.transfer = transfer
        insert([refund])
        jobs.defer("money.send_refund", refund=str(refund.id), looks=0)


def planned(payment: Payment, amount: Money, *, now: datetime) -> Refund:
    return Refund(
        id=new_id(), payment=payment, buyer_id=payment.buyer_id, amount=amount.minor,
        currency=amount.currency, created_at=now, changed_at=now,
    )  # fmt: skip


def still_taken(payment: Payment) -> Money:
    """What a bank took back of the payment, beyond what it gave back and what that has covered."""
    taken = posted(payment, rules.reversal_key(payment.id))
    if not taken:
        return taken
    covered = Refund.objects.filter(payment=payment, reason=COVERED).aggregate(sum=Sum("amount"))
    left = taken - posted(payment, rules.reinstated_key(payment.id))
    left -= Money(covered["sum"] or 0, payment.currency)
    return max(left, Money(0, payment.currency))


def posted(payment: Payment, key: str) -> Money:
    """What moved under that key, in the payment's currency."""
    made = first(Transfer, owner=payment.buyer_id, key=key)
    moved = made.entries.filter(line=1, currency=payment.currency).first() if made else None
    return Money(moved.amount if moved else 0, payment.currency)


def lock_refund(refund: UUID) -> Refund:
    row = locked(Refund, refund)
    if row is None:
        raise NotFound(_("There is no such refund."))
    return row


def post_sent(refund: Refund, payment: Payment, *, now: datetime, reason: str = "") -> UUID:
    """The buyer has it: the refund leaves the books, and with it what stands with the gateway."""
    account = AccountRef(AccountKind.REFUND, refund.currency, holder=refund.buyer_id)
    covered = refund.reason == COVERED
    source = (
        reversed_account(refund.currency)
        if covered
        else gateway_account(payment.gateway, refund.currency)
    )
    posting = Posting(
        owner=refund.buyer_id, order=payment.order, reason=reason,
        kind=TransferKind.COVERED if covered else TransferKind.REFUND_PAID,
        key=numbered(f"refund-paid/{refund.id}", refund.bounces), body={"refund": refund.id},
        lines=rules.between(debit=account, credits=[(source, refund.money)]),
    )  # fmt: skip
    post(posting, now=now)
    return posting.id


def post_bounced(refund: Refund, payment: Payment, *, now: datetime) -> None:
    """A refund that counted as sent is back with the gateway, and owed to the buyer again."""
    account = AccountRef(AccountKind.REFUND, refund.currency, holder=refund.buyer_id)
    posting = Posting(
        owner=refund.buyer_id, kind=TransferKind.BOUNCED, order=payment.order,
        key=numbered(f"refund-bounced/{refund.id}", refund.bounces), body={"refund": refund.id},
        lines=rules.between(
            debit=gateway_account(payment.gateway, refund.currency),
            credits=[(account, refund.money)],
        ),
    )  # fmt: skip
    post(posting, now=now)


def numbered(key: str, number: int) -> str:
    return f"{key}/{number}" if number else key


def gateway_account(gateway: str, currency: str) -> AccountRef:
    return AccountRef(AccountKind.GATEWAY, currency, gateway=gateway)


def reversed_account(currency: str) -> AccountRef:
    return AccountRef(AccountKind.REVERSED, currency)
