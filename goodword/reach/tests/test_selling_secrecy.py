"""She never learns who turned her down: every page and every answer is the same to the byte."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions as circle
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, befriend, member
from goodword.kit import clock
from goodword.notices import actions as notices
from goodword.people import actions as people
from goodword.reach import queries as timelines
from goodword.reach.models import Impression
from goodword.reach.pacing import actions as pacing
from goodword.reach.selling import actions
from goodword.reach.tests.test_pace import HOUR, MINUTE, cards, lin, live, reader  # noqa: F401
from goodword.reach.tests.test_selling import WEEKS, circle_of, reads, run, storm
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# What a page draws anew at each look, of anybody's.
MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')

# Where a mute leaves no trace either. A block may: she meets that friend nowhere any more.
AROUND = ("/", "/?show=market", "/notices", "/friends")

# What Lin shows later is made in each of the worlds, so it has other ids there.
NAMED = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture
def world(reader, lin):  # noqa: F811
    """Lin has eleven friends more, Chen sells to the reader too, and to eight whom Lin does not
    know; all have read for weeks."""
    friends = circle_of(lin, 11)
    chen = member("chen")
    town.open_shop(chen)
    befriend(chen, reader)
    reads([*friends[:7], reader], since=NOON - WEEKS, until=NOON)
    live(lin, NOON - HOUR, 9)
    storm(chen, 2, now=NOON - MINUTE)
    made = storm(lin, 6)
    notices.read_all(owner=lin.id, now=NOON)  # which a block takes back
    _token, secret = people.issue_token(owner=lin, name="phone", now=NOON)
    return {"lin": lin, "reader": reader, "friends": friends, "made": made, "secret": secret}


def goes_on(world):
    """Eight days: everybody comes back, the nights are counted, Lin shows one thing more."""
    for day in range(8):
        now = NOON + day * DAY
        with clock.at(now + HOUR):
            timelines.timeline(world["reader"].id, now=now + HOUR)
        reads(world["friends"][:7], since=now, until=now + DAY)
        actions.start_settling(now=now + 16 * HOUR)
        run(now + 16 * HOUR)
        if day == 2:
            storm(world["lin"], 1, now=now + 18 * HOUR)


def answers(world):
    """Everything that Lin can read of her market, in both forms."""
    page, program = Client(), Client(headers={"Authorization": f"Bearer {world['secret']}"})
    listing = world["made"][0].listing
    with clock.at(NOON + 8 * DAY):
        page.force_login(world["lin"])
        pages = [
            page.get(f"/me/market/{name}")
            for name in (
                "schedule",
                "results",
                f"forecast/{listing}",
                f"forecast/{listing}?audience=except&people={world['reader'].id}",
            )
        ]
        pages += [page.get(f"/moments/{one.id}") for one in world["made"]]
        pages += [
            program.get(f"/api/v1/me/market/{name}")
            for name in ("schedule", "results", f"forecast/{listing}")
        ]
        pages += [page.get(path) for path in AROUND]
    assert {answer.status_code for answer in pages} == {200}
    return [
        (NAMED.sub(b"", MASKED.sub(b"", answer.content)), sorted(answer.headers.items()))
        for answer in pages
    ]


def dial(market):
    def turn(world):
        circle.set_dials(owner=world["reader"], friend=world["lin"].id, life=True, market=market)

    return turn


def dismiss(world):
    (card,) = cards(timelines.timeline(world["reader"].id, now=NOON))[:1]
    pacing.dismiss(reader=world["reader"].id, moment=card.card.id, now=NOON)


WAYS = {
    "off": dial(MarketDial.OFF),
    "digest": dial(MarketDial.DIGEST),
    "none of any market": lambda world: pacing.set_share(reader=world["reader"].id, every=0),
    "snooze": lambda world: circle.snooze(
        owner=world["reader"], friend=world["lin"].id, on=True, now=NOON
    ),
    "not this": dismiss,
    "block": lambda world: circle.block(owner=world["reader"], other=world["lin"], now=NOON),
}


@contextmanager
def undone():
    """A world that is forgotten afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_who_turns_her_down_changes_nothing_that_she_can_read(
    world, django_capture_on_commit_callbacks
):
    committed = django_capture_on_commit_callbacks
    with undone():
        goes_on(world)
        usual = answers(world)
        met = Impression.objects.filter(reader=world["reader"], seller=world["lin"].id).count()
    assert met > 0
    assert b"to 15 people" in usual[1][0]
    for way, turn in WAYS.items():
        with undone():
            with CaptureQueriesContext(connection) as asked, committed(execute=True):
                turn(world)
                run(NOON)
            heard = any("pg_notify" in one["sql"] for one in asked)
            assert heard == (way == "block"), way  # of a mute no open page hears
            assert mail.outbox == [], way
            goes_on(world)
            told = answers(world)
            less = Impression.objects.filter(reader=world["reader"], seller=world["lin"].id)
            if way != "not this":
                assert less.count() == 0, way
        same = -len(AROUND) if way == "block" else len(usual)
        assert told[:same] == usual[:same], way
