"""Random people with random ideas at random times: the ledger holds, and every order ends."""

import os
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from goodword.journal import queries as journal
from goodword.kit import clock, jobs
from goodword.kit.errors import Refused
from goodword.kit.ids import new_id
from goodword.money import queries as money
from goodword.orders import actions
from goodword.orders.models import Order, OrderLine, Timer
from goodword.orders.states import CALLED_OFF, FINAL
from goodword.shop.actions import Item
from goodword.shop.models import Reservation, Sale

from .town import (
    ADDRESS,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    NUMBER,
    balanced,
    broken_sales,
    offered,
    open_shop,
    person,
)  # fmt: skip

DEEP = bool(os.environ.get("GOODWORD_DEEP"))
METHODS = ("card", "card", "declined", "pending", "late", "duplicate", "out_of_order", "down",
           "lost", "step_up", "closed")  # fmt: skip
WAITS = (MINUTE, 16 * MINUTE, HOUR, 47 * HOUR, 3 * DAY, 8 * DAY, 15 * DAY)


class Town(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.now = NOW
        mark = new_id().hex[-8:]
        self.sellers = [person(f"s{number}{mark}") for number in range(2)]
        self.buyers = [person(f"b{number}{mark}") for number in range(2)]
        self.goods = []
        for seller in self.sellers:
            open_shop(seller)
            self.goods += [offered(seller, f"{name}{mark}", stock=6) for name in ("Cup", "Pot")]
        self.stock = {one.id: one.stock for one in self.goods}
        self.orders = []

    def teardown(self):
        """Nobody acts any more: every order reaches its end by itself."""
        if not hasattr(self, "orders"):
            return
        for _ in range(8):
            self.wait(20 * DAY)
        self.what_is_held_is_what_is_owed()
        self.no_piece_is_lost_or_made()
        lines = self.lines()
        assert all(line.state in FINAL for line in lines)
        for one in self.goods:
            bought = [row for row in lines if row.variant_id == one.id and row.state == "completed"]
            assert one.stock == self.stock[one.id] - sum(row.quantity for row in bought)
        assert not Timer.objects.filter(order__in=self.orders, done_at=None).exists()
        for order in self.orders:
            held = money.held(order)
            assert held is None or held.minor == 0
        for buyer in self.buyers:
            assert journal.broken_link(buyer.id) is None

    def lines(self):
        return list(OrderLine.objects.filter(order__in=self.orders))

    def attempt(self, verb, **values):
        """Refusals are answers too; anything else is a fault of ours."""
        with clock.at(self.now):
            try:
                answer = verb(now=self.now, **values)
            except Refused:
                return None
            jobs.run_due()
            return answer

    @rule(wait=st.sampled_from(WAITS))
    def wait(self, wait):
        self.now += wait
        with clock.at(self.now):
            jobs.run_due()

    @rule(
        buyer=st.integers(0, 1),
        wanted=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=3),
        key=st.sampled_from("abcdefgh"),
    )
    def order(self, buyer, wanted, key):
        items = [Item(self.goods[number].id, quantity) for number, quantity in wanted]
        made = self.attempt(
            actions.place, buyer=self.buyers[buyer], items=items, address=ADDRESS, key=key
        )
        self.orders += [one.id for one in made or () if one.id not in self.orders]

    @rule(
        buyer=st.integers(0, 1),
        wanted=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=3),
        key=st.sampled_from("ijklmnop"),
        method=st.sampled_from(METHODS),
        order_fails=st.booleans(),
    )
    def check_out(self, buyer, wanted, key, method, order_fails):
        items = [Item(self.goods[number].id, quantity) for number, quantity in wanted]
        with clock.at(self.now), broken_sales() if order_fails else nullcontext():
            try:
                made = actions.place_and_pay(
                    buyer=self.buyers[buyer], items=items, address=ADDRESS, key=key, method=method,
                    now=self.now,
                )  # fmt: skip
            except Refused:
                made = []
        self.orders += [one.order.id for one in made if one.order.id not in self.orders]
        with clock.at(self.now):
            jobs.run_due()

    @precondition(lambda self: self.orders)
    @rule(which=st.integers(0, 99), method=st.sampled_from(METHODS), key=st.sampled_from("123"))
    def pay(self, which, method, key):
        order = self.chosen(which)
        self.attempt(actions.pay, buyer=order.buyer, order=order.id, method=method, key=key)

    @precondition(lambda self: self.orders)
    @rule(which=st.integers(0, 99), one_line=st.booleans())
    def ship(self, which, one_line):
        order = self.chosen(which)
        lines = [order.lines.order_by("id")[0].id] if one_line else None
        self.attempt(
            actions.ship, seller=order.seller, order=order.id, carrier="sf", number=NUMBER,
            lines=lines,
        )  # fmt: skip

    @precondition(lambda self: self.orders)
    @rule(
        which=st.integers(0, 99),
        verb=st.sampled_from((actions.confirm, actions.extend, actions.ask_to_cancel)),
    )
    def buyers_verb(self, which, verb):
        order = self.chosen(which)
        self.attempt(verb, buyer=order.buyer, order=order.id)

    @precondition(lambda self: self.orders)
    @rule(which=st.integers(0, 99), by_buyer=st.booleans(), one_line=st.booleans())
    def cancel(self, which, by_buyer, one_line):
        order = self.chosen(which)
        lines = [order.lines.order_by("id")[0].id] if one_line else None
        member = order.buyer if by_buyer else order.seller
        self.attempt(actions.cancel, member=member, order=order.id, lines=lines)

    @precondition(lambda self: self.orders)
    @rule(which=st.integers(0, 99))
    def ring(self, which):
        self.attempt(actions.ring, order=self.chosen(which).id)

    @rule()
    def sweep(self):
        self.attempt(actions.sweep)

    def chosen(self, which):
        return Order.objects.get(id=self.orders[which % len(self.orders)])

    @invariant()
    def the_ledger_balances(self):
        if hasattr(self, "orders"):
            connection.check_constraints()  # as a commit would: the triggers of every transfer
            assert balanced()

    @invariant()
    def what_is_held_is_what_is_owed(self):
        """Paid lines that are neither released nor given back, to the fen."""
        if not hasattr(self, "orders"):
            return
        owed = dict.fromkeys(self.orders, 0)
        for line in self.lines():
            if line.paid_at and not line.released_at and line.state not in CALLED_OFF:
                owed[line.order_id] += line.total.minor
                assert money.parts_of(line.order_id)[line.id].held == line.total
        for order, minor in owed.items():
            held = money.held(order)
            assert (held.minor if held else 0) == minor

    @invariant()
    def no_piece_is_lost_or_made(self):
        if not hasattr(self, "orders"):
            return
        for one in self.goods:
            one.refresh_from_db()
            out = Reservation.objects.filter(variant=one).exclude(state="released")
            sold = Sale.objects.filter(variant=one)
            taken = sum(row.quantity for row in out)
            assert one.stock + taken == self.stock[one.id]
            assert sum(row.quantity for row in sold) == sum(
                row.quantity for row in out if row.state == "sold"
            )


@pytest.mark.timeout(1800 if DEEP else 300)
@pytest.mark.django_db
def test_whatever_they_do_the_ledger_holds_and_every_order_ends():
    run_machine(
        Town,
        settings=settings(
            max_examples=100 if DEEP else 6,
            stateful_step_count=40 if DEEP else 25,
            deadline=timedelta(minutes=5),
            suppress_health_check=list(HealthCheck),
        ),
    )
