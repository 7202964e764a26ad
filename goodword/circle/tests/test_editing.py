"""Changing a moment's words: for a quarter of an hour, and not behind anybody's back."""

from datetime import timedelta

import pytest
from django.test import Client

from goodword.circle import actions, queries, rules
from goodword.circle.models import Moment, MomentEdit
from goodword.kit import clock
from goodword.kit.errors import Conflict, Invalid
from goodword.kit.models import HouseRule

from .worlds import NOON, all_but, befriend, member, moment

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
GRACE = 15 * MINUTE


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def friend(wen):
    friend = member("friend")
    befriend(friend, wen)
    return friend


def edit(made, author, text, *, at=NOON + MINUTE):
    actions.edit_moment(moment=made, author=author, text=text, now=at)


def test_the_grace_time_ends_on_the_second():
    assert rules.may_edit(published_at=NOON, now=NOON + GRACE - MINUTE, within=GRACE)
    assert not rules.may_edit(published_at=NOON, now=NOON + GRACE, within=GRACE)


def test_everybody_who_sees_it_reads_what_it_said(wen, friend):
    made = moment(wen, "first")
    edit(made, wen, "second")
    edit(made, wen, " third ", at=NOON + 2 * MINUTE)
    edit(made, wen, "third", at=NOON + 3 * MINUTE)  # no change, no trace
    card = queries.moment_card(friend.id, made.id, now=NOON + 5 * MINUTE)
    assert (card.text, card.edited_at) == ("third", NOON + 2 * MINUTE)
    assert not card.editable  # by him
    assert queries.moment_card(wen.id, made.id, now=NOON + 5 * MINUTE).editable
    said = queries.history(friend.id, made.id, now=NOON + 5 * MINUTE)
    assert [(one.text, one.since - NOON) for one in said] == [
        ("third", 2 * MINUTE), ("second", MINUTE), ("first", 0 * MINUTE),
    ]  # fmt: skip


def test_who_may_not_see_it_may_not_read_what_it_said(wen, friend):
    made = moment(wen, "first")
    edit(made, wen, "second")
    actions.narrow(moment=made, author=wen, audience=all_but(friend), now=NOON)
    for nobody in (friend, member("stranger")):
        with pytest.raises(queries.MomentMissing):
            queries.history(nobody.id, made.id, now=NOON + MINUTE)


def test_later_it_stays_as_it_is(wen):
    made = moment(wen, "first")
    with pytest.raises(Conflict, match="too late"):
        edit(made, wen, "second", at=NOON + GRACE)
    assert Moment.objects.get().text == "first"
    HouseRule.objects.create(name="edit_within", value=3600, since=NOON + MINUTE)
    with pytest.raises(Conflict, match="too late"):
        edit(made, wen, "second", at=NOON + GRACE)
    assert not queries.moment_card(wen.id, made.id, now=NOON + GRACE).editable
    newer = moment(wen, "third", now=NOON + MINUTE)
    edit(newer, wen, "fourth", at=NOON + 60 * MINUTE)
    assert set(Moment.objects.values_list("text", flat=True)) == {"first", "fourth"}


def test_it_cannot_become_empty_or_too_long(wen):
    made = moment(wen, "first")
    for text in ("", "  ", "x" * 5001):
        with pytest.raises(Invalid):
            edit(made, wen, text)
    assert not MomentEdit.objects.exists()


def test_it_may_stay_as_long_as_it_was_when_it_was_published(wen):
    made = moment(wen, "x" * 200)
    HouseRule.objects.create(name="moment_text_at_most", value=100, since=NOON + MINUTE)
    edit(made, wen, "y" * 200, at=NOON + 2 * MINUTE)
    with pytest.raises(Invalid, match="100 characters"):
        moment(wen, "z" * 200, now=NOON + 2 * MINUTE)


def test_what_it_said_goes_with_it(wen):
    made = moment(wen, "first")
    edit(made, wen, "second")
    actions.delete_moment(moment=made, author=wen, now=NOON)
    assert not MomentEdit.objects.exists()
    with pytest.raises(Conflict):
        edit(made, wen, "third")


def test_the_pages(wen, friend):
    made = moment(wen, "first", now=clock.now())
    she, he = Client(), Client()
    she.force_login(wen)
    he.force_login(friend)
    path = f"/moments/{made.id}"
    assert f"{path}/edit" in she.get(path).content.decode()
    assert f"{path}/edit" not in he.get(path).content.decode()
    assert f"{path}/history" not in he.get(path).content.decode()
    assert he.post(f"{path}/edit", {"text": "mine"}).status_code == 404
    HouseRule.objects.create(name="moment_text_at_most", value=100, since=clock.now())
    assert 'maxlength="5000"' in she.get(f"{path}/edit").content.decode()
    refused = she.post(f"{path}/edit", {"text": "x" * 5001})
    assert refused.status_code == 422
    assert "x" * 5001 in refused.content.decode()
    assert she.post(f"{path}/edit", {"text": "second"}).url == path
    assert f"{path}/history" in he.get(path).content.decode()
    assert f"{path}/history" in he.get("/@wen").content.decode()
    assert "first" in he.get(f"{path}/history").content.decode()
    with clock.at(clock.now() + GRACE):
        assert f"{path}/edit" not in she.get(path).content.decode()
        late = she.post(f"{path}/edit", {"text": "third"})
    assert late.status_code == 409
    assert "third" in late.content.decode()
