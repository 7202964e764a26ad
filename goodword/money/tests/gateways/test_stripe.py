"""What only Stripe does: units of its own, shares to sellers, refunds that fail for days."""

import os
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
import stripe as sdk

from goodword.kit import clock
from goodword.kit.ids import new_id, spoken
from goodword.kit.money import Money
from goodword.money import actions, gateways, queries
from goodword.money.banking import reports
from goodword.money.banking.reconciling import reconcile
from goodword.money.gateways.base import GatewayDown, RefundKind, RefundRequest, ShareRequest
from goodword.money.gateways.memory import OutsideCharge
from goodword.money.gateways.stripe import Stripe
from goodword.money.gateways.stripe.amounts import from_stripe, to_stripe
from goodword.money.models import OutsideReport, Refund
from goodword.money.paying import StripeSettings
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind, AnswerKind, PaymentState, RefundState
from goodword.notices.models import Notice

from ..banking.houses import operator
from ..town import check_books
from .stripe_bench import StripeBench
from .stripe_machine import SECRET, StripeMachine
from .test_trade import Till

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def bench():
    return StripeBench()


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        (Money(1234, "EUR"), 1234),
        (Money(500, "JPY"), 500),
        (Money(12340, "KWD"), 12340),
        (Money(12345, "KWD"), None),
        (Money(700, "ISK"), 70000),
        (Money(700, "UGX"), 70000),
        (Money(700, "RSD"), 70000),  # nobody writes the parts there; Stripe counts them
        (Money(89000, "LBP"), 8900000),
        (Money(12300, "CLF"), 123),  # with four digits of ours
        (Money(12345, "CLF"), None),
    ],
)
def test_units_that_are_not_isos(amount, units):
    assert to_stripe(amount) == units
    assert units is None or from_stripe(units, amount.currency) == amount


def test_an_amount_that_stripe_cannot_write_is_never_asked(bench, now):
    odd = Money(12345, "KWD")
    assert not bench.gateway.takes(odd)
    assert bench.gateway.charge(bench.request(odd), now=now).kind == AnswerKind.DECLINED


def test_a_wrong_key_is_not_taken_for_an_answer(bench, now):
    wrong = Stripe(
        StripeSettings("sk_test_wrong000", "whsec_x", bench.machine.url), "http://localhost"
    )
    with pytest.raises(GatewayDown):
        wrong.charge(bench.request(), now=now)


def test_a_slow_way_to_pay_that_fails_in_the_end_is_declined(bench, now):
    """Its page is done with, and days later the bank says no: only the message's kind tells."""
    key = bench.begun(now).key
    bench.refuse(key, now)
    (session,) = bench.machine.of(key)
    for kind, said in (
        ("completed", AnswerKind.PENDING),
        ("async_payment_failed", AnswerKind.DECLINED),
    ):
        told = bench.machine.event(f"checkout.session.{kind}", session, now)
        assert bench.gateway.read_callback(*told, now=now).says.kind == said


def test_an_error_page_of_a_proxy_is_no_answer(bench, now):
    bench.machine.faults["charge"] = "broken"
    request = bench.request()
    with pytest.raises(GatewayDown):
        bench.gateway.charge(request, now=now)
    assert bench.gateway.look_up(request.key, now=now) is None
    assert bench.gateway.charge(request, now=now).kind == AnswerKind.STEP_UP


def test_what_was_asked_and_never_answered_can_be_called_off(bench, now):
    """The house crashed between asking and hearing: no payer must be able to pay that page."""
    request = bench.request()
    bench.machine.faults["charge"] = "lost"
    with pytest.raises(GatewayDown):
        bench.gateway.charge(request, now=now)
    assert bench.gateway.cancel(request.key, now=now).kind == AnswerKind.CANCELLED
    assert [one["status"] for one in bench.machine.of(request.key)] == ["expired"]


def test_a_sellers_part_is_handed_on_once_and_taken_back(bench, now):
    key = bench.paid(now)
    bench.gateway.look_up(key, now=now)
    share = ShareRequest(str(new_id()), key, "acct_1Lin", Money(12000, "CNY"))
    bench.machine.faults["share"] = "lost"
    with pytest.raises(GatewayDown):
        bench.gateway.share(share, now=now)
    first = bench.gateway.share(share, now=now)
    assert first.kind == RefundKind.DONE
    assert bench.gateway.share(share, now=now + timedelta(days=30)) == first
    with pytest.raises(ValueError, match="refunded"):
        bench.gateway.share(replace(share, amount=Money(1, "CNY")), now=now)
    more = replace(share, key=str(new_id()), amount=Money(801, "CNY"))
    assert bench.gateway.share(more, now=now).reason == "empty_balance"
    mine = [one for one in bench.machine.transfers.values() if one["destination"] == "acct_1Lin"]
    assert [one["amount"] for one in mine] == [12000]
    back = str(new_id())
    for _again in range(2):
        assert bench.gateway.take_back_share(back, share, now=now).kind == RefundKind.DONE
    assert mine[0]["reversed"] == 12000


