"""What a private person may sell in a year: counted by the ledger, told, and stopped in time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from goodword.kit import jobs
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.kit.money import Money
from goodword.money import actions as ledger
from goodword.money import queries as money
from goodword.notices.models import Notice
from goodword.orders import actions, queries
from goodword.orders.closing import actions as closing
from goodword.shop.actions import NotForSale, close_shop, open_shop
from goodword.shop.models import Overrun, Shop, ShopClock
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers import clocks, limits
from goodword.shop.sellers import rules as seller_rules
from goodword.shop.sellers.refusals import SoldTooMuch
from goodword.shop.sellers.rules import Year
from goodword.shop.sellers.states import Scheme
from goodword.shop.tests.town import picture

from . import town
from .town import DAY, HOUR, NOW, let_time_pass, offered, person, place, yuan

pytestmark = pytest.mark.django_db
GRACE = 30 * DAY
USCC = "91110000600037341L"


@pytest.fixture
def house():
    """A house in which a person sells for at most 200 yuan a year, and nobody counts as new."""
    rule("exempt_sum", 200)
    rule("new_seller_orders", 0)


def rule(name, value, since=NOW - 500 * DAY):
    HouseRule.objects.create(name=name, value=value, since=since)


def sell(seller, price, *, now=NOW):
    """A sale whose money becomes the seller's at `now`; answers the order."""
    variant = offered(seller, f"Cup for {price}", price)
    buyer = person(f"b{new_id().hex[-12:]}")
    order = town.held(buyer, variant, now=now)
    actions.ship(seller=seller, order=order.id, carrier="sf", number=town.NUMBER, now=now)
    actions.confirm(buyer=buyer, order=order.id, now=now)
    return buyer, order


def registered(seller, operator, now=NOW):
    asked = sellers.ask_registration(
        owner=seller, scheme=Scheme.USCC, name="Mei Tea Ltd", number=USCC, pages=[picture()],
        now=now,
    )  # fmt: skip
    sellers.accept(operator=operator, declaration=asked.id, now=now)
    return asked


def told(member):
    rows = Notice.objects.filter(owner=member.id, kind__startswith="shop.").order_by("at", "id")
    return [row.kind for row in rows]


def shop_of(seller):
    return Shop.objects.get(owner=seller, closed_at=None)


@pytest.fixture
def mei(house):
    seller = person("mei")
    town.open_shop(seller)
    return seller


def test_she_is_told_once_reminded_and_stopped_and_a_business_goes_on(mei):
    sellers.declare_individual(owner=mei, now=NOW)
    sell(mei, 200)
    assert not Overrun.objects.exists()  # no more than the sum is no more
    sell(mei, 1)
    sell(mei, 5)
    assert told(mei) == ["shop.limit_passed"]
    waiting = offered(mei, "Pot", 50)
    let_time_pass(NOW + GRACE - 7 * DAY)
    assert told(mei) == ["shop.limit_passed", "shop.limit_reminder"]
    let_time_pass(NOW + GRACE - HOUR)
    (open_order,) = place(person("wei"), waiting, now=NOW + GRACE - HOUR)
    let_time_pass(NOW + GRACE)
    assert told(mei)[-1] == "shop.stopped"
    late = NOW + GRACE + HOUR
    with pytest.raises(NotForSale):
        place(person("lan"), waiting, now=late)
    assert queries.order(mei.id, open_order.id)  # what was ordered before goes on
    registered(mei, person("olga"), late)
    assert shop_of(mei).stopped_at is None
    place(person("bob"), waiting, now=late)
    assert not ShopClock.objects.filter(owner=mei, done_at=None).exists()
    with pytest.raises(SoldTooMuch):
        sellers.declare_individual(owner=mei, now=late)


def test_who_sells_on_gains_no_time_and_a_business_is_reminded_of_nothing(mei):
    sell(mei, 300)
    sell(mei, 5, now=NOW + 10 * DAY)
    assert Overrun.objects.get().stops_at == NOW + GRACE
    registered(mei, person("olga"), NOW + 11 * DAY)
    assert not ShopClock.objects.filter(owner=mei, done_at=None).exists()
    let_time_pass(NOW + GRACE)
    assert "shop.limit_reminder" not in told(mei)


def test_who_declares_nothing_is_counted_too_and_a_business_is_not(house):
    silent, firm = person("silent"), person("firm")
    for seller in (silent, firm):
        town.open_shop(seller)
    registered(firm, person("olga"))
    for seller in (silent, firm):
        sell(seller, 300)
    assert list(Overrun.objects.values_list("owner", flat=True)) == [silent.id]


