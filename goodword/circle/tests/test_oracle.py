"""The brute force beside the SQL: random worlds, every viewer, every moment, every surface."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.circle import cards, queries, rules, search
from goodword.circle.actions import words
from goodword.circle.models import (
    Block,
    Comment,
    Friendship,
    Group,
    Like,
    LinkCard,
    LinkPicture,
    Moment,
    MomentPicture,
    Settings,
    Voice,
)
from goodword.circle.states import AudienceKind, Face, MarketDial, MomentState, Surface
from goodword.circle.visibility import BROWSED, DIGESTED, VISIBLE, WISHED, named
from goodword.kit.ids import new_id
from goodword.kit.search import parse
from goodword.people.models import Member

from .worlds import NOON, member

pytestmark = pytest.mark.django_db
PEOPLE = 6
DEEP = bool(os.environ.get("GOODWORD_DEEP"))
# With those of `reach`: 20,000 answers in each run, 1,000,000 in a long one.
WORLDS, LEAST = (2_700, 850_000) if DEEP else (45, 15_000)
FILED, EDGES = 1, 6  # of each world, those that are asked for one by one

flags = st.booleans()
ages = st.sampled_from([timedelta(hours=h) for h in (-1, 0, 1, 71, 72, 73, 24 * 40)])
edges = st.fixed_dictionaries(
    {
        "life": flags,
        "market": st.sampled_from([dial.value for dial in MarketDial]),
        "snoozed": st.sampled_from([None, timedelta(hours=-1), timedelta(hours=1)]),
        "hides_mine": st.sampled_from([False, False, False, True]),
        "groups": st.sets(st.integers(0, 1)),
        "former": st.sampled_from([set(), set(), {0}, {1}]),
    }
)
pairs = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)).filter(
    lambda pair: pair[0] != pair[1]
)
moments = st.fixed_dictionaries(
    {
        "author": st.integers(0, PEOPLE - 1),
        "face": st.sampled_from([face.value for face in Face]),
        "kind": st.sampled_from([kind.value for kind in AudienceKind]),
        "groups": st.sets(st.integers(0, 1)),
        "people": st.sets(st.integers(0, PEOPLE - 1), max_size=3),
        "state": st.sampled_from([*["published"] * 5, "deleted"]),
        "age": ages,
        "file": st.sampled_from(range(3)),
    }
)
worlds = st.fixed_dictionaries(
    {
        "friends": st.dictionaries(
            pairs.map(lambda p: tuple(sorted(p))), st.tuples(edges, edges), min_size=4
        ),
        "blocks": st.sets(pairs, max_size=2),
        "windows": st.dictionaries(
            st.integers(0, PEOPLE - 1), st.sampled_from([timedelta(days=3), timedelta(days=30)])
        ),
        "moments": st.lists(moments, min_size=6, max_size=14),
        "voices": st.lists(
            st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 13), flags), max_size=20
        ),
    }
)


@pytest.fixture(scope="module")
def asked():
    """How many (viewer, thing, surface) answers were held against each other."""
    count = {"answers": 0}
    yield count
    assert count["answers"] >= LEAST


def no_picture():
    """A picture's row without a file; whether it is served is asked, not what."""
    plain = {"width": 1, "height": 1, "colour": "#000000", "sha256": b"", "dhash": 0}
    return {"key": new_id().hex, "total_bytes": 1, **plain}


def no_sound():
    plain = {"duration": timedelta(seconds=1), "peaks": b"", "sha256": b""}
    return {"key": new_id().hex, "total_bytes": 1, **plain}


def picture_of(moment):
    return MomentPicture.objects.create(moment=moment, author=moment.author, **no_picture())


def voice_of(moment):
    return Voice.objects.create(moment=moment, author=moment.author, **no_sound())


def picture_of_link(moment):
    said = {"url": "http://a.example", "goal": "http://a.example", "title": "A", "state": "shown"}
    card = LinkCard.objects.create(moment=moment, author=moment.author, **said)
    return LinkPicture.objects.create(card=card, author=moment.author, **no_picture())


FILES = (
    (picture_of, queries.picture),
    (voice_of, queries.voice),
    (picture_of_link, queries.picture),
)


