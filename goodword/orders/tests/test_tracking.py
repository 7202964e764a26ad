"""What carriers say: read as often as one likes, kept once, never taken for the buyer's word."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from goodword.journal.queries import story
from goodword.notices.models import Notice
from goodword.orders import actions, leaving, pages, tracking
from goodword.orders.actions.tracking import StrayMissing
from goodword.orders.gateways import FileDrop, Tracking
from goodword.orders.models import OrderLine, Scan, StrayScan, TrackingSource
from goodword.orders.states import LineState, Scanned, Stray

from . import town
from .carrier import Carrier, misbehave
from .town import DAY, HOUR, NOW, NUMBER

pytestmark = pytest.mark.django_db
SENT = NOW + HOUR
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lin():
    lin = town.person("lin", "Lin")
    town.open_shop(lin)
    return lin


@pytest.fixture
def chen():
    return town.person("chen", "Chen")


@pytest.fixture
def order(lin, chen):
    return town.shipped(chen, lin, town.offered(lin))


@pytest.fixture
def drop(tmp_path):
    return tmp_path / "tracking"


@pytest.fixture
def sf(drop):
    return Carrier(drop, "sf")


def gateway(drop) -> Tracking:
    return FileDrop(drop, zone="UTC")


def read(drop, now):
    return actions.read_tracking(gateways=[gateway(drop)], now=now)


def way(order):
    page = pages.order_page(order.buyer_id, order.id, now=NOW + DAY)
    (stops,) = page.ways.values()
    return [(stop.kind, stop.at, stop.place) for stop in reversed(stops)]


def told(member):
    rows = Notice.objects.filter(owner=member.id).order_by("id")
    kinds = rows.values_list("kind", flat=True)
    return [kind for kind in kinds if kind in ("orders.delivered", "orders.not_met",
                                               "orders.going_back")]  # fmt: skip


def receive_at(order):
    page = pages.order_page(order.buyer_id, order.id, now=NOW + HOUR)
    return next(step.at for step in page.ahead if step.kind == "receive")


PATH = [
    (NUMBER, SENT, "accepted", "杭州"),
    (NUMBER, SENT + 8 * HOUR, "moving", "上海"),
    (NUMBER, SENT + 20 * HOUR, "out", "上海 浦东"),
    (NUMBER, SENT + 23 * HOUR, "delivered", "上海 浦东"),
]
EXPECTED = [(Scanned(kind), at, place) for _number, at, kind, place in PATH]


def test_the_parcels_way_stands_on_the_order_and_in_its_story(drop, sf, order, chen):
    sf.csv("a.csv", *PATH, written=NOW + DAY)
    assert read(drop, NOW + DAY + MINUTE) == 4
    assert way(order) == EXPECTED
    page = pages.order_page(chen.id, order.id, now=NOW + 2 * DAY)
    verbs = [event.verb for event in page.events]
    assert verbs[-3:] == ["orders.scanned", "orders.scanned", "orders.delivered"]
    assert all(one.at <= other.at for one, other in pairwise(page.events))
    client = Client()
    client.force_login(chen)
    assert "上海 浦东" in client.get(reverse("orders:order", args=[order.id])).content.decode()


def test_delivered_confirms_nothing_and_never_shortens_the_buyers_time(drop, sf, order, chen):
    before = receive_at(order)
    sf.csv("a.csv", *PATH, written=NOW + DAY)
    read(drop, NOW + DAY + MINUTE)
    assert town.state(order) == LineState.SHIPPED
    assert receive_at(order) == before == NOW + 10 * DAY
    assert told(chen) == ["orders.delivered"]


def test_who_gets_it_late_has_time_to_look(drop, sf, order, chen):
    came = NOW + 9 * DAY + 20 * HOUR
    sf.csv("late.csv", (NUMBER, came, "delivered", ""), written=came)
    read(drop, came + MINUTE)
    assert receive_at(order) == came + 3 * DAY
    town.let_time_pass(NOW + 10 * DAY + HOUR)
    assert town.state(order) == LineState.SHIPPED
    town.let_time_pass(came + 3 * DAY + MINUTE)
    assert town.state(order) == LineState.RECEIVED


@pytest.mark.parametrize("seed", range(4))
def test_however_the_carrier_says_it_the_same_is_kept_once(drop, sf, order, chen, seed):
    sf.csv("one.csv", *misbehave(PATH, seed), written=NOW + DAY, encoding="gb18030")
    sf.jsonl("two.jsonl", *misbehave(PATH[2:], seed + 9), "{half", written=NOW + DAY)
    read(drop, NOW + DAY + MINUTE)
    assert way(order) == EXPECTED
    assert told(chen) == ["orders.delivered"]
    kept = Scan.objects.count(), StrayScan.objects.count()
    TrackingSource.objects.all().delete()  # as if it had died before noting how far it was
    assert read(drop, NOW + DAY + MINUTE) == 0
    assert (Scan.objects.count(), StrayScan.objects.count()) == kept
    assert {row.why for row in StrayScan.objects.all()} == {Stray.UNKNOWN, Stray.UNREAD}


def test_a_file_that_is_being_written_is_left_until_it_is_whole(drop, sf, order):
    written = NOW + DAY
    sf.csv("day.csv", *PATH[:1], written=written)
    assert read(drop, written + timedelta(seconds=5)) == 0  # it may still be growing
    sf.csv("day.csv", *PATH[:2], f"{NUMBER},2026-11", written=written, end="")
    assert read(drop, written + MINUTE) == 2
    assert not StrayScan.objects.exists()
    sf.csv("day.csv", *PATH, written=written + 2 * MINUTE)
    assert read(drop, written + 3 * MINUTE) == 2
    assert way(order) == EXPECTED
    sf.put(".hidden.csv", b"x", written)
    sf.put("copy.csv.part", b"x", written)
    assert [one.name for one in gateway(drop).sources(now=NOW + 9 * DAY)] == ["sf/day.csv"]


def test_a_last_line_without_an_end_is_read_once_it_is_old(drop, sf, order):
    sf.csv("day.csv", *PATH[:2], written=NOW + DAY, end="")
    assert read(drop, NOW + DAY + MINUTE) == 1
    assert read(drop, NOW + DAY + 11 * MINUTE) == 1
    assert read(drop, NOW + DAY + 12 * MINUTE) == 0


def test_a_clock_in_the_wrong_zone_is_not_believed(drop, sf, order):
    now = NOW + DAY
    ahead = (now + 8 * HOUR).isoformat()  # local time, labelled as UTC
    sf.jsonl("a.jsonl", f'{{"number": "{NUMBER}", "time": "{ahead}", "status": "delivered"}}',
             written=now)  # fmt: skip
    read(drop, now + MINUTE)
    assert [at for _kind, at, _place in way(order)] == [now + MINUTE]
    assert OrderLine.objects.get(order=order.id).delivered_at == now + MINUTE
    assert read(drop, now + 9 * HOUR) == 0


def test_a_word_after_the_delivery_changes_nothing_more(drop, sf, order, chen):
    sf.csv("a.csv", *PATH, written=NOW + DAY)
    read(drop, NOW + DAY + MINUTE)
    late = [
        (NUMBER, SENT + 30 * HOUR, "delivered", "again"),
        (NUMBER, SENT + 31 * HOUR, "moving", ""),
    ]
    sf.csv("b.csv", *late, written=NOW + 2 * DAY)
    read(drop, NOW + 2 * DAY + MINUTE)
    assert OrderLine.objects.get(order=order.id).delivered_at == PATH[-1][1]
    assert told(chen) == ["orders.delivered"]
    actions.confirm(buyer=chen, order=order.id, now=NOW + 2 * DAY)
    sf.csv("c.csv", (NUMBER, SENT + 50 * HOUR, "returning", ""), written=NOW + 3 * DAY)
    read(drop, NOW + 3 * DAY + MINUTE)
    assert told(chen) == ["orders.delivered"]
    assert town.state(order) != LineState.SHIPPED


def test_both_hear_when_it_goes_back_and_the_buyer_when_nobody_was_met(drop, sf, order, lin, chen):
    sf.csv("a.csv", (NUMBER, SENT + HOUR, "failed", ""), (NUMBER, SENT + 2 * HOUR, "returning", ""),
           written=NOW + DAY)  # fmt: skip
    read(drop, NOW + DAY + MINUTE)
    assert told(chen) == ["orders.not_met", "orders.going_back"]
    assert told(lin) == ["orders.going_back"]
    assert town.state(order) == LineState.SHIPPED


def test_a_number_that_is_typed_later_finds_its_parcel(drop, sf, lin, chen):
    held = town.held(chen, town.offered(lin))
    sf.csv("a.csv", *PATH[:2], written=SENT + 9 * HOUR)
    read(drop, SENT + 10 * HOUR)
    assert {row.why for row in StrayScan.objects.all()} == {Stray.UNKNOWN}
    actions.ship(seller=lin, order=held.id, carrier="sf", number=NUMBER, now=SENT + 11 * HOUR)
    assert read(drop, SENT + 12 * HOUR) == 2
    assert way(held) == EXPECTED[:2]
    assert tracking.to_look_at() == 0


def test_a_mended_number_leaves_the_other_parcels_way_behind(drop, sf, order, lin, chen):
    other = "SF9999999999999"
    sf.csv("a.csv", *PATH, (other, SENT + HOUR, "accepted", "苏州"), written=NOW + DAY)
    read(drop, NOW + DAY + MINUTE)
    (parcel,) = order.shipments.all()
    actions.correct(seller=lin, order=order.id, shipment=parcel.id, carrier="sf", number=other,
                    now=NOW + DAY + HOUR)  # fmt: skip
    read(drop, NOW + DAY + 2 * HOUR)
    assert way(order) == [(Scanned.ACCEPTED, SENT + HOUR, "苏州")]
    sf.csv("b.csv", (other, NOW + 2 * DAY, "delivered", ""), written=NOW + 2 * DAY)
    read(drop, NOW + 2 * DAY + MINUTE)
    assert OrderLine.objects.get(order=order.id).delivered_at == NOW + 2 * DAY
    assert [deed.verb for deed in story(order.id)].count("orders.delivered") == 2


def test_numbers_that_do_not_fit_are_the_operators_to_see(drop, sf, order, chen):
    wen = town.person("wen", "Wen")
    town.open_shop(wen)
    town.shipped(chen, wen, town.offered(wen), number="SF5555555555555")
    Carrier(drop, "zto").csv("z.csv", (NUMBER, SENT, "moving", ""), written=NOW + DAY)
    Carrier(drop, "nobody").csv("n.csv", (NUMBER, SENT, "moving", ""), written=NOW + DAY)
    sf.csv(
        "a.csv",
        (NUMBER, NOW - 200 * DAY, "delivered", ""),
        f"{NUMBER},2026-11-02 10:00:00,未签收,,",
        ",2026-11-02 10:00:00,已签收,,",
        written=NOW + DAY,
    )
    read(drop, NOW + DAY + MINUTE)
    seen = sorted((str(row.why), row.unread) for row in StrayScan.objects.all())
    assert seen == [
        ("before", ""), ("unknown", ""), ("unread", "no_carrier"), ("unread", "no_number"),
        ("unread", "no_status"),
    ]  # fmt: skip
    assert not Scan.objects.exists()


def test_one_parcel_of_one_seller_may_hold_several_orders(drop, sf, order, lin, chen):
    wen = town.person("wen", "Wen")
    other = town.shipped(wen, lin, town.offered(lin, "Pot"))
    sf.csv("a.csv", *PATH, written=NOW + DAY)
    read(drop, NOW + DAY + MINUTE)
    assert way(order) == way(other) == EXPECTED
    bo = town.person("bohai", "Bo")
    town.open_shop(bo)
    third = town.shipped(wen, bo, town.offered(bo))
    sf.csv("b.csv", (NUMBER, SENT + 40 * HOUR, "moving", "x"), written=NOW + 2 * DAY)
    read(drop, NOW + 2 * DAY + MINUTE)
    assert (way(order), way(third)) == (EXPECTED, [])
    assert StrayScan.objects.get().why == Stray.SEVERAL


def test_the_desk_is_for_operators(drop, sf, order, lin, chen):
    sf.csv("a.csv", ("SF7777777777777", SENT, "moving", "武汉"), written=NOW + DAY)
    read(drop, NOW + DAY + MINUTE)
    stray, client = StrayScan.objects.get(), Client()
    client.force_login(chen)
    url, away = reverse("orders:strays"), reverse("orders:put_away", args=[stray.id])
    assert [client.get(url).status_code, client.post(away).status_code] == [404, 404]
    lin.is_operator = True
    lin.save()
    client.force_login(lin)
    assert "SF7777777777777" in client.get(url).content.decode()
    assert client.post(away).status_code == 302
    assert "SF7777777777777" not in client.get(url).content.decode()
    TrackingSource.objects.all().delete()
    read(drop, NOW + DAY + 2 * MINUTE)
    assert tracking.to_look_at() == 0
    with pytest.raises(StrayMissing):
        actions.put_away(operator=lin, stray=stray.id, now=NOW)


def test_where_somebody_lives_goes_with_them(drop, sf, order, chen):
    sf.csv("a.csv", *PATH, written=NOW + DAY)
    read(drop, NOW + DAY + MINUTE)
    leaving.forget(chen.id)
    assert not Scan.objects.exists()
