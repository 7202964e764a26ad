"""What a reader can no longer buy, has met already or has waved away takes no turn and no line."""

from datetime import timedelta

import pytest
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, befriend, member, moment
from goodword.kit import clock, jobs
from goodword.reach.digests import actions as digests
from goodword.reach.digests import queries as digested
from goodword.reach.pacing import actions as pacing
from goodword.reach.pacing.reasons import why
from goodword.reach.states import Lens
from goodword.reach.tests import test_pace
from goodword.reach.tests.test_pace import HOUR, MINUTE, cards, leads, live, look, offer
from goodword.shop import actions as shop
from goodword.shop.following import actions as following
from goodword.shop.models import Listing, Shop
from goodword.shop.tests import town

pytestmark = pytest.mark.django_db
reader, lin = test_pace.reader, test_pace.lin
DAY = timedelta(days=1)


def sell_out(lin, listing):
    buyer, variant = member("buyer"), town.first_variant(listing)
    befriend(buyer, lin)
    town.buy(buyer, variant, quantity=variant.stock, now=NOON)


def withdraw(lin, listing):
    shop.withdraw(seller=lin, listing=listing.id, now=NOON)


def close(lin, listing):
    Shop.objects.filter(owner=lin).update(closing_at=NOON)


WAYS = {"sold out": sell_out, "withdrawn": withdraw, "its shop closes": close}


@pytest.mark.parametrize("way", list(WAYS))
def test_nobody_is_brought_what_cannot_be_bought(reader, lin, way):
    live(lin, NOON - HOUR, 9)
    lost, other = offer(lin, NOON - MINUTE), None
    if way != "its shop closes":
        other = offer(lin, NOON - 2 * MINUTE, 1)
    WAYS[way](lin, Listing.objects.get(id=lost.listing))
    page = look(reader, NOON + MINUTE, tells=True)
    assert leads(page) == ([other.id] if other else [])
    assert all(not item.folded for item in cards(page))
    assert lost.id in {item.card.id for item in look(reader, NOON, lens=Lens.MARKET).cards}
    later = NOON + 7 * DAY + HOUR
    made = digests.make(reader=reader.id, now=later)
    found = digested.opened(reader.id, made.id, now=later).in_vain if made else []
    assert [item.card.id for item in found] == ([other.id] if other else [])


def test_what_is_looked_at_in_a_digest_stays_in_it(reader, lin, client):
    """Both parts: on the way back from a listing nothing is missing, and nothing false is said."""
    vain = offer(lin, NOON)
    chen = seller("chen", reader, MarketDial.DIGEST)
    daily = offer(chen, NOON + 7 * DAY, 1)
    jobs.run_due(clock.now() + DAY)
    now = NOON + 7 * DAY + HOUR
    made = digests.make(reader=reader.id, now=now)
    client.force_login(reader)
    with clock.at(now + HOUR):
        for one in (vain, daily):
            client.get(f"/moments/{one.id}/listing")
    found = digested.opened(reader.id, made.id, now=now + 2 * HOUR)
    assert [item.card.id for item in found.cards] == [daily.id]
    assert [item.card.id for item in found.in_vain] == [vain.id]


def seller(handle, reader, market):
    made = member(handle)
    befriend(made, reader)
    town.open_shop(made)
    circle.set_dials(owner=reader, friend=made.id, life=True, market=market)
    return made


def test_what_had_its_turn_is_in_no_digest_of_a_friend_turned_down_since(reader, lin):
    live(lin, NOON - HOUR, 9)
    for n in range(2):
        offer(lin, NOON - n * MINUTE, n)
    assert len(cards(look(reader, NOON))[0].folded) == 1
    circle.set_dials(owner=reader, friend=lin.id, life=True, market=MarketDial.DIGEST)
    assert digests.make(reader=reader.id, now=NOON + HOUR) is None
    assert reader.id not in digested.due(NOON.date(), now=NOON + HOUR)
    later = offer(lin, NOON + 2 * HOUR, 2)
    jobs.run_due(clock.now() + DAY)
    made = digests.make(reader=reader.id, now=NOON + 3 * HOUR)
    found = digested.opened(reader.id, made.id, now=NOON + 3 * HOUR)
    assert [item.card.id for item in found.cards] == [later.id]


def test_a_card_that_was_waved_away_leaves_its_place_empty(reader, lin):
    """Nothing else jumps at once into the place of what one did not want, nor close to it."""
    chen, bao = (seller(name, reader, MarketDial.ON) for name in ("chen", "bao"))
    live(lin, NOON - HOUR, 12)
    made = [offer(one, NOON - n * MINUTE) for n, one in enumerate((lin, chen, bao))]
    assert places(look(reader, NOON)) == {made[0].id: 1, made[1].id: 6, made[2].id: 11}
    pacing.dismiss(reader=reader.id, moment=made[0].id, now=NOON)
    pacing.quieten(reader=reader, moment=made[1].id, market=MarketDial.OFF, now=NOON)
    wen = offer(seller("wen", reader, MarketDial.ON), NOON)
    page = look(reader, NOON + MINUTE)
    assert places(page) == {made[2].id: 9}
    live(lin, NOON + 2 * MINUTE, 5)
    page = look(reader, NOON + 8 * MINUTE)
    assert places(page) == {wen.id: 1, made[2].id: 15}


