"""Money on its way back: the ledger has decided it, the gateway still has to send it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit import jobs
from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.rows import locked

from .. import rules
from ..models import Payment, Refund
from ..rules import AccountRef
from ..states import AccountKind, TransferKind
from .posting import Posting, post


def send_back(*, payment: Payment, amount: Money, transfer: UUID, now: datetime) -> Refund:
    """Plan that the gateway sends `amount` to the buyer; a job asks it once this has committed."""
    refund = Refund(
        id=new_id(),
        payment=payment,
        buyer_id=payment.buyer_id,
        transfer=transfer,
        amount=amount.minor,
        currency=amount.currency,
        created_at=now,
        changed_at=now,
    )
    refund.save(force_insert=True)
    jobs.defer("money.send_refund", refund=str(refund.id), looks=0)
    return refund


def lock_refund(refund: UUID) -> Refund:
    row = locked(Refund, refund)
    if row is None:
        raise NotFound(_("There is no such refund."))
    return row


def post_sent(refund: Refund, payment: Payment, *, now: datetime, reason: str = "") -> None:
    """The buyer has it: the refund leaves the books, and with it what stands with the gateway."""
    account = AccountRef(AccountKind.REFUND, refund.currency, holder=refund.buyer_id)
    gateway = gateway_account(payment.gateway, refund.currency)
    posting = Posting(
        owner=refund.buyer_id, kind=TransferKind.REFUND_PAID, order=payment.order, reason=reason,
        key=f"refund-paid/{refund.id}", body={"refund": refund.id},
        lines=rules.between(debit=account, credits=[(gateway, refund.money)]),
    )  # fmt: skip
    post(posting, now=now)


def gateway_account(gateway: str, currency: str) -> AccountRef:
    return AccountRef(AccountKind.GATEWAY, currency, gateway=gateway)
