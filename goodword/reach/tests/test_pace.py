"""The pace on real rows: what was shown is kept once, for all devices and for good."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from goodword.circle import actions as circle
from goodword.circle.queries import MomentMissing
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, all_but, befriend, member, moment
from goodword.kit import clock, jobs
from goodword.kit.errors import Invalid
from goodword.reach import queries
from goodword.reach.models import Impression
from goodword.reach.pacing import actions as pacing
from goodword.reach.pacing import queries as arranging
from goodword.reach.pacing import reasons
from goodword.reach.pacing.queries import Arranged
from goodword.reach.pacing.rules import Layout
from goodword.reach.states import Lens
from goodword.reach.targeting import actions as learning
from goodword.shop import actions as shop
from goodword.shop.tests import town

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def reader(db):
    return member("reader")


@pytest.fixture
def lin(reader):
    lin = member("lin")
    befriend(lin, reader)
    town.open_shop(lin)
    return lin


def live(author, at, count=1):
    return [moment(author, "Rain.", now=at + n * MINUTE) for n in range(count)]


def offer(seller, at, number=0):
    listing = town.listing(seller, f"Cup {number}", now=NOON - timedelta(days=30))
    return shop.show(seller=seller, listing=listing.id, text="", key=f"{at} {number}", now=at)


def look(viewer, at, **values):
    jobs.run_due(clock.now() + timedelta(days=1))
    return queries.timeline(viewer.id, now=at, **values)


def cards(page):
    return [item for item in page.cards if item.card.face == "market"]


def leads(page):
    return [item.card.id for item in cards(page)]


def test_a_seller_who_posts_again_waits_for_her_next_turn(reader, lin):
    live(lin, NOON - HOUR, 9)
    first = offer(lin, NOON - HOUR)
    assert leads(look(reader, NOON)) == [first.id]
    again = offer(lin, NOON + MINUTE, 1)
    live(lin, NOON + 2 * MINUTE, 9)
    assert leads(look(reader, NOON + HOUR)) == [first.id]
    assert leads(look(reader, NOON + 2 * HOUR)) == [again.id, first.id]
    assert again.id in {i.card.id for i in look(reader, NOON + HOUR, lens=Lens.MARKET).cards}


def test_the_end_says_that_there_is_more_though_its_seller_rests(reader, lin):
    live(lin, NOON - HOUR, 5)
    for number in range(2):
        offer(lin, NOON - number * MINUTE, number)
    assert not look(reader, NOON).in_market  # both stand there, one behind the other
    assert not look(reader, NOON + MINUTE).in_market
    offer(lin, NOON + MINUTE, 2)
    page = look(reader, NOON + 2 * MINUTE)
    assert (page.next, page.in_market, len(cards(page))) == (None, True, 1)


def test_three_cards_a_day_and_the_fourth_tomorrow(reader, lin):
    made = []
    for turn in range(5):
        at = NOON + turn * 3 * HOUR
        made.append(offer(lin, at, turn).id)
        live(lin, at, 5)
        assert leads(look(reader, at + HOUR, limit=90)) == made[:3][::-1]
    later = NOON + timedelta(days=1, hours=1)
    live(lin, later - MINUTE, 5)
    page = look(reader, later, limit=90)
    assert leads(page) == [made[4], *made[:3][::-1]]
    assert cards(page)[0].folded == (made[3],)


def test_a_fold_opens_to_what_it_counted_and_does_not_grow(reader, lin):
    live(lin, NOON - HOUR, 5)
    storm = [offer(lin, NOON - n * MINUTE, n) for n in range(6)]
    (card,) = cards(look(reader, NOON))
    assert len(card.folded) == 5
    offer(lin, NOON + MINUTE, 7)
    (card,) = cards(look(reader, NOON + HOUR))
    opened = queries.opened_fold(reader.id, card.card.id, now=NOON + HOUR)
    assert [item.card.id for item in opened] == [m.id for m in storm]
    assert [item.card.id for item in opened][1:] == list(card.folded)


def test_what_led_is_followed_by_another_of_its_fold(reader, lin):
    live(lin, NOON - HOUR, 5)
    storm = [offer(lin, NOON - n * MINUTE, n).id for n in range(6)]
    led = []
    for turn in range(7):
        at = NOON + turn * 9 * HOUR
        live(lin, at - 6 * MINUTE, 5)
        card = cards(look(reader, at))[0]
        opened = queries.opened_fold(reader.id, card.card.id, now=at)
        assert {item.card.id for item in opened} == {card.card.id, *card.folded}
        assert set(card.folded) == set(storm) - {card.card.id, *led} or turn == 6
        led.append(card.card.id)
    assert led == [*storm, storm[-1]]  # the seventh time nothing new stands there


def test_a_card_that_nobody_read_down_to_comes_up_again_and_does_not_count(reader, lin):
    live(lin, NOON - HOUR, 9)
    first = offer(lin, NOON - HOUR)
    look(reader, NOON, tells=True)
    offer(lin, NOON + MINUTE, 1)
    live(lin, NOON + 2 * MINUTE, 3)
    for at in (NOON + HOUR, NOON + 3 * HOUR):
        page = look(reader, at, tells=True)
        places = [n for n, item in enumerate(page.cards) if item.unseen]
        assert (places, leads(page)) == ([1], [first.id])
        live(lin, at, 3)
    pacing.see(reader=reader.id, moments=[first.id, lin.id], now=at)
    page = look(reader, at + 2 * MINUTE, tells=True)
    assert (leads(page), [item.unseen for item in cards(page)]) == ([first.id], [False])
    assert page.cards[4].card.id == first.id  # it keeps the place where it was seen


def test_who_asks_for_the_next_page_has_seen_this_one(reader, lin):
    chen = member("chen")
    befriend(chen, reader)
    town.open_shop(chen)
    live(lin, NOON - HOUR, 30)
    for seller in (lin, chen):
        offer(seller, NOON - MINUTE)
    page = look(reader, NOON, tells=True, limit=5)
    assert not Impression.objects.exclude(seen_at=None).exists()
    following = look(reader, NOON + MINUTE, tells=True, limit=5, after=page.next)
    (seen,) = Impression.objects.exclude(seen_at=None)
    assert (leads(page), seen.seen_at) == ([seen.moment], NOON + MINUTE)
    assert not {*leads(following)} & {*leads(page)}
    assert [item.unseen for item in cards(following)] == [True]


def test_who_does_not_tell_has_seen_what_another_device_laid(reader, lin):
    live(lin, NOON - HOUR, 9)
    made = offer(lin, NOON - MINUTE)
    look(reader, NOON, tells=True)
    (card,) = cards(look(reader, NOON + MINUTE))
    assert (card.card.id, card.unseen) == (made.id, False)
    assert Impression.objects.get(moment=made.id).seen_at == NOON + MINUTE


def test_what_was_seen_in_its_fold_or_in_the_market_needs_no_turn(reader, lin):
    live(lin, NOON - HOUR, 9)
    storm = [offer(lin, NOON - n * MINUTE, n).id for n in range(4)]
    pacing.open_card(reader=reader.id, moment=storm[1], now=NOON)
    (card,) = cards(look(reader, NOON, tells=True))
    assert (card.card.id, card.folded) == (storm[0], (storm[2], storm[3]))
    pacing.unfold(reader=reader.id, moment=card.card.id, now=NOON)
    assert Impression.objects.filter(reader=reader, seen_at=NOON).count() == 4
    live(lin, NOON + HOUR, 9)
    assert leads(look(reader, NOON + 3 * HOUR)) == [storm[0]]


def test_what_is_taken_back_leaves_the_fold_and_its_number(reader, lin):
    live(lin, NOON - HOUR, 5)
    storm = [offer(lin, NOON - n * MINUTE, n) for n in range(4)]
    look(reader, NOON)
    circle.narrow(moment=storm[2], author=lin, audience=all_but(reader), now=NOON)
    (card,) = cards(look(reader, NOON))
    assert card.folded == (storm[1].id, storm[3].id)
    opened = queries.opened_fold(reader.id, card.card.id, now=NOON)
    assert [item.card.id for item in opened] == [storm[0].id, *card.folded]
    circle.set_dials(owner=reader, friend=lin.id, life=True, market=MarketDial.OFF)
    assert cards(look(reader, NOON)) == []


def test_a_page_that_was_full_takes_a_new_card_where_life_between_two_has_gone(reader, lin):
    lived = live(lin, NOON - HOUR, 19)
    sellers = [lin, *(member(name) for name in ("chen", "wuyi"))]
    for seller in sellers[1:]:
        befriend(seller, reader)
        town.open_shop(seller)
    offers = [offer(seller, NOON - n * MINUTE, n) for n, seller in enumerate(sellers)]
    first, second, third = (made.id for made in offers)
    assert leads(look(reader, NOON, limit=10)) == [first, second]
    assert leads(look(reader, NOON + MINUTE, limit=10)) == [first, second]
    for between in lived[-5:-1]:
        circle.narrow(moment=between, author=lin, audience=all_but(reader), now=NOON)
    assert leads(look(reader, NOON + 2 * MINUTE, limit=10)) == [first, third]


def test_not_this_is_gone_for_good_and_for_the_reader_alone(reader, lin):
    chen = member("chen")
    befriend(chen, lin)
    made = offer(lin, NOON - MINUTE)
    for viewer in (reader, chen):
        assert leads(look(viewer, NOON)) == [made.id]
    pacing.dismiss(reader=reader.id, moment=made.id, now=NOON)
    assert leads(look(reader, NOON + HOUR)) == []
    assert leads(look(chen, NOON + HOUR)) == [made.id]
    with pytest.raises(MomentMissing):
        pacing.dismiss(reader=lin.id, moment=made.id, now=NOON)


def test_a_reader_who_wants_none_meets_none_and_finds_all_in_the_market(reader, lin):
    live(lin, NOON - HOUR, 9)
    made = offer(lin, NOON - MINUTE)
    pacing.set_share(reader=reader.id, every=0)
    page = look(reader, NOON)
    assert leads(page) == []
    assert page.in_market
    assert leads(look(reader, NOON, lens=Lens.MARKET)) == [made.id]
    assert Impression.objects.count() == 0


def test_a_reader_may_want_less_than_the_house_allows_and_never_more(reader, lin):
    chen = member("chen")
    befriend(chen, reader)
    town.open_shop(chen)
    live(lin, NOON - HOUR, 30)
    for seller in (lin, chen):
        offer(seller, NOON - MINUTE)
    pacing.set_share(reader=reader.id, every=10)
    page = look(reader, NOON)
    places = [n for n, item in enumerate(page.cards) if item.card.face == "market"]
    assert places[1] - places[0] == 10
    for wrong in (1, 3, -1):
        with pytest.raises(Invalid):
            pacing.set_share(reader=reader.id, every=wrong)


def test_a_seller_and_a_muted_friend_leave_no_trace(reader, lin):
    made = offer(lin, NOON - MINUTE)
    circle.set_dials(owner=reader, friend=lin.id, life=True, market=MarketDial.DIGEST)
    assert leads(look(reader, NOON)) == []
    assert leads(look(lin, NOON)) == []
    assert not Impression.objects.filter(moment=made.id).exists()


def test_what_fits_the_reader_stands_before_what_is_newer_and_says_so(reader, lin):
    chen = member("chen")
    befriend(chen, reader)
    town.open_shop(chen)
    live(lin, NOON - HOUR, 9)
    liked = offer(chen, NOON - 2 * MINUTE)
    newer = offer(lin, NOON - MINUTE)
    for number in range(5):
        friend = member(f"friend{number}")
        befriend(friend, reader)
        befriend(friend, chen)
        learning.agree(member=friend.id, now=NOON)
        circle.like(member=friend, moment=liked, now=NOON)
    assert leads(look(reader, NOON)) == [liked.id, newer.id]
    told = reasons.why(reader.id, liked.id, now=NOON).sentences
    assert told[-1] == "At least 5 friends chose this"
    assert leads(look(reader, NOON + MINUTE)) == [liked.id, newer.id]


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_show_one_and_the_same(reader, lin):
    live(lin, NOON - HOUR, 9)
    for number in range(3):
        offer(lin, NOON - number * MINUTE, number)
    jobs.run_due(clock.now() + timedelta(days=1))
    found, start = [], threading.Barrier(4)

    def phone():
        try:
            start.wait()
            page = queries.timeline(reader.id, now=NOON)
            found.append([(item.card.id, item.folded) for item in page.cards])
        finally:
            connections.close_all()

    phones = [threading.Thread(target=phone) for _n in range(4)]
    for one in phones:
        one.start()
    for one in phones:
        one.join()
    assert len(found) == 4
    assert all(one == found[0] for one in found)
    assert Impression.objects.filter(after_at__isnull=False).count() == 1


def test_what_another_phone_laid_between_two_looks_is_not_left_out(reader, lin, monkeypatch):
    live(lin, NOON - HOUR, 9)
    offer(lin, NOON)
    jobs.run_due(clock.now() + timedelta(days=1))
    read, shown = arranging.read, []

    def slowly(*reader_and_place, **how):
        found = read(*reader_and_place, **how)
        monkeypatch.setattr(arranging, "read", read)
        shown.append(queries.timeline(reader.id, now=NOON))
        return found

    monkeypatch.setattr(arranging, "read", slowly)
    page = queries.timeline(reader.id, now=NOON)
    assert [item.card.id for item in page.cards] == [item.card.id for item in shown[0].cards]
    assert Impression.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_second_phone_decides_when_the_first_has_kept_what_it_shows(reader):
    """Seen in the act: while the first decides, the second waits for the reader's row."""
    nothing = Arranged(Layout([], [], [], 0, more=False), left=False, why={}, read_in=None)
    decided = threading.Event()

    def second():
        try:
            arrange = lambda: decided.set() or nothing  # noqa: E731
            pacing.show(reader=reader.id, arrange=arrange, tells=True, now=NOON)
        finally:
            connections.close_all()

    phone = threading.Thread(target=second)

    def first():
        phone.start()
        while not decided.is_set() and not somebody_waits():
            pass
        assert not decided.is_set()
        return nothing

    try:
        pacing.show(reader=reader.id, arrange=first, tells=True, now=NOON)
    finally:
        phone.join()
    assert decided.is_set()


def somebody_waits():
    """For this transaction to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
        )
        return cursor.fetchone()[0] > 0


def test_the_database_keeps_cards_and_folded_apart(reader):
    with pytest.raises(Exception, match="reach_card_or_elsewhere"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reach_impression (reader_id, moment, seller, rest, seen_at)"
            " VALUES (%s, %s, %s, %s, now())",
            [reader.id, reader.id, reader.id, [reader.id]],
        )
