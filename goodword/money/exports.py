"""What a member takes along of this domain."""

from datetime import datetime
from uuid import UUID

from goodword.kit.exports import Part, Rows

from .models import BankDetails, Entry, Hold, Payment, Payout, Refund
from .states import Side


def movements(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Every entry on an account of the viewer's; amounts in minor units."""
    rows = Entry.objects.filter(account__holder=viewer).select_related("transfer", "account")
    for row in rows.order_by("transfer", "line").iterator():
        yield {
            "at": row.transfer.created_at, "kind": row.transfer.kind, "account": row.account.kind,
            "side": Side(row.direction).name.lower(), "minor": row.amount,
            "currency": row.currency, "order": row.transfer.order, "reason": row.transfer.reason,
        }  # fmt: skip


def payments(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What the viewer paid, or tried to."""
    rows = Payment.objects.filter(buyer=viewer).order_by("created_at")
    yield from rows.values(
        "id", "order", "amount", "currency", "gateway", "method", "state", "reference", "reason",
        "created_at", "changed_at",
    ).iterator()  # fmt: skip


def refunds(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What came back to the viewer."""
    rows = Refund.objects.filter(buyer=viewer).order_by("created_at")
    yield from rows.values(
        "payment", "amount", "currency", "state", "reference", "reason", "created_at"
    ).iterator()


def holds(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What was held for the viewer's purchases and sales."""
    fields = (
        "order", "id", "currency", "captured", "released", "refunded", "fee", "state",
        "held_at", "resolved_at",
    )  # fmt: skip
    for role in ("buyer", "seller"):
        rows = Hold.objects.filter(**{role: viewer}).order_by("held_at", "id").values(*fields)
        for row in rows.iterator():
            yield {"role": role, **row}


def payouts(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What was paid out to the viewer, or is on its way; of accounts at banks their last digits."""
    rows = Payout.objects.filter(seller=viewer).order_by("created_at")
    yield from rows.values(
        "number", "amount", "currency", "state", "kind", "hint", "reference", "reason",
        "created_at", "changed_at",
    ).iterator()  # fmt: skip


def bank_details(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Which accounts at banks the viewer has named; whoever finds the archive cannot use them."""
    rows = BankDetails.objects.filter(member=viewer).order_by("currency")
    yield from rows.values("currency", "kind", "hint", "changed_at").iterator()


PARTS = (
    Part("ledger", movements, covers=("money.Account", "money.Entry", "money.Transfer")),
    Part("payments", payments, covers=("money.Payment",)),
    Part("refunds", refunds, covers=("money.Refund",)),
    Part("holds", holds, covers=("money.Hold",)),
    Part("payouts", payouts, covers=("money.Payout",)),
    Part("bank_details", bank_details, covers=("money.BankDetails",)),
)
