"""Friends of friends, without a word about who is in between; and a note about a friend."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions, meeting, queries
from goodword.kit.errors import Invalid

from .worlds import NOON, befriend, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def between(wen):
    """Two friends of wen's."""
    found = [member("chen"), member("liu")]
    for one in found:
        befriend(one, wen)
    return found


@pytest.fixture
def lin(between):
    """A friend of both."""
    lin = member("lin")
    for one in between:
        befriend(one, lin)
    return lin


def suggested(viewer):
    return [person.handle for person in meeting.suggestions(viewer.id)]


def test_two_friends_in_common_suggest_somebody_both_ways(wen, lin):
    assert suggested(wen) == ["lin"]
    assert suggested(lin) == ["wen"]
    type(lin).objects.filter(id=lin.id).update(is_active=False)
    assert suggested(wen) == []


def test_one_friend_in_common_is_not_enough(wen, between):
    far = member("far")
    befriend(between[0], far)
    assert suggested(wen) == []


@pytest.mark.parametrize("who", ["wen", "lin", "chen"])
def test_each_of_the_three_can_end_it(wen, lin, between, who):
    denying = {"wen": wen, "lin": lin, "chen": between[0]}[who]
    actions.introduce(owner=denying, on=False)
    assert suggested(wen) == suggested(lin) == []
    actions.introduce(owner=denying, on=True)
    assert suggested(wen) == ["lin"]


def test_a_third_friend_in_common_makes_up_for_one_who_denies(wen, lin, between):
    third = member("third")
    befriend(third, wen)
    befriend(third, lin)
    actions.introduce(owner=between[0], on=False)
    assert suggested(wen) == ["lin"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("wen", "lin"), ("lin", "wen"), ("chen", "lin"), ("lin", "chen"), ("chen", "wen")],
)
def test_a_block_among_the_three_ends_it(wen, lin, between, one, other):
    people = {"wen": wen, "lin": lin, "chen": between[0]}
    actions.block(owner=people[one], other=people[other], now=NOON)
    assert suggested(wen) == []


def test_who_is_a_friend_or_was_asked_or_refused_is_not_suggested(wen, lin):
    request = actions.ask(asker=wen, asked=lin, now=NOON)
    assert suggested(wen) == suggested(lin) == []
    actions.decline(request=request, member=lin, now=NOON)
    assert suggested(wen) == suggested(lin) == []
    befriend(lin, wen)
    assert suggested(wen) == suggested(lin) == []


def test_the_page_names_nobody_in_between(wen, lin, between):
    actions.unfriend(member=wen, friend=member_of(wen, "chen"), now=NOON)
    befriend(member_of(lin, "chen"), wen)
    browser = Client()
    browser.force_login(wen)
    page = browser.get("/friends").content.decode()
    section = page[page.index("suggestions-title") :].partition("</section>")[0]
    assert "@lin" not in section
    assert 'value="lin"' in section
    assert not any(one.display_name in section for one in between)
    browser.post("/friends/introductions", {})
    assert not meeting.introduces(wen.id)
    assert "suggestions-title" not in browser.get("/friends").content.decode()
    browser.post("/friends/introductions", {"on": "1"})
    assert suggested(wen) == ["lin"]


def member_of(viewer, handle):
    return queries.person(viewer.id, handle)


def test_three_and_thirty_cost_one_statement(wen, between):
    costs = []
    for size in (3, 30):
        for n in range(size):
            far = member(f"far{size}x{n}")
            for one in between:
                befriend(one, far)
        with CaptureQueriesContext(connection) as asked:
            assert len(meeting.suggestions(wen.id, limit=50)) >= size
        costs.append(len(asked))
    assert costs == [1, 1]


def test_a_note_is_kept_for_its_owner_alone(wen, between):
    chen = between[0]
    browser, theirs = Client(), Client()
    browser.force_login(wen)
    theirs.force_login(chen)
    browser.post(f"/friends/{chen.id}", {"note": "likes green tea", "market": "on", "life": "on"})
    assert queries.friendship(wen.id, chen.id).note == "likes green tea"
    assert "likes green tea" in browser.get(f"/friends/{chen.id}").content.decode()
    for path in ("/friends", f"/friends/{wen.id}", "/@wen"):
        assert "likes green tea" not in theirs.get(path).content.decode()
    with pytest.raises(Invalid):
        actions.set_note(owner=wen, friend=chen.id, note="x" * 501)