def test_what_is_taken_back_counts_no_more_when_the_clock_asks_again(mei):
    buyer, order = sell(mei, 300)
    take_back(buyer, order, yuan(150))
    assert limits.sold(mei.id, limits.year(NOW)) == yuan(150)
    let_time_pass(NOW + GRACE)
    assert shop_of(mei).stopped_at is None
    assert told(mei) == ["shop.limit_passed"]
    assert Overrun.objects.get().lifted_at is not None
    sell(mei, 60, now=NOW + GRACE + DAY)  # passed anew: a new grace begins
    again = Overrun.objects.get()
    assert (again.lifted_at, again.stops_at) == (None, NOW + 2 * GRACE + DAY)


def take_back(buyer, order, back):
    """A part of the released money goes back to the buyer."""
    (line,) = queries.lines(order)
    ledger.take_back(
        order=order.id, parts={line.id: back}, reason="case", key=str(new_id()), now=NOW
    )


def test_a_new_shop_of_a_stopped_seller_takes_no_orders_either(mei):
    sell(mei, 300)
    let_time_pass(NOW + GRACE)
    close_shop(owner=mei, now=NOW + GRACE)
    let_time_pass(NOW + 2 * GRACE)
    assert not Shop.objects.filter(owner=mei, closed_at=None).exists()
    fresh = open_shop(owner=mei, name="Anew", now=NOW + 2 * GRACE)
    assert fresh.stopped_at is not None


def test_a_withdrawn_registration_counts_at_once(mei):
    asked = registered(mei, person("olga"))
    sell(mei, 300)
    assert not Overrun.objects.exists()
    sellers.withdraw(operator=person("ono"), declaration=asked.id, reason="It ended.", now=NOW)
    assert told(mei)[-2:] == ["shop.registration_withdrawn", "shop.limit_passed"]
    assert shop_of(mei).level == "none"


def test_her_year_keeps_the_sum_that_held_at_her_first_sale_in_it(mei):
    lan, yu = person("lan"), person("yu_tong")
    for seller in (lan, yu):
        town.open_shop(seller)
    sell(mei, 100)
    take_back(*sell(yu, 10), yuan(10))
    rule("exempt_sum", 50, since=NOW + DAY)
    later = NOW + 2 * DAY
    sell(mei, 90, now=later)
    assert not Overrun.objects.exists()
    assert (limits.most(mei.id, now=later), limits.most(lan.id, now=later)) == (yuan(200), yuan(50))
    for seller in (lan, mei):
        sell(seller, 60, now=later)
    assert list(Overrun.objects.order_by("limit_minor").values_list("owner", "limit_minor")) == [
        (lan.id, 5000), (mei.id, 20000),
    ]  # fmt: skip
    rule("exempt_sum", 1000, since=later + HOUR)
    for seller, most in ((lan, 50), (mei, 200), (yu, 200)):
        assert limits.most(seller.id, now=later + DAY) == yuan(most)
        assert limits.most(seller.id, now=NOW + 365 * DAY) == yuan(1000)


@pytest.mark.parametrize(("days", "kinds"), [(1, ["stop"]), (7, ["stop"]), (8, ["remind", "stop"])])
def test_no_reminder_comes_with_the_news_itself(days, kinds):
    assert [kind.value for kind, _at in seller_rules.clocks(NOW + days * DAY, NOW)] == kinds


def test_a_year_is_the_calendars_where_the_house_is():
    """Two o'clock in the morning of New Year in Shanghai is still the old year in Greenwich."""
    night = datetime(2026, 12, 31, 18, tzinfo=UTC)
    assert Year.of(night, UTC).number == 2026
    there = Year.of(night, ZoneInfo("Asia/Shanghai"))
    assert (there.number, there.begins) == (2027, datetime(2026, 12, 31, 16, tzinfo=UTC))
    assert there.ends - there.begins == timedelta(days=365)


def test_a_sum_passed_in_december_is_asked_about_by_its_own_year(mei):
    """When the clock rings it is January, in which she has sold nothing yet."""
    december = datetime(2026, 12, 20, tzinfo=UTC)
    sell(mei, 300, now=december)
    let_time_pass(december + GRACE)
    assert limits.sold(mei.id, limits.year(december + GRACE)) == yuan(0)
    assert shop_of(mei).stopped_at is not None
    assert told(mei)[-1] == "shop.stopped"


def test_the_ledger_counts_by_release_and_by_currency(mei):
    sell(mei, 120)
    year = limits.year(NOW)
    assert money.released_in(mei.id, year.begins, year.ends) == {"CNY": yuan(120)}
    assert money.released_in(mei.id, year.ends, year.ends + 365 * DAY) == {}
    assert limits.sold(mei.id, limits.year(NOW + 365 * DAY)) == Money(0, "CNY")


def test_a_lost_clock_is_found_and_counted(mei):
    sell(mei, 300)
    for clock in ShopClock.objects.filter(owner=mei):
        jobs.call_off(clock.job)
    later = NOW + GRACE + HOUR
    assert clocks.health(late_before=later, now=later).lost == 2
    assert closing.sweep(now=later) == 2
    let_time_pass(later)
    assert shop_of(mei).stopped_at is not None
