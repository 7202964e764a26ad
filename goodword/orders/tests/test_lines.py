"""Lines of one order go their own ways, and each takes its own money along."""

import pytest

from goodword.money import queries as money
from goodword.orders import actions
from goodword.orders.models import OrderLine
from goodword.orders.refusals import OrderMissing

from .town import (
    DAY,
    HOUR,
    NOW,
    NUMBER,
    at,
    balanced,
    held,
    held_money,
    let_time_pass,
    listing,
    offered,
    states,
    variant_draft,
    yuan,
)

pytestmark = pytest.mark.django_db


def test_lines_have_their_own_clocks_and_their_own_money(lin, wang, cup):
    pot = offered(lin, "Pot", price=360, shipping=yuan(10))
    order = held(wang, cup, pot)
    first, second = OrderLine.objects.filter(order=order).order_by("id")
    actions.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, lines=[first.id], now=NOW)
    with at(NOW + DAY):
        actions.confirm(buyer=wang, order=order.id, now=NOW + DAY)
    assert (states(order), held_money(order)) == (["received", "held"], 49000)
    let_time_pass(NOW + 9 * DAY)  # what is there is settled, whatever becomes of the rest
    assert (states(order), held_money(order)) == (["released", "held"], 37000)
    let_time_pass(NOW + 14 * DAY)  # the second was never shipped
    assert (states(order), held_money(order)) == (["released", "refunded"], 0)
    (balance,) = money.seller_balance(lin.id)
    assert balance.available == first.total
    parts = money.parts_of(order.id)
    assert (parts[first.id].released, parts[second.id].refunded) == (first.total, second.total)
    assert balanced()
    let_time_pass(NOW + 20 * DAY)
    assert states(order) == ["completed", "refunded"]


@pytest.fixture
def two_cups(lin):
    """Two variants of one listing, for 100 and 200 yuan, with 10 yuan of shipping together."""
    found = listing(
        lin, "Cups", variant_draft(100, Glaze="blue"), variant_draft(200, Glaze="red"),
        shipping=yuan(10),
    )  # fmt: skip
    return list(found.variants.order_by("price_minor"))


def test_shipping_waits_for_the_rest_of_its_parcel_and_goes_with_it(lin, wang, two_cups):
    order = held(wang, *two_cups)
    blue, red = OrderLine.objects.filter(order=order).order_by("id")
    assert (blue.shipping_minor, red.shipping_minor) == (1000, 0)
    actions.cancel(member=lin, order=order.id, lines=[blue.id], now=NOW)
    assert (states(order), held_money(order)) == (["cancelled", "held"], 21000)
    actions.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, now=NOW)
    let_time_pass(NOW + 10 * DAY)
    let_time_pass(NOW + 17 * DAY)
    assert (states(order), held_money(order)) == (["cancelled", "released"], 0)
    parts = money.parts_of(order.id)
    assert (parts[blue.id].refunded, parts[blue.id].released) == (yuan(100), yuan(10))
    (balance,) = money.seller_balance(lin.id)
    assert balance.available == yuan(210)
    assert balanced()


def test_shipping_comes_back_when_the_last_line_of_the_parcel_is_called_off(lin, wang, two_cups):
    order = held(wang, *two_cups)
    blue, red = OrderLine.objects.filter(order=order).order_by("id")
    actions.cancel(member=lin, order=order.id, lines=[blue.id], now=NOW)
    with at(NOW + HOUR):
        actions.cancel(member=lin, order=order.id, lines=[red.id], now=NOW + HOUR)
    assert (states(order), held_money(order)) == (["cancelled", "cancelled"], 0)
    assert sum(part.refunded.minor for part in money.parts_of(order.id).values()) == 31000
    assert money.latest_payment(order.id).state == "refunded"
    assert balanced()


def test_one_line_called_off_gives_back_its_pieces_and_no_others(lin, wang, cup):
    pot = offered(lin, "Pot", price=360, stock=3)
    order = held(wang, cup, pot)
    first, _second = OrderLine.objects.filter(order=order).order_by("id")
    actions.cancel(member=lin, order=order.id, lines=[first.id], now=NOW)
    cup.refresh_from_db()
    pot.refresh_from_db()
    assert (cup.stock, pot.stock) == (5, 2)
    assert (states(order), held_money(order)) == (["cancelled", "held"], 36000)
    with pytest.raises(OrderMissing):
        actions.cancel(member=lin, order=order.id, lines=[order.id], now=NOW)
