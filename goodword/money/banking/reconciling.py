"""The books against everybody else's: each check agrees, or names what differs."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import clock
from goodword.kit.formats import date, money
from goodword.kit.money import Money

from .. import gateways
from ..models import (
    BankLine,
    BankStatement,
    Entry,
    LastLook,
    OutsideReport,
    Payment,
    Payout,
    Refund,
    Share,
)
from ..queries import ledger
from ..rules import AccountRef
from ..sharing.states import ShareState
from ..states import BANK, AccountKind, RefundState, TransferKind, Words
from . import reports
from .naming import member_of, the_account, the_gateway, the_member, the_order
from .queries import latest_statements, open_lines
from .reports import reporting
from .states import OPEN_PAYOUTS, PayoutState, Taken

ESCROW = """
SELECT coalesce(a."order", h."order"), coalesce(a.currency, h.currency),
       coalesce(a.stands, 0), coalesce(h.held, 0)
  FROM (SELECT a."order", a.currency, -sum(e.direction * e.amount) AS stands
          FROM money_account a JOIN money_entry e ON e.account_id = a.id
         WHERE a.kind = 'escrow' GROUP BY a."order", a.currency) a
  FULL JOIN (SELECT "order", currency, sum(captured - released - refunded) AS held
               FROM money_hold GROUP BY "order", currency) h
    ON h."order" = a."order" AND h.currency = a.currency
 WHERE coalesce(a.stands, 0) <> coalesce(h.held, 0)
"""
MEMBERS = """
SELECT a.holder_id, a.currency, -sum(e.direction * e.amount)
  FROM money_account a JOIN money_entry e ON e.account_id = a.id
 WHERE a.kind = %s GROUP BY a.holder_id, a.currency
"""
# By hand or to the bank: the gateway knows nothing of these.
BESIDES = Q(transfer__kind=TransferKind.SETTLED) | (
    Q(transfer__kind=TransferKind.REFUND_PAID) & ~Q(transfer__reason="")
)


UNKNOWN = gettext_lazy("%(gateway)s has %(number)s on its account, of which nothing is known here.")
OLD = timedelta(days=2)  # by then a report of each day should have come


@runtime_checkable
class Standing(Protocol):
    """A gateway that can say what of each charge stands with it still, by the charge's key."""

    def stands(self) -> Mapping[str, Money]: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, in one sentence; `amount` is what the books say less what the other says.

    None where there is no sum to name, as when the other side said nothing. `handle` is the
    member's whom an operator would ask first.
    """

    sentence: str
    amount: Money | None = None
    order: UUID | None = None
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    word: Words
    differences: list[Difference]


def reconcile() -> list[Check]:
    """Every check, in the order of the page. For operators."""
    return [Check(word, list(find())) for word, find in CHECKS]


def look(now: datetime) -> list[Check]:
    """`reconcile`, and how much it found is kept for the desk, which does not do it each time."""
    checks = reconcile()
    count = sum(len(check.differences) for check in checks)
    LastLook.objects.update_or_create(id=1, defaults={"at": now, "differences": count})
    return checks


def found_last() -> int:
    """How many differences there were when somebody, or the night, looked last. For operators."""
    return LastLook.objects.values_list("differences", flat=True).first() or 0


def uneven() -> Iterator[Difference]:
    for line in ledger.trial_balance():
        if line.difference:
            yield Difference(_("Debits and credits differ."), Money(line.difference, line.currency))
    for account in ledger.drift():
        sentence = _("The balance of account %(account)s is not the replay of its entries.")
        yield Difference(sentence % {"account": the_account(account)})


def escrow() -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(ESCROW)
        rows = cursor.fetchall()
    for order, currency, stands, held in rows:
        yield Difference(
            _("Order %(order)s: its escrow is not what its holds say.")
            % {"order": the_order(order)},
            Money(int(stands) - int(held), currency),
            order=order,
        )


def on_the_way() -> Iterator[Difference]:
    """Payouts and refunds: what stands on each member's account against what is open for her."""
    payouts = Payout.objects.filter(state__in=sorted(OPEN_PAYOUTS)).values("seller", "currency")
    shares = Share.objects.filter(state=ShareState.ASKED).values("seller", "currency")
    refunds = Refund.objects.exclude(state=RefundState.DONE).values("buyer", "currency")
    for kind, every, sentence in (
        (AccountKind.PAYOUT, (payouts, shares), _("Payouts to %(member)s.")),
        (AccountKind.REFUND, (refunds,), _("Refunds to %(member)s.")),
    ):
        said: dict[tuple[UUID, str], int] = defaultdict(int)
        for opened in every:
            for member, currency, total in opened.annotate(total=Sum("amount")).values_list(
                opened.query.values_select[0], "currency", "total"
            ):
                said[member, currency] -= total
        with connection.cursor() as cursor:
            cursor.execute(MEMBERS, [kind])
            for member, currency, total in cursor.fetchall():
                said[member, currency] += int(total)
        for (member, currency), rest in said.items():
            if rest:
                found = member_of(member)
                yield Difference(
                    sentence % {"member": the_member(found)}, Money(rest, currency),
                    handle=found.handle if found else "",
                )  # fmt: skip


def with_gateways() -> Iterator[Difference]:
    for name, gateway in gateways.GATEWAYS.items():
        if isinstance(gateway, Standing):
            yield from with_gateway(name, gateway.stands())
        elif name in reporting():
            yield from with_report(name)