def test_its_own_account_says_what_the_books_say_or_the_difference_has_a_name(town, monkeypatch):
    bench = StripeBench()
    bench.machine = StripeMachine()  # one of its own: the others' charges are not in these books
    bench.gateway = Stripe(
        StripeSettings("sk_test_0123456789", SECRET, bench.machine.url), "https://town.example"
    )
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", bench.gateway)
    till = Till(bench, town)
    first, second, third = (till.paid() for _payment in range(3))
    till.refund(first)
    refund = till.refund(second)
    row = bench.machine.refunds[refund.reference]
    row.update(status="failed", failure_reason="lost_or_stolen_card")
    till.hear(bench.told_refund(str(refund.id), town.now))

    def differences():
        with clock.at(town.now):
            assert reports.take_report(gateway="stripe", now=town.now)
            return [one for check in reconcile() for one in check.differences]

    assert differences() == []
    charge = OutsideReport.objects.get().stands
    assert charge[str(first.id)] == [0, "CNY"]
    assert charge[str(third.id)] == [bench.price.minor, "CNY"]
    bench.machine.withdraw(str(third.id))  # and its message was lost
    (lost,) = differences()
    assert (spoken(third.order) in lost.sentence, lost.amount) == (True, bench.price)
    assert till.hear(bench.told(str(third.id), town.now))
    bench.machine.extra_lines.append({
        "id": "txn_from_elsewhere", "object": "balance_transaction", "type": "charge",
        "amount": 700, "currency": "cny", "source": {"object": "charge", "payment_intent": "pi_x"},
    })  # fmt: skip
    (strange,) = differences()
    assert "txn_from_elsewhere" in strange.sentence
    assert strange.amount == Money(-700, "CNY")
    bench.machine.extra_lines.clear()
    assert differences() == []
    bench.machine.faults["other"] = "deaf"
    assert not reports.take_report(gateway="stripe", now=town.now)
    town.now += timedelta(days=3)
    with clock.at(town.now):
        (late,) = [one for check in reconcile() for one in check.differences]
    assert "has not answered since" in late.sentence
    assert late.amount is None


def test_what_a_bank_took_back_and_returned_stands_in_the_books_again(town, monkeypatch):
    """The dispute was won: the money is there, the order has ended, and operators are told once."""
    bench = StripeBench()
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", bench.gateway)
    operator(town)
    till = Till(bench, town)
    payment = till.paid()
    bench.reverse(str(payment.id), town.now)
    till.hear(bench.told(str(payment.id), town.now))
    lost = AccountRef(AccountKind.REVERSED, bench.price.currency)
    assert queries.balance(lost) == bench.price
    bench.machine.reinstate(str(payment.id))
    for _again in range(2):
        till.hear(bench.told_reinstated(str(payment.id), bench.price, town.now))
    assert queries.balance(lost).minor == 0
    assert till.state(payment) == PaymentState.REVERSED
    assert Notice.objects.filter(kind="money.reinstated").count() == 1
    till.agrees()


def test_a_refund_that_fails_days_later_is_owed_again_and_can_be_tried_anew(
    bench, town, monkeypatch
):
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", bench.gateway)
    till = Till(bench, town)
    payment = till.paid()
    refund = till.refund(payment)
    assert refund.state == RefundState.DONE
    row = bench.machine.refunds[refund.reference]
    row.update(status="failed", failure_reason="lost_or_stolen_card")
    told = bench.told_refund(str(refund.id), town.now)
    assert till.hear(told)
    assert till.hear(told) is False
    refund.refresh_from_db()
    assert (refund.state, refund.reason) == (RefundState.FAILED, "account_closed")
    assert town.stands(AccountKind.REFUND) == bench.price
    till.agrees()
    operator = town.member("the_operator")
    for _try in range(2):  # the first finds out that Stripe failed, the second sends it anew
        actions.retry_refund(refund=refund.id, operator=operator.id, now=town.now)
        town.work(after=HOUR)
    again = Refund.objects.get(id=refund.id)
    assert (again.state, again.bounces) == (RefundState.DONE, 1)
    assert town.stands(AccountKind.REFUND).minor == 0
    till.agrees()
    till.hear(bench.machine.event("refund.updated", row, town.now))  # of the first try, once more
    again.refresh_from_db()
    assert again.state == RefundState.DONE
    check_books()


# It keeps itself in one file for all users of a machine, which only the first of them can write.
FORGETFUL = (
    "from localstripe import resources, server;"
    "resources.Store.dump_to_disk = lambda self: None;"
    "server.start()"
)


@pytest.fixture
def localstripe(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", FORGETFUL, "--port", str(port), "--from-scratch"],
        cwd=tmp_path, env={**os.environ, "HOME": str(tmp_path)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if "Running on" in line or "http://" in line:
            break
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


def test_our_calls_are_understood_by_localstripe(localstripe, now):
    """A smoke test: it has no Checkout and no Connect, and forgets idempotency keys."""
    gateway = Stripe(StripeSettings("sk_test_12345678", "whsec_x", localstripe), "http://localhost")
    api = gateway.client
    intent = api.payment_intents.create(
        params={"amount": 12800, "currency": "eur", "payment_method": "pm_card_visa"}
    )
    confirmed = api.payment_intents.confirm(intent["id"])
    assert confirmed["status"] == "succeeded"
    key = str(new_id())
    OutsideCharge.objects.create(
        key=key, gateway="stripe", amount=12800, currency="EUR", method="checkout",
        number="cs_none", reference=intent["id"], created_at=now,
    )  # fmt: skip
    request = RefundRequest(str(new_id()), key, Money(2800, "EUR"))
    first = gateway.refund(request, now=now)
    assert first.kind == RefundKind.DONE
    assert gateway.refund(request, now=now) == first
    with pytest.raises(GatewayDown):
        gateway.look_up(key, now=now)
    assert isinstance(api.refunds.retrieve(first.reference), sdk.Refund)
