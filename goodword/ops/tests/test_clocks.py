"""`goodword timers`: what a shop does by itself is told as an order's is."""

from datetime import timedelta

import pytest

from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.ops import clocks
from goodword.orders.tests.town import offered, place
from goodword.shop.actions import close_shop
from goodword.shop.tests.town import open_shop, person

pytestmark = pytest.mark.django_db


def test_a_shop_that_closes_is_told_of_and_counted():
    mei = person("mei")
    shop = open_shop(mei)
    assert list(clocks.told(str(shop.id))) == ["Nothing is left to happen."]
    close_shop(owner=mei, now=clock.now())
    (line,) = clocks.told(str(shop.id))
    assert "close" in line
    assert line.endswith("The shop closes for good once its last order is over.")
    assert clocks.counted() == "waiting 1, late 0, lost 0"
    with clock.at(clock.now() + timedelta(days=9)):
        assert clocks.counted() == "waiting 1, late 1, lost 0"
    with pytest.raises(clocks.NoClocks):
        list(clocks.told(str(new_id())))


def test_an_order_is_named_by_the_number_that_its_people_read():
    mei = person("mei")
    open_shop(mei)
    (order,) = place(person("wang"), offered(mei), now=clock.now())
    steps = list(clocks.told(str(order.id)))
    assert steps
    assert "expires" in steps[0]
    for typed in (order.reference, order.reference.lower().replace("-", "")):
        assert list(clocks.told(typed)) == steps
    for wrong in ("ZZZZ-ZZZZ", "order", "", "UUUU-ILOU"):
        with pytest.raises(clocks.NoClocks):
            list(clocks.told(wrong))