def with_report(name: str) -> Iterator[Difference]:
    """What a gateway elsewhere said when it was asked last, against the books of that moment."""
    called, found = the_gateway(name), OutsideReport.objects.filter(gateway=name).first()
    if found is None:
        if Payment.objects.filter(gateway=name).exists():
            yield Difference(_("%(gateway)s was not asked yet.") % {"gateway": called})
        return
    if found.taken_at < clock.now() - OLD:
        said = {"gateway": called, "day": date(found.taken_at)}
        sentence = _("%(gateway)s has not answered since %(day)s.")
        yield Difference(sentence % said)
    for number, amount in reports.read(found.strange).items():
        yield Difference(UNKNOWN % {"gateway": called, "number": number}, -amount)
    yield from with_gateway(
        name, reports.read(found.stands), since=found.since, until=found.taken_at
    )


def with_gateway(
    name: str,
    stands: Mapping[str, Money],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[Difference]:
    """Order by order: what the books say stands with the gateway against what it says itself.

    Of payments begun after `since`, as the books were at `until`.
    """
    rest: dict[tuple[UUID | None, str], int] = defaultdict(int)
    entries = Entry.objects.filter(account__kind=AccountKind.GATEWAY, account__gateway=name)
    entries = entries.exclude(BESIDES).filter(transfer__order__isnull=False)
    payments = Payment.objects.filter(gateway=name)
    if since and until:
        payments = payments.filter(created_at__gte=since)
        begun = payments.values("order")
        entries = entries.filter(transfer__order__in=begun, transfer__created_at__lte=until)
    rows = entries.values("transfer__order", "currency")
    for row in rows.annotate(total=Sum(F("amount") * F("direction"))):
        rest[row["transfer__order"], row["currency"]] += int(row["total"])
    orders = dict(Payment.objects.filter(gateway=name).values_list("id", "order"))
    begun_ids = set(payments.values_list("id", flat=True)) if since else set()
    for key, amount in stands.items():
        if since and UUID(key) in orders and UUID(key) not in begun_ids:
            continue  # begun before: the report has not all of it
        if UUID(key) not in orders:
            yield Difference(UNKNOWN % {"gateway": the_gateway(name), "number": key}, -amount)
            continue
        rest[orders[UUID(key)], amount.currency] -= amount.minor
    for (order, currency), minor in rest.items():
        if minor and order:
            sentence = _("Order %(order)s: %(gateway)s says otherwise.")
            said = {"order": the_order(order), "gateway": the_gateway(name)}
            yield Difference(sentence % said, Money(minor, currency), order=order)


def with_bank() -> Iterator[Difference]:
    """Each line that nobody explained, each payout that no statement shows, and what is left."""
    for stand in latest_statements():
        account = AccountRef(AccountKind.GATEWAY, stand.currency, gateway=BANK)
        rest = ledger.balance(account) - stand.closed
        for line in open_lines():
            if line.currency == stand.currency:
                amount = line.money if line.direction == "out" else -line.money
                rest -= amount
                sentence = _("%(day)s, %(name)s: this line of the bank is not explained.")
                said = {
                    "day": date(line.booked_on),
                    "name": line.counterparty or line.text or "?",
                }
                yield Difference(sentence % said, amount)
        for payout in unseen_payouts(stand.currency):
            rest += payout.money
            sentence = _("Payout %(number)s was paid by hand; no statement shows it yet.")
            yield Difference(sentence % {"number": payout.number}, -payout.money)
        if rest:
            yield Difference(
                _("The bank says %(sum)s on %(day)s; nothing here explains the difference.")
                % {"sum": money(stand.closed), "day": date(stand.on)},
                rest,
            )
    yield from gaps()


def unseen_payouts(currency: str) -> list[Payout]:
    """Payouts that count as paid, and of which no line of a statement tells."""
    told = BankLine.objects.filter(taken=Taken.PAYOUT, direction="out").values("subject")
    rows = Payout.objects.filter(state=PayoutState.PAID, currency=currency)
    return list(rows.exclude(id__in=told).order_by("id"))


def gaps() -> Iterator[Difference]:
    """Statements that do not begin where the one before ended: one between them is missing."""
    rows = BankStatement.objects.filter(opened__isnull=False, closed__isnull=False)
    # Pages of one day need not have come in their order.
    ends = {(row.currency, row.closed, row.closed_on) for row in rows if row.opened != row.closed}
    last: dict[str, BankStatement] = {}
    for row in rows.order_by("currency", "opened_on", "closed_on", "created_at", "id"):
        before = last.get(row.currency)
        covered = (
            before and before.closed_on and row.closed_on and row.closed_on <= before.closed_on
        )
        follows = (row.currency, row.opened, row.opened_on) in ends
        if before and not covered and not follows and row.opened_on != before.opened_on:
            rest = (before.closed or 0) - (row.opened or 0)
            if rest:
                sentence = _("A statement is missing between %(from)s and %(until)s.")
                said = {
                    "from": date(before.closed_on) if before.closed_on else "?",
                    "until": date(row.opened_on) if row.opened_on else "?",
                }
                yield Difference(sentence % said, Money(rest, row.currency))
        if not covered:
            last[row.currency] = row


CHECKS: list[tuple[Words, Callable[[], Iterator[Difference]]]] = [
    (gettext_lazy("All debits equal all credits, and balances equal their entries"), uneven),
    (gettext_lazy("What is held for each order is what its holds say"), escrow),
    (gettext_lazy("What is on its way to members is what is open for them"), on_the_way),
    (gettext_lazy("What stands with each gateway is what it says itself"), with_gateways),
    (gettext_lazy("What stands at the bank is what its statements say"), with_bank),
]
