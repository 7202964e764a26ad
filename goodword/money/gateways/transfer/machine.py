"""The house's own bank account as a gateway: asked here, answered by the bank's statement."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Sum, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import parse_id
from goodword.kit.money import Money
from goodword.kit.rows import change, first, insert, insert_new, locked

from ...bank.shapes import Direction
from ...banking.states import Taken
from ...states import BANK, AnswerKind, Words
from ..base import (
    Answer,
    ChargeRequest,
    Custodian,
    Forged,
    Message,
    Method,
    NeverAsked,
    RefundAnswer,
    RefundKind,
    RefundRequest,
)
from .references import reference_of
from .states import TransferRefundState, TransferState
from .store import AwaitedTransfer, TransferRefund

REFUND_KINDS = {
    TransferRefundState.WAITS: RefundKind.PENDING,
    TransferRefundState.SENT: RefundKind.PENDING,
    TransferRefundState.DONE: RefundKind.DONE,
    TransferRefundState.FAILED: RefundKind.FAILED,
}


class BankTransfer:
    """Every call is a small transaction of our own; nothing here leaves the house."""

    name = BANK
    word: Words = _("Bank transfer")
    receipt = ""
    is_slow = True
    custodian = Custodian(
        name=_("The house’s bank account"),
        sentence=_(
            "The money lies on this house’s own account at its bank. The house promises to keep it "
            "until you have the goods; no bank and no authority guarantees that."
        ),
        protects=False,
    )

    def knock(self) -> bool:
        return False

    def takes(self, amount: Money) -> bool:
        from ...models import HouseAccount

        return first(HouseAccount, currency=amount.currency) is not None

    def methods(self) -> list[Method]:
        return [
            Method(
                "transfer",
                _("Bank transfer"),
                _("You transfer the sum from your bank yourself. It takes a working day or so."),
            )
        ]

    def charge(self, request: ChargeRequest, *, now: datetime) -> Answer:
        if not self.takes(request.amount):
            return Answer(request.key, AnswerKind.DECLINED, request.amount, reason="not_accepted")
        fresh = AwaitedTransfer(
            key=request.key, amount=request.amount.minor, currency=request.amount.currency,
            reference=reference_of(request.key), created_at=now,
        )  # fmt: skip
        insert_new(fresh)
        row = first(AwaitedTransfer, key=request.key)
        assert row is not None, "a transfer is in the way that is not there"
        if row.money != request.amount:
            raise ValueError(f"{request.key} was charged with {row.money}")
        return answer(row)

    def look_up(self, key: str, *, now: datetime) -> Answer | None:  # noqa: ARG002
        row = first(AwaitedTransfer, key=key)
        return answer(row) if row else None

    def cancel(self, key: str, *, now: datetime) -> Answer:  # noqa: ARG002
        with transaction.atomic():
            row = locked(AwaitedTransfer, key)
            if row is None:
                raise NeverAsked(f"No transfer was asked for under {key} yet.")
            if row.state == TransferState.AWAITED:
                change(row, state=TransferState.CANCELLED)
        return answer(row)

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundAnswer:
        with transaction.atomic():
            row = locked(AwaitedTransfer, request.charge)
            known = first(TransferRefund, key=request.key)
            if known is not None:
                if known.money != request.amount:
                    raise ValueError(f"{request.key} refunded {known.amount}")
                return refund_answer(known)
            if refusal := cannot_refund(row, request.amount):
                return RefundAnswer(request.key, RefundKind.FAILED, reason=refusal)
            assert row is not None
            holder, account = sender(request.key, row)
            if not account:
                return RefundAnswer(request.key, RefundKind.FAILED, reason="no_account")
            made = TransferRefund(
                key=request.key, transfer=row, amount=request.amount.minor,
                currency=request.amount.currency, number=f"RE{reference_of(request.key)[-11:]}",
                holder=holder, account=account, created_at=now,
            )  # fmt: skip
            insert([made])
            return refund_answer(made)

    def stands(self) -> dict[str, Money]:
        """What came for each payment less what went back, by the lines of the bank's statements."""
        from ...models import BankLine

        rows = BankLine.objects.filter(taken=Taken.PAYMENT).values("subject", "currency")
        summed = Sum(Case(When(direction=Direction.IN, then="amount"), default=-F("amount")))
        return {
            str(row["subject"]): Money(int(row["stands"]), row["currency"])
            for row in rows.annotate(stands=summed)
        }

    def read_callback(
        self,
        body: bytes,  # noqa: ARG002
        headers: Mapping[str, str],  # noqa: ARG002
        *,
        now: datetime,  # noqa: ARG002
    ) -> Message:
        raise Forged


def answer(row: AwaitedTransfer) -> Answer:
    kind, amount, next_url = AnswerKind.STEP_UP, row.money, ""
    if row.state == TransferState.CANCELLED:
        kind = AnswerKind.CANCELLED
    elif row.state == TransferState.ARRIVED:
        # More than was asked for is held as far as it was; the rest goes back by itself.
        kind, amount = AnswerKind.CAPTURED, Money(min(row.taken, row.amount), row.currency)
    else:
        next_url = reverse("money:transfer", args=[row.key])
    return Answer(row.key, kind, amount, row.reference, next_url)


def refund_answer(row: TransferRefund) -> RefundAnswer:
    kind = REFUND_KINDS[TransferRefundState(row.state)]
    reason = "account_closed" if kind == RefundKind.FAILED else ""
    return RefundAnswer(row.key, kind, row.number, reason)


def sender(refund: str, row: AwaitedTransfer) -> tuple[str, str]:
    """The name and account that a refund goes to: of who paid, or of who sent what was too much.

    Those may be two people.
    """
    from ...models import BankLine, Refund, Transfer

    decided = Refund.objects.filter(id__in=ids(refund)).values("transfer")
    key = Transfer.objects.filter(id__in=decided).values_list("key", flat=True).first() or ""
    line = BankLine.objects.filter(id__in=ids(key.rpartition("/")[2])).first()
    return (line.counterparty, line.account) if line else (row.payer, row.account)


def ids(text: str) -> list[UUID]:
    id = parse_id(text)
    return [id] if id else []


def cannot_refund(row: AwaitedTransfer | None, amount: Money) -> str:
    """Why this money cannot be sent back, as a code; empty when it can."""
    if row is None or not row.arrived:
        return "not_captured"
    if amount.currency != row.currency or amount.minor > row.left:
        return "more_than_charged"
    return ""
