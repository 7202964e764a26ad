"""The market's manners on real rows, under storms of posts: what the house promises its readers."""

import itertools
import os
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodword.circle import actions as circle
from goodword.circle.models import Moment
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, befriend, member, moment
from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.reach import queries
from goodword.reach.digests import actions as digests
from goodword.reach.digests import queries as digested
from goodword.reach.interests import actions as interests
from goodword.reach.models import Entry, Impression, Lesson, Near
from goodword.reach.pacing import actions as pacing
from goodword.reach.states import Lens
from goodword.reach.targeting import actions as learning
from goodword.shop import actions as shop
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
EXAMPLES = 300 if os.environ.get("GOODWORD_DEEP") else 8
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SELLERS = ("operators", "lin", "wen", "bao", "daily")  # the operator's own shop is one of them

looks = st.lists(
    st.fixed_dictionaries(
        {
            "after": st.sampled_from([1, 40, 119, 121, 300, 900, 1500]),  # minutes
            "life": st.integers(0, 9),
            "storm": st.lists(st.tuples(st.sampled_from(SELLERS), st.integers(1, 6)), max_size=4),
            "pages": st.integers(1, 3),
            "limit": st.integers(4, 9),
            "sees": st.sampled_from(["page", "none", "half"]),  # "page": does not tell
        }
    ),
    min_size=2,
    max_size=6,
)


class Street:
    """A reader, a friend who lives, and sellers who post without restraint."""

    def __init__(self):
        self.reader, self.friend = member("reader"), member("friend")
        befriend(self.friend, self.reader)
        self.sellers = {name: member(name) for name in SELLERS}
        Member.objects.filter(id=self.sellers["operators"].id).update(is_operator=True)
        self.listings = {}
        for name, seller in self.sellers.items():
            befriend(seller, self.reader)
            town.open_shop(seller)
            self.listings[name] = [
                town.listing(seller, title, now=NOON - 30 * DAY) for title in ("Teapot", "Chair")
            ]
        daily = self.sellers["daily"].id
        circle.set_dials(owner=self.reader, friend=daily, life=True, market=MarketDial.DIGEST)
        interests.choose(member=self.reader.id, interests=["tea"], now=NOON)

    def post(self, author, at, listing=None):
        face = "market" if listing else "life"
        made = Moment(
            author=author, face=face, text="Rain." if face == "life" else "", published_at=at,
            audience_kind="everyone", state="published", key=str(new_id()),
            listing=listing.id if listing else None,
        )  # fmt: skip
        made.save(force_insert=True)
        Entry(
            reader_id=self.reader.id, face=face, published_at=at, moment=made.id, author=author.id
        ).save(force_insert=True)
        return made.id


def pages(viewer, now, *, count, limit, lens=Lens.ALL, tells=False):
    """So many pages one after another, as one list of cards."""
    found, after = [], ""
    for _page in range(count):
        page = queries.timeline(
            viewer.id, now=now, limit=limit, lens=lens, after=after, tells=tells
        )
        found += page.cards
        if page.next is None:
            break
        after = page.next
    return found


@pytest.fixture
def street(monkeypatch):
    monkeypatch.setattr(digested, "AT_MOST", 500)  # what is beyond it is in the market
    return Street()


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=looks)
def test_whatever_is_posted_the_reader_keeps_life_and_loses_nothing(street, drawn):
    with transaction.atomic():
        live_through(street, drawn)
        transaction.set_rollback(True)


