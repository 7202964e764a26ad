"""The operator, the bank, and what sellers do with their money."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from goodword.kit.errors import Refused
from goodword.kit.money import Money
from goodword.money import actions as money
from goodword.money import queries
from goodword.money import tasks as money_tasks
from goodword.money.actions import stuck, transfers
from goodword.money.banking import deposit, files, payouts, reserve, statements
from goodword.money.banking.states import PayoutState
from goodword.money.models import Payout, PayoutFile, Refund, TransferRefund
from goodword.money.states import RefundState
from goodword.money.tests.bank.papers import camt, detail, entry
from goodword.orders import actions as orders
from goodword.orders.models import Order
from goodword.shop import tasks as shop_tasks

from .books import must
from .lives import DAY, HOUR, Lives
from .people import CURRENCIES, Town

BOUNCES = 0.12  # of what a bank file sends


class Bank:
    """The house's bank: it carries out files, takes in transfers, and writes statements."""

    def __init__(self) -> None:
        self.stands = dict.fromkeys(CURRENCIES, 0)
        self.lines: dict[str, list[tuple[str, int, UUID | None]]] = defaultdict(list)
        self.written = 0

    def comes(self, currency: str, amount: int, reference: str, order: UUID) -> None:
        self.book(currency, amount, detail(text=f"tea {reference}"), order)

    def leaves(self, currency: str, amount: int, number: str, order: UUID | None = None) -> None:
        self.book(currency, -amount, detail(who="Cdtr", e2e=number, text=number), order)

    def comes_back(self, currency: str, amount: int, number: str, order: UUID | None) -> None:
        self.book(currency, amount, detail(text=f"RETURN {number} account closed"), order)

    def book(self, currency: str, amount: int, details: str, order: UUID | None) -> None:
        self.written += 1
        side = "CRDT" if amount > 0 else "DBIT"
        sum_ = f"{abs(amount) / 100:.2f}"
        line = entry(sum_, side=side, ccy=currency, id=f"B-{self.written}", details=details)
        self.lines[currency].append((line, amount, order))

    def statement(self, currency: str) -> tuple[bytes, list[UUID]]:
        """Everything since the last one, and the orders that it is about."""
        lines = self.lines.pop(currency, [])
        opening = self.stands[currency]
        closing = opening + sum(amount for _line, amount, _order in lines)
        self.stands[currency] = closing
        data = camt(
            *[line for line, _amount, _order in lines], ccy=currency, number=f"S-{self.written}",
            opening=f"{opening / 100:.2f}", closing=f"{closing / 100:.2f}",
        )  # fmt: skip
        return data, sorted({order for _line, _amount, order in lines if order})


