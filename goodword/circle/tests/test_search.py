"""Finding moments and friends: what may be seen, at once, and in one order."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions, search
from goodword.circle.models import MomentWords
from goodword.circle.rules import Audience
from goodword.circle.states import AudienceKind
from goodword.kit.ids import new_id
from goodword.kit.search import parse
from goodword.people import actions as people

from .worlds import NOON, befriend, member
from .worlds import moment as say

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return member("mei", display_name="Mei Lin")


@pytest.fixture
def chen(mei):
    chen = member("chen", display_name="Chen Bo")
    befriend(mei, chen)
    return chen


def texts(viewer, query, **values):
    found = search.moments(viewer.id, parse(query), now=NOON, **values)
    return [card.text for card in found]


def test_friends_find_what_was_said_and_strangers_do_not(mei, chen):
    say(mei, "今天喝西湖龙井，Spring tea of 2026")
    for query in ("龙井", "西湖龙井", "喝", "SPRING", "spri", "龙井 tea 2026", '"tea of" 喝'):
        assert len(texts(chen, query)) == len(texts(mei, query)) == 1, query
        assert texts(member(f"s{new_id().hex[-8:]}"), query) == []
    assert texts(chen, "湖西") == []


def test_what_is_edited_is_found_by_its_new_words_alone(mei, chen):
    said = say(mei, "plum blossom")
    actions.edit_moment(moment=said, author=mei, text="cherry blossom", now=NOON)
    assert texts(chen, "plum") == []
    assert texts(chen, "cherry") == ["cherry blossom"]


def test_what_is_deleted_narrowed_hidden_blocked_or_parted_from_is_gone_at_once(mei, chen):
    for end in (
        lambda said: actions.delete_moment(moment=said, author=mei, now=NOON),
        lambda said: actions.narrow(
            moment=said, author=mei, audience=Audience(AudienceKind.ONLY_ME), now=NOON
        ),
    ):
        said = say(mei, "plum blossom")
        assert texts(chen, "plum") == ["plum blossom"]
        end(said)
        assert texts(chen, "plum") == []
    say(mei, "plum blossom")
    actions.hide_mine(owner=mei, friend=chen.id, on=True, now=NOON)
    assert texts(chen, "plum") == []
    actions.hide_mine(owner=mei, friend=chen.id, on=False, now=NOON)
    actions.block(owner=mei, other=chen, now=NOON)
    assert texts(chen, "plum") == []
    actions.unblock(owner=mei, other=chen, now=NOON)
    assert texts(chen, "plum") == ["plum blossom"]
    actions.unfriend(member=chen, friend=mei, now=NOON)
    assert texts(chen, "plum") == []


def test_nothing_of_a_deleted_moment_stays_to_be_found(mei):
    said = say(mei, "plum blossom")
    actions.delete_moment(moment=said, author=mei, now=NOON)
    assert not MomentWords.objects.filter(moment=said).exists()


def test_pages_neither_repeat_nor_skip_and_hidden_moments_shorten_none(mei, chen):
    for n in range(30):
        # Pairs at one instant: the id decides between them.
        say(mei, f"plum {n}", now=NOON - timedelta(minutes=n // 2))
        hidden = Audience(AudienceKind.ONLY_ME)
        say(mei, f"plum hidden {n}", now=NOON - timedelta(minutes=n // 2), audience=hidden)
    seen, before = [], None
    for _page in range(4):
        page = search.moments(chen.id, parse("plum"), now=NOON, before=before, limit=8)
        seen += page
        before = (page[-1].published_at, page[-1].id)
        assert len(page) == (8 if len(seen) < 30 else 6)
        say(mei, "plum in between", now=NOON)
    assert sorted(card.text for card in seen) == sorted(f"plum {n}" for n in range(30))
    order = [(card.published_at, card.id) for card in seen]
    assert order == sorted(order, reverse=True)


def test_as_many_statements_for_three_hits_as_for_thirty(mei, chen):
    counts = []
    for wanted in (3, 30):
        while len(texts(chen, "plum", limit=50)) < wanted:
            say(mei, "plum blossom")
        with CaptureQueriesContext(connection) as asked:
            texts(chen, "plum", limit=50)
        counts.append(len(asked))
    assert counts == [1, 1]


def names(found):
    return [one.person.name for one in found]


def test_a_friend_is_found_by_name_handle_nickname_and_note_of_ones_own(mei, chen):
    actions.set_nickname(owner=mei, friend=chen.id, nickname="老陈")
    actions.set_note(owner=mei, friend=chen.id, note="met at the kiln")
    for query in ("chen", "Bo", "老陈", "陈", "kiln", "met ki", "@chen"):
        assert names(search.friends(mei.id, parse(query))) == ["老陈"], query
    (found,) = search.friends(mei.id, parse("陈"))
    assert (found.own_name, found.note) == ("Chen Bo", "met at the kiln")


def test_nobody_finds_by_the_names_and_notes_of_others(mei, chen):
    actions.set_nickname(owner=mei, friend=chen.id, nickname="老陈")
    actions.set_note(owner=mei, friend=chen.id, note="met at the kiln")
    wen = member("wen")
    befriend(wen, chen)
    befriend(wen, mei)
    for viewer in (wen, chen):
        for query in ("老陈", "kiln"):
            assert search.friends(viewer.id, parse(query)) == []
            assert search.namesakes(viewer.id, parse(query)) == []


def test_strangers_are_found_by_the_whole_name_if_they_let_it(mei):
    far = member("far", display_name="José López")
    for query in ("José López", "jose  LOPEZ"):
        assert names(search.namesakes(mei.id, parse(query))) == ["José López"]
    for query in ("José", "jose lope", "far", "jose lopez x"):
        assert search.namesakes(mei.id, parse(query)) == []
    people.be_found_by_name(member=far, on=False, now=NOON)
    assert search.namesakes(mei.id, parse("José López")) == []
    people.be_found_by_name(member=far, on=True, now=NOON)
    people.edit(member=far, display_name="Pepe", now=NOON)
    assert search.namesakes(mei.id, parse("José López")) == []
    assert names(search.namesakes(mei.id, parse("pepe"))) == ["Pepe"]


@pytest.mark.parametrize("blocks", ["the viewer", "the other"])
def test_a_blocked_pair_never_finds_each_other_by_name(mei, blocks):
    far = member("far", display_name="Far Away")
    owner, other = (mei, far) if blocks == "the viewer" else (far, mei)
    actions.block(owner=owner, other=other, now=NOON)
    assert search.namesakes(mei.id, parse("Far Away")) == []
    assert search.namesakes(far.id, parse("Mei Lin")) == []


def test_a_friends_block_does_not_show_and_ones_own_hides(mei, chen):
    actions.block(owner=chen, other=mei, now=NOON)
    assert names(search.friends(mei.id, parse("chen"))) == ["Chen Bo"]
    assert search.friends(chen.id, parse("mei")) == []


def test_rebuilding_finds_again_what_was_lost_and_forgets_what_is_gone(mei, chen):
    kept, gone = say(mei, "plum blossom"), say(mei, "plum cake")
    MomentWords.objects.filter(moment=kept).update(words="'wrong':1")
    type(gone).objects.filter(id=gone.id).update(state="deleted")
    told = []
    assert actions.rebuild_words(progress=lambda done, of: told.append((done, of))) == 1
    assert told == [(1, 1)]
    assert texts(chen, "plum") == ["plum blossom"]
    assert not MomentWords.objects.filter(moment=gone).exists()


def test_the_migration_lets_what_stands_be_found(mei, chen):
    say(mei, "plum blossom")
    MomentWords.objects.all().delete()
    import_module("goodword.circle.migrations.0005_words").fill(apps, None)
    assert texts(chen, "plum") == ["plum blossom"]
