"""Strangers follow a shop: its offers come to their market, moments never, names to nobody."""

import pytest
from django.test import Client
from django.urls import reverse

from goodword.circle import actions as circle
from goodword.circle import queries as moments
from goodword.circle.rules import Audience
from goodword.journal.models import Entry
from goodword.kit import jobs
from goodword.kit.errors import NotFound
from goodword.people.actions import issue_token
from goodword.shop import actions, queries
from goodword.shop.following import actions as following
from goodword.shop.following import queries as follows
from goodword.shop.following.actions import NotFollowable
from goodword.shop.models import Follow
from goodword.shop.queries import ShopMissing

from .town import NOW, befriend, listing, open_shop, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return person("mei")


@pytest.fixture
def fan():
    return person("fan")


@pytest.fixture
def shop(mei):
    return open_shop(mei, followable=True)


def edit(owner, **changes):
    values = {"public": True, "followable": True, **changes}
    actions.edit_shop(owner=owner, name="Tea", about="", promise="", now=NOW, **values)


def titles(viewer):
    return [card.title for card in queries.market(viewer.id, followed_only=True).cards]


def test_a_follower_sees_offers_and_never_a_moment(mei, fan, shop):
    cup = listing(mei)
    open_shop(person("other"), followable=True)
    assert titles(fan) == []
    following.follow(member=fan, shop=shop.id, now=NOW)
    following.follow(member=fan, shop=shop.id, now=NOW)
    moment = actions.show(
        seller=mei, listing=cup.id, text="New!", audience=Audience(), key="k", now=NOW
    )
    jobs.run_due()
    assert titles(fan) == ["Celadon cup"]
    assert [one.id for one in follows.followed(fan.id)] == [shop.id]
    assert follows.count(shop.id) == 1
    with pytest.raises(NotFound):
        moments.moment(fan.id, moment.id, now=NOW)
    following.unfollow(member=fan, shop=shop.id, now=NOW)
    assert (titles(fan), follows.count(shop.id)) == ([], 0)


def test_only_a_public_shop_whose_owner_allows_it_and_not_ones_own(mei, fan):
    shop = open_shop(mei)  # nobody said yes
    with pytest.raises(NotFollowable):
        following.follow(member=fan, shop=shop.id, now=NOW)
    edit(mei)
    with pytest.raises(NotFollowable):
        following.follow(member=mei, shop=shop.id, now=NOW)
    edit(mei, public=False)
    with pytest.raises(ShopMissing):
        following.follow(member=fan, shop=shop.id, now=NOW)
    friend = person("friend")
    befriend(mei, friend)
    with pytest.raises(NotFollowable):
        following.follow(member=friend, shop=shop.id, now=NOW)


@pytest.mark.parametrize("changes", [{"public": False}, {"followable": False}])
def test_the_owner_ends_it_for_good(mei, fan, shop, changes):
    listing(mei)
    following.follow(member=fan, shop=shop.id, now=NOW)
    edit(mei, **changes)
    edit(mei)
    assert titles(fan) == []
    assert follows.count(shop.id) == 0


@pytest.mark.parametrize("fan_blocks", [True, False])
def test_a_block_hides_at_once_and_ends_it_for_good(mei, fan, shop, fan_blocks):
    listing(mei)
    following.follow(member=fan, shop=shop.id, now=NOW)
    one, other = (fan, mei) if fan_blocks else (mei, fan)
    circle.block(owner=one, other=other, now=NOW)
    assert (titles(fan), follows.followed(fan.id)) == ([], [])
    jobs.run_due()
    circle.unblock(owner=one, other=other, now=NOW)
    assert not Follow.objects.exists()


def test_nothing_of_the_sellers_names_a_follower(mei, fan, shop):
    listing(mei)
    following.follow(member=fan, shop=shop.id, now=NOW)
    _token, secret = issue_token(owner=mei, name="t", now=NOW)
    head = {"Authorization": f"Bearer {secret}"}
    client = Client()
    client.force_login(mei)
    shown = client.get(reverse("shop:mine")).content.decode()
    assert "1 follower" in shown
    told = [shown, client.get(f"/shops/{shop.id}").content.decode()]
    for path in ("shop", f"shops/{shop.id}", "shop/listings", "notices"):
        told.append(client.get(f"/api/v1/{path}", headers=head).content.decode())
    assert not [text for text in told if fan.handle in text or str(fan.id) in text]
    assert not Entry.objects.filter(owner=mei.id, verb__contains="follow").exists()


def test_pages_and_api_follow_and_stop(mei, fan, shop):
    listing(mei)
    client = Client()
    client.force_login(fan)
    assert ">Follow<" in client.get(f"/shops/{shop.id}").content.decode()
    client.post(reverse("shop:follow", args=[shop.id]))
    assert "Stop following" in client.get(f"/shops/{shop.id}").content.decode()
    assert "Celadon cup" in client.get("/market?from=followed").content.decode()
    assert shop.name in client.get(reverse("shop:followed")).content.decode().replace("&#39;", "'")
    _token, secret = issue_token(owner=fan, name="t", now=NOW)
    head = {"Authorization": f"Bearer {secret}"}
    (one,) = client.get("/api/v1/shops/followed", headers=head).json()
    assert (one["id"], one["followed"]) == (str(shop.id), True)
    address = f"/api/v1/shops/{shop.id}/follow"
    assert client.delete(address, headers=head).status_code == 204
    assert client.get("/api/v1/shops/followed", headers=head).json() == []
    found = client.get("/api/v1/market?followed=true", headers=head).json()
    assert found["listings"] == []
    assert client.put(address, headers=head).status_code == 204
