"""The demo town holds together: everybody exists, may see what they talk about, and can pay."""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from goodword.kit import interests
from goodword.ops.demo.art.studio import find
from goodword.ops.demo.build.trade import Trade
from goodword.ops.demo.town import TOWN
from goodword.ops.demo.town.assembly import friends_of, may_see
from goodword.ops.demo.town.shapes import Text
from goodword.people.models import Member

NOW = datetime(2031, 10, 20, 13, 5, tzinfo=UTC)
PEOPLE = {person.handle: person for person in TOWN.people}
LISTINGS = {listing.key: listing for listing in TOWN.listings}
SHOPS = {shop.key: shop for shop in TOWN.shops}
MOMENTS = (*TOWN.life, *TOWN.market)
HAN = re.compile(r"[\u3400-\u9fff]")
LETTER = re.compile(r"[A-Za-z\u3400-\u9fff]")
OUTSIDE = re.compile(r"https?:|www\.|@|\.com|\d{7,}", re.IGNORECASE)
REAL_NAMES = re.compile(
    r"wechat|weixin|taobao|alipay|gucci|prada|hermes|hermès|chanel|louis vuitton|apple|iphone"
    r"|starbucks|ikea|微信|淘宝|支付宝|抖音|古驰|普拉达|爱马仕|香奈儿|路易威登|星巴克|宜家",
    re.IGNORECASE,
)


def texts() -> list[Text]:
    """Everything that somebody reads in the town."""
    found = [text for person in TOWN.people for text in (person.name, person.bio)]
    found += [group.name for group in TOWN.groups] + [one.message for one in TOWN.requests]
    found += [text for shop in TOWN.shops for text in (shop.name, shop.about, shop.promise)]
    for listing in TOWN.listings:
        found += [listing.title, listing.description, listing.brand, listing.origin]
        found += [*listing.options, *(v for variant in listing.variants for v in variant.values)]
    found += [moment.text for moment in MOMENTS]
    found += [comment.text for moment in MOMENTS for comment in moment.comments]
    return found + [picture.alt for picture in pictures()]


def pictures():
    found = [person.picture for person in TOWN.people if person.picture]
    found += [picture for moment in TOWN.life for picture in moment.pictures]
    for listing in TOWN.listings:
        found += [*listing.pictures, *(paper.picture for paper in listing.evidence)]
    return found


def test_about_sixty_people_have_proper_handles_names_and_a_face_or_a_picture():
    assert len(TOWN.people) == len(PEOPLE) == 60
    for person in TOWN.people:
        assert re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", person.handle)
        assert 3 <= len(person.handle) <= 30
        assert all(0 < len(name) <= 60 for name in (person.name.zh, person.name.en))
        assert all(0 < len(bio) <= 300 for bio in (person.bio.zh, person.bio.en))
        assert (person.face is None) != (person.picture is None)


def test_both_editions_say_something_of_their_own():
    for text in texts():
        assert bool(text.zh) == bool(text.en), text
        assert not HAN.search(text.en), text
        if LETTER.search(text.zh):
            assert HAN.search(text.zh), text
            assert text.zh != text.en


def test_nobody_is_led_outside_and_no_real_company_is_named():
    for text in texts():
        for said in (text.zh, text.en):
            assert not OUTSIDE.search(said), said
            assert not REAL_NAMES.search(said), said


def test_friendships_are_between_people_of_the_town_once_each():
    pairs = [frozenset((tie.one, tie.other)) for tie in TOWN.ties]
    assert all(len(pair) == 2 and pair <= PEOPLE.keys() for pair in pairs)
    assert len(pairs) == len(set(pairs))
    kinds = {"family", "classmate", "colleague", "neighbour", "customer", "friend"}
    assert {tie.kind for tie in TOWN.ties} == kinds


def test_the_town_is_one_piece_with_clusters_and_bridges():
    reached, frontier = set(), {TOWN.reader}
    while frontier:
        reached |= frontier
        frontier = {friend for one in frontier for friend in friends_of(one)} - reached
    assert reached == PEOPLE.keys()
    assert clustering() > 0.5
    strangers = PEOPLE.keys() - friends_of(TOWN.reader) - {TOWN.reader}
    assert len(strangers) >= 10
    assert 30 <= len(friends_of(TOWN.reader)) <= 50


def clustering() -> float:
    """How often two friends of somebody are friends of each other, on average."""
    shares = []
    for handle in PEOPLE:
        friends = sorted(friends_of(handle))
        possible = len(friends) * (len(friends) - 1) / 2
        if possible:
            known = sum(len(friends_of(one) & set(friends)) for one in friends) / 2
            shares.append(known / possible)
    return sum(shares) / len(shares)


