"""The seller's side on real rows: her order, forecasts that are kept, and what came of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goodword.circle import actions as circle
from goodword.circle.queries import MomentMissing
from goodword.circle.rules import EVERYONE, Audience
from goodword.circle.states import AudienceKind, Face, MarketDial
from goodword.circle.tests.worlds import NOON, befriend, member, moment
from goodword.kit import clock, jobs
from goodword.kit.errors import Invalid
from goodword.reach import queries as timelines
from goodword.reach.digests import actions as digests
from goodword.reach.digests import queries as daily
from goodword.reach.models import Forecast, Impression, Reading, Rhythm, Slot
from goodword.reach.pacing import actions as pacing
from goodword.reach.pacing.queries import share
from goodword.reach.selling import actions, counting, measuring, queries, words
from goodword.reach.selling.bands import FEW, band
from goodword.reach.selling.rhythm import DAY, WEEK, at, hour
from goodword.reach.selling.states import Group, Outcome, Risk
from goodword.reach.states import Lens
from goodword.reach.tests.test_pace import HOUR, MINUTE, cards, leads, live, look, offer
from goodword.shop import actions as selling
from goodword.shop.models import Listing
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
WEEKS = timedelta(weeks=5)


@pytest.fixture
def lin():
    lin = member("lin")
    town.open_shop(lin)
    return lin


def circle_of(seller, count):
    friends = [member(f"friend{n}") for n in range(count)]
    for friend in friends:
        befriend(friend, seller)
    return friends


def reads(readers, *, since, until, every=DAY):
    """They are in their circle once in so many hours: what `pacing.note` would note, at once."""
    hours = range(hour(since), hour(until), every)
    rows = [Reading(reader=reader, hour=number) for reader in readers for number in hours]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)


def settle(seller, now):
    actions.start_settling(now=now)
    run(now)


def storm(seller, count=6, now=NOON):
    """So many things shown within minutes, the first the newest, and foreseen."""
    listings = [town.listing(seller, f"Cup {n}", now=NOON - WEEKS).id for n in range(min(count, 3))]
    made = [
        moment(seller, f"Cup {n}", face=Face.MARKET, listing=listings[n % 3], now=now - n * MINUTE)
        for n in range(count)
    ]
    run(now)
    return made


def run(now):
    with clock.at(now):
        jobs.run_due(clock.now() + timedelta(days=999))


def test_her_order_says_which_of_hers_a_friend_meets_first_and_nothing_else(lin):
    reader, chen = circle_of(lin, 2)
    befriend(chen, reader)
    town.open_shop(chen)
    live(lin, NOON - HOUR, 12)
    made = storm(lin)
    his = offer(chen, NOON - HOUR)
    actions.order(seller=lin.id, moments=[made[4].id, made[2].id], now=NOON)
    page = look(reader, NOON)
    assert leads(page) == [made[4].id, his.id]  # where hers stands is not hers to say
    assert len(cards(page)[0].folded) == 5
    waits = queries.schedule(lin.id, now=NOON)
    assert [item.line.moment for item in waits.items][:3] == [made[4].id, made[2].id, made[0].id]
    assert (waits.chosen, waits.lead) == (True, made[4].id)
    market = look(reader, NOON, lens=Lens.MARKET)
    assert [item.card.id for item in market.cards][:6] == [one.id for one in made]
    actions.move(seller=lin.id, moment=made[2].id, by=-1, now=NOON)
    assert leads(look(chen, NOON)) == [made[2].id]
    assert leads(look(reader, NOON + MINUTE))[0] == made[4].id  # what was shown stays


def test_what_is_kept_out_or_for_later_does_not_come_up(lin):
    reader, other = circle_of(lin, 2)
    live(lin, NOON - HOUR, 12)
    made = storm(lin, 3)
    actions.order(seller=lin.id, moments=[one.id for one in made], now=NOON)
    actions.rest(seller=lin.id, moment=made[0].id, on=True, now=NOON)
    actions.spread(seller=lin.id, apart=True, now=NOON)
    later = Slot.objects.get(moment=made[2].id).since
    (card,) = cards(look(reader, NOON))
    assert (card.card.id, card.folded) == (made[1].id, ())
    assert leads(look(other, later - 2 * HOUR)) == [made[1].id]
    assert leads(look(other, later)) == [made[1].id, made[2].id]
    everything = {item.card.id for item in look(reader, NOON, lens=Lens.MARKET).cards}
    assert everything == {one.id for one in made}
    assert not Impression.objects.filter(moment=made[0].id).exists()
    actions.rest(seller=lin.id, moment=made[0].id, on=False, now=later)
    live(lin, later, 8)
    assert made[0].id in leads(look(reader, later + 3 * HOUR))


def test_what_is_kept_out_of_circles_is_in_no_digest_of_what_waited_in_vain(lin):
    (reader,) = circle_of(lin, 1)
    made = storm(lin, 2)
    actions.rest(seller=lin.id, moment=made[0].id, on=True, now=NOON)
    later = NOON + timedelta(days=7, hours=1)
    digest = digests.make(reader=reader.id, now=later)
    shown = daily.opened(reader.id, digest.id, now=later)
    assert [item.card.id for item in shown.in_vain] == [made[1].id]


def test_only_what_waits_and_is_hers_is_put_in_order(lin):
    (friend,) = circle_of(lin, 1)
    town.open_shop(friend)
    (mine,), his = storm(lin, 1), offer(friend, NOON)
    for wrong in (his.id, friend.id):
        with pytest.raises(MomentMissing):
            actions.order(seller=lin.id, moments=[wrong], now=NOON)
        with pytest.raises(MomentMissing):
            actions.rest(seller=lin.id, moment=wrong, on=True, now=NOON)
    with pytest.raises(Invalid):
        actions.order(seller=lin.id, moments=[mine.id, mine.id], now=NOON)
    with pytest.raises(MomentMissing):
        actions.move(seller=lin.id, moment=mine.id, by=1, now=NOON + timedelta(days=8))
    assert not Slot.objects.exists()


def test_a_reader_is_noted_once_an_hour_whatever_they_want_of_the_market(lin):
    (reader,) = circle_of(lin, 1)
    look(reader, NOON)
    with CaptureQueriesContext(connection) as again:
        timelines.timeline(reader.id, now=NOON + MINUTE)
    assert not [q for q in again if "reach_reading" in q["sql"]]
    pacing.set_share(reader=reader.id, every=0)
    look(reader, NOON + HOUR)
    look(reader, NOON + 2 * HOUR, lens=Lens.LIFE)
    assert share(reader.id) == 0
    told = Reading.objects.filter(reader=reader).values_list("hour", flat=True)
    assert sorted(told) == [hour(NOON), hour(NOON + HOUR)]
    actions.start_settling(now=NOON + timedelta(weeks=6, hours=2))
    assert Reading.objects.count() == 0


def test_a_forecast_is_kept_and_what_comes_is_counted_beside_it_at_night(lin):
    friends = circle_of(lin, 12)
    reads(friends[:8], since=NOON - WEEKS, until=NOON)
    (made,) = storm(lin, 1)
    row = Forecast.objects.get(moment=made.id)
    assert (row.audience, row.expected["1"]) == (12, [8.0, 1.5])
    assert queries.results(lin.id, now=NOON)[0].outcome == Outcome.OPEN
    reads(friends[:10], since=NOON, until=NOON + timedelta(days=8))
    for friend in friends[:6]:
        look(friend, NOON + HOUR)
        pacing.open_card(reader=friend.id, moment=made.id, now=NOON + timedelta(days=2))
    night = counting.midnight(NOON + timedelta(days=2)) + HOUR
    settle(lin, night)
    (result,) = queries.results(lin.id, now=night)
    assert (result.days, result.seen, result.opened) == (1, band(10), FEW)
    settle(lin, night + timedelta(days=6))
    (result,) = queries.results(lin.id, now=night)
    assert (result.days, result.opened) == (7, band(6))
    assert result.outcome == Outcome.AS_EXPECTED
    before = Forecast.objects.values().get()
    settle(lin, night + timedelta(days=9))
    assert Forecast.objects.values().get() == before


def test_who_is_left_out_makes_the_same_difference_whoever_it_is(lin):
    """One who always reads and one who never does: the audience without either looks the same."""
    friends = circle_of(lin, 14)
    reads(friends[:1], since=NOON - WEEKS, until=NOON, every=2)
    reads(friends[2:12], since=NOON - WEEKS, until=NOON)
    listing = town.listing(lin)
    made = actions.rhythm(seller=lin.id, now=NOON)
    told = set()
    for friend in friends:
        without = Audience(AudienceKind.EXCEPT, people=(friend.id,))
        _card, found = queries.preview(lin.id, listing.id, without, made=made, now=NOON)
        told.add((found.audience, tuple(found.people), found.lookers, found.risk))
    assert len(told) == 1
    assert found.people[0].number == round(13 * 11 / 14, 2)


def test_a_forecast_does_not_move_for_a_week_whatever_friends_do(lin):
    friends = circle_of(lin, 12)
    reads(friends[:8], since=NOON - WEEKS, until=NOON)
    made = actions.rhythm(seller=lin.id, now=NOON)
    reads(friends, since=NOON - WEEKS, until=NOON, every=3)
    soon = NOON + timedelta(days=6)
    assert actions.rhythm(seller=lin.id, now=soon).means == made.means
    assert actions.rhythm(seller=lin.id, now=soon + timedelta(days=1)).means != made.means
    assert Rhythm.objects.count() == 1


def test_a_small_circle_is_told_nothing_and_asked_again_the_next_day(lin):
    friends = circle_of(lin, 9)
    reads(friends, since=NOON - WEEKS, until=NOON)
    listing = town.listing(lin)
    made = actions.rhythm(seller=lin.id, now=NOON)
    assert queries.preview(lin.id, listing.id, EVERYONE, made=made, now=NOON)[1].people == []
    befriend(member("tenth"), lin)
    made = actions.rhythm(seller=lin.id, now=NOON + timedelta(days=1))
    assert queries.preview(lin.id, listing.id, EVERYONE, made=made, now=NOON)[1].people


def strangers(seller, count, *, turn=0, opened=0):
    """Friends of another seller who were shown twelve of his things and opened them all."""
    his = storm(seller, 12)
    readers = circle_of(seller, count)
    for number, reader in enumerate(readers):
        live(seller, NOON, 1)
        (card,) = (one for one in look(reader, NOON + MINUTE).cards if one.folded)
        pacing.unfold(reader=reader.id, moment=card.card.id, now=NOON + MINUTE)
        if number < opened:
            pacing.open_card(reader=reader.id, moment=his[0].id, now=NOON)
        if number < turn:
            circle.set_dials(owner=reader, friend=seller.id, life=True, market=MarketDial.OFF)
    return readers


def test_shares_are_learnt_from_who_is_no_friend_of_hers_and_from_five_on(lin):
    chen = member("chen")
    town.open_shop(chen)
    readers = strangers(chen, 8, turn=5, opened=5)
    known = counting.tallies(lin.id, now=NOON + HOUR)
    assert known["looks"] == (5, 96, 5)
    assert known["turned some"] == (5, 8, 5)
    befriend(readers[0], lin)
    assert counting.tallies(lin.id, now=NOON + HOUR)["looks"] == (4, 84, 4)
    assert counting.tallies(chen.id, now=NOON + HOUR)["turned some"] == (0, 0, 0)


def test_showing_much_is_a_risk(lin):
    storm(lin, 9)
    row = Forecast.objects.order_by("-made_at").first()
    made = actions.rhythm(seller=lin.id, now=NOON)
    found = [queries.outlook(made, audience=9, start=9, shown=n) for n in (8, 9, 29)]
    assert [(one.risk, one.turns_known) for one in found] == [(risk, False) for risk in Risk]
    assert row.turns == found[1].turns


def test_the_evening_in_which_those_read_who_look_closer(lin):
    friends = circle_of(lin, 12)
    (made,) = storm(lin, 1, now=NOON - WEEKS)
    tuesday = timezone.localtime(NOON - timedelta(days=1)).replace(hour=20)
    listing = made.listing
    for friend in friends[:5]:
        for back in range(4):
            pacing.note(reader=friend.id, hour=hour(tuesday - timedelta(weeks=back)))
        Impression.objects.create(
            reader=friend, moment=made.id, seller=lin.id, seen_at=NOON,
            opened_at=NOON, after_at=NOON, after_moment=made.id,
        )  # fmt: skip
    reads(friends[5:], since=NOON - timedelta(weeks=4), until=NOON, every=8)
    rhythm, evening = actions.rhythm(seller=lin.id, now=NOON), 1 * 4 + 3
    assert (Group.KEEN, evening) in [(one.group, one.slot) for one in queries.advice(rhythm)]
    selling.say_interests(seller=lin, listing=listing, interests=["tea"])
    rhythm = actions.rhythm(seller=lin.id, now=NOON + timedelta(days=7))
    assert (Group.INTEREST, evening) in [(one.group, one.slot) for one in queries.advice(rhythm)]
    assert "Tuesday evening is when your tea people read." in [
        words.advice(one) for one in queries.advice_for(rhythm, listing)
    ]
    Impression.objects.filter(reader=friends[0]).delete()
    told = queries.advice(actions.rhythm(seller=lin.id, now=NOON + timedelta(days=14)))
    assert {one.group for one in told} <= {Group.ALL}


def test_pages_take_as_many_statements_for_three_as_for_thirty(client, lin):
    client.force_login(lin)
    counts = {"schedule": [], "results": []}
    for number, sum_ in ((3, 3), (27, 30)):
        storm(lin, number, now=NOON - number * MINUTE)
        actions.spread(seller=lin.id, apart=True, now=NOON)
        for page, taken in counts.items():
            with clock.at(NOON + HOUR):
                client.get(f"/me/market/{page}")
                with CaptureQueriesContext(connection) as seen:
                    shown = client.get(f"/me/market/{page}").content.decode()
            assert shown.count("waits__title") == sum_
            taken.append(len(seen))
    assert all(few == many for few, many in counts.values())


def test_a_week_of_the_house_is_counted_when_it_is_over(lin):
    chen = member("chen")
    town.open_shop(chen)
    readers = strangers(chen, 8, turn=3, opened=6)
    sold = Listing.objects.filter(seller=chen).first()
    town.buy(readers[7], town.first_variant(sold), now=NOON + HOUR)
    monday = measuring.monday(timezone.localtime(NOON).date())
    assert measuring.count_weeks(now=NOON + timedelta(days=7)) == 8
    assert measuring.count_weeks(now=NOON + timedelta(days=7)) == 0
    week = queries.weeks()[0]
    assert week.start == monday
    assert (week.readers, week.sellers, week.cards, week.shown) == (8, 1, 8, 96)
    assert (week.opened, week.opened_by, week.turned, week.turned_by) == (6, 6, 3, 3)
    assert (week.sold, week.sold_by, week.waved) == (1, 1, 0)


def test_hours_come_back_as_they_went():
    assert hour(at(hour(NOON))) == hour(NOON)
    assert at(hour(NOON)) == NOON
    assert WEEK == 7 * DAY