def live_through(street, drawn):
    now, reader = NOON, street.reader
    offered, daily, seen, behind = set(), set(), {}, set()
    for look in drawn:
        before, now = now, now + look["after"] * MINUTE
        for n in range(look["life"]):
            street.post(street.friend, before + (now - before) * (n + 1) / 10)
        for name, count in look["storm"]:
            for n in range(count):
                listing = street.listings[name][n % 2]
                made = street.post(street.sellers[name], now - n * timedelta(seconds=1), listing)
                (daily if name == "daily" else offered).add(made)
        tells = look["sees"] != "page"
        cards = pages(reader, now, count=look["pages"], limit=look["limit"], tells=tells)
        check_page(street, cards, now)
        tell(reader, cards, now, half=look["sees"] == "half")
        keep_seen(reader, cards, now, seen, behind)
    times = {}
    for seller, at in seen.values():
        times.setdefault(seller, []).append(at)
    for at in times.values():
        assert all(later - sooner >= 2 * HOUR for sooner, later in itertools.pairwise(at))
        assert all(sum(day <= one < day + DAY for one in at) <= 3 for day in at)
    check_nothing_lost(street, now, offered, daily, set(seen) | behind)


def tell(reader, cards, now, *, half):
    """What came before the reader's eyes: half of what lay on the last page, or nothing of it."""
    fresh = [item.card.id for item in cards if item.unseen]
    pacing.see(reader=reader.id, moments=fresh[: len(fresh) // 2 if half else 0], now=now)


def keep_seen(reader, cards, now, seen, behind):
    """Which cards count as seen from now, whose they are, and what was counted behind them."""
    rows = Impression.objects.filter(reader=reader).exclude(seen_at=None)
    for row in rows.exclude(moment__in=seen):
        assert row.seen_at == now
        seen[row.moment] = (row.seller, now)
        behind.update(row.rest)
        assert not seen.keys() & set(row.rest)  # nothing has two turns
    lie = {item.card.id: item.folded for item in cards if item.card.face == "market"}
    assert all(set(row.rest) == set(lie.get(row.moment, row.rest)) for row in rows)


def check_page(street, cards, now):
    reader = street.reader
    life = [item.card.id for item in cards if item.card.face == "life"]
    alone = pages(reader, now, count=9, limit=60, lens=Lens.LIFE)
    assert life == [item.card.id for item in alone][: len(life)]
    marks = [item.card.face == "market" for item in cards]
    assert all(sum(marks[n : n + 5]) <= 1 for n in range(len(marks)))
    new = [item.card.author.id for item in cards if item.unseen]
    assert len(new) == len(set(new))
    for item in cards:
        if item.card.face == "life":
            continue
        ids = [item.card.id, *item.folded]
        opened = [one.card for one in queries.opened_fold(reader.id, item.card.id, now=now)]
        assert sorted(one.id for one in opened) == sorted(ids)
        assert {one.author.id for one in opened} == {item.card.author.id}
        assert item.reason in ("", "You like tea")


def check_nothing_lost(street, now, offered, daily, shown):
    """A week later each offer was in the circle, in a fold or in one digest, and all that time in
    the market."""
    reader, found = street.reader, []
    for day in range(9):
        at = now + day * DAY
        if digests.make(reader=reader.id, now=at):
            opened = digested.opened(reader.id, digested.latest(reader.id).id, now=at)
            assert not opened.more
            assert {item.card.author.id for item in opened.cards} <= {street.sellers["daily"].id}
            found += [item.card.id for item in (*opened.cards, *opened.in_vain)]
    assert len(found) == len(set(found))
    assert set(found).isdisjoint(shown)
    assert shown | set(found) == offered | daily
    market = pages(reader, now, count=9, limit=60, lens=Lens.MARKET)
    assert {item.card.id for item in market} == offered | daily


def test_a_reader_who_wants_none_has_nothing_of_it_in_a_digest(street):
    lin, reader = street.sellers["lin"], street.reader
    made = street.post(lin, NOON, street.listings["lin"][0])
    week = NOON + 7 * DAY
    pacing.set_share(reader=reader.id, every=0)
    assert digests.make(reader=reader.id, now=week + HOUR) is None
    assert reader.id not in digested.due(week.date(), now=week + HOUR)
    pacing.set_share(reader=reader.id, every=None)
    assert reader.id in digested.due(week.date(), now=week + HOUR)
    kept = digests.make(reader=reader.id, now=week + HOUR)
    assert ids_of(reader, kept, week) == [made]
    for dial in (MarketDial.OFF, MarketDial.DIGEST):
        circle.set_dials(owner=reader, friend=lin.id, life=True, market=dial)
        assert ids_of(reader, kept, week) == []


def ids_of(reader, digest, now):
    return [item.card.id for item in digested.opened(reader.id, digest.id, now=now).in_vain]


def likes_and_waves_away(reader, lin, made):
    interests.choose(member=reader.id, interests=["tea", "furniture"], now=NOON)
    pacing.open_card(reader=reader.id, moment=made, now=NOON)
    pacing.dismiss(reader=reader.id, moment=made, now=NOON)


def wants_none_and_one_in_a_digest(reader, lin, made):
    pacing.set_share(reader=reader.id, every=0)
    circle.set_dials(owner=reader, friend=lin.id, life=True, market=MarketDial.DIGEST)


def mutes_and_takes_back(reader, lin, made):
    circle.set_dials(owner=reader, friend=lin.id, life=True, market=MarketDial.OFF)
    circle.snooze(owner=reader, friend=lin.id, on=True, now=NOON)
    interests.forget(member=reader.id, now=NOON)


def test_no_byte_tells_a_seller_or_a_friend_what_a_reader_wants(street):
    """Everybody learns and likes something; then one reader decides, step by step."""
    reader, lin, friend = street.reader, street.sellers["lin"], street.friend
    befriend(lin, friend)
    moment(reader, "Rain.")
    listing = street.listings["lin"][0]
    made = shop.show(seller=lin, listing=listing.id, text="", key="a", now=NOON)
    for one in (reader, lin, friend):
        learning.agree(member=one.id, now=NOON)
        if one is not reader:
            interests.choose(member=one.id, interests=["tea"], now=NOON)
    jobs.run_due(clock.now() + DAY)
    queries.timeline(reader.id, now=NOON)
    circle.like(moment=made, member=reader, now=NOON)
    bag = street.listings["lin"][1].id
    Near.objects.create(listing=bag, other=listing.id, weight=1.0, rest=1.0, people=9)
    weights = {"person": 0.4, "friends": 0.1, "crowd": 0.01, "said": 0.1}
    Lesson.objects.create(taught_at=NOON, people=3, listings=2, **weights)
    eyes = [Eyes(lin, made.id, listing), Eyes(friend, made.id, listing)]
    with clock.at(NOON + HOUR):
        before = [one.everything() for one in eyes]
        assert sum(status == 200 for one in before for status, *_rest in one.values()) > 25
        for decide in (likes_and_waves_away, wants_none_and_one_in_a_digest, mutes_and_takes_back):
            decide(reader, lin, made.id)
            jobs.run_due(clock.now() + DAY)
            for one, answers in zip(eyes, before, strict=True):
                for path, answer in one.everything().items():
                    assert answer == answers[path], (decide.__name__, path)


class Eyes:
    """All that a member can read that might tell."""

    def __init__(self, viewer, moment_id, listing):
        self.paths = (
            "/", "/?show=market", f"/moments/{moment_id}", f"/moments/{moment_id}/why",
            f"/listings/{listing.id}", f"/shops/{listing.shop_id}", "/me/learning", "/notices",
            "/shop", "/digests", "/api/v1/timeline", "/api/v1/market/suggestions",
            "/api/v1/friends", f"/api/v1/listings/{listing.id}",
        )  # fmt: skip
        self.browser = Client()
        self.browser.force_login(viewer)
        _row, secret = people.issue_token(owner=viewer, name="eyes", now=NOON)
        self.program = Client(headers={"Authorization": f"Bearer {secret}"})

    def everything(self):
        return {path: self.answer(path) for path in self.paths}

    def answer(self, path):
        found = (self.program if path.startswith("/api/") else self.browser).get(path)
        return found.status_code, PER_FORM.sub(b"", found.content), sorted(found.headers.items())


PER_FORM = re.compile(rb'name="(csrfmiddlewaretoken|key)" value="[^"]*"')
