"""The verbs on real rows: what is refused to whom, what changes nothing, what goes back."""

from itertools import product

import pytest

from goodword.journal import queries as journal
from goodword.kit import jobs
from goodword.kit.errors import Conflict, Forbidden, Refused
from goodword.kit.models import HouseRule
from goodword.money import queries as money
from goodword.notices.models import Notice
from goodword.orders import actions, pages, queries
from goodword.orders.addresses import Address
from goodword.orders.models import Order, OrderLine, Timer
from goodword.orders.refusals import BadAddress, KeyReused, NotPossible, OrderMissing
from goodword.shop import actions as shop
from goodword.shop import queries as shop_queries
from goodword.shop.actions import Item, OutOfStock, PriceChanged

from .town import (
    ADDRESS,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    NUMBER,
    at,
    balanced,
    held,
    held_money,
    let_time_pass,
    offered,
    open_shop,
    pay,
    person,
    place,
    shipped,
    state,
    yuan,
)

pytestmark = pytest.mark.django_db


def ship(member, order, now):
    actions.ship(seller=member, order=order.id, carrier="sf", number=NUMBER, now=now)


VERBS = {
    "pay": lambda member, order, now: actions.pay(
        buyer=member, order=order.id, method="card", key="again", now=now
    ),
    "cancel": lambda member, order, now: actions.cancel(member=member, order=order.id, now=now),
    "ask": lambda member, order, now: actions.ask_to_cancel(buyer=member, order=order.id, now=now),
    "ship": ship,
    "confirm": lambda member, order, now: actions.confirm(buyer=member, order=order.id, now=now),
    "extend": lambda member, order, now: actions.extend(buyer=member, order=order.id, now=now),
    "code": lambda member, order, now: actions.make_code(buyer=member, order=order.id, now=now),
    "keep": lambda member, order, now: actions.keep(seller=member, order=order.id, now=now),
}
# Who may do what a minute after the order came into each state.
ALLOWED = {
    "awaiting_payment": {("pay", "wang"), ("cancel", "wang"), ("cancel", "lin")},
    # Paying again what is paid answers the payment that did it, and moves nothing.
    "held": {
        ("ship", "lin"),
        ("cancel", "lin"),
        ("ask", "wang"),
        ("code", "wang"),
        ("pay", "wang"),
    },
    "shipped": {("confirm", "wang"), ("extend", "wang"), ("pay", "wang")},
    "received": {("pay", "wang")},
    "released": {("pay", "wang")},
    "completed": {("pay", "wang")},
    "expired": set(),
    "cancelled": set(),
    "refunded": set(),
}


def brought_to(wanted, wang, lin, cup):
    """An order in the state `wanted`, and the moment in which it got there."""
    match wanted:
        case "awaiting_payment":
            return place(wang, cup)[0], NOW
        case "expired":
            (order,) = place(wang, cup)
            let_time_pass(NOW + HOUR)
            return order, NOW + HOUR
        case "held":
            return held(wang, cup), NOW
        case "cancelled":
            order = held(wang, cup)
            with at(NOW):
                actions.cancel(member=lin, order=order.id, now=NOW)
            return order, NOW
        case "refunded":
            order = held(wang, cup)
            let_time_pass(NOW + 14 * DAY)
            return order, NOW + 14 * DAY
    order = shipped(wang, lin, cup)
    days = {"shipped": 0, "received": 10, "released": 17, "completed": 25}[wanted]
    for day in (10, 17, 25):
        if day <= days:
            let_time_pass(NOW + day * DAY)
    return order, NOW + days * DAY


@pytest.mark.parametrize("wanted", ALLOWED)
def test_every_verb_by_everybody_in_every_state(wanted, lin, wang, stranger, cup):
    order, moment = brought_to(wanted, wang, lin, cup)
    assert state(order) == wanted
    before = money.trail(order.id)
    for verb, member in product(VERBS, (lin, wang, stranger)):
        if (verb, member.handle) in ALLOWED[wanted]:
            continue
        expected = OrderMissing if member == stranger else (NotPossible, Forbidden)
        with pytest.raises(expected):
            VERBS[verb](member, order, moment + MINUTE)
    assert state(order) == wanted
    assert money.trail(order.id) == before


@pytest.mark.parametrize(
    ("wanted", "verb", "who"),
    [(s, v, w) for s, allowed in ALLOWED.items() for v, w in sorted(allowed)],
)
def test_what_is_allowed_works(wanted, verb, who, lin, wang, cup):
    order, moment = brought_to(wanted, wang, lin, cup)
    with at(moment + MINUTE):
        VERBS[verb]({"lin": lin, "wang": wang}[who], order, moment + MINUTE)
    assert balanced()


def test_unpaid_it_expires_and_the_pieces_are_back(lin, wang, cup):
    (order,) = place(wang, cup, quantity=5)
    let_time_pass(NOW + 14 * MINUTE)
    assert state(order) == "awaiting_payment"
    let_time_pass(NOW + 15 * MINUTE)
    cup.refresh_from_db()
    assert (state(order), cup.stock, held_money(order)) == ("expired", 5, None)


