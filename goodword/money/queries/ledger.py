"""Balances: a snapshot and everything newer, or the replay of all there is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField, F, Sum

from goodword.kit.money import Money, total
from goodword.kit.rows import find

from ..models import Entry, Hold
from ..rules import AccountRef
from ..states import CHART, AccountKind, HoldState, Nature, Side, Words

# A snapshot's numbers and everything newer. One made by another server is not looked at.
SUMS = """
SELECT a.id, a.kind, a.currency,
       coalesce(s.debits, 0) + newer.debits, coalesce(s.credits, 0) + newer.credits
  FROM money_account a
  LEFT JOIN money_snapshot s ON s.account_id = a.id
        AND s.server = (SELECT system_identifier FROM pg_control_system())
 CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount) FILTER (WHERE direction = 1), 0) AS debits,
           coalesce(sum(amount) FILTER (WHERE direction = -1), 0) AS credits
      FROM money_entry e
     WHERE e.account_id = a.id AND e.txid >= coalesce(s.horizon, '0'::xid8)) AS newer
"""
REPLAY = """
SELECT account_id, coalesce(sum(amount) FILTER (WHERE direction = 1), 0),
       coalesce(sum(amount) FILTER (WHERE direction = -1), 0)
  FROM money_entry GROUP BY account_id
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """One currency of the whole ledger, in minor units; `difference` must be 0."""

    currency: str
    debits: int
    credits: int
    difference: int

    @property
    def money(self) -> tuple[Money, Money, Money]:
        """Debits, credits and difference, for a page."""
        debits, credits, difference = (
            Money(minor, self.currency) for minor in (self.debits, self.credits, self.difference)
        )
        return debits, credits, difference


@dataclass(frozen=True, slots=True)
class BookLine:
    """All accounts of one kind, on the side on which that kind grows; one amount per currency."""

    kind: AccountKind
    word: Words
    sentence: Words
    nature: Nature
    amounts: list[Money]


@dataclass(frozen=True, slots=True)
class SellerBalance:
    """available = posted − pending − reserve; it may be below zero, and is not paid out then.

    `held` is in escrow for her orders, not hers yet. `deposit` is hers, and put up for buyers.
    """

    currency: str
    posted: Money
    pending: Money
    reserve: Money
    available: Money
    held: Money
    deposit: Money


@dataclass(frozen=True, slots=True)
class HoldView:
    """One line's money: held = captured − released − refunded."""

    state: HoldState
    captured: Money
    released: Money
    refunded: Money
    held: Money


def held(order: UUID) -> Money | None:
    """What is in escrow for `order` now; None when nothing was ever captured."""
    parts = parts_of(order)
    return total([part.held for part in parts.values()]) if parts else None


def parts_of(order: UUID) -> dict[UUID, HoldView]:
    """What became of the money of each line of `order` that was paid, in the order of their ids."""
    return {
        row.id: HoldView(
            state=HoldState(row.state),
            captured=Money(row.captured, row.currency),
            released=Money(row.released, row.currency),
            refunded=Money(row.refunded, row.currency),
            held=row.held,
        )
        for row in find(Hold, order=order)
    }


def balance(account: AccountRef) -> Money:
    """What stands on one account, on the side on which it grows."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS + " WHERE a.id = %s", [account.id])
        row = cursor.fetchone()
    if row is None:
        return Money(0, account.currency)
    return natural(account.kind, int(row[3]), int(row[4]), account.currency)


def seller_balance(seller: UUID) -> list[SellerBalance]:
    """What the house owes a seller, one row per currency in which she ever sold."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS + ' WHERE a.holder_id = %s AND a."order" IS NULL', [seller])
        rows = cursor.fetchall()
    stands: dict[str, dict[AccountKind, Money]] = defaultdict(dict)
    for _id, kind, currency, debits, credits in rows:
        stands[currency][AccountKind(kind)] = natural(
            AccountKind(kind), int(debits), int(credits), currency
        )
    waiting = held_for(seller)
    mine = (AccountKind.PAYABLE, AccountKind.PAYOUT, AccountKind.RESERVE, AccountKind.DEPOSIT)
    return [
        seller_line(currency, stands[currency], waiting.get(currency, 0))
        for currency in sorted(stands.keys() | waiting.keys())
        if currency in waiting or any(kind in stands[currency] for kind in mine)
    ]


