"""Once a day, together: what friends sell whose market the reader wants so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions as circle
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import all_but, befriend, member
from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.notices import actions as notices
from goodword.notices import queries as told
from goodword.people import news
from goodword.reach import queries as reach
from goodword.reach.digests import actions, queries
from goodword.reach.interests import actions as interests
from goodword.reach.models import Digest
from goodword.reach.states import Lens
from goodword.shop import actions as shop
from goodword.shop.models import Listing
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 5, 20, 9, tzinfo=UTC)
EVENING = MORNING.replace(hour=18, minute=7)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def reader():
    return member("reader", email="reader@circle.example")


@pytest.fixture
def lin(reader):
    return seller("lin", reader, MarketDial.DIGEST)


def seller(handle, reader, market):
    made = member(handle)
    befriend(made, reader)
    circle.set_dials(owner=reader, friend=made.id, life=True, market=market)
    town.open_shop(made)
    return made


def offer(seller, at, **values):
    listing = town.listing(seller, f"Cup {at:%d %H}", now=MORNING - 30 * DAY)
    made = shop.show(
        seller=seller, listing=listing.id, text="", key=str(new_id()), now=at, **values
    )
    settle()
    return made


def settle():
    jobs.run_due(datetime.now(UTC) + DAY)


def at(now):
    """The clock's hourly look, and the work that it hands out."""
    with clock.at(now):
        started = actions.start_due(now=now)
        settle()
    return started


def opened(reader, now):
    digest = queries.latest(reader.id)
    return [item.card.id for item in queries.opened(reader.id, digest.id, now=now).cards]


def test_it_comes_in_the_evening_once_a_day_and_holds_what_came_since(reader, lin):
    first = offer(lin, MORNING)
    assert at(MORNING + HOUR) == 0
    assert at(EVENING) == 1
    assert opened(reader, EVENING) == [first.id]
    late = offer(lin, EVENING + HOUR)
    assert at(EVENING + 2 * HOUR) == 0
    assert actions.make(reader=reader.id, now=EVENING + 2 * HOUR) is None
    early = offer(lin, EVENING + 12 * HOUR)
    assert at(EVENING + DAY) == 1
    assert opened(reader, EVENING + DAY) == [early.id, late.id]
    assert at(EVENING + 2 * DAY) == 0  # nothing new, nothing told
    lines = [line for line in told.notices(reader.id) if line.kind == "reach.digest"]
    assert [line.sentence for line in lines] == [
        "Your daily digest of what friends sell is here."
    ] * 2
    assert lines[0].url == f"/digests/{queries.latest(reader.id).id}"


def test_a_day_keeps_the_hour_with_which_it_began(reader, lin):
    offer(lin, MORNING)
    HouseRule.objects.create(name="digest_hour", value=8, since=MORNING)
    assert at(MORNING + HOUR) == 0
    assert at(EVENING) == 1
    offer(lin, EVENING + HOUR)
    assert at(MORNING + DAY) == 1


def test_only_friends_on_digest_are_in_it_and_they_are_not_among_life(reader, lin):
    wen = seller("wen", reader, MarketDial.ON)
    yu = seller("yu_tong", reader, MarketDial.OFF)
    made = [offer(one, MORNING) for one in (lin, wen, yu)]
    assert at(EVENING) == 1
    assert opened(reader, EVENING) == [made[0].id]
    mixed = reach.timeline(reader.id, now=EVENING)
    assert [item.card.id for item in mixed.cards] == [made[1].id]
    market = reach.timeline(reader.id, now=EVENING, lens=Lens.MARKET)
    assert {item.card.id for item in market.cards} == {made[0].id, made[1].id}


def test_what_fits_stands_first_and_of_equals_the_newest(reader, lin):
    made = [offer(lin, MORNING + n * HOUR) for n in range(3)]
    shop.say_interests(seller=lin, listing=made[1].listing, interests=["tea"])
    interests.choose(member=reader.id, interests=["tea"], now=MORNING)
    assert at(EVENING) == 1
    assert opened(reader, EVENING) == [made[n].id for n in (1, 2, 0)]


