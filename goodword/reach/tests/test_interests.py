"""What members say they like: theirs alone, used at once, and gone with one tap."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from goodword.circle import actions as circle
from goodword.circle.tests.worlds import NOON, befriend, member, moment
from goodword.journal.models import Entry
from goodword.kit import clock, jobs
from goodword.kit.errors import Invalid
from goodword.people import actions as people
from goodword.reach import queries
from goodword.reach.interests import actions
from goodword.reach.interests import queries as chosen
from goodword.reach.models import Interest
from goodword.reach.pacing import reasons
from goodword.reach.targeting import actions as learning
from goodword.reach.targeting import queries as targeting
from goodword.reach.targeting.rules import STEPS, Facts, Lesson, Why, ranked, told_as
from goodword.shop import actions as shop
from goodword.shop.interests import purposes
from goodword.shop.models import Listing, ListingInterests
from goodword.shop.tests import town

SOMETHING = UUID(int=1)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def reader(db):
    return member("reader")


@pytest.fixture
def sellers(reader):
    made = [member(name) for name in ("lin", "chen")]
    for one in made:
        befriend(one, reader)
        town.open_shop(one)
    for n in range(9):
        moment(made[0], "Rain.", now=NOON - HOUR + n * MINUTE)
    return made


def offer(seller, title, at):
    listing = town.listing(seller, title, now=NOON - 30 * DAY)
    return shop.show(seller=seller, listing=listing.id, text="", key=title, now=at)


def look(viewer, at=NOON):
    jobs.run_due(clock.now() + DAY)
    page = queries.timeline(viewer.id, now=at)
    return [(item.card.id, item.reason) for item in page.cards if item.card.face == "market"]


def program(viewer):
    _row, secret = people.issue_token(owner=viewer, name="test", now=NOON)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_what_the_reader_likes_stands_first_and_says_so_without_any_learning(reader, sellers):
    lin, chen = sellers
    tea = offer(lin, "Spring oolong", NOON - 2 * MINUTE)
    chair = offer(chen, "A chair", NOON - MINUTE)
    other = member("other")
    for one in sellers:
        befriend(one, other)
    assert look(other) == [(chair.id, ""), (tea.id, "")]
    actions.choose(member=reader.id, interests=["tea"], now=NOON)
    assert look(reader) == [(tea.id, "You like tea"), (chair.id, "")]
    assert look(reader, NOON + MINUTE) == [(tea.id, "You like tea"), (chair.id, "")]
    assert reasons.why(reader.id, tea.id, now=NOON).sentences[-1] == "You like tea"
    shown = program(reader).get("/api/v1/timeline").json()["moments"]
    assert {one["id"]: one["reason"] for one in shown if one["face"] == "market"} == {
        str(tea.id): "You like tea", str(chair.id): "",
    }  # fmt: skip
    first = targeting.suggestions(reader.id, now=NOON)[0]
    assert (first.card.id, first.why, first.sentence) == (tea.listing, Why.LIKED, "You like tea")
    actions.forget(member=reader.id, now=NOON)
    assert look(reader, NOON + MINUTE) == [(tea.id, ""), (chair.id, "")]
    assert look(other, NOON + MINUTE) == [(chair.id, ""), (tea.id, "")]


def test_a_page_with_reasons_takes_as_many_statements_as_one_without(reader, sellers):
    offer(sellers[0], "Spring oolong", NOON - 2 * MINUTE)
    costs = []
    for liked in ((), ("tea",)):
        actions.choose(member=reader.id, interests=liked, now=NOON)
        look(reader)
        with CaptureQueriesContext(connection) as asked:
            page = queries.timeline(reader.id, now=NOON)
        costs.append(len(asked))
        assert ["You like tea" in one.reason for one in page.cards if one.offer] == [bool(liked)]
    assert costs[0] == costs[1]


def test_friends_are_told_in_steps_and_no_longer_once_they_take_it_back(reader, sellers):
    made = offer(sellers[0], "A thing", NOON - MINUTE)
    friends = [member(f"friend{n}") for n in range(4)]
    for one in friends:
        befriend(one, reader)
        befriend(one, sellers[0])
        learning.agree(member=one.id, now=NOON)
        circle.like(moment=made, member=one, now=NOON)
    told = [(made.id, "At least 3 friends chose this")]
    assert look(reader) == told
    learning.take_back(member=friends[0].id, now=NOON)
    assert look(reader) == told  # three of them: the fourth left no trace
    learning.take_back(member=friends[1].id, now=NOON)
    assert look(reader) == [(made.id, "")]


@given(st.integers(1, 900), st.integers(1, 12))
def test_a_number_of_friends_is_never_more_than_they_are(friends, at_least):
    if friends >= at_least:
        assert at_least <= told_as(friends, at_least=at_least) <= friends
        assert told_as(friends, at_least=at_least) in (at_least, *STEPS)
    listing = Facts(SOMETHING, SOMETHING, friends=friends, circle=friends)
    why = ranked(listing, Lesson(), chosen=0, at_least=at_least).why
    assert why == (Why.FRIENDS if friends >= at_least else Why.NONE)


def test_what_was_chosen_before_is_named_only_while_the_reader_may_see_it(reader, sellers):
    lin, chen = sellers
    liked = offer(lin, "A first thing", NOON - 5 * MINUTE)
    made = offer(lin, "Another thing", NOON - MINUTE)
    learning.agree(member=reader.id, now=NOON)
    circle.like(moment=liked, member=reader, now=NOON)
    tell_both(lin, chen, liked, made)
    # Two others: it would tell what one of them bought.
    tell_both(lin, member("second"), liked, made)
    assert learning.learn(now=NOON)
    assert dict(look(reader))[made.id] == "You chose something else in this shop"
    tell_both(lin, member("third"), liked, made)
    assert learning.learn(now=NOON)
    assert dict(look(reader))[made.id] == "Because you chose “A first thing”"
    Listing.objects.filter(id=liked.listing).update(state="draft")
    assert dict(look(reader, NOON + MINUTE))[made.id] == "Because of what you chose before"


def tell_both(seller, person, *moments):
    """The person lets the house learn, and likes these."""
    befriend(person, seller)
    learning.agree(member=person.id, now=NOON)
    for one in moments:
        circle.like(moment=one, member=person, now=NOON)


def test_choosing_is_exact_and_tells_the_journal_nothing(reader):
    assert actions.choose(member=reader.id, interests=["books", "tea", "tea"], now=NOON) == (
        "tea", "books",
    )  # fmt: skip
    assert chosen.chosen(reader.id) == ("tea", "books")
    actions.choose(member=reader.id, interests=["tea", "books"], now=NOON)
    actions.choose(member=reader.id, interests=["cats"], now=NOON)
    assert chosen.chosen(reader.id) == ("cats",)
    with pytest.raises(Invalid):
        actions.choose(member=reader.id, interests=["cats", "politics"], now=NOON)
    Interest.objects.create(owner_id=reader.id, interest="gone")
    assert chosen.chosen(reader.id) == ("cats",)
    noted = Entry.objects.filter(verb="reach.interests_chosen")
    assert noted.count() == 2
    assert not any("tea" in one.body for one in noted)


def test_the_page_preselects_nothing_and_one_tap_deletes_all(reader, client):
    client.force_login(reader)
    page = client.get("/me/interests").text
    assert page.count('type="checkbox"') == 50
    assert "checked" not in page
    assert "Delete all that I chose" not in page
    assert client.post("/me/interests", {"interests": ["tea", "cats"]}).status_code == 302
    page = client.get("/me/interests").text
    assert page.count(" checked") == 2
    assert client.post("/me/interests", {"interests": ["politics"]}).status_code == 422
    client.post("/me/interests/forget")
    assert not Interest.objects.exists()
    assert "/me/interests" in client.get("/me/settings").text


def test_the_api_says_the_same_in_the_readers_language(reader):
    people.edit(member=reader, language="zh-hans", now=NOON)
    asked = program(reader)
    groups = asked.get("/api/v1/interests").json()
    assert groups[0]["interests"][0] == {"key": "tea", "name": "茶"}
    put = {"interests": ["tea"]}
    assert asked.put("/api/v1/me/interests", put, content_type="application/json").json() == put
    assert asked.get("/api/v1/me/interests").json() == put
    wrong = {"interests": ["politics"]}
    refused = asked.put("/api/v1/me/interests", wrong, content_type="application/json")
    assert refused.status_code == 422
    assert asked.delete("/api/v1/me/interests").status_code == 204
    assert asked.get("/api/v1/me/interests").json() == {"interests": []}


def test_a_listing_is_for_what_its_title_says_until_its_seller_says(reader, sellers, client):
    lin, chen = sellers
    listing = town.listing(lin, "Celadon teacup")
    assert purposes(lin.id, listing.id).keys == ("ceramics", "tea")
    edit(lin, listing, "Oak chair")
    assert purposes(lin.id, listing.id).keys == ("furniture",)
    url = f"/shop/listings/{listing.id}/interests"
    client.force_login(chen)
    assert client.post(url, {"interests": ["cats"]}).status_code == 404
    client.force_login(lin)
    client.post(url, {"interests": ["tea", "music"]})
    edit(lin, listing, "Celadon teacup")
    shop.rebuild_words()
    found = purposes(lin.id, listing.id)
    assert (found.keys, found.said) == (("tea", "music"), True)
    assert "You said so." in client.get(f"/shop/listings/{listing.id}").text
    four = {"interests": ["tea", "music", "cats", "dogs"]}
    api = program(lin)
    refused = api.put(f"/api/v1{url}", four, content_type="application/json")
    assert refused.status_code == 422
    none = {"interests": []}
    assert api.put(f"/api/v1{url}", none, content_type="application/json").json() == {
        "interests": [], "said": True,
    }  # fmt: skip
    client.post(url, {"do": "guess"})
    assert api.get(f"/api/v1{url}").json() == {"interests": ["ceramics", "tea"], "said": False}
    assert ListingInterests.objects.count() == 1


def edit(seller, listing, title):
    draft = town.draft(title)
    shop.edit_listing(seller=seller, listing=listing.id, draft=draft, now=NOON)


def test_more_words_on_a_listing_reach_more_people_later(reader, sellers):
    lin, chen = sellers
    broad, narrow = offer(lin, "Tea, coffee, books", NOON), offer(chen, "Tea", NOON - HOUR)
    actions.choose(member=reader.id, interests=["tea"], now=NOON)
    best = targeting.rank(reader.id, [broad.listing, narrow.listing], now=NOON)
    assert [one.listing for one in best] == [narrow.listing, broad.listing]