def test_groups_hold_friends_of_their_owner():
    keys = Counter((group.owner, group.key) for group in TOWN.groups)
    assert max(keys.values()) == 1
    for group in TOWN.groups:
        assert group.members
        assert set(group.members) <= friends_of(group.owner), group
        assert all(len(name) <= 40 for name in (group.name.zh, group.name.en))


def test_who_asks_is_no_friend_yet_and_who_turns_down_is_one():
    for one in TOWN.requests:
        assert one.asker in PEOPLE
        assert one.asked not in friends_of(one.asker)
        assert len(one.message.zh) <= 200
        assert len(one.message.en) <= 200
    for dial in TOWN.dials:
        assert dial.friend in friends_of(dial.owner)
        assert dial.market in ("on", "digest", "off")


def test_moments_have_an_author_and_nine_pictures_at_most():
    assert len(TOWN.life) >= 160
    assert 20 <= len(TOWN.market) <= 26
    for moment in TOWN.life:
        assert moment.author in PEOPLE
        assert moment.text.zh or moment.pictures
        assert len(moment.pictures) <= 9
        if moment.from_listing:
            assert moment.from_listing in LISTINGS


def test_two_people_send_their_voice():
    spoken = [moment for moment in TOWN.life if moment.voice]
    assert len({moment.author for moment in spoken}) >= 2
    assert not any(moment.pictures for moment in spoken)
    assert all(TOWN.reader in may_see(moment.author, moment.audience) for moment in spoken)


def test_audiences_name_groups_and_friends_of_the_author():
    groups = {(group.owner, group.key) for group in TOWN.groups}
    for moment in MOMENTS:
        assert moment.audience.kind in ("everyone", "chosen", "except", "only_me")
        assert all((moment.author, key) in groups for key in moment.audience.groups), moment
        assert set(moment.audience.people) <= friends_of(moment.author), moment


def test_only_those_who_may_see_a_moment_like_it_and_talk():
    for moment in MOMENTS:
        allowed = may_see(moment.author, moment.audience)
        assert set(moment.likes) <= allowed
        assert len(set(moment.likes)) == len(moment.likes)
        for comment in moment.comments:
            assert comment.by in allowed | {moment.author}, (moment.author, comment)


def test_answers_come_after_what_they_answer():
    for moment in MOMENTS:
        for place, comment in enumerate(moment.comments):
            assert comment.after > timedelta(0)
            if comment.reply_to is not None:
                assert 0 <= comment.reply_to < place, comment
                assert comment.after > moment.comments[comment.reply_to].after, comment


def test_nobody_answers_what_they_cannot_hear():
    """A comment is heard by its author, the moment's author, and its author's friends."""
    for moment in MOMENTS:
        for comment in moment.comments:
            if comment.reply_to is not None:
                answered = moment.comments[comment.reply_to].by
                heard = {answered, moment.author} | friends_of(answered)
                assert comment.by in heard, (moment.author, comment)


def test_market_moments_show_the_authors_own_listings_after_they_were_listed():
    assert len({showing.author for showing in TOWN.market}) >= 6
    for showing in TOWN.market:
        listing = LISTINGS[showing.listing]
        assert SHOPS[listing.shop].owner == showing.author
        assert showing.when.before(NOW) > listing.listed.before(NOW)


def test_everything_lies_in_the_past_at_any_hour():
    for now in (NOW, NOW.replace(hour=16), NOW.replace(hour=0, minute=0)):
        whens = [moment.when for moment in MOMENTS] + [order.when for order in TOWN.orders]
        assert all(when.before(now) < now for when in whens)


def test_listings_keep_the_shops_limits():
    assert len(LISTINGS) == len(TOWN.listings)
    for listing in TOWN.listings:
        assert listing.shop in SHOPS
        assert all(0 < len(title) <= 120 for title in (listing.title.zh, listing.title.en))
        assert 1 <= len(listing.pictures) <= 9
        assert listing.made_to_order == (listing.lead_days > 0)
        assert listing.condition in ("new", "like_new", "used")
        assert 0 < listing.shipping_days[0] <= listing.shipping_days[1]
        assert listing.listed.before(NOW) > SHOPS[listing.shop].opened.before(NOW)
        for paper in listing.evidence:
            assert paper.kind in (
                "receipt", "authorisation", "customs", "inspection", "workshop"
            )  # fmt: skip