class World:
    """A drawn world in the database and, beside it, as plain Python for the oracle."""

    def __init__(self, drawn, people):
        self.people = people
        self.groups = {}
        for person in people:
            made = [Group(owner=person, name=str(n)) for n in range(2)]
            self.groups[person.id] = [group.id for group in Group.objects.bulk_create(made)]
        self.friends, self.rows = {}, []
        for (one, other), (left, right) in drawn["friends"].items():
            self.edge(people[one], people[other], left)
            self.edge(people[other], people[one], right)
        Friendship.objects.bulk_create(self.rows)
        self.blocks = {(people[a].id, people[b].id) for a, b in drawn["blocks"]}
        Block.objects.bulk_create(
            Block(owner_id=a, blocked_id=b, since=NOON) for a, b in self.blocks
        )
        self.windows = {people[n].id: window for n, window in drawn["windows"].items()}
        Settings.objects.bulk_create(
            Settings(owner_id=p, window=w) for p, w in self.windows.items()
        )
        self.moments = Moment.objects.bulk_create(map(self.moment, drawn["moments"]))
        words.keep(self.moments)
        for drawn_one, made in zip(drawn["moments"][:FILED], self.moments, strict=False):
            make, read = FILES[drawn_one["file"]]
            made.file = read, make(made).id
        self.voices = []
        for speaker, place, likes in drawn["voices"]:
            self.voice(people[speaker], self.moments[place % len(self.moments)], likes)

    def edge(self, owner, friend, drawn):
        snoozed = drawn["snoozed"] and NOON + drawn["snoozed"]
        values = {
            "groups": [self.groups[owner.id][n] for n in drawn["groups"]],
            "former_groups": [self.groups[owner.id][n] for n in drawn["former"]],
            "life": drawn["life"],
            "market": drawn["market"],
            "hides_mine": drawn["hides_mine"],
            "snoozed_until": snoozed,
        }
        row = Friendship(owner=owner, friend=friend, since=NOON, **values)
        self.rows.append(row)
        self.friends[owner.id, friend.id] = row.edge

    def moment(self, drawn):
        author = self.people[drawn["author"]]
        return Moment(
            author=author,
            face=drawn["face"],
            text="Tea 龙井",
            listing=new_id() if drawn["face"] == Face.MARKET else None,
            audience_kind=drawn["kind"],
            audience_groups=[self.groups[author.id][n] for n in drawn["groups"]],
            audience_people=[self.people[n].id for n in drawn["people"]],
            state=drawn["state"],
            published_at=NOON - drawn["age"],
            key=str(new_id()),
        )

    def voice(self, speaker, moment, likes):
        values = {"moment": moment, "author_id": moment.author_id, "member": speaker, "at": NOON}
        if likes:
            Like.objects.get_or_create(moment=moment, member=speaker, defaults=values)
        else:
            Comment.objects.create(text="…", **values)
        kind = "like" if likes else "comment"
        self.voices.append((speaker.id, moment.id, kind, len(self.voices)))

    def relation(self, viewer, author):
        return rules.Relation(
            same=viewer == author,
            authors_edge=self.friends.get((author, viewer)),
            viewers_edge=self.friends.get((viewer, author)),
            blocked=self.blocked(viewer, author),
            authors_window=self.windows.get(author),
        )

    def blocked(self, one, other):
        return (one, other) in self.blocks or (other, one) in self.blocks

    def appears(self, viewer, moment, surface):
        relation = self.relation(viewer, moment.author_id)
        seen = rules.may_see(
            viewer=viewer, relation=relation, audience=moment.audience, state=moment.state,
            published_at=moment.published_at, now=NOON,
        )  # fmt: skip
        wish = rules.wishes(relation=relation, face=moment.face, surface=surface, now=NOON)
        return seen and wish

    def counts(self, friend, moment):
        """Whether the author is told that the friend may see it: a friend's block tells nothing."""
        relation = replace(
            self.relation(friend, moment.author_id),
            blocked=(moment.author_id, friend) in self.blocks,
        )
        return rules.may_see(
            viewer=friend, relation=relation, audience=moment.audience, state=moment.state,
            published_at=moment.published_at, now=NOON,
        )  # fmt: skip

    def heard(self, viewer, moment, kind):
        """Whose likes or comments under the moment the viewer hears, by id."""
        friends = [friend for owner, friend in self.friends if owner == viewer]
        speakers = [v[0] for v in self.voices if v[1] == moment.id and v[2] == kind]
        if kind == "like":  # once for each member
            speakers = list(set(speakers))
        return sorted(
            speaker
            for speaker in speakers
            if rules.may_hear(
                viewer=viewer, speaker=speaker, author=moment.author_id,
                viewers_friends=friends, blocked=self.blocked(viewer, speaker),
            )
        )  # fmt: skip


