"""Buyers, sellers and orders for the tests, made by the verbs that everybody uses."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.money import queries as money
from goodword.orders import actions, queries
from goodword.orders.addresses import Address
from goodword.orders.models import OrderLine
from goodword.shop.actions import Item
from goodword.shop.tests.town import (
    DAY,
    NOW,
    draft,
    first_variant,
    listing,
    open_shop,
    person,
    yuan,
)
from goodword.shop.tests.town import variant as variant_draft

__all__ = [
    "ADDRESS", "DAY", "HOUR", "MINUTE", "NOW", "draft", "first_variant", "listing", "open_shop",
    "person", "variant_draft", "yuan",
]  # fmt: skip

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ADDRESS = Address(
    name="王芳", phone="13800138000", region="CN-ZJ", city="杭州市西湖区", street="龙井路 1 号 2 幢"
)
NUMBER = "SF1234567890123"


def goods(seller, title="Celadon cup", price=120, stock=5, **changes):
    """One listing with one variant; answers the variant."""
    return first_variant(
        listing(seller, title, variant_draft(price, stock), pictures=[], offer=False, **changes)
    )


def offered(seller, title="Celadon cup", price=120, stock=5, **changes):
    return first_variant(listing(seller, title, variant_draft(price, stock), **changes))


def place(buyer, *variants, now=NOW, key=None, quantity=1, **values):
    return actions.place(
        buyer=buyer,
        items=[Item(one.id, quantity) for one in variants],
        address=ADDRESS,
        key=key or str(new_id()),
        now=now,
        **values,
    )


def pay(buyer, order, method="card", now=NOW, key=None):
    with at(now):
        return actions.pay(
            buyer=buyer, order=order.id, method=method, key=key or str(new_id()), now=now
        )


def held(buyer, *variants, now=NOW, **values):
    """One order, placed and paid."""
    (order,) = place(buyer, *variants, now=now, **values)
    pay(buyer, order, now=now)
    return order


def shipped(buyer, seller, *variants, now=NOW, carrier="sf", number=NUMBER, **values):
    order = held(buyer, *variants, now=now, **values)
    actions.ship(seller=seller, order=order.id, carrier=carrier, number=number, now=now)
    return order


@contextmanager
def at(moment):
    """Live at `moment`, and let everything happen that is due then."""
    with clock.at(moment):
        yield
        jobs.run_due()


FULL = """
CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$"""
BREAK = """
CREATE TRIGGER broken BEFORE INSERT ON shop_sale FOR EACH ROW EXECUTE FUNCTION full_disk()"""


@contextmanager
def broken_sales():
    """The order cannot follow its payment: counting the sale fails in the database."""
    with connection.cursor() as cursor:
        cursor.execute(FULL)
        cursor.execute(BREAK)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER broken ON shop_sale")


def let_time_pass(to):
    with at(to):
        pass


def states(order):
    rows = OrderLine.objects.filter(order=order.id).order_by("id")
    return [str(row.state) for row in rows]


def state(order):
    (only,) = set(states(order))
    return only


def held_money(order):
    found = money.held(order.id)
    return None if found is None else found.minor


def balanced():
    return all(line.difference == 0 for line in money.trial_balance())


def view(viewer, order):
    return queries.order(viewer.id, order.id)