def deposits(seller: UUID) -> list[Money]:
    """What a seller has put up, in each currency in which it is something."""
    with connection.cursor() as cursor:
        cursor.execute(
            SUMS + " WHERE a.holder_id = %s AND a.kind = %s ORDER BY a.currency",
            [seller, AccountKind.DEPOSIT],
        )
        rows = cursor.fetchall()
    stands = (
        natural(AccountKind.DEPOSIT, int(debits), int(credits), currency)
        for _id, _kind, currency, debits, credits in rows
    )
    return [one for one in stands if one]


def seller_line(currency: str, stands: Mapping[AccountKind, Money], waiting: int) -> SellerBalance:
    nothing = Money(0, currency)
    available, pending, reserve = (
        stands.get(kind, nothing)
        for kind in (AccountKind.PAYABLE, AccountKind.PAYOUT, AccountKind.RESERVE)
    )
    return SellerBalance(
        currency=currency,
        posted=available + pending + reserve,
        pending=pending,
        reserve=reserve,
        available=available,
        held=Money(waiting, currency),
        deposit=stands.get(AccountKind.DEPOSIT, nothing),
    )


def held_for(seller: UUID) -> dict[str, int]:
    """Minor units in escrow for a seller's orders, by currency."""
    rows = (
        Hold.objects.filter(seller=seller, state=HoldState.HELD)
        .values("currency")
        .annotate(waiting=Sum(F("captured") - F("refunded")))
        .values_list("currency", "waiting")
    )
    return dict(rows)


RELEASED_IN = """
SELECT h.currency, sum(h.released)::bigint
  FROM money_hold h JOIN money_transfer t ON t.id = h.release_transfer
 WHERE h.seller_id = %s AND h.state = 'released' AND h.released > 0
   AND t.created_at >= %s AND t.created_at < %s
 GROUP BY h.currency ORDER BY h.currency"""


def released_in(seller: UUID, since: datetime, until: datetime) -> dict[str, Money]:
    """What buyers paid for sales whose money became the seller's from `since` to before `until`.

    By currency, the house's fee included; what was taken back since counts no more.
    """
    with connection.cursor() as cursor:
        cursor.execute(RELEASED_IN, [seller, since, until])
        return {currency: Money(int(minor), currency) for currency, minor in cursor.fetchall()}


FIRST_RELEASE = """
SELECT min(t.created_at)
  FROM money_hold h JOIN money_transfer t ON t.id = h.release_transfer
 WHERE h.seller_id = %s AND h.currency = %s AND t.created_at >= %s"""


def first_release(seller: UUID, currency: str, since: datetime) -> datetime | None:
    """When money of a sale became the seller's first from `since` on, if it did.

    Though it was taken back later.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIRST_RELEASE, [seller, currency, since])
        ((first,),) = cursor.fetchall()
    return first


def trial_balance() -> list[Balance]:
    """Both sides of every entry ever posted, by currency. For operators and audits."""
    rows = (
        Entry.objects.values("currency", "direction")
        .annotate(total=Sum("amount"))
        .values_list("currency", "direction", "total")
    )
    sums: dict[str, dict[int, int]] = defaultdict(dict)
    for currency, direction, summed in rows:
        sums[currency][direction] = int(summed)
    lines = []
    for currency, sides in sorted(sums.items()):
        debits, credits = sides.get(Side.DEBIT, 0), sides.get(Side.CREDIT, 0)
        lines.append(Balance(currency, debits, credits, debits - credits))
    return lines


def books() -> list[BookLine]:
    """The whole ledger by kind of account, in the chart's order. For operators."""
    rows = (
        Entry.objects.values("account__kind", "currency")
        .annotate(total=Sum(F("amount") * F("direction"), output_field=BigIntegerField()))
        .order_by("currency")
        .values_list("account__kind", "currency", "total")
    )
    amounts: dict[AccountKind, list[Money]] = defaultdict(list)
    for kind, currency, summed in rows:
        amounts[AccountKind(kind)].append(natural(AccountKind(kind), int(summed), 0, currency))
    return [
        BookLine(kind, line.word, line.sentence, line.nature, amounts[kind])
        for kind, line in CHART.items()
        if kind in amounts
    ]


def drift() -> list[UUID]:
    """Accounts whose balance by snapshot differs from a replay of their entries: must be none."""
    with connection.cursor() as cursor:
        cursor.execute(REPLAY)
        replayed = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
        cursor.execute(SUMS)
        return [
            row[0] for row in cursor.fetchall() if replayed.get(row[0], (0, 0)) != (row[3], row[4])
        ]


def natural(kind: AccountKind, debits: int, credits: int, currency: str) -> Money:
    grows = debits - credits if CHART[kind].nature == Nature.ASSET else credits - debits
    return Money(grows, currency)
