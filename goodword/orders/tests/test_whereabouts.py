"""Where the money is: true in every state, for both sides, in words."""

import pytest

from goodword.orders import actions
from goodword.orders.pages import order_page
from goodword.shop import actions as shop

from .town import HOUR, MINUTE, NOW, at, held, let_time_pass, pay, place, shipped

pytestmark = pytest.mark.django_db


def unpaid(_lin, wang, cup):
    return place(wang, cup)[0]


def asked(_lin, wang, cup):
    (order,) = place(wang, cup)
    pay(wang, order, method="pending")
    return order


def to_confirm(_lin, wang, cup):
    (order,) = place(wang, cup)
    pay(wang, order, method="step_up")
    return order


def late(_lin, wang, cup):
    (order,) = place(wang, cup)
    pay(wang, order, method="late")
    let_time_pass(NOW + 16 * MINUTE)
    let_time_pass(NOW + 21 * MINUTE)
    let_time_pass(NOW + HOUR)
    return order


def paid(_lin, wang, cup):
    return held(wang, cup)


def received(lin, wang, cup):
    order = shipped(wang, lin, cup)
    actions.confirm(buyer=wang, order=order.id, now=NOW)
    return order


def given_back(_lin, wang, cup):
    (order,) = place(wang, cup)
    shop.release_reservation(order=order.id, now=NOW)
    pay(wang, order)
    return order


def called_off(method):
    def make(lin, wang, cup):
        (order,) = place(wang, cup)
        pay(wang, order, method=method)
        with at(NOW):
            actions.cancel(member=lin, order=order.id, now=NOW)
        return order

    return make


def on_its_way_back(lin, wang, cup):
    order = held(wang, cup)
    actions.cancel(member=lin, order=order.id, now=NOW)
    return order


TABLE = [
    (unpaid, 0, "is still with you. Nothing", "is still with Wang. Nothing"),
    (asked, 0, "your bank has not answered", "the buyer’s bank has not answered"),
    (to_confirm, 0, "until you confirm", "is still with Wang. Nothing"),
    (late, 0, "went back to where", "went back to Wang"),
    (paid, 1, "until you have the goods", "until Wang has the goods"),
    (received, 1, "because Lin is new here", "while you are new here"),
    (given_back, 0, "went back to where", "went back to Wang"),
    (on_its_way_back, 0, "goes back to where", "goes back to Wang"),
    (called_off("card"), 0, "went back to where", "went back to Wang"),
    (called_off("closed"), 0, "could not go back", "goes back to Wang"),
]


@pytest.mark.parametrize(("made", "stop", "to_buyer", "to_seller"), TABLE)
def test_both_sides_read_the_truth(made, stop, to_buyer, to_seller, lin, wang, cup):
    order = made(lin, wang, cup)
    for who, sentence in ((wang, to_buyer), (lin, to_seller)):
        where = order_page(who.id, order.id, now=NOW).money
        assert (where.stop, sentence in where.sentence) == (stop, True), where.sentence


def test_an_expired_order_does_not_say_that_nothing_was_charged(lin, wang, cup):
    page = order_page(wang.id, late(lin, wang, cup).id, now=NOW + HOUR)
    assert [one.kind for one in page.money.way] == ["late", "refund_paid"]
    assert "Nothing was charged" not in str(page.next)