def test_money_that_comes_after_the_end_goes_back(lin, wang, cup):
    (order,) = place(wang, cup)
    pay(wang, order, method="late")
    let_time_pass(NOW + 15 * MINUTE)
    assert state(order) == "expired"
    let_time_pass(NOW + 2 * HOUR)
    kinds = [one.kind for one in money.trail(order.id)]
    assert kinds == ["late", "refund_paid"]
    assert balanced()


def test_money_for_pieces_that_are_gone_goes_back(lin, wang, cup):
    (order,) = place(wang, cup)
    shop.release_reservation(order=order.id, now=NOW)
    pay(wang, order)
    assert (state(order), held_money(order)) == ("refunded", 0)
    assert balanced()


def test_a_slow_bank_holds_the_order_when_it_answers(lin, wang, cup):
    (order,) = place(wang, cup)
    pay(wang, order, method="pending")
    assert state(order) == "awaiting_payment"
    let_time_pass(NOW + MINUTE)
    assert (state(order), held_money(order)) == ("held", 12000)


def test_a_declined_payment_leaves_the_order_to_be_paid(lin, wang, cup):
    (order,) = place(wang, cup)
    assert pay(wang, order, method="declined").state == "declined"
    assert state(order) == "awaiting_payment"
    assert pay(wang, order).state == "captured"
    assert state(order) == "held"


def test_never_shipped_it_is_refunded_and_not_counted_as_sold(lin, wang, cup):
    order = held(wang, cup, quantity=2)
    assert shop_queries.listing(wang.id, cup.listing_id, now=NOW).sold == 2
    let_time_pass(NOW + 48 * HOUR)
    assert state(order) == "held"
    let_time_pass(NOW + 14 * DAY)
    cup.refresh_from_db()
    assert (state(order), held_money(order), cup.stock) == ("refunded", 0, 5)
    assert shop_queries.listing(wang.id, cup.listing_id, now=NOW).sold == 0
    told = Notice.objects.filter(subject=order.id).values_list("owner", "kind")
    assert {(wang.id, "orders.refunded"), (lin.id, "orders.refunded")} <= set(told)
    assert {(wang.id, "orders.ship_late"), (lin.id, "orders.ship_late")} <= set(told)


def test_the_buyer_cancels_alone_once_the_promise_is_broken(lin, wang, cup):
    order = held(wang, cup)
    with pytest.raises(NotPossible, match="still has time"):
        actions.cancel(member=wang, order=order.id, now=NOW + 48 * HOUR - MINUTE)
    with at(NOW + 48 * HOUR):
        actions.cancel(member=wang, order=order.id, now=NOW + 48 * HOUR)
    assert (state(order), held_money(order)) == ("cancelled", 0)
    assert [one.kind for one in money.trail(order.id)][-1] == "refund_paid"


def test_reminders_come_three_days_and_one_day_before(lin, wang, cup):
    order = shipped(wang, lin, cup)
    for days, reminders in ((6, 0), (7, 1), (8, 1), (9, 2), (10, 2)):
        let_time_pass(NOW + days * DAY)
        verbs = [deed.verb for deed in journal.story(order.id)]
        assert verbs.count("orders.reminded") == reminders
        told = Notice.objects.filter(kind="orders.reminded").values_list("owner", flat=True)
        assert list(told) == [wang.id] * reminders
    assert state(order) == "received"


def test_an_extension_moves_every_clock_once(lin, wang, cup):
    order = shipped(wang, lin, cup)
    actions.extend(buyer=wang, order=order.id, now=NOW + 9 * DAY)
    with pytest.raises(NotPossible, match="once"):
        actions.extend(buyer=wang, order=order.id, now=NOW + 9 * DAY)
    let_time_pass(NOW + 17 * DAY - MINUTE)
    assert state(order) == "shipped"
    let_time_pass(NOW + 17 * DAY)
    assert state(order) == "received"


def test_by_post_it_takes_thirty_days(lin, wang, cup):
    order = shipped(wang, lin, cup, carrier="ems", number="EE473124829CN")
    let_time_pass(NOW + 30 * DAY - MINUTE)
    assert state(order) == "shipped"
    let_time_pass(NOW + 30 * DAY)
    assert state(order) == "received"


def test_what_started_keeps_its_rules(lin, wang, cup):
    (old,) = place(wang, cup)
    HouseRule.objects.create(name="pay_within", value=3600, since=NOW)
    (new,) = place(wang, cup, now=NOW + MINUTE)
    let_time_pass(NOW + 16 * MINUTE)
    assert (state(old), state(new)) == ("expired", "awaiting_payment")
    let_time_pass(NOW + 62 * MINUTE)
    assert state(new) == "expired"


