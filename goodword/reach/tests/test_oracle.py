"""The brute force beside timeline and stream: random worlds that change under open pages."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.circle import cards
from goodword.circle.models import Block, Friendship
from goodword.circle.rules import may_hear
from goodword.circle.states import Face, MomentState, Surface
from goodword.circle.tests.test_oracle import PEOPLE, World, worlds
from goodword.circle.tests.worlds import NOON, member
from goodword.reach import actions, news, queries
from goodword.reach.cursor import LAST_ID
from goodword.reach.digests import queries as digests
from goodword.reach.states import Lens
from goodword.shop.models import Listing, Shop
from goodword.shop.states import ListingState

pytestmark = pytest.mark.django_db
DEEP = bool(os.environ.get("GOODWORD_DEEP"))
WORLDS, LEAST = (1_000, 200_000) if DEEP else (25, 6_000)
FUTURE = NOON + timedelta(days=1)
pair = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1))
changes = st.lists(
    st.tuples(st.sampled_from(["part", "block", "hide", "narrow", "delete", "withdraw"]), pair),
    max_size=3,
)
shops = st.fixed_dictionaries(
    {
        "public": st.booleans(),
        "states": st.lists(st.sampled_from(list(ListingState)), min_size=14, max_size=14),
    }
)


@pytest.fixture(scope="module")
def asked():
    """How many (viewer, thing, surface) answers were held against each other."""
    count = {"answers": 0}
    yield count
    assert count["answers"] >= LEAST


@pytest.fixture
def people():
    return [member(f"villager{n}") for n in range(PEOPLE)]


class Street(World):
    """A world whose market moments show listings of shops, and whose timelines were fanned out."""

    def __init__(self, drawn, shop, people):
        super().__init__(drawn, people)
        self.public = shop["public"]
        shops = {
            person.id: Shop(owner=person, name="Tea", public=self.public, opened_at=NOON)
            for person in people
        }
        Shop.objects.bulk_create(shops.values())
        self.listings = {}
        for moment, state in zip(self.moments, shop["states"], strict=False):
            if moment.face == Face.MARKET:
                self.listings[moment.listing] = state
        Listing.objects.bulk_create(
            Listing(
                id=moment.listing, seller_id=moment.author_id, shop=shops[moment.author_id],
                title="Cup", state=self.listings[moment.listing], currency="CNY",
                created_at=NOON, changed_at=NOON, listed_at=NOON,
                made_to_order=self.is_left(moment.listing),
                lead_days=7 if self.is_left(moment.listing) else 0,
            )
            for moment in self.moments if moment.listing
        )  # fmt: skip
        for person in people:
            actions.rebuild(reader=person.id)

    def change(self, kind, one, other):
        """What somebody does while pages are open; the timelines' rows stay as they are."""
        a, b = self.people[one].id, self.people[other].id
        moment = self.moments[(one * PEOPLE + other) % len(self.moments)]
        if kind == "part":
            pair = ((a, b), (b, a))
            for owner, friend in pair:
                Friendship.objects.filter(owner=owner, friend=friend).delete()
                self.friends.pop((owner, friend), None)
        elif kind == "block" and a != b:
            Block.objects.get_or_create(owner_id=a, blocked_id=b, defaults={"since": NOON})
            self.blocks.add((a, b))
        elif kind == "hide" and (a, b) in self.friends:
            Friendship.objects.filter(owner=a, friend=b).update(hides_mine=True)
            self.friends[a, b] = Friendship.objects.get(owner=a, friend=b).edge
        elif kind == "narrow":
            moment.audience_kind, moment.audience_groups = "chosen", []
            moment.audience_people = [b]
            moment.save()
        elif kind == "delete":
            moment.state = MomentState.DELETED
            moment.save()
        elif kind == "withdraw" and moment.listing:
            Listing.objects.filter(id=moment.listing).update(state=ListingState.DRAFT)
            self.listings[moment.listing] = ListingState.DRAFT

    def listed(self, viewer, moment):
        if moment.face == Face.LIFE or viewer == moment.author_id:
            return True
        known = self.public or (viewer, moment.author_id) in self.friends
        return (
            self.listings[moment.listing] != ListingState.DRAFT
            and known and not self.blocked(viewer, moment.author_id)
        )  # fmt: skip

    def is_left(self, listing):
        """The others have no variant, so they are sold out."""
        return listing.int % 3 > 0

    def there(self, viewer, moment, surface):
        if surface == Surface.DIGEST and moment.listing:
            is_active = self.listings[moment.listing] == ListingState.ACTIVE
            if not (is_active and self.is_left(moment.listing)):
                return False
        return self.appears(viewer, moment, surface) and self.listed(viewer, moment)

    def lost(self, viewer, moment):
        """Whether a deleted moment is taken from the viewer: it would be there."""
        if moment.state != MomentState.DELETED:
            return False
        moment.state = MomentState.PUBLISHED
        try:
            return self.there(viewer, moment, Surface.PERMALINK)
        finally:
            moment.state = MomentState.DELETED

    def hears(self, viewer, speaker, moment):
        friends = [friend for owner, friend in self.friends if owner == viewer]
        return self.there(viewer, moment, Surface.PERMALINK) and may_hear(
            viewer=viewer, speaker=speaker, author=moment.author_id, viewers_friends=friends,
            blocked=self.blocked(viewer, speaker),
        )  # fmt: skip


