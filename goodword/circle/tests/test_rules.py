from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product

import pytest

from goodword.circle import rules
from goodword.circle.rules import Audience, Edge, Relation
from goodword.circle.states import AudienceKind, Face, MarketDial, Surface
from goodword.kit.ids import new_id

from .worlds import NOON

VIEWER, OTHER, FAMILY, WORK = new_id(), new_id(), new_id(), new_id()
FRIEND = Relation(authors_edge=Edge(groups=frozenset({FAMILY})), viewers_edge=Edge())


def sees(relation=FRIEND, audience=rules.EVERYONE, *, state="published", age=timedelta(0)):
    return rules.may_see(
        viewer=VIEWER, relation=relation, audience=audience, state=state,
        published_at=NOON - age, now=NOON,
    )  # fmt: skip


def test_a_friend_sees_and_a_stranger_does_not():
    assert sees()
    assert not sees(Relation())


def test_an_unknown_audience_is_hidden():
    assert not sees(audience=Audience("neighbours"))


def test_deny_beats_allow():
    named_and_blocked = replace(FRIEND, blocked=True)
    hidden_from = replace(FRIEND, authors_edge=Edge(hides_mine=True))
    named = Audience(AudienceKind.CHOSEN, people=(VIEWER,))
    assert sees(audience=named)
    assert not sees(named_and_blocked, named)
    assert not sees(hidden_from, named)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("", False),
        ("a" * 480, False),
        ("a" * 481, True),
        ("茶" * 240, False),
        ("茶" * 241, True),
        ("\n" * 11, False),
        ("\n" * 12, True),
    ],
)
def test_a_text_is_long_by_the_room_it_takes(text, long):
    assert rules.reads_long(text) == long


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        (Audience(AudienceKind.CHOSEN, groups=(FAMILY,)), True),
        (Audience(AudienceKind.CHOSEN, groups=(WORK,)), False),
        (Audience(AudienceKind.CHOSEN, people=(VIEWER,)), True),
        (Audience(AudienceKind.CHOSEN), False),
        (Audience(AudienceKind.EXCEPT, groups=(FAMILY,)), False),
        (Audience(AudienceKind.EXCEPT, groups=(WORK,)), True),
        (Audience(AudienceKind.EXCEPT, people=(VIEWER,)), False),
        (Audience(AudienceKind.EXCEPT), True),
        (rules.ONLY_ME, False),
    ],
)
def test_who_is_named_by_an_audience(audience, seen):
    assert sees(audience=audience) is seen


def test_the_window_hides_what_is_older_than_it_exactly():
    windowed = replace(FRIEND, authors_window=timedelta(days=3))
    assert sees(windowed, age=timedelta(days=3))
    assert not sees(windowed, age=timedelta(days=3, microseconds=1))
    assert sees(replace(windowed, same=True), age=timedelta(days=300))


def test_a_deleted_moment_is_gone_for_its_author_too():
    assert not sees(Relation(same=True), state="deleted")


def wish(edge, face=Face.LIFE, surface=Surface.TIMELINE):
    relation = Relation(authors_edge=Edge(), viewers_edge=edge)
    return rules.wishes(relation=relation, face=face, surface=surface, now=NOON)


def test_muting_the_market_leaves_life_and_the_other_way_round():
    no_market, no_life = Edge(market=MarketDial.OFF), Edge(life=False)
    assert (wish(no_market), wish(no_market, Face.MARKET)) == (True, False)
    assert (wish(no_life), wish(no_life, Face.MARKET)) == (False, True)
    assert not wish(Edge(market=MarketDial.DIGEST), Face.MARKET)


def test_a_snooze_ends_on_time_and_does_not_close_the_profile():
    snoozed = Edge(snoozed_until=NOON + timedelta(seconds=1))
    assert not wish(snoozed)
    assert wish(snoozed, surface=Surface.PROFILE)
    assert wish(Edge(snoozed_until=NOON))


def test_only_friends_of_the_viewer_are_heard():
    def hears(viewer=VIEWER, friends=(), blocked=False):
        return rules.may_hear(
            viewer=viewer, speaker=OTHER, author=WORK, viewers_friends=friends, blocked=blocked
        )

    assert not hears()
    assert hears(friends=[OTHER])
    assert not hears(friends=[OTHER], blocked=True)
    assert hears(viewer=WORK)  # the author
    assert hears(viewer=OTHER, blocked=True)  # oneself


GROUPS, PEOPLE = [new_id() for _ in range(2)], [new_id() for _ in range(2)]


def some_of(ids):
    return [few for count in range(len(ids) + 1) for few in combinations(ids, count)]


AUDIENCES = [Audience(*each) for each in product(AudienceKind, some_of(GROUPS), some_of(PEOPLE))]


def test_a_narrower_audience_never_shows_a_moment_to_somebody_new():
    """Every audience of two groups and two people, and everybody who may be in the groups."""

    def seen(audience, who, inside):
        relation = Relation(authors_edge=Edge(groups=frozenset(inside)), viewers_edge=Edge())
        return rules.may_see(
            viewer=who, relation=relation, audience=audience, state="published",
            published_at=NOON, now=NOON,
        )  # fmt: skip

    narrower = [pair for pair in product(AUDIENCES, AUDIENCES) if rules.narrows(*pair)]
    assert len(narrower) > 1000
    for (old, new), who, inside in product(narrower, PEOPLE, some_of(GROUPS)):
        assert seen(old, who, inside) or not seen(new, who, inside), (old, new)
