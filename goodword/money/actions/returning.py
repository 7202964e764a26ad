"""Money on its way back: the ledger has decided it, the gateway still has to send it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit import jobs
from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.rows import locked

from ..models import Payment, Refund


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
