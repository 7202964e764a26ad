"""A refund that its gateway cannot send stays owed: an operator tries again, or pays it by hand."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import jobs
from goodword.kit.errors import Conflict, Invalid
from goodword.kit.money import Money
from goodword.kit.rows import change, joined
from goodword.notices import actions as notices

from .. import queries
from ..models import Payment, Refund
from ..states import RefundState
from .returning import lock_refund, post_sent

REFERENCE = 80  # characters


class NotStuck(Conflict):
    def __init__(self) -> None:
        super().__init__(_("This refund is on its way or has arrived. There is nothing to do."))


def tell_stuck(refund: Refund, *, order: UUID, now: datetime) -> None:
    """Let the buyer know that her money is safe, and every operator that it has to be sent."""
    amount = {"minor": refund.amount, "currency": refund.currency}
    notices.tell(
        member=refund.buyer_id, kind="money.refund_stuck", subject=order, now=now, amount=amount
    )
    for operator in queries.operators():
        notices.tell(
            member=operator, kind="money.refund_to_send", subject=refund.id, now=now, amount=amount
        )


def tell_reversed(
    payment: Payment, amount: Money, *, kind: str = "money.reversed", now: datetime
) -> None:
    """Let every operator know that a bank took a payment back, or gave it back again; of the
    former the order tells its parties."""
    facts = {"minor": amount.minor, "currency": amount.currency}
    for operator in queries.operators():
        notices.tell(member=operator, kind=kind, subject=payment.id, now=now, amount=facts)


@joined
def retry_refund(*, refund: UUID, operator: UUID, now: datetime) -> None:
    """Have the gateway asked once more. Raises NotFound, NotStuck."""
    row = stuck(refund)
    write_down(row, operator, "money.refund_retried", now)
    change(row, state=RefundState.SENT, reason="", changed_at=now)
    jobs.defer("money.send_refund", refund=str(row.id), looks=0)


@joined
def pay_refund_by_hand(*, refund: UUID, operator: UUID, reference: str, now: datetime) -> None:
    """The operator has paid the buyer out of what stands with the gateway.

    `reference` finds that payment again, as the bank's number. Raises NotFound, NotStuck, Invalid.
    """
    reference = reference.strip()
    if not 0 < len(reference) <= REFERENCE:
        sentence = _("Give the bank’s number of your payment, of %(most)s characters at most.") % {
            "most": REFERENCE
        }
        raise Invalid(sentence, fields={"reference": sentence})
    row = stuck(refund)
    payment = Payment.objects.get(id=row.payment_id)
    post_sent(row, payment, reason=reference, now=now)
    write_down(row, operator, "money.refund_by_hand", now, reference=reference)
    change(row, state=RefundState.DONE, reference=reference, changed_at=now)
    notices.tell(
        member=row.buyer_id, kind="money.refund_by_hand", subject=payment.order, now=now,
        amount={"minor": row.amount, "currency": row.currency}, reference=reference,
    )  # fmt: skip


def stuck(refund: UUID) -> Refund:
    row = lock_refund(refund)
    if row.state != RefundState.FAILED:
        raise NotStuck
    return row


def write_down(row: Refund, operator: UUID, verb: str, now: datetime, **facts: str) -> None:
    order = Payment.objects.values_list("order", flat=True).get(id=row.payment_id)
    journal.record(
        owner=row.buyer_id, actor=operator, verb=verb, subject=order, now=now,
        amount={"minor": row.amount, "currency": row.currency}, **facts,
    )  # fmt: skip
