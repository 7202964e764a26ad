"""What a member takes along of this domain."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from goodword.kit.exports import Kept, Media, Part, Rows

from .banking.queries import claims_of
from .models import (
    BankDetails,
    Entry,
    Hold,
    IssuedPaper,
    PaperFile,
    PaperHead,
    Payment,
    Payout,
    Refund,
    SellerAccount,
    Share,
)
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


def claims(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What decisions say that the viewer owes, or is owed."""
    for one in claims_of(viewer, limit=10_000):
        yield {
            "order": one.order, "kind": one.kind, "state": str(one.state), "owed_by_me": one.mine,
            "amount": one.amount.minor, "rest": one.rest.minor, "currency": one.amount.currency,
            "reason": one.reason, "created_at": one.at,
        }  # fmt: skip


def paper_head(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Where the viewer is, as their papers say it."""
    yield from PaperHead.objects.filter(seller=viewer).values("address", "country", "changed_at")


def accounts_elsewhere(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's accounts with payment companies."""
    rows = SellerAccount.objects.filter(member=viewer).order_by("gateway")
    yield from rows.values("gateway", "number", "ready", "created_at", "changed_at").iterator()


def shares(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What payment companies handed on to the viewer."""
    rows = Share.objects.filter(seller=viewer).order_by("id")
    yield from rows.values(
        "order", "gateway", "account", "amount", "back", "currency", "state", "reference",
        "created_at", "changed_at",
    ).iterator()  # fmt: skip


def bank_details(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Which accounts at banks the viewer has named; whoever finds the archive cannot use them."""
    rows = BankDetails.objects.filter(member=viewer).order_by("currency")
    yield from rows.values("currency", "kind", "hint", "changed_at").iterator()


def papers(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Invoices, receipts and credit notes of what the viewer bought and sold."""
    for role in ("buyer", "seller"):
        rows = IssuedPaper.objects.filter(**{role: viewer}).order_by("issued_at", "id")
        for row in rows.select_related("of").iterator():
            yield {
                "role": role, "number": row.reference, "kind": row.kind, "order": row.order,
                "issued_at": row.issued_at, "total": row.total, "currency": row.currency,
                "of": row.of.reference if row.of else None, "digest": row.digest,
                "content": row.content, "file": paper_file(row.id),
            }  # fmt: skip


def paper_file(id_: object) -> str:
    return f"media/{id_}.pdf"


def paper_files(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """One PDF of each paper; all of what it says is in the other part."""
    for role in ("buyer", "seller"):
        rows = PaperFile.objects.filter(**{f"paper__{role}": viewer}, language="en")
        for paper, key in rows.order_by("paper").values_list("paper", "key").iterator():
            yield Kept(paper_file(paper), key)


PARTS = (
    Part("ledger", movements, covers=("money.Account", "money.Entry", "money.Transfer")),
    Part("payments", payments, covers=("money.Payment",)),
    Part("refunds", refunds, covers=("money.Refund",)),
    Part("holds", holds, covers=("money.Hold",)),
    Part(
        "papers",
        papers,
        covers=("money.IssuedPaper", "money.PaperLine", "money.PaperCounter"),
    ),
    Part("payouts", payouts, covers=("money.Payout",)),
    Part("paper_head", paper_head, covers=("money.PaperHead",)),
    Part("accounts_elsewhere", accounts_elsewhere, covers=("money.SellerAccount",)),
    Part("shares", shares, covers=("money.Share",)),
    Part("claims", claims, covers=("money.Claim",)),
    Part("bank_details", bank_details, covers=("money.BankDetails",)),
)
MEDIA = (Media(paper_files, covers=("money.PaperFile",)),)
