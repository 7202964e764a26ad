"""A member's month: what came to the balance and left it, by currency, as a page and as a table.

Every row is an entry of the ledger; a month's closing balances are the next one's opening ones.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound
from goodword.kit.formulas import guarded
from goodword.kit.money import Money

from .models import Entry
from .states import CHART, TRANSFER_WORDS, AccountKind, TransferKind, Words

OWN = (AccountKind.PAYABLE, AccountKind.PAYOUT, AccountKind.RESERVE, AccountKind.DEPOSIT)
SOLD = {TransferKind.RELEASE, TransferKind.TAKE_BACK}
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    """`name` is as 2026-05; it begins and ends (exclusively) in the house's time zone."""

    name: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One entry on an account of the member's; `amount` is what it adds, `stands` what is there
    then. Of a sale, `gross` is what it was settled for and `fee` what of it is the house's.
    """

    at: datetime
    kind: TransferKind
    account: AccountKind
    order: UUID | None
    gross: Money | None
    fee: Money | None
    amount: Money
    stands: Money
    reason: str
    transfer: UUID

    @property
    def word(self) -> Words:
        return TRANSFER_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Currency:
    """A month in one currency: all of the member's accounts together, and the rows of each."""

    currency: str
    opens: Money
    closes: Money
    sums: list[tuple[Words, Money]]  # by kind, what it added to all of them
    before: dict[AccountKind, Money]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Statement:
    month: Month
    currencies: list[Currency]


def month(text: str) -> Month:
    """The month called `text`. Raises NotFound."""
    found = MONTH.fullmatch(text)
    if found is None:
        raise NotFound(_("There is no such month."))
    year, number = int(found[1]), int(found[2])
    here = get_default_timezone()
    after = (year, number + 1) if number < 12 else (year + 1, 1)
    return Month(
        text, datetime(year, number, 1, tzinfo=here), datetime(*after, 1, tzinfo=here)
    )  # fmt: skip


def months(viewer: UUID, now: datetime) -> list[str]:
    """The months in which something moved for the viewer, the newest first."""
    begins = TruncMonth("transfer__created_at", tzinfo=get_default_timezone())
    rows = entries(viewer).filter(transfer__created_at__lte=now).annotate(begins=begins)
    found = rows.order_by("-begins").values_list("begins", flat=True).distinct()
    return [f"{at:%Y-%m}" for at in found]


def statement(viewer: UUID, name: str) -> Statement:
    """The viewer's month; without rows where nothing moved. Raises NotFound for no month."""
    found = month(name)
    before: dict[tuple[str, AccountKind], int] = {}
    earlier = entries(viewer).filter(transfer__created_at__lt=found.begins)
    for kind, currency, summed in earlier.values_list("account__kind", "currency").annotate(
        sum=Sum(F("amount") * F("direction"))
    ):
        before[currency, AccountKind(kind)] = -int(summed)
    inside = entries(viewer).filter(
        transfer__created_at__gte=found.begins, transfer__created_at__lt=found.ends
    )
    inside = inside.select_related("transfer", "account")
    rows = list(inside.order_by("transfer__created_at", "transfer", "line"))
    sold = shares([row.transfer_id for row in rows if row.transfer.kind in SOLD])
    names = sorted({row.currency for row in rows} | {name for (name, _k), n in before.items() if n})
    return Statement(found, [in_currency(name, before, rows, sold) for name in names])


def entries(viewer: UUID) -> QuerySet[Entry]:
    return Entry.objects.filter(
        account__holder=viewer, account__order__isnull=True, account__kind__in=OWN
    )


def shares(transfers: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """What each was settled for in all, and the house's share; below zero where it went back."""
    found: dict[UUID, list[int]] = {}
    rows = Entry.objects.filter(
        transfer__in=list(transfers), account__kind__in=(AccountKind.ESCROW, AccountKind.FEES)
    )
    for transfer, kind, amount, side in rows.values_list(
        "transfer", "account__kind", "amount", "direction"
    ):
        sums = found.setdefault(transfer, [0, 0])
        place = 0 if kind == AccountKind.ESCROW else 1
        sums[place] += amount * side * (1 if place == 0 else -1)
    return {transfer: (gross, fee) for transfer, (gross, fee) in found.items()}


def in_currency(
    currency: str,
    before: dict[tuple[str, AccountKind], int],
    rows: list[Entry],
    sold: dict[UUID, tuple[int, int]],
) -> Currency:
    stands = {kind: before.get((currency, kind), 0) for kind in OWN}
    opens = dict(stands)
    found, sums, told = list[Row](), dict[TransferKind, int](), set[UUID]()
    for row in rows:
        if row.currency != currency:
            continue
        kind, account = TransferKind(row.transfer.kind), AccountKind(row.account.kind)
        minor = -row.amount * row.direction
        stands[account] += minor
        sums[kind] = sums.get(kind, 0) + minor
        # Of a sale that several accounts answer for, one row says the whole.
        gross = fee = None
        if row.transfer_id in sold and row.transfer_id not in told:
            told.add(row.transfer_id)
            gross, fee = (Money(one, currency) for one in sold[row.transfer_id])
        found.append(
            Row(
                row.transfer.created_at, kind, account, row.transfer.order, gross, fee,
                Money(minor, currency), Money(stands[account], currency), row.transfer.reason,
                row.transfer_id,
            )
        )  # fmt: skip
    return Currency(
        currency,
        Money(sum(opens.values()), currency),
        Money(sum(stands.values()), currency),
        [(TRANSFER_WORDS[kind], Money(minor, currency)) for kind, minor in sums.items() if minor],
        {kind: Money(minor, currency) for kind, minor in opens.items()},
        found,
    )


def table(said: Statement) -> bytes:
    """The statement as CSV: UTF-8 with the mark that spreadsheets ask for, amounts as plain
    decimals of their currency, and no cell that a spreadsheet would carry out.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [_("Time"), _("What"), _("Account"), _("Order"), _("Settled for"), _("House fee"),
         _("Amount"), _("Stands then"), _("Currency"), _("Reason"), _("Transfer")]
    )  # fmt: skip
    for one in said.currencies:
        writer.writerows(lines(one, said.month))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def lines(one: Currency, month: Month) -> Iterator[list[str]]:
    here = get_default_timezone()
    ends = dict(one.before) | {row.account: row.stands for row in one.rows}

    def balances(word: str, at: datetime, stands: dict[AccountKind, Money]) -> Iterator[list[str]]:
        for kind in OWN:
            if one.before[kind] or ends[kind] or any(row.account == kind for row in one.rows):
                yield [f"{at:%Y-%m-%d %H:%M}", word, guarded(str(CHART[kind].word)), "", "", "", "",
                       plain(stands[kind]), one.currency, "", ""]  # fmt: skip

    yield from balances(_("Opening balance"), month.begins, one.before)
    for row in one.rows:
        yield [
            f"{localtime(row.at, here):%Y-%m-%d %H:%M}", guarded(str(row.word)),
            guarded(str(CHART[row.account].word)), str(row.order or ""), plain(row.gross),
            plain(row.fee), plain(row.amount), plain(row.stands), one.currency,
            guarded(row.reason), str(row.transfer),
        ]  # fmt: skip
    yield from balances(_("Closing balance"), month.ends, ends)


def plain(value: Money | None) -> str:
    """With the digits of its currency and a point, whatever the language."""
    return "" if value is None else f"{value.amount:f}"
