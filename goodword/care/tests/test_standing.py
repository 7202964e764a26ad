"""Return and dispute rates: from the orders themselves, and in words while there are few."""

import pytest

from goodword.care import actions
from goodword.care.states import Reason
from goodword.orders import actions as orders
from goodword.orders.tests.town import (
    DAY,
    NOW,
    NUMBER,
    held,
    let_time_pass,
    offered,
    open_shop,
    person,
    shipped,
    yuan,
)
from goodword.shop import standing
from goodword.shop.standing import Counted, Standing

from .test_cases import opened, received

pytestmark = pytest.mark.django_db
LATER = NOW + 60 * DAY


def given_back(lin, wang, cup):
    """The seller agrees and it comes back."""
    case = opened(wang, received(wang, lin, cup))
    actions.accept(seller=lin, case=case.id, address="Lane 3", now=NOW)
    actions.send_back(buyer=wang, case=case.id, carrier="sf", number=NUMBER, now=NOW)
    actions.confirm_back(seller=lin, case=case.id, now=NOW)


def fought(lin, wang, cup, back):
    """It never came; the two settle at `back`."""
    order = shipped(wang, lin, cup)
    case = opened(wang, order, Reason.NOT_ARRIVED)
    actions.offer(member=lin, case=case.id, amount=back, now=NOW)
    actions.agree(member=wang, case=case.id, minor=back.minor, now=NOW)


def test_every_way_counts_once_and_where_it_belongs(lin, wang, cup):
    pot, cup = offered(lin, "Pot"), offered(lin, "Bowl", stock=9)
    for _n in range(3):
        received(wang, lin, cup)
    given_back(lin, wang, cup)
    fought(lin, wang, cup, back=yuan(60))
    withdrawn = opened(wang, received(wang, lin, cup))
    actions.withdraw(buyer=wang, case=withdrawn.id, now=NOW)
    orders.cancel(member=lin, order=held(wang, pot).id, now=NOW)  # never sent: no return
    held(wang, pot)  # under way
    let_time_pass(NOW + 8 * DAY)
    assert standing.of_listing(cup.listing_id, LATER).counted == Counted(6, 1, 1)
    assert standing.of_listing(pot.listing_id, LATER).counted == Counted(0, 0, 0)
    assert standing.of_shop(cup.listing.shop_id, LATER).counted == Counted(6, 1, 1)
    assert standing.of_shop(cup.listing.shop_id, NOW + 400 * DAY).counted == Counted(0, 0, 0)
    assert standing.of_listing(cup.listing_id, LATER).returned_percent == 17


def test_nothing_of_another_seller_is_in_it(lin, wang, cup):
    wen = person("wen", "Wen")
    open_shop(wen)
    other = offered(wen, "Bowl")
    received(wang, wen, other)
    let_time_pass(NOW + 8 * DAY)
    assert standing.of_shop(cup.listing.shop_id, LATER).counted == Counted(0, 0, 0)
    assert standing.of_shop(other.listing.shop_id, LATER).counted == Counted(1, 0, 0)


def test_few_orders_are_said_in_words():
    few, enough = Standing(Counted(4, 1, 1), 5), Standing(Counted(5, 1, 0), 5)
    assert (few.returned_percent, few.disputed_percent) == (None, None)
    assert "from 5 completed orders on" in few.sentence
    assert "25" not in few.sentence
    assert (enough.returned_percent, enough.disputed_percent) == (20, 0)
    assert "20 %" in enough.sentence
    assert "1 came back" in enough.sentence


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 9, "0 %"), (1, 300, "under 1 %"), (1, 200, "1 %"), (1, 8, "13 %"), (9, 9, "100 %")],
)
def test_a_share_in_words(part, whole, words):
    assert standing.percent(part, whole) == words