def wished_by(viewer, wish):
    found = f"{named(VISIBLE, m='m')} AND {named(wish, m='m')}"
    sql = f"SELECT m.id FROM circle_moment m WHERE {found}"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"viewer": viewer, "now": NOON})
        return {row[0] for row in cursor.fetchall()}


def found_by(viewer):
    return {card.id for card in search.moments(viewer, parse("龙井 te"), now=NOON, limit=100)}


def every_card(viewer):
    sql = f"SELECT m.id FROM circle_moment m WHERE {named(VISIBLE, m='m')}"
    found = {card.id: card for card in cards.read(sql, {"now": NOON}, viewer=viewer)}
    cards.with_answers(list(found.values()), viewer=viewer)
    return found


def has_file(viewer, moment):
    """Whether the moment's file is served; which kind of file depends on the moment."""
    read, id_ = moment.file
    try:
        return bool(read(viewer, id_, now=NOON))
    except queries.MomentMissing:
        return False


@pytest.fixture
def people():
    return [member(f"villager{n}") for n in range(PEOPLE)]


@settings(
    max_examples=WORLDS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=worlds)
def test_sql_and_python_agree(drawn, people, asked):
    with transaction.atomic():
        compare(World(drawn, people), people, asked)
        transaction.set_rollback(True)


def compare(world, people, asked):
    for viewer in [person.id for person in people]:
        shown, browsed = wished_by(viewer, WISHED), wished_by(viewer, BROWSED)
        digested = wished_by(viewer, DIGESTED)
        found, searched = every_card(viewer), found_by(viewer)
        pages = {
            person.id: {c.id for c in queries.moments_of(viewer, person.id, now=NOON, limit=100)}
            for person in people
        }
        # What `can_view` filters by, for all moments at once; files ask `can_view` itself.
        viewable = set(Moment.objects.visible_to(viewer, now=NOON).values_list("id", flat=True))
        for moment in world.moments[:FILED]:
            assert has_file(viewer, moment) == world.appears(viewer, moment, Surface.MEDIA)
            asked["answers"] += 1
        for moment in world.moments:
            may = world.appears(viewer, moment, Surface.PERMALINK)
            assert (moment.id in shown) == world.appears(viewer, moment, Surface.TIMELINE)
            assert (moment.id in browsed) == world.appears(viewer, moment, Surface.MARKET)
            assert (moment.id in digested) == world.appears(viewer, moment, Surface.DIGEST)
            assert (moment.id in pages[moment.author_id]) == may
            assert (moment.id in found) == may
            assert (moment.id in searched) == world.appears(viewer, moment, Surface.SEARCH)
            assert (moment.id in viewable) == may
            asked["answers"] += 7
            if may:
                likes, comments = (world.heard(viewer, moment, one) for one in ("like", "comment"))
                card = found[moment.id]
                assert (card.likes, card.comments) == (len(likes), len(comments))
                assert sorted(person.id for person in card.likers) == likes
                assert sorted(answer.by.id for answer in card.answers) == comments
                asked["answers"] += 4
    for moment in world.moments:
        counted = queries.viewer_count(moment.author_id, moment.id, now=NOON)
        friends = [f for owner, f in world.friends if owner == moment.author_id]
        if moment.state == MomentState.PUBLISHED:
            expected = {friend for friend in friends if world.counts(friend, moment)}
            seen_by = queries.viewers(moment.author_id, moment.id, now=NOON)
            assert {person.id for person in seen_by} == expected
            assert counted == len(expected)
    for author, friend in list(world.friends)[:EDGES]:
        shown = {c.id for c in queries.shown_to(author, friend, now=NOON, limit=100)}
        for moment in world.moments:
            seen = moment.author_id == author and world.counts(friend, moment)
            assert (moment.id in shown) == seen
            asked["answers"] += 1
            if (author, friend) not in world.blocks | {(b, a) for a, b in world.blocks}:
                assert seen == (
                    moment.author_id == author and world.appears(friend, moment, Surface.PERMALINK)
                )
    assert Member.objects.count() >= PEOPLE