TAKEN_BACK = {
    "deleted": lambda lin, _reader, made: circle.delete_moment(
        moment=made, author=lin, now=EVENING
    ),
    "narrowed": lambda lin, reader, made: circle.narrow(
        moment=made, author=lin, audience=all_but(reader), now=EVENING
    ),
    "unfriended": lambda lin, reader, _made: circle.unfriend(
        member=lin, friend=reader, now=EVENING
    ),
    "snoozed": lambda lin, reader, _made: circle.snooze(
        owner=reader, friend=lin.id, on=True, now=EVENING
    ),
    "switched off": lambda lin, reader, _made: circle.set_dials(
        owner=reader, friend=lin.id, life=True, market=MarketDial.OFF
    ),
    "its listing withdrawn": lambda _lin, _reader, made: Listing.objects.filter(
        id=made.listing
    ).update(state="draft"),
}


@pytest.mark.parametrize("how", list(TAKEN_BACK))
def test_what_is_taken_back_is_in_no_digest_made_or_to_be_made(reader, lin, how, client):
    made = offer(lin, MORNING)
    at(EVENING)
    digest = queries.latest(reader.id)
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    notices.choose(owner=reader.id, wishes={"reach.digest": ("on", True)})
    with clock.at(EVENING):
        assert "reach.digest" in [line.kind for line in told.notices(reader.id)]
    TAKEN_BACK[how](lin, reader, made)
    assert opened(reader, EVENING) == []
    with clock.at(EVENING):
        assert "reach.digest" not in [line.kind for line in told.notices(reader.id)]
    news.send_letters(EVENING + HOUR)
    settle()
    assert not any("once a day" in letter.body for letter in mail.outbox)
    client.force_login(reader)
    with clock.at(EVENING):
        assert "Nothing of it is there any more" in client.get(f"/digests/{digest.id}").text
    Digest.objects.all().delete()
    assert at(EVENING + HOUR) == 0
    assert actions.make(reader=reader.id, now=EVENING + HOUR) is None


def test_by_mail_it_comes_at_most_daily_if_the_reader_wants_it_so(reader, lin):
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    offer(lin, MORNING)
    at(EVENING)
    notices.read_all(owner=reader.id, now=EVENING - HOUR)  # that they are friends
    assert news.send_letters(EVENING + HOUR) == 0
    notices.choose(owner=reader.id, wishes={"reach.digest": ("on", True)})
    for day in range(1, 3):
        offer(lin, MORNING + day * DAY)
        for hours in range(3):
            at(EVENING + day * DAY + hours * HOUR)
            news.send_letters(EVENING + day * DAY + hours * HOUR + HOUR / 2)
    settle()
    assert ["once a day: 1" in letter.body for letter in mail.outbox] == [True, True]
    assert not any("Cup" in letter.body or "Lin" in letter.body for letter in mail.outbox)


def test_old_ones_go_with_what_was_told_of_them(reader, lin):
    for days in (0, 31, 62):
        offer(lin, MORNING + days * DAY)
        at(EVENING + days * DAY)
    assert [digest.day for digest in queries.digests(reader.id)] == [date(2026, 7, 21)]
    assert len(told.notices(reader.id)) - 1 == 1  # and that they are friends


def test_who_blocks_or_hides_is_left_out_and_nobody_else_gets_one(reader, lin):
    stranger = member("stranger")
    offer(lin, MORNING)
    circle.hide_mine(owner=lin, friend=reader.id, on=True, now=EVENING)
    assert at(EVENING) == 0
    circle.hide_mine(owner=lin, friend=reader.id, on=False, now=EVENING)
    assert at(EVENING) == 1
    with pytest.raises(queries.DigestMissing):
        queries.opened(stranger.id, queries.latest(reader.id).id, now=EVENING)
    assert queries.digests(stranger.id) == queries.digests(lin.id) == []


