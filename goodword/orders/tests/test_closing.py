"""A shop closes: no new orders at once, for good when the time and the last order are over."""

import pytest
from django.test import Client
from django.urls import reverse

from goodword.kit.errors import Refused
from goodword.orders import actions, queries
from goodword.orders.closing import queries as closings
from goodword.people.actions import issue_token
from goodword.shop.actions import (
    NotForSale,
    close_shop,
    edit_shop,
    open_shop,
    reopen_shop,
)
from goodword.shop.actions.closing import NotClosing
from goodword.shop.following import actions as following
from goodword.shop.models import Follow, Listing, Shop, ShopClock
from goodword.shop.sellers import queries as sellers

from . import town
from .town import DAY, HOUR, NOW, let_time_pass, offered, person, place

pytestmark = pytest.mark.django_db
WEEK = 7 * DAY


@pytest.fixture
def mei():
    seller = person("mei")
    town.open_shop(seller)
    return seller


@pytest.fixture
def cup(mei):
    return offered(mei)


def shop_of(seller):
    return Shop.objects.get(owner=seller)


def test_no_new_orders_from_that_moment_and_open_ones_go_on(mei, cup):
    wei = person("wei")
    order = town.shipped(wei, mei, cup)
    close_shop(owner=mei, now=NOW)
    with pytest.raises(NotForSale):
        place(person("lan"), cup)
    actions.confirm(buyer=wei, order=order.id, now=NOW)
    assert town.states(order) == ["received"]


def test_it_ends_with_its_last_order_and_not_before_its_time(mei, cup):
    wei, follower = person("wei"), person("fan")
    edit_shop(owner=mei, name="Tea", about="", promise="", public=True, followable=True, now=NOW)
    following.follow(member=follower, shop=shop_of(mei).id, now=NOW)
    order = town.shipped(wei, mei, cup)
    close_shop(owner=mei, now=NOW)
    let_time_pass(NOW + WEEK)
    found = closings.closing(mei.id, now=NOW + WEEK)
    assert (found.is_late, found.waits_for) == (True, 1)
    assert [one.order.id for one in found.orders] == [order.id]
    actions.confirm(buyer=wei, order=order.id, now=NOW + WEEK)
    for day in range(8, 40):  # released after a new seller's time, complete after the window
        let_time_pass(NOW + day * DAY)
    shop = shop_of(mei)
    assert town.states(order) == ["completed"]
    assert shop.closed_at is not None
    assert shop.closed_at >= queries.lines(order)[0].ended_at
    assert Listing.objects.get(seller=mei).state == "withdrawn"
    assert not Follow.objects.exists()
    assert open_shop(owner=mei, name="Another", now=NOW + 60 * DAY).closing_at is None


def test_without_an_order_it_ends_at_its_time_and_can_be_reopened_before(mei, cup):
    close_shop(owner=mei, now=NOW)
    assert sellers.ahead(mei.id)[0].at == NOW + WEEK
    close_shop(owner=mei, now=NOW + DAY)  # a second time changes nothing
    assert shop_of(mei).closing_at == NOW + WEEK
    reopen_shop(owner=mei, now=NOW + 2 * DAY)
    place(person("wei"), cup, now=NOW + 2 * DAY)
    with pytest.raises(NotClosing):
        reopen_shop(owner=mei, now=NOW + 2 * DAY)
    let_time_pass(NOW + WEEK)  # the clock of the first time does not ring
    assert shop_of(mei).closed_at is None
    town.let_time_pass(NOW + WEEK + DAY)
    close_shop(owner=mei, now=NOW + WEEK + DAY)
    let_time_pass(NOW + 2 * WEEK + DAY - HOUR)
    assert shop_of(mei).closed_at is None
    let_time_pass(NOW + 2 * WEEK + DAY)
    assert shop_of(mei).closed_at == NOW + 2 * WEEK + DAY
    with pytest.raises(Refused):
        reopen_shop(owner=mei, now=NOW + 3 * WEEK)


def test_clocks_are_counted_with_those_of_orders(mei):
    close_shop(owner=mei, now=NOW)
    health = queries.timer_health(NOW)
    assert (health.waiting, health.late, health.next_at) == (1, 0, NOW + WEEK)
    ShopClock.objects.update(job=None)
    later = queries.timer_health(NOW + WEEK + HOUR)
    assert (later.late, later.lost) == (1, 1)


def test_page_and_api_say_what_happens_when(mei, cup):
    town.held(person("wei"), cup)
    client = Client()
    client.force_login(mei)
    page = reverse("orders:closing")
    assert "1 open order goes on as promised." in client.get(page).content.decode()
    client.post(page)
    shown = client.get(page).content.decode()
    assert "as soon as its 1 open order is over" in shown
    assert "Reopen the shop" in shown
    _token, secret = issue_token(owner=mei, name="t", now=NOW)
    head = {"Authorization": f"Bearer {secret}"}
    found = client.get("/api/v1/shop/closing", headers=head).json()
    assert (found["closing"], found["waits_for"]) == (True, 1)
    assert client.delete("/api/v1/shop/closing", headers=head).json()["closing"] is False
    assert client.delete("/api/v1/shop/closing", headers=head).status_code == 409
    stranger = Client()
    stranger.force_login(person("lan"))
    assert stranger.get(page).status_code == 302
