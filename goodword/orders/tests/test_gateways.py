"""The buyer chooses how to pay; the order then names who keeps her money, and waits as long."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from goodword.kit import clock
from goodword.kit.errors import Invalid
from goodword.kit.models import HouseRule
from goodword.money import actions as money
from goodword.money import gateways
from goodword.money.actions.payments import AlreadyPaid
from goodword.money.banking import files, statements
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.models import AwaitedTransfer, Refund
from goodword.money.paying import Paying
from goodword.money.tests.bank.papers import HOUSE, camt, detail, entry
from goodword.money.tests.gateways.stripe_bench import StripeBench
from goodword.money.tests.town import check_books
from goodword.notices.models import Notice
from goodword.orders import actions, pages
from goodword.orders.models import Order
from goodword.orders.refusals import NotOffered
from goodword.shop.models import Reservation

from .town import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    at,
    held_money,
    let_time_pass,
    offered,
    pay,
    person,
    place,
    state,
    yuan,
)

pytestmark = pytest.mark.django_db


class SlowBank(Sandbox):
    """The sandbox, as slow as a bank transfer."""

    name = "slow"
    is_slow = True


@pytest.fixture
def stripe(monkeypatch, settings):
    bench = StripeBench()
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", bench.gateway)
    monkeypatch.setitem(gateways.GATEWAYS, "slow", SlowBank())
    settings.PAYING = Paying(offered=("sandbox", "stripe", "slow"))
    return bench


def choose(buyer, order, gateway, method, now=NOW):
    with at(now):
        return actions.pay(
            buyer=buyer, order=order.id, gateway=gateway, method=method, key="k", now=now
        )


def test_an_order_placed_for_a_slow_bank_waits_a_day_and_so_do_its_goods(wang, cup, stripe):
    (order,) = place(wang, cup, gateway="slow")
    assert Reservation.objects.get(order=order.id).until > NOW + DAY
    let_time_pass(NOW + DAY - MINUTE)
    assert state(order) == "awaiting_payment"
    let_time_pass(NOW + DAY)
    cup.refresh_from_db()
    assert (state(order), cup.stock) == ("expired", 5)


def test_she_pays_on_another_companys_page_and_the_order_follows(wang, cup, stripe):
    (order,) = place(wang, cup)
    assert order.custodian == "Sandbox"
    seen = choose(wang, order, "stripe", "checkout")
    assert seen.next_url.startswith("https://checkout.stripe.test/")
    order.refresh_from_db()
    assert (order.gateway, order.custodian) == ("stripe", "Stripe, on the house’s account")
    stripe.pay(str(seen.id), NOW)
    body, headers = stripe.told(str(seen.id), NOW)
    with at(NOW):
        assert Client().post(
            "/money/callback/stripe", body, content_type="application/json", headers=headers
        ).status_code == 204  # fmt: skip
    assert (state(order), held_money(order)) == ("held", order.total.minor)


def test_she_changes_her_mind_about_a_bank_transfer_and_it_comes_all_the_same(wang, cup, settings):
    settings.PAYING = Paying(offered=("sandbox", "bank"))
    operator = person("deskperson")
    files.keep_house_account(
        operator=operator.id, currency="CNY", holder="Goodword", number=HOUSE, now=NOW
    )
    (order,) = place(wang, cup)
    first = choose(wang, order, "bank", "transfer")
    again = actions.pay(
        buyer=wang, order=order.id, gateway="bank", method="transfer", key="another", now=NOW
    )
    assert (again.id, again.next_url) == (first.id, first.next_url)
    with at(NOW + HOUR):
        paid = actions.pay(
            buyer=wang, order=order.id, gateway="sandbox", method="card", key="card",
            now=NOW + HOUR,
        )  # fmt: skip
    assert paid.state == "captured"
    order.refresh_from_db()
    assert (state(order), order.gateway, order.custodian) == ("held", "sandbox", "Sandbox")
    awaited = AwaitedTransfer.objects.get(key=str(first.id))
    assert awaited.state == "cancelled"
    line = entry("120.00", ccy="CNY", id="B-1", details=detail(text=awaited.reference))
    data = camt(line, opening="0.00", closing="120.00", ccy="CNY")
    with at(NOW + DAY):
        taken = statements.import_statement(data=data, operator=operator.id, now=NOW + DAY)
    assert taken.explained == 1
    back = Refund.objects.get(payment=first.id)
    assert (back.money, back.buyer_id) == (yuan(120), wang.id)
    assert held_money(order) == 12000
    check_books()


def test_a_buyer_reads_what_came_and_why_it_goes_back(lin, wang, settings):
    settings.PAYING = Paying(offered=("sandbox", "bank"))
    operator = person("deskperson")
    files.keep_house_account(
        operator=operator.id, currency="CNY", holder="Goodword", number=HOUSE, now=NOW
    )
    little, much, twice = orders = [
        place(wang, offered(lin, name))[0] for name in ("Cup", "Pot", "Tray")
    ]
    reference = {
        order: AwaitedTransfer.objects.get(key=str(choose(wang, order, "bank", "transfer").id))
        for order in orders
    }
    said = ((little, "115"), (much, "125.50"), (twice, "120"), (twice, "120"), (little, "5"))
    lines = [
        entry(sum_, ccy="CNY", id=f"B-{n}", details=detail(text=reference[order].reference))
        for n, (order, sum_) in enumerate(said)
    ]
    with at(NOW + HOUR):
        data = camt(*lines, opening="0.00", closing="485.50", ccy="CNY")
        statements.import_statement(data=data, operator=operator.id, now=NOW + HOUR)
    story = {
        order: " ".join(
            event.sentence for event in pages.order_page(wang.id, order.id, now=NOW + HOUR).events
        )
        for order in orders
    }
    assert "CN¥115.00 came instead of CN¥120.00, and goes back." in story[little]
    assert "CN¥5.00 came instead of CN¥120.00, and goes back." in story[little]
    assert "CN¥5.50 more came than was to be paid, and goes back." in story[much]
    assert "CN¥120.00 more came than was to be paid, and goes back." in story[twice]
    where = pages.order_page(wang.id, little.id, now=NOW + HOUR).money
    assert (where.amount, where.sentence) == (yuan(120), "goes back to where you paid from.")
    assert [state(order) for order in orders] == ["awaiting_payment", "held", "held"]
    told = Notice.objects.filter(owner=wang.id, kind="orders.returned")
    assert sorted(one.facts["amount"]["minor"] for one in told) == [500, 550, 11500, 12000]
    assert not any("late" in sentence for sentence in story.values())
    check_books()


def test_a_gateway_that_is_at_work_is_not_left(wang, cup):
    (order,) = place(wang, cup)
    choose(wang, order, "sandbox", "pending")
    with pytest.raises(AlreadyPaid):
        actions.pay(
            buyer=wang, order=order.id, gateway="sandbox", method="card", key="card", now=NOW
        )


def test_the_page_offers_them_all_and_says_who_keeps_the_money(wang, cup, stripe):
    with clock.at(NOW):
        (order,) = place(wang, cup, now=clock.now())
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(wang)
        path = f"/orders/{order.id}/pay"
        page = client.get(path).text
        ways = re.findall(r'name="method" value="([^"]+)"', page)
        assert {"sandbox/card", "stripe/checkout", "slow/card"} <= set(ways)
        assert "no bank and no authority guarantees that" in page
        answer = client.post(path, {"method": "stripe/checkout", "key": "k"})
        assert answer["Location"] == f"/orders/{order.id}"  # never straight to a stranger's page
        assert "https://checkout.stripe.test/" in client.get(f"/orders/{order.id}").text
        assert client.post(path, {"method": "alipay/page", "key": "k2"}).status_code == 422


def test_money_that_takes_a_day_has_a_day(wang, cup, stripe):
    (order,) = place(wang, cup)
    choose(wang, order, "slow", "step_up", now=NOW + MINUTE)
    assert Reservation.objects.get(order=order.id).until >= NOW + DAY
    let_time_pass(NOW + 23 * HOUR)
    assert state(order) == "awaiting_payment"
    let_time_pass(NOW + 24 * HOUR)
    assert state(order) == "expired"


def test_it_has_the_day_of_the_house_rules_under_which_it_was_placed(wang, cup, stripe):
    (order,) = place(wang, cup)
    HouseRule.objects.create(name="pay_within_transfer", value=3600, since=NOW + MINUTE)
    choose(wang, order, "slow", "step_up", now=NOW + 2 * MINUTE)
    let_time_pass(NOW + 23 * HOUR)
    assert state(order) == "awaiting_payment"


def test_what_is_quick_keeps_its_fifteen_minutes(wang, cup, stripe):
    (order,) = place(wang, cup)
    choose(wang, order, "stripe", "checkout")
    let_time_pass(NOW + 15 * MINUTE)
    assert state(order) == "expired"


def test_only_what_is_offered_is_paid_through(wang, cup, stripe, settings):
    (order,) = place(wang, cup)
    settings.PAYING = Paying(offered=("stripe",))
    for gateway in ("", "sandbox", "slow", "nobody"):
        with pytest.raises(NotOffered):
            choose(wang, order, gateway, "card")
    with pytest.raises(NotOffered):
        place(wang, cup, gateway="sandbox")
    settings.PAYING = Paying(offered=())
    with pytest.raises(Invalid, match="CNY"):
        place(wang, cup)


def test_a_paid_order_does_not_change_hands(wang, cup, stripe):
    (order,) = place(wang, cup)
    pay(wang, order)
    seen = choose(wang, order, "stripe", "checkout")
    assert (seen.gateway, seen.amount) == ("sandbox", yuan(120))
    assert Order.objects.get(id=order.id).gateway == "sandbox"


def test_terms_but_for_the_time_to_pay_are_kept_by_the_database(wang, cup):
    (order,) = place(wang, cup)
    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(id=order.id).update(terms={**order.terms, "ship_within": 1})
    assert money.expire_payment(order=order.id, now=NOW)
