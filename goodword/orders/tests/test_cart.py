"""The cart: put aside, nothing promised."""

import pytest

from goodword.kit.errors import Forbidden, Invalid, NotFound
from goodword.orders import actions, queries
from goodword.orders.models import CartLine
from goodword.shop import actions as shop

from .town import NOW, offered, yuan

pytestmark = pytest.mark.django_db


def test_the_cart_promises_nothing(lin, wang, stranger, cup):
    actions.add_to_cart(buyer=wang, variant=cup.id, quantity=2, now=NOW)
    actions.add_to_cart(buyer=wang, variant=cup.id, now=NOW)
    (item,) = queries.cart(wang.id)
    assert (item.quantity, item.can_buy, item.price_changed) == (3, True, False)
    cup.refresh_from_db()
    assert cup.stock == 5
    shop.change_price(seller=lin, variant=cup.id, price=yuan(130), now=NOW)
    assert queries.cart(wang.id)[0].price_changed
    assert queries.cart(stranger.id) == []
    with pytest.raises(Forbidden):
        actions.add_to_cart(buyer=lin, variant=cup.id, now=NOW)
    with pytest.raises(NotFound):
        actions.add_to_cart(buyer=wang, variant=lin.id, now=NOW)
    for quantity in (-1, 1000):
        with pytest.raises(Invalid):
            actions.change_cart(buyer=wang, variant=cup.id, quantity=quantity)
    actions.change_cart(buyer=wang, variant=cup.id, quantity=999)
    with pytest.raises(Invalid):
        actions.add_to_cart(buyer=wang, variant=cup.id, now=NOW)
    assert queries.cart(wang.id)[0].quantity == 999
    actions.change_cart(buyer=wang, variant=cup.id, quantity=0)
    assert not CartLine.objects.exists()


def test_the_cart_costs_two_statements_for_three_lines_and_for_thirty(
    lin, wang, django_assert_num_queries
):
    for lines in (3, 30):
        for number in range(lines):
            row = offered(lin, f"Cup {lines}-{number}")
            actions.add_to_cart(buyer=wang, variant=row.id, now=NOW)
        with django_assert_num_queries(2):
            queries.cart(wang.id)
