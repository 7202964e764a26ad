"""Closing, reopening and deciding on several connections at the same instant."""

import pytest

from goodword.kit.errors import Refused
from goodword.orders.closing.actions import ring_shop
from goodword.orders.models import Order
from goodword.shop.actions import NotForSale, close_shop, reopen_shop
from goodword.shop.models import Declaration, Listing, Shop
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers.states import Scheme
from goodword.shop.tests.town import picture

from .test_at_once import at_once
from .town import DAY, NOW, offered, open_shop, person, place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]
END = NOW + 7 * DAY


@pytest.fixture
def mei():
    seller = person("mei")
    open_shop(seller)
    return seller


def test_buyers_against_closing(mei):
    cup = offered(mei)
    buyers = [person(f"buyer{n}") for n in range(4)]
    orders = [lambda buyer=buyer: place(buyer, cup) for buyer in buyers]
    *placed, _closed = at_once(*orders, lambda: close_shop(owner=mei, now=NOW))
    refused = [one for one in placed if isinstance(one, Refused)]
    assert all(isinstance(one, NotForSale) for one in refused)
    cup.refresh_from_db()
    assert (Order.objects.count(), cup.stock) == (4 - len(refused), 1 + len(refused))
    with pytest.raises(NotForSale):
        place(person("late"), cup)


def test_reopening_against_the_end(mei):
    offered(mei)
    close_shop(owner=mei, now=NOW)
    back, rung = at_once(
        lambda: reopen_shop(owner=mei, now=END), lambda: ring_shop(owner=mei.id, now=END), now=END
    )
    shop, ended = Shop.objects.get(), isinstance(back, Refused)
    assert (shop.closed_at == END, shop.closing_at) == (ended, None)
    assert Listing.objects.get().state == ("withdrawn" if ended else "active")
    assert rung == (1 if ended else rung)


def test_two_operators_decide_once(mei):
    asked = sellers.ask_registration(
        owner=mei, scheme=Scheme.USCC, name="Tea Ltd", number="91110000600037341L",
        pages=[picture()], now=NOW,
    )  # fmt: skip
    one, other = person("olga"), person("otto")
    answers = at_once(
        lambda: sellers.accept(operator=one, declaration=asked.id, now=NOW),
        lambda: sellers.refuse(operator=other, declaration=asked.id, reason="No.", now=NOW),
        lambda: sellers.take_back(owner=mei, declaration=asked.id, now=NOW),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 2
    row = Declaration.objects.get()
    accepted = answers[0] is None
    assert (row.state == "in_force", row.pages.exists()) == (accepted, accepted)
    assert Shop.objects.get().level == ("registered" if accepted else "none")
