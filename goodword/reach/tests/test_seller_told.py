"""What a seller and an operator are told, in words that are true of small circles too."""

from datetime import timedelta

import pytest

from goodword.circle import actions as circle
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, member
from goodword.kit import clock
from goodword.people.models import Member
from goodword.reach.models import Forecast, Impression, Week
from goodword.reach.pacing import actions as pacing
from goodword.reach.selling import actions, counting, measuring, queries
from goodword.reach.tests.test_pace import MINUTE, live, look, offer
from goodword.reach.tests.test_selling import WEEKS, circle_of, lin, reads, run, storm  # noqa: F401
from goodword.shop.models import Variant
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def page(client, viewer, address, now):
    client.force_login(viewer)
    with clock.at(now):
        return client.get(address).text


@pytest.mark.parametrize(("friends", "counted"), [(9, False), (10, True)])
def test_a_small_circle_is_told_that_it_is_not_counted(client, lin, friends, counted):  # noqa: F811
    everybody = circle_of(lin, friends)
    reads(everybody, since=NOON - WEEKS, until=NOON + 9 * DAY)
    storm(lin, 1)
    actions.start_settling(now=NOON + 9 * DAY)
    run(NOON + 9 * DAY)
    told = page(client, lin, "/me/market/results", NOON + 9 * DAY)
    assert "The first night counts it." not in told
    assert ("With fewer than ten friends nobody is counted" in told) is not counted
    assert ("10 to 15 people" in told) is counted


def test_what_was_not_foreseen_is_not_promised(client, lin):  # noqa: F811
    everybody = circle_of(lin, 12)
    storm(lin, 1)
    reads(everybody, since=NOON, until=NOON + 9 * DAY)
    actions.start_settling(now=NOON + 9 * DAY)
    run(NOON + 9 * DAY)
    told = page(client, lin, "/me/market/results", NOON + 9 * DAY)
    assert ("not known then" in told, "not known yet" in told) == (True, False)


def test_a_clock_that_is_behind_still_finds_the_audience(lin):  # noqa: F811
    everybody = circle_of(lin, 12)
    reads(everybody, since=NOON - WEEKS, until=NOON)
    (made,) = storm(lin, 1)
    assert actions.foresee(moment=made.id, now=NOON - MINUTE).audience == 12
    assert Forecast.objects.get().expected["1"][0] == 12


def test_a_range_is_said_once_and_the_same_thing_by_its_words(client, lin):  # noqa: F811
    everybody = circle_of(lin, 12)
    reads(everybody, since=NOON - WEEKS, until=NOON)
    storm(lin, 6)
    told = page(client, lin, "/me/market/schedule", NOON + MINUTE)
    assert told.count("5 to 15 people") == 1
    assert all(f"Cup {n}</p>" in told for n in range(6))
    actions.spread(seller=lin.id, apart=True, now=NOON)
    told = page(client, lin, "/me/market/schedule", NOON + MINUTE)
    assert "Within a week it likely meets 5 to 15 people." in told
    assert "Within a day" not in told
    Variant.objects.update(stock=0)
    told = page(client, lin, "/me/market/schedule", NOON + MINUTE)
    assert told.count("Comes up once it can be bought") == 6
    assert "Comes up now" not in told
    for one in queries.schedule(lin.id, now=NOON).items:
        actions.rest(seller=lin.id, moment=one.line.moment, on=True, now=NOON)
    told = page(client, lin, "/me/market/schedule", NOON + MINUTE)
    assert told.count("Not in circles") == 6


def test_whoever_shows_something_is_led_to_what_waits(client, lin):  # noqa: F811
    listing = town.listing(lin)
    client.force_login(lin)
    with clock.at(NOON):
        form = {"text": "One.", "audience": "everyone", "key": "once"}
        answer = client.post(f"/shop/listings/{listing.id}/show", form, follow=True)
        assert answer.redirect_chain == [("/me/market/schedule", 302)]
    assert "Shown. Each friend sees it when its turn comes." in answer.text


def test_who_always_wanted_it_in_the_digest_turned_nobody_down(client, lin):  # noqa: F811
    """Nobody is counted as annoyed who only looks at what they asked for once a day."""
    chen = member("chen")
    town.open_shop(chen)
    readers = circle_of(chen, 6)
    live(chen, NOON - HOUR, 1)
    made = offer(chen, NOON - MINUTE)
    for number, reader in enumerate(readers):
        if number < 5:
            circle.set_dials(owner=reader, friend=chen.id, life=True, market=MarketDial.DIGEST)
        look(reader, NOON)
        pacing.open_card(reader=reader.id, moment=made.id, now=NOON)
    circle.set_dials(owner=readers[5], friend=chen.id, life=True, market=MarketDial.OFF)
    assert counting.tallies(lin.id, now=NOON + HOUR)["turned few"] == (1, 1, 1)
    assert counting.tallies(lin.id, now=NOON + HOUR)["looks"] == (6, 6, 6)
    measuring.count_weeks(now=NOON + 7 * DAY)
    week = queries.weeks()[0]
    assert (week.shown, week.cards, week.turned) == (6, 1, 1)


def test_an_operator_reads_how_many_were_seen_for_one_order_from_five_buyers_on(client, lin):  # noqa: F811
    Member.objects.filter(id=lin.id).update(is_operator=True)
    lin.refresh_from_db()
    sums = dict.fromkeys((one for one in measuring.COLUMNS), 60) | {"sold": 5}
    for back, by in ((1, 4), (2, 5)):
        start = measuring.monday(NOON.date()) - timedelta(weeks=back)
        Week.objects.create(start=start, **sums | {"sold_by": by})
    told = page(client, lin, "/desk/market", NOON)
    first, second = told.split("Offers seen for one order")[1:]
    assert "fewer than five people" in first.split("</dd>")[0]
    assert "<dd>12" in second.split("</dd>")[0] + "</dd>"


@pytest.mark.parametrize("scripted", [True, False])
def test_after_not_this_the_reader_goes_on_where_they_were(client, lin, scripted):  # noqa: F811
    (reader,) = circle_of(lin, 1)
    (life,) = live(lin, NOON - HOUR, 1)
    made = offer(lin, NOON - MINUTE)
    look(reader, NOON)
    client.force_login(reader)
    headers = {"HX-Request": "true"} if scripted else {}
    with clock.at(NOON):
        answer = client.post(f"/moments/{made.id}/dismissal", headers=headers)
    if scripted:
        assert answer.text.count("<") == 2
        assert "You will not meet this one again. Nobody is told." in answer.text
    else:
        assert (answer.status_code, answer["Location"]) == (302, f"/#m-{life.id}")
    assert Impression.objects.get(moment=made.id).dismissed_at == NOON