def test_variants_have_a_value_for_each_option_and_an_honest_price_history():
    for listing in TOWN.listings:
        keys = [variant.key for variant in listing.variants]
        assert len(keys) == len(set(keys)) > 0
        for variant in listing.variants:
            assert len(variant.values) == len(listing.options)
            assert variant.stock >= 0
            assert variant.prices[0].days == listing.listed.days, listing.key
            for earlier, later in pairwise(variant.prices):
                assert earlier.days > later.days >= 0
                assert earlier.minor != later.minor
            assert all(price.minor > 0 for price in variant.prices)


def test_orders_could_really_have_been_placed():
    sold: Counter[tuple[str, str]] = Counter()
    for order in TOWN.orders:
        assert order.buyer in PEOPLE
        for line in order.lines:
            listing = LISTINGS[line.listing]
            variant = next(v for v in listing.variants if v.key == line.variant)
            assert SHOPS[listing.shop].owner != order.buyer
            assert order.when.before(NOW) > listing.listed.before(NOW), order
            assert order.when.before(NOW) > PEOPLE[order.buyer].joined.before(NOW), order
            if order.state not in ("expired", "cancelled"):
                sold[line.listing, variant.key] += line.quantity
            assert sold[line.listing, variant.key] <= variant.stock, order
        assert len({LISTINGS[line.listing].shop for line in order.lines}) == 1


@pytest.mark.parametrize(
    "state", ["expired", "cancelled", "held", "shipped", "received", "released", "completed"]
)
def test_there_are_orders_in_every_state(state):
    assert any(order.state == state for order in TOWN.orders)


def test_orders_had_the_time_to_come_as_far_as_they_did():
    shortest = {"shipped": 1, "received": 4, "released": 11, "completed": 19}
    for order in TOWN.orders:
        lead = max(LISTINGS[line.listing].lead_days for line in order.lines)
        assert order.when.days >= shortest.get(order.state, 0) + lead * (order.state in shortest), (
            order
        )


def test_every_picture_can_be_drawn_and_none_twice():
    seen = Counter((picture.scene, picture.seed) for picture in pictures())
    assert max(seen.values()) == 1, seen.most_common(1)
    for picture in pictures():
        find(picture.scene)
        assert picture.alt.zh
        assert picture.shape in ("wide", "tall", "square", "small")


def test_the_reader_sees_a_lively_circle():
    visible = [m for m in TOWN.life if TOWN.reader in may_see(m.author, m.audience)]
    authors = {moment.author for moment in visible}
    assert len(visible) >= 110
    assert len(authors) >= 35
    newest = [m for m in visible if NOW - m.when.before(NOW) < timedelta(days=1)]
    assert len(newest) >= 12
    shows = [m for m in TOWN.market if TOWN.reader in may_see(m.author, m.audience)]
    assert len({showing.author for showing in shows}) >= 5


def test_the_edges_that_a_page_must_bear_are_all_there():
    spread = Counter(len(moment.pictures) for moment in TOWN.life)
    assert all(spread[count] for count in (0, 1, 2, 3, 4, 6, 9))
    assert max(len(person.name.zh) for person in TOWN.people) >= 20
    assert max(len(person.name.en) for person in TOWN.people) >= 50
    assert max(len(moment.text.en) for moment in TOWN.life) >= 1000
    assert any(len(re.findall(r"[\U0001f300-\U0001faff]", m.text.zh)) >= 8 for m in TOWN.life)
    counts = {len(listing.variants) for listing in TOWN.listings}
    assert {1, 24} <= counts
    assert any(v.price == 123456789 for one in TOWN.listings for v in one.variants)
    assert any(v.stock == 0 for one in TOWN.listings for v in one.variants)
    assert {listing.currency for listing in TOWN.listings} == {"CNY", "EUR"}
    assert any(v.prices[-1].minor < v.prices[0].minor for x in TOWN.listings for v in x.variants)


def test_some_variant_was_sold_out_by_its_buyers():
    sold: defaultdict[tuple[str, str], int] = defaultdict(int)
    for order in TOWN.orders:
        if order.state not in ("expired", "cancelled"):
            for line in order.lines:
                sold[line.listing, line.variant] += line.quantity
    stocks = {(one.key, v.key): v.stock for one in TOWN.listings for v in one.variants}
    assert any(stocks[key] == count > 0 for key, count in sold.items())


def test_what_people_like_is_in_the_vocabulary():
    assert {liking.member for liking in TOWN.likings} <= PEOPLE.keys()
    for liking in TOWN.likings:
        assert interests.chosen(liking.interests)


def test_a_parcel_can_go_to_everybody_who_bought_something():
    for order in TOWN.orders:
        buyer = PEOPLE[order.buyer]
        member = Member(handle=buyer.handle, display_name=buyer.name.en, region=buyer.region)
        Trade({}, {}, {}, "en").address(member).check()
