"""Seeing one's own page as a friend does: exactly what they may see, and nothing about them."""

from datetime import timedelta

import pytest
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle import queries as circle_queries
from goodword.circle.rules import ONLY_ME, WINDOWS
from goodword.circle.tests.worlds import NOON, all_but, befriend, chosen, member, moment
from goodword.kit import clock
from goodword.reach import queries
from goodword.shop import actions as shop
from goodword.shop.models import Listing
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def friend(wen):
    friend = member("friend")
    befriend(friend, wen)
    return friend


def ids(page):
    return [item.card.id for item in page.cards]


def both(wen, friend):
    """What she is shown as the friend's view, and what the friend really gets."""
    as_friend = queries.page_as(wen.id, friend.id, now=NOON)
    really = queries.profile_page(friend.id, wen.id, now=NOON)
    return ids(as_friend), ids(really)


def test_it_is_what_the_friend_gets(wen, friend):
    family = circle.make_group(owner=wen, name="family", now=NOON)
    third = member("third")
    befriend(third, wen)
    live = moment(wen, "family", audience=chosen(groups=[family.id]), now=NOON - 4 * DAY)
    shown = [
        moment(wen, "but third", audience=all_but(third), now=NOON - 3 * DAY),
        moment(wen, "named", audience=chosen(friend), now=NOON - 2 * DAY),
        moment(wen, "all", now=NOON - DAY),
    ]
    moment(wen, "third", audience=chosen(third), now=NOON)
    moment(wen, "diary", audience=ONLY_ME, now=NOON)
    moment(wen, "later", now=NOON + DAY)
    expected = [made.id for made in reversed(shown)]
    assert both(wen, friend) == (expected, expected)
    circle.set_members(owner=wen, group=family.id, friends=[friend.id], now=NOON)
    assert both(wen, friend) == ([*expected, live.id], [*expected, live.id])
    circle.set_window(owner=wen, window=WINDOWS["3d"], now=NOON)
    assert both(wen, friend) == (expected, expected)
    circle.hide_mine(owner=wen, friend=friend.id, on=True, now=NOON)
    assert both(wen, friend) == ([], [])


def test_it_pages_without_repeating_or_skipping(wen, friend):
    made = [moment(wen, f"{n}", now=NOON + n * DAY).id for n in range(-5, 0)]
    page = queries.page_as(wen.id, friend.id, now=NOON, limit=3)
    rest = queries.page_as(wen.id, friend.id, now=NOON, limit=3, after=page.next)
    assert ids(page) + ids(rest) == made[::-1]
    assert rest.next is None


def test_a_draft_is_not_shown_for_either(wen, friend):
    town.open_shop(wen)
    listing = town.listing(wen, now=NOON - DAY)
    made = shop.show(seller=wen, listing=listing.id, text="", key="k", now=NOON)
    assert both(wen, friend) == ([made.id], [made.id])
    Listing.objects.filter(id=listing.id).update(state="draft")
    assert both(wen, friend) == ([], [])


def test_it_tells_nothing_of_the_friend(wen, friend):
    other = member("other")
    befriend(other, wen)
    befriend(other, friend)
    town.open_shop(wen)
    listing = town.listing(wen, now=NOON - DAY)
    shop.show(seller=wen, listing=listing.id, text="", key="k", now=NOON)
    now = clock.now()
    made = moment(wen, "all", now=now)
    circle.comment(moment=made, member=other, text="known to the friend", now=now)
    circle.set_nickname(owner=friend, friend=wen.id, nickname="Bore")
    she = Client()
    she.force_login(wen)
    before = she.get(f"/me/as/{friend.id}").content.decode()
    circle.block(owner=friend, other=wen, now=now)
    after = she.get(f"/me/as/{friend.id}").content.decode()
    assert ids(queries.page_as(wen.id, friend.id, now=now)) != []
    for page in (before, after):
        assert page.count(' id="m-') == 2
        assert f'id="m-{made.id}"' in page
        for secret in ("known to the friend", "Bore", "Other"):
            assert secret not in page
    circle.block(owner=wen, other=friend, now=now)
    assert "sees no moment of yours" in she.get(f"/me/as/{friend.id}").content.decode()


def test_only_of_friends_and_only_by_members(wen, friend):
    stranger = member("stranger")
    she = Client()
    she.force_login(wen)
    assert she.get("/me/as").content.decode().count(f"/me/as/{friend.id}") == 1
    assert she.get(f"/me/as/{stranger.id}").status_code == 404
    assert she.get(f"/me/as/{wen.id}").status_code == 404
    assert Client().get(f"/me/as/{friend.id}").status_code == 302
    with pytest.raises(circle_queries.PersonMissing):
        queries.page_as(friend.id, stranger.id, now=NOON)


def test_a_moment_says_to_its_author_how_many_see_it_and_who(wen, friend):
    third = member("third")
    befriend(third, wen)
    made = moment(wen, audience=all_but(third), now=clock.now())
    she, he = Client(), Client()
    she.force_login(wen)
    he.force_login(friend)
    path = f"/moments/{made.id}"
    assert "Seen by up to 1 friend" in she.get(path).content.decode()
    assert "Seen by up to" not in he.get(path).content.decode()
    page = she.get(f"{path}/audience").content.decode()
    assert f"/me/as/{friend.id}" in page
    assert f"/me/as/{third.id}" not in page
    circle.block(owner=friend, other=wen, now=clock.now())
    assert "Seen by up to 1 friend" in she.get(path).content.decode()
