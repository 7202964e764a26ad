"""A part of the town, played for real: nothing is refused, the books balance."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from goodword.care.models import Case, Juror
from goodword.circle.models import Comment, Friendship, Group, Like, Moment, MomentPicture, Voice
from goodword.journal.models import Entry
from goodword.kit import blobs, clock
from goodword.money import queries as money
from goodword.notices.models import Notice
from goodword.ops.demo import cast
from goodword.ops.demo.build.building import build
from goodword.ops.demo.build.part import part
from goodword.ops.demo.build.script import Writer
from goodword.ops.demo.town import TOWN
from goodword.ops.doctor.looks import House, examine
from goodword.orders.models import OrderLine, Timer
from goodword.people.models import Member
from goodword.reach import queries as reach
from goodword.shop.models import Evidence, Listing, Quote, Shop

from .houses import drawn_small, forget_everything

# A part keeps the last moments, so that those that are spoken are among them.
LAST = tuple(sorted(TOWN.life, key=lambda life: life.voice is not None))
pytestmark = pytest.mark.django_db
SMALL = part(replace(TOWN, life=LAST), people=16, moments=6, listings=10)
NOT_THE_TOWNS = {"durability"}  # the test cluster's own


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """Built once for the module, and really committed."""
    with django_db_blocker.unblock():
        try:
            with drawn_small():
                built = build(SMALL, language="en", now=clock.now())
            yield built
        finally:
            forget_everything()


def test_the_script_runs_forward_and_ends_before_now():
    now = clock.now()
    beats = Writer(TOWN, now).beats()
    times = [beat.at for beat in beats]
    assert times == sorted(times)
    assert times[-1] < now
    assert times[0] < now - timedelta(days=300)
    acts = Counter(beat.act for beat in beats)
    assert acts["join"] == len(TOWN.people)
    assert acts["accept"] == len(TOWN.ties)
    assert acts["buy"] == len(TOWN.orders)
    assert acts["follow"] == len(TOWN.follows) > 10
    assert acts["plan"] == len(TOWN.plans) > 1
    assert acts["look_in"] >= 35  # days: five weeks of reading make a forecast
    assert acts["browse"] > 20


def test_the_same_day_gives_the_same_script():
    now = clock.now()
    assert Writer(TOWN, now).beats() == Writer(TOWN, now).beats()


def test_a_part_of_the_town_is_lived_in(town):
    assert Member.objects.count() == len(SMALL.people) == 16
    assert all(member.avatar_version for member in Member.objects.all())
    assert Friendship.objects.count() == 2 * len(SMALL.ties)
    assert Group.objects.count() == len(SMALL.groups)
    assert Shop.objects.count() == len(SMALL.shops)
    assert Listing.objects.filter(state="active").count() == 10
    assert Moment.objects.filter(face="life").count() == 6
    assert Moment.objects.filter(face="market").count() == len(SMALL.market) > 0
    assert min(Like.objects.count(), Comment.objects.count(), Evidence.objects.count()) > 0
    assert Notice.objects.filter(read_at=None).exists()
    assert Notice.objects.exclude(read_at=None).exists()
    for picture in MomentPicture.objects.all():
        assert picture.alt
        blobs.store().open(picture.key + ".thumb.webp").close()
    assert Voice.objects.count() == len([life for life in SMALL.life if life.voice]) > 0
    for voice in Voice.objects.all():
        blobs.store().open(voice.key + ".m4a").close()

    reader = Member.objects.get(handle=TOWN.reader)
    page = reach.timeline(reader.id, now=clock.now())
    assert {item.card.face for item in page.cards} == {"life", "market"}

    assert cast.cast()[0] == reader
    assert town.built_at


def test_its_orders_came_as_far_as_the_town_says_and_the_books_balance(town):
    reached = Counter(OrderLine.objects.values_list("state", flat=True))
    meant = Counter(came_to(order) for order in SMALL.orders for _line in order.lines)
    assert reached == meant
    assert len(meant) >= 4
    assert money.trial_balance()
    assert all(line.difference == 0 for line in money.trial_balance())
    assert Timer.objects.filter(rang=True).exists()
    assert not Timer.objects.filter(done_at=None, due_at__lt=clock.now()).exists()
    latest = Entry.objects.latest("at").at
    assert latest <= clock.now()


def came_to(order):
    """Where the clocks and the two sides led an order that simply arrived, or was handed over."""
    if order.state == "arrived":
        return "refunded" if order.case.turns[-1].verb == "confirm_back" else "received"
    return "received" if order.state == "met" else order.state


def test_cases_and_quotes_stand_where_somebody_can_look_at_them(town):
    assert set(Case.objects.values_list("state", flat=True)) == {"refunded", "panel"}
    assert Juror.objects.count() == 7
    assert sorted(Quote.objects.values_list("state", flat=True)) == ["answered", "asked"]


def test_the_doctor_finds_nothing(town, tmp_path):
    house = House(data=tmp_path, now=clock.now(), is_up=True, embedded=True)
    assert {one.name for one in examine(house) if one.ok is not True} <= NOT_THE_TOWNS
