"""Across a block a shop does not exist for the member; from the street a public one does."""

import pytest
from django.test import Client

from goodword.circle import actions as circle
from goodword.kit import clock
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop.models import Listing

from ..town import befriend, member, tea_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Member:
    return member("Lin")


@pytest.fixture
def friend(seller: Member) -> Member:
    friend = member("Chen")
    befriend(seller, friend)
    return friend


def pages(listing: Listing) -> list[str]:
    return [f"/listings/{listing.id}", f"/shops/{listing.shop_id}"]


def statuses(browser: Client, listing: Listing) -> list[int]:
    return [browser.get(path).status_code for path in pages(listing)]


def signed_in(who: Member) -> Client:
    browser = Client()
    browser.force_login(who)
    return browser


@pytest.mark.parametrize("blocks", ["the seller", "the friend"])
def test_a_block_closes_a_public_shop_to_the_member_and_not_to_the_street(
    seller: Member, friend: Member, blocks: str
):
    listing = tea_shop(seller)
    browser = signed_in(friend)
    assert statuses(browser, listing) == [200, 200]
    owner, other = (seller, friend) if blocks == "the seller" else (friend, seller)
    circle.block(owner=owner, other=other, now=clock.now())
    assert statuses(browser, listing) == [404, 404]
    assert str(listing.id) not in browser.get("/market").content.decode()
    variant = listing.variants.order_by("position")[0].id
    bought = browser.get("/checkout", {"variant": str(variant), "quantity": "1"})
    assert bought.status_code == 404
    browser.logout()
    assert statuses(browser, listing) == [200, 200]


def test_a_shop_for_friends_closes_alike_by_a_block_and_by_parting(seller: Member, friend: Member):
    listing = tea_shop(seller)
    row = listing.shop
    shop.edit_shop(owner=seller, name=row.name, about="", promise="", public=False, now=clock.now())
    parted = member("Wang")
    befriend(seller, parted)
    circle.unfriend(member=seller, friend=parted, now=clock.now())
    circle.block(owner=seller, other=friend, now=clock.now())
    for browser in (signed_in(friend), signed_in(parted), Client()):
        assert statuses(browser, listing) == [404, 404]
