"""The timeline on real rows: order, pace, revocation, paging, the same statements for any size."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions as circle
from goodword.circle import queries as circle_queries
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, all_but, befriend, member, moment
from goodword.kit import clock, jobs
from goodword.reach import actions, news, queries
from goodword.reach.models import Entry
from goodword.reach.states import Lens
from goodword.shop import actions as shop
from goodword.shop.models import Listing
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def reader():
    return member("reader")


@pytest.fixture
def lin(reader):
    lin = member("lin")
    befriend(lin, reader)
    return lin


def settle():
    jobs.run_due(clock.now() + timedelta(days=1))


def live(author, minutes, **values):
    return moment(author, f"{minutes} ago", now=NOON - minutes * MINUTE, **values)


def offer(seller, minutes):
    listing = town.listing(seller, f"Cup {minutes}", now=NOON - timedelta(days=30))
    at = NOON - minutes * MINUTE
    return shop.show(seller=seller, listing=listing.id, text="", key=str(minutes), now=at)


def read(viewer, **values):
    settle()
    return queries.timeline(viewer.id, now=values.pop("now", NOON), **values)


def ids(page):
    return [item.card.id for item in page.cards]


def test_life_stands_in_its_order_with_ones_own(reader, lin):
    made = [live(lin, 9), live(reader, 5), live(lin, 1)]
    assert ids(read(reader)) == [m.id for m in reversed(made)]


def test_a_storm_of_six_is_one_card_after_life_and_opens_to_exactly_six(reader, lin):
    lives = [live(lin, minutes) for minutes in range(40, 50)]
    town.open_shop(lin)
    storm = [offer(lin, minutes) for minutes in range(41, 47)]
    page = read(reader)
    market = [item for item in page.cards if item.card.face == "market"]
    assert len(market) == 1
    assert len(market[0].folded) == 5
    assert [i for i in ids(page) if i != market[0].card.id] == [m.id for m in lives]
    opened = queries.opened_fold(reader.id, market[0].card.id, now=NOON)
    assert {item.card.id for item in opened} == {m.id for m in storm}


def test_the_life_lens_is_the_life_of_all(reader, lin):
    for minutes in range(0, 60, 2):
        live(lin, minutes)
    town.open_shop(lin)
    offer(lin, 10)
    everything = walk(reader, Lens.ALL)
    life = walk(reader, Lens.LIFE)
    assert [i.card.id for i in everything if i.card.face == "life"] == [i.card.id for i in life]
    assert len(everything) == len(life) + 1


def walk(viewer, lens, limit=7):
    found, after = [], ""
    while True:
        page = read(viewer, lens=lens, after=after, limit=limit)
        assert len(page.cards) == limit or page.next is None
        found += page.cards
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("lens", [Lens.ALL, Lens.LIFE])
def test_pages_are_the_same_with_and_without_hidden_moments(reader, lin, lens):
    shown = [live(lin, minutes) for minutes in range(10)]
    before = [ids(page) for page in pages(reader, lens)]
    for minutes in range(10):
        for _twice in range(2):
            live(lin, minutes + 0.5, audience=all_but(reader))
    assert [ids(page) for page in pages(reader, lens)] == before
    assert [len(page) for page in before] == [4, 4, 2]
    assert [one for page in before for one in page] == [made.id for made in shown]


def pages(viewer, lens, limit=4):
    """Every page to the end; a hidden one may neither shorten a page nor add one."""
    page = read(viewer, lens=lens, limit=limit)
    yield page
    while page.next:
        page = read(viewer, lens=lens, limit=limit, after=page.next)
        yield page


def test_a_page_neither_repeats_nor_skips_while_others_publish(reader, lin):
    made = [live(lin, minutes) for minutes in range(20)]
    first = read(reader, limit=7)
    newer = live(lin, -1)
    second = read(reader, limit=7, after=first.next, now=NOON + 2 * MINUTE)
    third = read(reader, limit=7, after=second.next, now=NOON + 2 * MINUTE)
    assert ids(first) + ids(second) + ids(third) == [m.id for m in made]
    assert newer.id in ids(read(reader, now=NOON + 2 * MINUTE))


def test_muting_the_market_changes_only_that_market(reader, lin):
    chen = member("chen")
    befriend(chen, reader)
    for minutes in range(30):
        live(lin, minutes)
    for seller in (lin, chen):
        town.open_shop(seller)
        offer(seller, 5 if seller is lin else 9)
    before = walk(reader, Lens.ALL)
    circle.set_dials(owner=reader, friend=lin.id, life=True, market=MarketDial.OFF)
    after = walk(reader, Lens.ALL)
    gone = {i.card.id for i in before} - {i.card.id for i in after}
    assert {i.card.author.id for i in before if i.card.id in gone} == {lin.id}
    assert all(i.card.face == "market" for i in before if i.card.id in gone)
    assert len(gone) == 1


@pytest.mark.parametrize(
    "revoke",
    [
        lambda lin, reader, made: circle.narrow(
            moment=made, author=lin, audience=all_but(reader), now=NOON
        ),
        lambda lin, reader, made: circle.unfriend(member=lin, friend=reader, now=NOON),
        lambda lin, reader, made: circle.block(owner=lin, other=reader, now=NOON),
        lambda lin, reader, made: circle.hide_mine(
            owner=lin, friend=reader.id, on=True, now=clock.now()
        ),
        lambda lin, reader, made: circle.delete_moment(moment=made, author=lin, now=NOON),
    ],
)
def test_what_is_taken_back_is_gone_before_any_job_has_run(reader, lin, revoke):
    made = live(lin, 1)
    assert ids(read(reader)) == [made.id]
    revoke(lin, reader, made)
    assert ids(queries.timeline(reader.id, now=NOON)) == []


def test_a_late_fan_out_leaks_nothing(reader, lin):
    made = live(lin, 1)
    circle.narrow(moment=made, author=lin, audience=all_but(reader), now=NOON)
    assert ids(read(reader)) == []


def test_a_new_friend_brings_what_was_before(reader):
    lin = member("lin")
    made, mine = live(lin, 60), live(reader, 90)
    assert ids(read(reader)) == [mine.id]
    befriend(lin, reader)
    assert ids(read(reader)) == ids(read(lin)) == [made.id, mine.id]


def test_friends_who_part_leave_each_others_index(reader, lin):
    live(lin, 2)
    mine = live(reader, 1)
    settle()
    circle.unfriend(member=lin, friend=reader, now=NOON)
    settle()
    assert [row.moment for row in Entry.objects.filter(reader=reader.id)] == [mine.id]
    assert not Entry.objects.filter(reader=lin.id, author=reader.id).exists()


def test_the_index_can_be_made_anew(reader, lin):
    live(lin, 3)
    live(reader, 2)
    before = ids(read(reader))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reach_entry SET moment = gen_random_uuid()")
    assert ids(queries.timeline(reader.id, now=NOON)) == []
    assert actions.rebuild_all() == 2
    assert ids(queries.timeline(reader.id, now=NOON)) == before
    assert Entry.objects.filter(reader=reader.id).count() == 2  # and nothing of what was wrong


@pytest.mark.parametrize("lens", [Lens.ALL, Lens.LIFE])
def test_the_last_page_says_that_it_is_the_last(reader, lin, lens):
    for minutes in (1, 2):
        live(lin, minutes)
    page = read(reader, lens=lens, limit=2)
    assert len(page.cards) == 2
    assert page.next is None


def test_fanning_out_twice_writes_once(reader, lin):
    made = live(lin, 1)
    settle()
    actions.fan_out(moment=made.id)
    assert ids(read(reader)) == [made.id]


def test_what_was_hidden_when_it_was_posted_is_there_once_it_is_not(reader, lin):
    """Each friend has a row, whatever the audience: nothing has to be mended later."""
    settle()  # or what befriending fills in would bring it too
    circle.hide_mine(owner=lin, friend=reader.id, on=True, now=NOON)
    made = live(lin, 1)
    assert ids(read(reader)) == []
    circle.hide_mine(owner=lin, friend=reader.id, on=False, now=NOON)
    assert ids(queries.timeline(reader.id, now=NOON)) == [made.id]


def test_a_large_circle_is_reached_in_chunks(reader, lin, monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    friends = [member(f"friend{n}") for n in range(5)]
    for friend in friends:
        befriend(friend, lin)
    settle()  # or what befriending fills in would bring it too
    made = live(lin, 1)
    for friend in [reader, *friends]:
        assert ids(read(friend)) == [made.id]


def test_three_and_thirty_friends_cost_the_same_few_statements(reader):
    costs = []
    town_folk = [member(f"folk{n}") for n in range(30)]
    read(reader)  # once an hour it is noted that they read
    for count in (3, 30):
        for folk in town_folk[:count]:
            if not circle_friends(reader, folk):
                befriend(folk, reader)
            for minutes in range(5, 13):  # the page of three friends is full too
                live(folk, minutes)
        settle()
        with CaptureQueriesContext(connection) as asked:
            queries.timeline(reader.id, now=NOON)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 4


def circle_friends(one, other):
    from goodword.circle import queries as circle_queries

    return circle_queries.are_friends(one.id, other.id)


def test_a_broken_cursor_is_one_sentence(reader, client):
    client.force_login(reader)
    answer = client.get("/?after=zzz")
    assert answer.status_code == 422
    assert "Start again from the top" in answer.content.decode()


def test_only_who_may_know_is_told_by_the_stream(reader, lin):
    chen = member("chen")
    befriend(chen, lin)
    made = live(lin, 1, audience=all_but(chen))
    settle()
    told = news.readers_of(made.id, [reader.id, chen.id, lin.id], now=NOON)
    assert told == [reader.id]
    circle.snooze(owner=reader, friend=lin.id, on=True, now=NOON)
    assert news.readers_of(made.id, [reader.id], now=NOON) == []


def test_show_more_finds_its_cards_in_the_next_page(reader, lin, client):
    for minutes in range(25):
        live(lin, minutes)
    settle()
    client.force_login(reader)
    with clock.at(NOON):
        first = client.get("/").content.decode()
        address = re.search(r'hx-get="([^"]+)"', first).group(1).replace("&amp;", "&")
        following = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert following.count('<article class="moment"') == 5
    assert following.index('id="moments"') < following.index('<article class="moment"')


def test_a_market_that_is_off_is_not_in_the_market_tab_either(reader, lin):
    town.open_shop(lin)
    made = offer(lin, 5)
    for dial, shown in [(MarketDial.DIGEST, [made.id]), (MarketDial.OFF, [])]:
        circle.set_dials(owner=reader, friend=lin.id, life=True, market=dial)
        assert ids(read(reader, lens=Lens.MARKET)) == shown
        assert ids(read(reader)) == []
    assert circle_queries.can_view(reader.id, made.id, now=NOON)


def test_market_pages_that_end_among_equals_neither_repeat_nor_skip(reader, lin):
    town.open_shop(lin)
    cups = [town.listing(lin, f"Cup {n}", now=NOON - timedelta(days=30)) for n in range(5)]
    made = [
        shop.show(seller=lin, listing=cup.id, text="", key=str(n), now=NOON - MINUTE * (n // 3))
        for n, cup in enumerate(cups)
    ]
    seen, after = [], ""
    while after is not None:
        page = read(reader, lens=Lens.MARKET, after=after, limit=2)
        seen, after = [*seen, *ids(page)], page.next
    order = sorted(made, key=lambda one: (one.published_at, one.id), reverse=True)
    assert seen == [one.id for one in order]


def test_a_circle_without_life_shows_one_card_and_the_way_to_the_market(reader, lin, client):
    chen = member("chen")
    befriend(chen, reader)
    for seller, minutes in ((lin, 5), (chen, 9)):
        town.open_shop(seller)
        offer(seller, minutes)
    page = read(reader)
    assert [item.card.author.id for item in page.cards] == [lin.id]
    assert (page.in_market, page.next) == (True, None)
    client.force_login(reader)
    with clock.at(NOON):
        shown = client.get("/").content.decode()
    assert shown.count('class="offered"') == 1
    assert "Your circle is quiet" in shown
    assert "See it in the market" in shown


def test_a_little_life_has_a_market_card_after_it_even_if_that_is_older(reader, lin):
    town.open_shop(lin)
    made = offer(lin, 60)
    lived = live(lin, 1)
    page = read(reader)
    assert ids(page) == [lived.id, made.id]
    assert not page.in_market


def test_an_older_offer_takes_the_first_free_place_and_is_met_once(reader, lin):
    town.open_shop(lin)
    made = offer(lin, 60)
    lives = [m.id for m in (live(lin, minutes) for minutes in range(7))]
    assert [item.card.id for item in walk(reader, Lens.ALL)] == [lives[0], made.id, *lives[1:]]


def test_pages_and_folds_are_the_same_with_and_without_a_hidden_listing(reader, lin):
    town.open_shop(lin)
    made = [offer(lin, minutes) for minutes in range(1, 10)]
    hidden = [offer(lin, minutes) for minutes in (3.5, 4.5)]
    Listing.objects.filter(id__in=[m.listing for m in hidden]).update(state="draft")
    market = walk(reader, Lens.MARKET, limit=4)
    assert [item.card.id for item in market] == [m.id for m in made]
    (card,) = read(reader).cards
    opened = queries.opened_fold(reader.id, card.card.id, now=NOON)
    assert len(card.folded) == len(opened) - 1 == 8
    profile = queries.profile_page(reader.id, lin.id, now=NOON, limit=4)
    assert ids(profile) == [m.id for m in made[:4]]
    with pytest.raises(circle_queries.MomentMissing):
        queries.opened_fold(reader.id, hidden[0].id, now=NOON)
    assert len(walk(lin, Lens.MARKET, limit=4)) == 11
