"""What members and operators read of payouts and of the house's bank account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from goodword.kit.money import Money
from goodword.people.models import Member

from ..models import (
    BankDetails,
    BankLine,
    BankStatement,
    Claim,
    HouseAccount,
    Payout,
    PayoutFile,
)
from ..queries.ledger import SellerBalance
from .knowing import span
from .reserve import owed_of_balance
from .states import (
    CLAIM_KINDS,
    CLAIM_WORDS,
    DETAIL_WORDS,
    OPEN_CLAIMS,
    PAYOUT_WORDS,
    ClaimKind,
    ClaimState,
    DetailKind,
    PayoutState,
    Taken,
    Words,
)


@dataclass(frozen=True, slots=True)
class DetailsView:
    """A member's account at a bank, as far as it is ever shown."""

    currency: str
    kind: DetailKind
    word: Words
    hint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A payout as its owner and the operators see it. `file` is the bank file it stands in."""

    id: UUID
    member: Member
    number: str
    amount: Money
    state: PayoutState
    word: Words
    hint: str
    reason: str
    reference: str
    file: UUID | None
    at: datetime
    changed_at: datetime

    @property
    def may_be_called_off(self) -> bool:
        return self.state == PayoutState.ASKED


@dataclass(frozen=True, slots=True)
class Waiting:
    """Payouts of one currency that wait for the next bank file."""

    currency: str
    count: int
    total: Money


def details_of(viewer: UUID) -> list[DetailsView]:
    """Where the viewer's payouts go, by currency."""
    rows = BankDetails.objects.filter(member=viewer).order_by("currency")
    return [
        DetailsView(
            row.currency, DetailKind(row.kind), DETAIL_WORDS[DetailKind(row.kind)], row.hint,
            row.changed_at,
        )
        for row in rows
    ]  # fmt: skip


def payouts_of(viewer: UUID, *, before: UUID | None = None, limit: int) -> list[PayoutView]:
    """The viewer's payouts, newest first, older than the payout `before`."""
    rows = Payout.objects.filter(seller=viewer).select_related("seller").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [view(row) for row in rows[:limit]]


def payout(id: UUID) -> PayoutView | None:
    row = Payout.objects.select_related("seller").filter(id=id).first()
    return view(row) if row else None


def open_payouts() -> list[PayoutView]:
    """What the operators have to send, and what the bank has not confirmed; oldest first."""
    states = [PayoutState.ASKED, PayoutState.SENT]
    rows = Payout.objects.filter(state__in=states).select_related("seller").order_by("created_at")
    return [view(row) for row in rows]


def waiting_payouts() -> list[Waiting]:
    rows = (
        Payout.objects.filter(state=PayoutState.ASKED)
        .values("currency")
        .annotate(count=Count("id"), total=Sum("amount"))
        .order_by("currency")
        .values_list("currency", "count", "total")
    )
    return [Waiting(currency, count, Money(total, currency)) for currency, count, total in rows]


def payout_files(limit: int = 10) -> list[PayoutFile]:
    """The newest bank files. For operators."""
    return list(PayoutFile.objects.order_by("-id")[:limit])


def house_accounts() -> list[HouseAccount]:
    """The house's accounts, one a currency."""
    return list(HouseAccount.objects.order_by("currency"))


def house_account(currency: str) -> HouseAccount | None:
    """Where buyers pay `currency` to by bank transfer."""
    return HouseAccount.objects.filter(currency=currency).first()


def open_lines() -> list[BankLine]:
    """The lines of statements that nobody has explained, oldest first. For operators."""
    return list(BankLine.objects.filter(taken=Taken.OPEN).order_by("booked_on", "id"))


@dataclass(frozen=True, slots=True)
class Stands:
    """What the newest statement of a currency says, and when."""

    currency: str
    closed: Money
    on: date


def latest_statements() -> list[Stands]:
    """The last statement of each currency that names its closing balance: of several pages of one
    day that to which no other follows, in whatever order they came.
    """
    rows = BankStatement.objects.filter(closed__isnull=False, closed_on__isnull=False)
    days = rows.filter(currency=OuterRef("currency")).order_by("-closed_on").values("closed_on")
    newest = rows.filter(closed_on=Subquery(days[:1])).order_by("currency", "-created_at", "-id")
    return [
        stands(last_of(list(pages))) for _of, pages in groupby(newest, lambda row: row.currency)
    ]


def last_of(rows: Sequence[BankStatement]) -> BankStatement:
    spans = [span(row) for row in rows]
    open_ends = (
        row for row, one in zip(rows, spans, strict=True) if not any(map(one.leads_to, spans))
    )
    return next(open_ends, rows[0])


def stands(row: BankStatement) -> Stands:
    assert row.closed is not None  # as asked for
    assert row.closed_on is not None
    return Stands(row.currency, Money(row.closed, row.currency), row.closed_on)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What one of its two sides reads of a claim. `mine`: the viewer is the one who owes it."""

    id: UUID
    order: UUID
    kind: str
    word: Words
    state: ClaimState
    state_word: Words
    mine: bool
    amount: Money
    rest: Money
    reason: str
    at: datetime


def claims_of(viewer: UUID, *, limit: int = 50) -> list[ClaimView]:
    """What decisions say that the viewer owes, or is owed; what is open first, then the newest."""
    rows = Claim.objects.filter(Q(seller=viewer) | Q(buyer=viewer))
    rows = rows.annotate(over=~Q(state__in=sorted(OPEN_CLAIMS))).order_by("over", "-id")[:limit]
    return [
        ClaimView(
            id=row.id, order=row.order, kind=row.kind, word=CLAIM_KINDS[ClaimKind(row.kind)],
            state=ClaimState(row.state), state_word=CLAIM_WORDS[ClaimState(row.state)],
            mine=row.seller_id == viewer, amount=Money(row.amount, row.currency), rest=row.rest,
            reason=row.reason, at=row.created_at,
        )
        for row in rows
    ]  # fmt: skip


def frozen_of(viewer: UUID, balance: SellerBalance) -> Money:
    """How much of the viewer's balance stays here for what decisions say that she owes."""
    return owed_of_balance(viewer, balance.currency, balance.reserve)


def view(row: Payout) -> PayoutView:
    return PayoutView(
        id=row.id, member=row.seller, number=row.number, amount=row.money,
        state=PayoutState(row.state), word=PAYOUT_WORDS[PayoutState(row.state)], hint=row.hint,
        reason=row.reason, reference=row.reference, file=row.file_id, at=row.created_at,
        changed_at=row.changed_at,
    )  # fmt: skip