def test_the_pages_and_as_many_statements_for_three_as_for_thirty(reader, lin, client):
    costs = []
    client.force_login(reader)
    with clock.at(EVENING):
        assert "No digest yet" in client.get("/digests").text
        assert "/digests" not in client.get("/?show=market").text
    for day, count in ((0, 3), (1, 30)):
        for n in range(count):
            offer(lin, MORNING + day * DAY + timedelta(minutes=n))
        at(EVENING + day * DAY)
        digest = queries.latest(reader.id)
        with CaptureQueriesContext(connection) as asked:
            found = queries.opened(reader.id, digest.id, now=EVENING + day * DAY)
        costs.append((len(asked), len(found.cards)))
    assert costs[0][0] == costs[1][0]
    assert (costs[0][1], costs[1][1]) == (3, 30)
    with clock.at(EVENING + DAY):
        assert f"/digests/{digest.id}" in client.get("/digests").text
        assert "/digests" in client.get("/?show=market").text
        assert client.get(f"/digests/{digest.id}").text.count('class="offered"') == 30


def test_what_had_no_turn_in_seven_days_is_in_the_digest_of_that_day_quietly(reader, lin):
    wen = seller("wen", reader, MarketDial.ON)
    met = offer(wen, MORNING - 3 * DAY)
    assert [item.card.id for item in reach.timeline(reader.id, now=MORNING - DAY).cards] == [met.id]
    waited = offer(wen, MORNING)
    assert at(EVENING + 6 * DAY) == 0
    assert at(EVENING + 7 * DAY) == 1
    digest = queries.latest(reader.id)
    found = queries.opened(reader.id, digest.id, now=EVENING + 7 * DAY)
    assert [item.card.id for item in found.cards] == []
    assert [item.card.id for item in found.in_vain] == [waited.id]
    assert actions.make(reader=reader.id, now=EVENING + 7 * DAY + HOUR) is None
    unread = told.unread(reader.id)
    assert told.notices(reader.id)[0].kind == "reach.in_vain"
    offer(wen, MORNING + DAY)
    assert at(EVENING + 8 * DAY) == 1
    lines = [line for line in told.notices(reader.id) if line.kind == "reach.in_vain"]
    assert [line.url for line in lines] == [f"/digests/{queries.latest(reader.id).id}"]
    assert told.unread(reader.id) == unread  # the bell counts neither
    later = queries.opened(reader.id, digest.id, now=EVENING + 8 * DAY)
    assert [item.card.id for item in later.in_vain] == [waited.id]


def test_both_parts_stand_on_the_page_and_in_the_data(reader, lin, client):
    wen = seller("wen", reader, MarketDial.ON)
    vain, daily = offer(wen, MORNING), offer(lin, MORNING + 7 * DAY)
    at(EVENING + 7 * DAY)
    digest = queries.latest(reader.id)
    assert {line.kind for line in told.notices(reader.id)} >= {"reach.digest", "reach.in_vain"}
    client.force_login(reader)
    with clock.at(EVENING + 7 * DAY):
        page = client.get(f"/digests/{digest.id}").text
    assert page.index(str(daily.id)) < page.index("Had no turn") < page.index(str(vain.id))


def test_its_letter_ends_with_one_tap(reader, lin, client):
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    notices.read_all(owner=reader.id, now=EVENING)
    notices.choose(owner=reader.id, wishes={"reach.digest": ("quiet", True)})
    offer(lin, MORNING)
    at(EVENING)
    news.send_letters(EVENING + HOUR)
    settle()
    [letter] = mail.outbox
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in letter.body
    assert "Cup" not in stop
    machine = Client(enforce_csrf_checks=True)
    path = stop.removeprefix("http://localhost:8000")
    assert "What friends sell, once a day" in machine.get(path).text  # looking ends nothing
    assert wish(reader) == ("quiet", True)
    for _twice in range(2):
        answer = machine.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, wish(reader)) == (200, ("quiet", False))
    offer(lin, MORNING + DAY)
    at(EVENING + DAY)
    news.send_letters(EVENING + DAY + HOUR)
    settle()
    assert len(mail.outbox) == 1


def wish(reader):
    return next(
        (one.told, one.mail) for one in told.choices(reader.id) if one.group == "reach.digest"
    )