@settings(
    max_examples=WORLDS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=worlds, shop=shops, changed=changes)
def test_what_is_shown_and_told_is_what_may_be_known(drawn, shop, changed, people, asked):
    with transaction.atomic():
        street = Street(drawn, shop, people)
        for kind, (one, other) in changed:
            street.change(kind, one, other)
        read(street, asked)
        listen(street, asked)
        transaction.set_rollback(True)


def read(street, asked):
    for viewer in [person.id for person in street.people]:
        life = {
            item.card.id
            for item in queries.timeline(viewer, now=NOON, lens=Lens.LIFE, limit=100).cards
        }
        top = {"now": NOON, "market_at": FUTURE, "market_id": LAST_ID, "limit": 100}
        market = {card.id for card in cards.read(queries.MARKET, top, viewer=viewer)}
        these = {"now": NOON, "ids": [moment.id for moment in street.moments]}
        there = {card.id for card in cards.read(queries.THESE, these, viewer=viewer)}
        times = {"since": NOON - timedelta(days=99), "until": FUTURE, "now": NOON, "limit": 100}
        digested = {item.card.id for item in digests.between(viewer, **times)}
        for moment in street.moments:
            # Its author's own, of tomorrow, is hers to read but not yet in her timeline.
            lives = moment.face == Face.LIFE and moment.published_at <= NOON
            assert (moment.id in life) == (lives and street.there(viewer, moment, Surface.TIMELINE))
            sells = moment.face == Face.MARKET
            assert (moment.id in market) == (sells and street.there(viewer, moment, Surface.MARKET))
            assert (moment.id in there) == street.there(viewer, moment, Surface.PERMALINK)
            assert (moment.id in digested) == street.there(viewer, moment, Surface.DIGEST)
            asked["answers"] += 4


def listen(street, asked):
    """Every page is open; who is told of each moment, of each voice under it, and of its end?"""
    viewers = [person.id for person in street.people]
    for moment in street.moments:
        told = news.readers_of(moment.id, viewers, now=NOON)
        lost = news.losers_of(moment.id, viewers, now=NOON)
        speaker = viewers[moment.id.int % PEOPLE]
        heard = news.hearers_of([moment.id], speaker, viewers, now=NOON)
        for viewer in viewers:
            own = viewer == moment.author_id
            assert (viewer in told) == (not own and street.there(viewer, moment, Surface.STREAM))
            assert (viewer in lost) == street.lost(viewer, moment)
            assert (viewer in heard) == street.hears(viewer, speaker, moment)
            asked["answers"] += 3
