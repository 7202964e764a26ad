"""Random commands in random order, committed to real PostgreSQL: the books stay right."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from goodword.kit.errors import Refused
from goodword.kit.money import Money
from goodword.money import actions, queries, rules
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.gateways.sandbox.cards import CARDS
from goodword.money.gateways.sandbox.store import UNPLAYED
from goodword.money.models import Hold, Payment, Refund, SandboxCharge
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind, AnswerKind, HoldState

from .conftest import NOON
from .town import Town, check_books

DEEP = "GOODWORD_DEEP" in os.environ
CURRENCIES = ("CNY", "JPY")


@dataclass(frozen=True)
class Command:
    """Something that was done under a key, to be done again."""

    verb: str
    order: UUID
    key: str
    amount: Money | None = None

    def carry_out(self, town: Town) -> UUID | None:
        """The transfer it made, or None when it was refused."""
        given = {"order": self.order, "key": self.key, "now": town.now}
        if self.verb != "release":
            given |= {"amount": self.amount, "reason": "random"}
        with suppress(Refused):
            return getattr(actions, self.verb)(**given)
        return None


class Trade(RuleBasedStateMachine):
    orders = Bundle("orders")
    commands = Bundle("commands")

    @initialize(percent=st.integers(0, 100))
    def open_the_town(self, percent):
        self.town = Town.founded(NOON)
        self.town.fee(percent)
        self.at_first = {currency: self.gateway(currency) for currency in CURRENCIES}

    @staticmethod
    def gateway(currency: str) -> Money:
        return queries.balance(AccountRef(AccountKind.GATEWAY, currency, gateway="sandbox"))

    @rule(
        target=orders,
        minor=st.integers(1, 20_000),
        currency=st.sampled_from(CURRENCIES),
        method=st.sampled_from(sorted(CARDS)),
    )
    def start(self, minor, currency, method):
        return self.town.start(Money(minor, currency), method=method).order

    @rule(order=orders, method=st.sampled_from(sorted(CARDS)))
    def start_again(self, order, method):
        amount = queries.latest_payment(order).amount
        with suppress(Refused):
            self.town.start(amount, method=method, order=order)

    @rule(order=orders)
    def send(self, order):
        actions.send_payment(payment=queries.latest_payment(order).id, now=self.town.now)

    @rule(order=orders, approve=st.booleans())
    def confirm(self, order, approve):
        with suppress(KeyError):
            Sandbox().confirm(str(queries.latest_payment(order).id), approve=approve)

    @rule(order=orders)
    def expire(self, order):
        unpaid = not Hold.objects.filter(order=order).exists()
        assert actions.expire_payment(order=order, now=self.town.now) is unpaid

    @rule(order=orders, kind=st.sampled_from([one for one in AnswerKind if one != UNPLAYED]))
    def the_bank_says_something_again(self, order, kind):
        """Doubled, stale and out-of-order messages; only the machine's own captures are true."""
        charge = SandboxCharge.objects.filter(key=str(queries.latest_payment(order).id)).first()
        if charge is None or not charge.state:
            return
        if kind == AnswerKind.CAPTURED and charge.state not in (kind, AnswerKind.PENDING):
            return
        if kind in (AnswerKind.DECLINED, AnswerKind.CANCELLED) and charge.state != kind:
            return
        if kind == AnswerKind.REVERSED and charge.state not in (kind, AnswerKind.CAPTURED):
            return
        body, headers = Sandbox().message(charge.key, kind, now=self.town.now)
        actions.receive_callback(gateway="sandbox", body=body, headers=headers, now=self.town.now)

    @rule(target=commands, order=orders, number=st.integers(0, 3))
    def release(self, order, number):
        return self.do(Command("release", order, f"{order}/{number}"))

    @rule(
        target=commands,
        order=orders,
        number=st.integers(0, 3),
        verb=st.sampled_from(["refund", "take_back"]),
        share=st.one_of(st.none(), st.integers(1, 1000)),
    )
    def give_back(self, order, number, verb, share):
        whole = queries.latest_payment(order).amount
        amount = Money(max(1, whole.minor * (share or 1000) // 1000), whole.currency)
        if share is None and verb == "refund":
            amount = None
        return self.do(Command(verb, order, f"{order}/{number}", amount))

    def do(self, command: Command):
        transfer = command.carry_out(self.town)
        return (command, transfer) if transfer else multiple()

    @rule(done=consumes(commands))
    def do_again(self, done):
        command, transfer = done
        assert command.carry_out(self.town) == transfer

    @rule(seconds=st.sampled_from([1, 40, 600, 3600]))
    def time_passes(self, seconds):
        self.town.work(after=timedelta(seconds=seconds))

    @rule()
    def roll_snapshots(self):
        actions.roll_snapshots(now=self.town.now, enough=1)

    @invariant()
    def both_sides_are_equal(self):
        assert all(line.difference == 0 for line in queries.trial_balance())

    def teardown(self):
        if not hasattr(self, "town"):
            return
        for _day in range(4):
            actions.sweep(now=self.town.now)
            self.town.work(after=timedelta(hours=4))
        check_books(buyer=self.town.buyer)
        self.every_gateway_agrees()
        self.the_fees_are_right()

    def every_gateway_agrees(self):
        """What the machine outside has for us is what the ledger says it has."""
        mine = [
            str(id)
            for id in Payment.objects.filter(buyer=self.town.buyer).values_list("id", flat=True)
        ]
        for currency in CURRENCIES:
            there = (
                SandboxCharge.objects.filter(key__in=mine, currency=currency).aggregate(
                    total=Sum(F("taken") - F("refunded") - F("reversed"))
                )["total"]
                or 0
            )
            assert self.gateway(currency) - self.at_first[currency] == Money(there, currency)
        assert not Refund.objects.filter(buyer=self.town.buyer, state__in=["created", "sent"])

    def the_fees_are_right(self):
        """Each released hold gave the house the fee of what was not refunded, and no more."""
        holds = Hold.objects.filter(buyer=self.town.buyer, state=HoldState.RELEASED)
        for hold in holds:
            expected = rules.kept_fee(
                fee=Money(hold.fee, hold.currency),
                captured=Money(hold.captured, hold.currency),
                refunded=Money(hold.refunded, hold.currency),
            )
            taken = sum(
                step.amount.minor * (1 if step.to_kind == AccountKind.FEES else -1)
                for step in queries.trail(hold.order)
                if AccountKind.FEES in (step.to_kind, step.from_kind)
            )
            assert taken == expected.minor


@pytest.mark.timeout(3600 if DEEP else 300)
@pytest.mark.django_db(transaction=True)
def test_random_trade_keeps_the_books(open_town):
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    run_state_machine_as_test(
        Trade,
        settings=settings(
            max_examples=200 if DEEP else 15,
            stateful_step_count=60 if DEEP else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
