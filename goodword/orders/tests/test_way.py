"""The way of an order from the shop window to the seller's balance; the ledger at each step."""

import pytest

from goodword.journal import queries as journal
from goodword.money import queries as money
from goodword.orders import actions
from goodword.orders.models import Timer

from .town import (
    DAY,
    HOUR,
    NOW,
    NUMBER,
    at,
    balanced,
    held_money,
    let_time_pass,
    offered,
    pay,
    place,
    state,
    yuan,
)

pytestmark = pytest.mark.django_db


def test_from_the_window_to_the_sellers_balance(lin, wang):
    cup = offered(lin, price=120, stock=5, shipping=yuan(10))
    (order,) = place(wang, cup, quantity=2)
    assert order.total == yuan(250)
    assert (state(order), held_money(order)) == ("awaiting_payment", None)
    cup.refresh_from_db()
    assert cup.stock == 3

    pay(wang, order)
    assert (state(order), held_money(order)) == ("held", 25000)
    assert balanced()

    with at(NOW + 5 * HOUR):
        actions.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, now=NOW + 5 * HOUR)
    assert (state(order), held_money(order)) == ("shipped", 25000)

    with at(NOW + 3 * DAY):
        actions.confirm(buyer=wang, order=order.id, now=NOW + 3 * DAY)
    assert (state(order), held_money(order)) == ("received", 25000)  # a new seller waits 7 days

    let_time_pass(NOW + 10 * DAY)
    assert (state(order), held_money(order)) == ("released", 0)
    (balance,) = money.seller_balance(lin.id)
    assert balance.available == yuan(250)

    let_time_pass(NOW + 18 * DAY)
    assert (state(order), held_money(order)) == ("completed", 0)
    assert balanced()
    assert not Timer.objects.filter(done_at=None).exists()
    assert [deed.verb for deed in journal.story(order.id)] == [
        "orders.placed", "orders.paid", "orders.shipped", "orders.received", "orders.released",
        "orders.completed",
    ]  # fmt: skip
    assert journal.broken_link(wang.id) is None