class Desk(Lives):
    town: Town
    bank: Bank
    last_day: datetime
    carried_out: set[Any]

    def day(self, number: int = 1) -> None:
        """What is done every day or three, for as long as something has to come to an end."""
        if number % 3 == 0:
            self.sweeps()
            self.reserves()
        if number % 2 == 0:
            self.office_hours(CURRENCIES[number // 2 % 2])
        self.read_statements()
        if self.now < self.last_day or self.still_open():
            self.later(timedelta(days=1), lambda: self.day(number + 1))

    def market(self) -> None:
        self.market_day()
        if self.now < self.last_day:
            self.later(self.between(HOUR, DAY), self.market)

    def still_open(self) -> bool:
        """Whether an order, a refund or the bank still has to come to an end."""
        if any(line.is_open for lines in self.books.seen.values() for line in lines):
            return True
        return bool(self.bank.lines) or Refund.objects.exclude(state=RefundState.DONE).exists()

    # The house's own clockwork: `periodic` jobs, less often than in a real house

    def sweeps(self) -> None:
        self.step("sweep orders", lambda now: orders.sweep(now=now))
        self.step("sweep money", lambda now: money.sweep(now=now))
        self.step("sweep pieces", lambda _now: shop_tasks.sweep_reservations.func(0))
        self.step("sweep claims", lambda _now: money_tasks.pay_claims.func(0))
        self.step("roll snapshots", lambda now: money.roll_snapshots(now=now, enough=8))

    def reserves(self) -> None:
        """One of those whose turn it is; a payout settles the others' anyway."""
        if due := sorted(reserve.sellers(self.now)):
            seller, currency = self.dice.choice(due)
            asked: dict[str, Any] = {"seller": seller, "currency": currency}
            self.step("settle a reserve", lambda now: reserve.settle_reserve(**asked, now=now))

    # The operator

    def office_hours(self, currency: str) -> None:
        self.send_payouts(currency)
        self.send_refunds(currency)
        rows = Refund.objects.filter(state=RefundState.FAILED).select_related("payment")
        for row in rows.order_by("id"):
            self.help_refund(row)

    def send_payouts(self, currency: str) -> None:
        asked = {"operator": self.town.operator.id, "currency": currency}
        self.step("payout file", lambda now: files.make_file(**asked, now=now))
        file = PayoutFile.objects.filter(currency=currency).order_by("-id").first()
        if file is None or file.id in self.carried_out:
            return
        self.carried_out.add(file.id)
        for row in file.payouts.order_by("id"):
            self.carry_out(row)

    def carry_out(self, row: Payout) -> None:
        """It leaves, or comes back, or is refused at once; sometimes the operator is faster."""
        go: dict[str, Any] = {"payout": row.id, "operator": self.town.operator.id}
        if self.chance(0.06):
            self.step("refused", lambda now: payouts.return_payout(**go, reason="no", now=now))
            return
        if self.chance(0.1):
            self.step("by hand", lambda now: payouts.confirm_payout(**go, reference="R", now=now))
        self.bank.leaves(row.currency, row.amount, row.number)
        if self.chance(BOUNCES):
            self.later(
                self.between(DAY, 4 * DAY),
                lambda: self.bank.comes_back(row.currency, row.amount, row.number, None),
            )

    def send_refunds(self, currency: str) -> None:
        asked = {"operator": self.town.operator.id, "currency": currency}
        self.step("refund file", lambda now: transfers.make_refund_file(**asked, now=now))
        rows = TransferRefund.objects.filter(currency=currency, state="sent").order_by("key")
        for row in rows:
            if row.key not in self.carried_out:
                self.carried_out.add(row.key)
                self.bank.leaves(
                    currency, row.amount, row.number, self.concerned({"refund": row.key})[0]
                )

    def help_refund(self, row: Refund) -> None:
        asked: dict[str, Any] = {"refund": row.id, "operator": self.town.operator.id}
        order = [row.payment.order]
        if self.chance(0.25):
            self.step("ask again", lambda now: stuck.retry_refund(**asked, now=now), order)
        elif self.chance(0.7):
            asked["reference"] = "paid in cash"
            self.step("by hand", lambda now: stuck.pay_refund_by_hand(**asked, now=now), order)

    def read_statements(self) -> None:
        for currency in CURRENCIES:
            if self.bank.lines.get(currency):
                self.read_statement(*self.bank.statement(currency))

    def read_statement(self, data: bytes, about: list[UUID]) -> None:
        """The operator takes in the file until it is in; now and then once more."""
        asked: dict[str, Any] = {"data": data, "operator": self.town.operator.id}
        _answer, done = self.step(
            "statement", lambda now: statements.import_statement(**asked, now=now), about
        )
        if not done:
            self.read_statement(data, about)
        elif self.chance(0.1):
            self.later(self.between(1, DAY), lambda: self.read_statement(data, about))

    # Sellers and their money

    def market_day(self) -> None:
        member = self.dice.choice([*self.town.sellers, *self.town.sellers, *self.town.buyers])
        currency = self.dice.choice(CURRENCIES)
        self.lot(
            (6, lambda: self.ask_payout(member, currency)),
            (1, lambda: self.call_off_payout(member)),
            (2, lambda: self.top_up(member, currency)),
            (1, lambda: self.take_out(member, currency)),
            (1, self.compensate),
        )

    def ask_payout(self, member: Any, currency: str) -> None:
        amount = None if self.chance(0.5) else self.some(currency)
        asked = {
            "seller": member.id, "currency": currency, "amount": amount, "key": f"out/{self.steps}",
        }  # fmt: skip
        self.with_key("ask for a payout", payouts.ask_payout, asked)

    def call_off_payout(self, member: Any) -> None:
        row = Payout.objects.filter(seller=member, state=PayoutState.ASKED).order_by("id").first()
        if row is not None:
            asked = {"viewer": member.id, "payout": row.id}
            self.step("call off a payout", lambda now: payouts.cancel_payout(**asked, now=now))

    def top_up(self, member: Any, currency: str) -> None:
        asked = {"seller": member.id, "amount": self.some(currency), "key": f"up/{self.steps}"}
        self.with_key("top up", deposit.top_up, asked)

    def take_out(self, member: Any, currency: str) -> None:
        asked = {"seller": member.id, "amount": self.some(currency), "key": f"down/{self.steps}"}
        self.with_key("take out", deposit.take_out, asked)

    def compensate(self) -> None:
        if not self.lives:
            return
        life = self.lives[self.dice.choice(sorted(self.lives))]
        currency = Order.objects.values_list("currency", flat=True).get(id=life.order)
        asked = {
            "seller": life.seller.id, "buyer": life.buyer.id, "order": life.order,
            "amount": self.some(currency), "reason": "fake", "key": f"fake/{self.steps}",
            "actor": self.town.operator.id, "below_zero": self.chance(0.5),
        }  # fmt: skip
        self.with_key("compensate", deposit.compensate, asked)

    def with_key(self, what: str, verb: Callable[..., Any], asked: dict[str, Any]) -> None:
        """Whoever asks again under the same key gets the same answer, and nothing moves twice."""
        first, done = self.step(what, lambda now: verb(**asked, now=now))
        self.nobody_below_zero(first)
        if not done or self.chance(0.2):
            again, answered = self.step(what, lambda now: verb(**asked, now=now))
            if done and answered and not isinstance(first, Refused):
                must(id_of(first) == id_of(again), what, "answered otherwise the second time")

    def nobody_below_zero(self, answer: Any) -> None:
        if isinstance(answer, Payout):
            for line in queries.seller_balance(answer.seller_id):
                if line.currency == answer.currency:
                    must(line.available.minor >= 0, "paid out below zero", line)
                    must(line.available == line.posted - line.pending - line.reserve, line)

    def some(self, currency: str) -> Money:
        return Money(self.dice.randint(1, 40_000), currency)


def id_of(answer: Any) -> Any:
    return getattr(answer, "id", answer)