def places(page):
    return {i.card.id: n for n, i in enumerate(page.cards) if i.card.face == "market"}


def test_no_storm_hides_what_was_laid_or_what_others_offer(reader, lin):
    live(lin, NOON - HOUR, 12)
    first, chens = (
        offer(lin, NOON - MINUTE),
        offer(seller("chen", reader, MarketDial.ON), NOON - HOUR),
    )
    assert leads(look(reader, NOON - MINUTE / 2, tells=True)) == [first.id, chens.id]
    listing = town.listing(lin, "Cups", now=NOON - 30 * DAY)
    for n in range(61):
        moment(lin, "", face="market", listing=listing.id, now=NOON + timedelta(seconds=n))
    wen = offer(seller("wen", reader, MarketDial.ON), NOON - HOUR)
    page = look(reader, NOON + HOUR, tells=True)
    assert leads(page) == [first.id, chens.id, wen.id]
    assert [len(item.folded) for item in cards(page)] == [0, 0, 0]
    pacing.see(reader=reader.id, moments=leads(page), now=NOON + HOUR)
    live(lin, NOON + 2 * HOUR, 5)
    page = look(reader, NOON + 4 * HOUR)
    assert [len(item.folded) for item in cards(page)] == [19, 0, 0, 0]


def test_who_offers_little_has_her_turn_among_those_who_offer_every_day(reader, lin):
    little = offer(lin, NOON - DAY)
    daily = [seller(f"daily{n}", reader, MarketDial.ON) for n in range(6)]
    met = []
    for half in range(4):
        at = NOON + half * DAY / 2
        for n, one in enumerate(daily):
            offer(one, at - HOUR, n)
        live(lin, at - MINUTE, 10)
        met += leads(look(reader, at, limit=10))
    # Seven sellers, two places at each look: by the fourth everybody was met once.
    assert little.id in met


def test_why_says_what_the_reader_decided_and_where_it_is(reader, lin):
    live(lin, NOON - HOUR, 5)
    made = offer(lin, NOON - MINUTE)
    said = lambda: why(reader.id, made.id, now=NOON).sentences[:-1]  # noqa: E731  # she is new
    nowhere = "It was not brought to your circle: it is in the market."
    assert said() == ["Lin is your friend, and you have their market on.", nowhere]
    look(reader, NOON)
    assert said() == ["Lin is your friend, and you have their market on."]
    dial(reader, lin, MarketDial.DIGEST)
    assert said() == ["Lin is your friend, and you want what they sell once a day."]
    circle.snooze(owner=reader, friend=lin.id, on=True, now=NOON)
    assert said() == ["Lin is your friend, and you have snoozed them."]
    dial(reader, lin, MarketDial.OFF)
    assert said() == ["Lin is your friend, and you have turned their market off."]


def dial(reader, friend, market):
    circle.set_dials(owner=reader, friend=friend.id, life=True, market=market)


def test_only_what_the_reader_can_still_do_is_offered_there(reader, lin, client):
    made = offer(lin, NOON - MINUTE)
    client.force_login(reader)
    for market, offered in ((MarketDial.ON, 2), (MarketDial.DIGEST, 1), (MarketDial.OFF, 0)):
        dial(reader, lin, market)
        with clock.at(NOON):
            page = client.get(f"/moments/{made.id}/why").text
        assert page.count(f"/moments/{made.id}/quieter") == offered
        assert ("Not for you?" in page) == bool(offered)


def test_only_a_market_card_has_a_fold(reader, lin):
    (life,) = live(lin, NOON - HOUR, 1)
    browser = Client()
    browser.force_login(reader)
    with clock.at(NOON):
        assert browser.get(f"/moments/{life.id}/fold").status_code == 404


def test_a_shop_that_the_reader_follows_comes_first_and_says_so(reader, lin):
    chen = seller("chen", reader, MarketDial.ON)
    row = Shop.objects.get(owner=chen)
    Shop.objects.filter(id=row.id).update(public=True, followable=True)
    live(lin, NOON - HOUR, 9)
    followed, newer = offer(chen, NOON - 2 * MINUTE), offer(lin, NOON - MINUTE)
    following.follow(member=reader, shop=row.id, now=NOON)
    page = look(reader, NOON)
    assert [(i.card.id, i.reason) for i in cards(page)] == [
        (followed.id, "You follow this shop"), (newer.id, ""),
    ]  # fmt: skip
    assert why(reader.id, followed.id, now=NOON).sentences[-1] == "You follow this shop"
    Shop.objects.filter(id=row.id).update(followable=False)  # then nobody follows it any more
    assert [i.reason for i in cards(look(reader, NOON + MINUTE))] == ["", ""]
