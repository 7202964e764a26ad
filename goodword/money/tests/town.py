"""A small town in which money moves, for the tests."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.kit.money import Money, total
from goodword.money import actions, queries
from goodword.money.models import Hold, Payment
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind
from goodword.people.models import Member

TOLD = "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'orders.%' RETURNING args"
DUE = """
SELECT id, task_name, args, scheduled_at FROM procrastinate_jobs
 WHERE status = 'todo' AND task_name LIKE 'money.%%'
   AND coalesce(scheduled_at, %(now)s) <= %(now)s
 ORDER BY scheduled_at NULLS FIRST, id LIMIT 1
"""

UNEVEN = """
SELECT transfer_id FROM money_entry
 GROUP BY transfer_id, currency HAVING sum(direction * amount) <> 0
"""


def yuan(amount: int, currency: str = "CNY") -> Money:
    """So many whole units."""
    return Money(amount * 100, currency)


@dataclass
class Town:
    buyer: Member
    seller: Member
    now: datetime
    told: list[UUID] = field(default_factory=list)  # payments whose orders were told

    @classmethod
    def founded(cls, now: datetime) -> "Town":
        return cls(cls.member("hong_the_buyer"), cls.member("lin_the_seller"), now)

    @staticmethod
    def member(handle: str) -> Member:
        name = f"{handle}_{new_id().hex[-6:]}"
        return Member.objects.create(handle=name, display_name=handle, joined_at=clock.now())

    def fee(self, percent: int) -> None:
        HouseRule.objects.create(name="fee_percent", value=percent, since=self.now)

    def start(self, amount: Money, *, method: str = "card", order: UUID | None = None) -> Payment:
        order = order or new_id()
        return actions.start_payment(
            order=order, buyer=self.buyer.id, seller=self.seller.id, amount=amount, method=method,
            key=f"pay/{order}/{new_id()}", now=self.now,
        )  # fmt: skip

    def pay(self, amount: Money, *, method: str = "card", order: UUID | None = None) -> Payment:
        """Start a payment and send it, as a checkout does."""
        payment = self.start(amount, method=method, order=order)
        return actions.send_payment(payment=payment.id, now=self.now)

    def pay_lines(self, order: UUID, *amounts: Money) -> Payment:
        """Pay for an order of several lines."""
        parts = [(new_id(), amount) for amount in amounts]
        started = actions.start_payment(
            order=order, buyer=self.buyer.id, seller=self.seller.id, amount=total(amounts),
            parts=parts, method="card", key=f"pay/{order}", now=self.now,
        )  # fmt: skip
        return actions.send_payment(payment=started.id, now=self.now)

    @staticmethod
    def line(order: UUID, number: int) -> UUID:
        """The order's line of that number, from 1."""
        return sorted(queries.parts_of(order))[number - 1]

    def release(self, order: UUID, key: str = "release", *, line: int | None = None) -> UUID:
        lines = None if line is None else [self.line(order, line)]
        return actions.release(order=order, lines=lines, key=f"{key}/{order}", now=self.now)

    def refund(
        self,
        order: UUID,
        amount: Money | None = None,
        key: str = "refund",
        *,
        line: int | None = None,
    ) -> UUID:
        parts = None
        if line is not None:
            id_ = self.line(order, line)
            parts, amount = {id_: amount or queries.parts_of(order)[id_].held}, None
        return actions.refund(
            order=order, parts=parts, amount=amount, reason="changed my mind",
            key=f"{key}/{order}", now=self.now,
        )  # fmt: skip

    def take_back(self, order: UUID, amount: Money, key: str = "take-back") -> UUID:
        return actions.take_back(
            order=order, amount=amount, reason="it broke", key=f"{key}/{order}", now=self.now
        )

    def work(self, *, after: timedelta = timedelta(0)) -> None:
        """Let time pass and do each of money's jobs when it is due; note which orders were told."""
        until = self.now + after
        while job := self.next_job(until):
            number, name, args, due = job
            self.now = max(self.now, due or self.now)
            with clock.at(self.now):
                jobs._run(number, name, jobs.connection_json(args))
        self.now = until
        with connection.cursor() as cursor:
            cursor.execute(TOLD)
            rows = cursor.fetchall()
        self.told += [UUID(jobs.connection_json(args)["payment"]) for (args,) in rows]

    @staticmethod
    def next_job(until: datetime) -> tuple[int, str, object, datetime | None] | None:
        with connection.cursor() as cursor:
            cursor.execute(DUE, {"now": until})
            return cursor.fetchone()

    def escrow(self, order: UUID, currency: str = "CNY") -> Money:
        return queries.balance(
            AccountRef(AccountKind.ESCROW, currency, holder=self.buyer.id, order=order)
        )

    def stands(self, kind: AccountKind, currency: str = "CNY") -> Money:
        """What stands on the account of this kind that the town's trade uses."""
        named: dict[AccountKind, dict[str, object]] = {
            AccountKind.GATEWAY: {"gateway": "sandbox"},
            AccountKind.PAYABLE: {"holder": self.seller.id},
            AccountKind.REFUND: {"holder": self.buyer.id},
            AccountKind.FEES: {},
        }
        return queries.balance(AccountRef(kind, currency, **named[kind]))  # type: ignore[arg-type]


def forget_all_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def check_books(*, buyer: Member | None = None) -> None:
    """Everything that must hold at any time, whatever happened; of one buyer's orders or of all."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(UNEVEN)
        assert cursor.fetchall() == []
    assert all(line.difference == 0 for line in queries.trial_balance())
    assert queries.drift() == []
    held: dict[AccountRef, Money] = {}
    for hold in Hold.objects.filter(buyer=buyer) if buyer else Hold.objects.all():
        escrow = AccountRef(
            AccountKind.ESCROW, hold.currency, holder=hold.buyer_id, order=hold.order
        )
        held[escrow] = held.get(escrow, Money(0, hold.currency)) + hold.held
        assert hold.held.minor >= 0
        assert hold.state == "held" or hold.held.minor == 0
    for escrow, amount in held.items():
        assert queries.balance(escrow) == amount == queries.held(escrow.order)