def test_an_established_sellers_money_comes_at_once(lin, wang, cup):
    many = offered(lin, "Saucer", stock=99)
    for _ in range(10):
        shipped(wang, lin, many)
    let_time_pass(NOW + 10 * DAY)
    let_time_pass(NOW + 30 * DAY)
    later = NOW + 40 * DAY
    order = shipped(wang, lin, cup, now=later)
    actions.confirm(buyer=wang, order=order.id, now=later + DAY)
    assert (state(order), held_money(order)) == ("released", 0)


def test_one_order_for_each_seller_all_or_none(lin, wang, cup):
    wen = person("wen")
    open_shop(wen)
    bowl = offered(wen, "Bowl", stock=1)
    made = place(wang, cup, bowl)
    assert {one.seller_id for one in made} == {lin.id, wen.id}
    with pytest.raises(OutOfStock):
        place(wang, cup, bowl)
    cup.refresh_from_db()
    assert (Order.objects.count(), cup.stock) == (2, 4)


def test_a_price_that_changed_is_asked_about(lin, wang, cup):
    with pytest.raises(PriceChanged, match="now costs"):
        actions.place(
            buyer=wang, items=[Item(cup.id, 1, yuan(100))], address=ADDRESS, key="k", now=NOW
        )
    assert not Order.objects.exists()


def test_the_same_key_answers_the_same_and_another_order_under_it_is_refused(lin, wang, cup):
    first, again = (place(wang, cup, key="tap") for _ in range(2))
    assert [one.id for one in first] == [one.id for one in again]
    with pytest.raises(KeyReused):
        place(wang, cup, key="tap", quantity=2)
    assert place(person("other"), cup, key="tap")[0].id != first[0].id
    cup.refresh_from_db()
    assert cup.stock == 3


def test_the_snapshot_stays_what_was_promised(lin, wang, cup):
    order = held(wang, cup)
    shop.change_price(seller=lin, variant=cup.id, price=yuan(999), now=NOW)
    page = pages.order_page(wang.id, order.id, now=NOW)
    assert page.lines[0].line.snapshot["price"] == {"minor": 12000, "currency": "CNY"}
    assert len(page.lines[0].line.digest) == 64
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        OrderLine.objects.filter(order=order).update(unit_minor=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        OrderLine.objects.filter(order=order).update(state="completed")


def test_only_the_two_parties_know_of_it(lin, wang, stranger, cup):
    order = held(wang, cup)
    for member in (lin, wang):
        assert pages.order_page(member.id, order.id, now=NOW).order == order
    with pytest.raises(OrderMissing):
        pages.order_page(stranger.id, order.id, now=NOW)
    assert queries.my_orders(stranger.id).orders == queries.my_sales(stranger.id).orders == []
    assert not Notice.objects.filter(owner=stranger.id).exists()


def test_an_address_that_cannot_be_orders_nothing(lin, wang, cup):
    for wrong in (Address(), Address(**(ADDRESS.stored() | {"phone": "none"}))):
        with pytest.raises(BadAddress) as refusal:
            actions.place(buyer=wang, items=[Item(cup.id, 1)], address=wrong, key="k", now=NOW)
        assert refusal.value.fields
    assert not Order.objects.exists()


def test_a_lost_job_is_found_by_the_sweep(lin, wang, cup):
    (order,) = place(wang, cup)
    forget(order)
    let_time_pass(NOW + HOUR)
    assert state(order) == "awaiting_payment"
    assert actions.sweep(now=NOW + 16 * MINUTE) == 0  # its own job may only be a little late
    assert actions.sweep(now=NOW + HOUR) == 1
    let_time_pass(NOW + HOUR)
    assert state(order) == "expired"
    assert actions.sweep(now=NOW + HOUR) == 0


def forget(order):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args->>'order' = %s", [str(order.id)])


def test_a_timer_that_rings_early_or_twice_does_nothing(lin, wang, cup):
    order = shipped(wang, lin, cup)
    assert actions.ring(order=order.id, now=NOW + DAY) == 0
    assert actions.ring(order=order.id, now=NOW + 10 * DAY) == 3
    assert actions.ring(order=order.id, now=NOW + 10 * DAY) == 0
    assert state(order) == "received"
    assert Timer.objects.filter(order=order, done_at=None).count() == 1
    assert jobs.run_due(NOW) == 0


def test_an_orders_page_costs_the_same_for_one_line_and_for_ten(lin, wang):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for lines in (1, 10):
        goods = [offered(lin, f"Cup {lines}-{number}") for number in range(lines)]
        order = shipped(wang, lin, *goods)
        with CaptureQueriesContext(connection) as captured:
            pages.order_page(wang.id, order.id, now=NOW)
        counts.append(len(captured))
    assert counts == [11, 11]


def test_a_refusal_is_one_sentence(lin, wang, cup):
    order = shipped(wang, lin, cup)
    with pytest.raises(Refused) as refusal:
        actions.cancel(member=wang, order=order.id, now=NOW)
    assert isinstance(refusal.value, Conflict)
    assert str(refusal.value) == "This order is already on its way."
