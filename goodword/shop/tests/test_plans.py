"""Chosen times: listings go on sale and off it by themselves, and the rule is asked again then."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goodword.kit import clock, jobs
from goodword.kit.errors import NotFound
from goodword.notices.models import Notice
from goodword.shop import actions, mine, plans, rules
from goodword.shop.actions import BadPlan
from goodword.shop.models import Listing, ListingTimer
from goodword.shop.states import ListingState, PlanEnd, Planned

from . import town
from .town import DAY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin():
    lin = town.person("lin", "Lin")
    town.open_shop(lin)
    return lin


def plan(seller, listing, *, on=None, off=None, now=NOW):
    actions.plan(seller=seller, listing=listing.id, offer_at=on, withdraw_at=off, now=now)


def live_to(moment):
    with clock.at(moment):
        jobs.run_due()


def state(listing):
    return Listing.objects.get(id=listing.id).state


def ends():
    return [row.end for row in ListingTimer.objects.order_by("due_at")]


def told(member):
    notices = Notice.objects.filter(owner=member.id).order_by("id")
    return list(notices.values_list("kind", flat=True))


def test_a_draft_goes_on_sale_and_off_again_by_itself(lin):
    cup = town.listing(lin, offer=False)
    plan(lin, cup, on=NOW + DAY, off=NOW + 3 * DAY)
    live_to(NOW + DAY - timedelta(seconds=1))
    assert state(cup) == ListingState.DRAFT
    live_to(NOW + DAY)
    assert state(cup) == ListingState.ACTIVE
    assert Listing.objects.get(id=cup.id).listed_at == NOW + DAY
    live_to(NOW + 3 * DAY)
    assert (state(cup), ends()) == (ListingState.WITHDRAWN, [PlanEnd.DONE, PlanEnd.DONE])
    assert told(lin) == ["shop.plan_offered", "shop.plan_withdrawn"]


def test_the_rule_is_asked_when_the_time_comes(lin):
    bare = town.listing(lin, pictures=[], offer=False)
    plan(lin, bare, on=NOW + DAY)
    live_to(NOW + DAY)
    assert (state(bare), ends()) == (ListingState.DRAFT, [PlanEnd.MISSED])
    assert (told(lin), plans.plan_of(lin.id, bare.id).missed_at) == (
        ["shop.plan_missed"], NOW + DAY,
    )  # fmt: skip
    actions.add_pictures(seller=lin, listing=bare.id, pictures=[town.picture()], now=NOW + DAY)
    plan(lin, bare, on=NOW + 2 * DAY, now=NOW + DAY)
    live_to(NOW + 2 * DAY)
    assert state(bare) == ListingState.ACTIVE
    assert plans.plan_of(lin.id, bare.id) == plans.NOTHING


def test_another_choice_takes_the_place_of_the_first(lin):
    cup = town.listing(lin, offer=False)
    plan(lin, cup, on=NOW + DAY, off=NOW + 5 * DAY)
    plan(lin, cup, on=NOW + 2 * DAY, off=NOW + 5 * DAY)
    live_to(NOW + DAY)
    assert state(cup) == ListingState.DRAFT
    assert plans.plan_of(lin.id, cup.id) == plans.PlanView(NOW + 2 * DAY, NOW + 5 * DAY)
    assert [row.plan.offer_at for row in mine.my_listings(lin.id).rows] == [NOW + 2 * DAY]
    plan(lin, cup)
    live_to(NOW + 9 * DAY)
    assert (state(cup), set(ends())) == (ListingState.DRAFT, {PlanEnd.CHANGED})


def test_what_she_did_herself_is_not_done_again(lin):
    cup = town.listing(lin, offer=False)
    plan(lin, cup, on=NOW + DAY)
    actions.offer(seller=lin, listing=cup.id, now=NOW)
    live_to(NOW + DAY)
    assert (ends(), told(lin)) == ([PlanEnd.NEEDLESS], [])


def test_doubled_early_and_lost_jobs(lin):
    cup = town.listing(lin, offer=False)
    plan(lin, cup, on=NOW + DAY, off=NOW + 2 * DAY)
    assert actions.ring_plans(listing=cup.id, now=NOW) == 0
    assert actions.ring_plans(listing=cup.id, now=NOW + DAY) == 1
    assert actions.ring_plans(listing=cup.id, now=NOW + DAY) == 0
    assert actions.sweep_plans(now=NOW + 2 * DAY + timedelta(minutes=1)) == 0
    late = NOW + 2 * DAY + timedelta(minutes=3)
    assert actions.sweep_plans(now=late) == 1
    assert actions.ring_plans(listing=cup.id, now=late) == 1
    assert state(cup) == ListingState.WITHDRAWN


def test_a_house_that_slept_does_both_in_their_order(lin):
    cup = town.listing(lin)
    plan(lin, cup, off=NOW + DAY, on=NOW + 2 * DAY)
    assert actions.ring_plans(listing=cup.id, now=NOW + 9 * DAY) == 2
    assert state(cup) == ListingState.ACTIVE
    assert list(ListingTimer.objects.order_by("due_at").values_list("kind", flat=True)) == [
        Planned.WITHDRAW, Planned.OFFER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "off", "on_sale", "wrong"),
    [
        (1, None, False, None),
        (1, 2, False, None),
        (2, 1, True, None),
        (None, 1, True, None),
        (None, None, True, None),
        (0, None, False, ("offer_at", "past")),
        (1, 0, False, ("withdraw_at", "past")),
        (366, None, False, ("offer_at", "far")),
        (1, None, True, ("offer_at", "order_off")),
        (1, 2, True, ("offer_at", "order_off")),
        (None, 1, False, ("withdraw_at", "not_on")),
        (2, 1, False, ("withdraw_at", "order_on")),
        (1, 1, False, ("withdraw_at", "order_on")),
    ],
)
def test_which_times_can_be(on, off, on_sale, wrong):
    at = [None if days is None else NOW + days * DAY for days in (on, off)]
    assert rules.wrong_plan(*at, on_sale=on_sale, now=NOW) == wrong


def test_only_its_seller_plans_and_bad_times_are_a_sentence(lin):
    cup = town.listing(lin, offer=False)
    with pytest.raises(NotFound):
        plan(town.person("chen"), cup, on=NOW + DAY)
    with pytest.raises(BadPlan, match="still to come") as bad:
        plan(lin, cup, on=NOW)
    assert list(bad.value.fields) == ["offer_at"]


def test_the_page_speaks_the_clock_of_the_house(lin, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    cup = town.listing(lin, offer=False)
    client, url = Client(), reverse("shop:plan", args=[cup.id])
    client.force_login(lin)
    with clock.at(NOW):
        answer = client.post(url, {"offer_at": "2026-11-02T20:30", "withdraw_at": ""})
    assert answer.status_code == 302
    assert plans.plan_of(lin.id, cup.id).offer_at.isoformat() == "2026-11-02T12:30:00+00:00"
    with clock.at(NOW):
        shown = client.get(url).content.decode()
        assert 'value="2026-11-02T20:30"' in shown
        assert "where it is now 5:00\u202fPM, China Standard Time." in shown
        bad = client.post(url, {"offer_at": "2026-01-01T00:00", "withdraw_at": "soon"})
    assert bad.status_code == 422


@pytest.mark.parametrize("typed", ["2027-03-28T02:30", "2027-10-31T02:30"], ids=["none", "two"])
def test_an_hour_that_the_clock_leaves_out_or_shows_twice_is_asked_again(lin, settings, typed):
    settings.TIME_ZONE = "Europe/Berlin"
    cup = town.listing(lin, offer=False)
    client, url = Client(), reverse("shop:plan", args=[cup.id])
    client.force_login(lin)
    with clock.at(NOW):
        answer = client.post(url, {"offer_at": typed, "withdraw_at": ""})
    assert answer.status_code == 422
    assert "it may be ambiguous or it may not exist" in answer.content.decode()
    assert not ListingTimer.objects.exists()
