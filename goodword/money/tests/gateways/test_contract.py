"""What every gateway must do, whoever owns the machine. Each brings a bench to play it on."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import gateways
from goodword.money.gateways.base import (
    Answer,
    Forged,
    GatewayDown,
    NeverAsked,
    RefundAnswer,
    RefundKind,
    RefundRequest,
)
from goodword.money.states import DECLINE_WORDS, REFUND_FAULTS, AnswerKind

from .bench import FAULTS
from .benches import BENCHES

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WAITING = (AnswerKind.STEP_UP, AnswerKind.PENDING)


@pytest.fixture(params=BENCHES, ids=lambda make: make.__name__.removesuffix("Bench"))
def bench(request):
    return request.param()


def test_every_gateway_is_on_the_bench():
    assert {make().gateway.name for make in BENCHES} >= set(gateways.GATEWAYS)


def test_its_ways_to_pay_and_its_custodian_have_words(bench):
    offered = bench.gateway.methods()
    assert bench.method() in {method.code for method in offered}
    assert all(str(method.word) and str(method.sentence).endswith(".") for method in offered)
    assert str(bench.gateway.custodian.name)
    assert str(bench.gateway.custodian.sentence).endswith(".")


def test_nobody_promises_protection_that_nobody_gives(bench):
    assert not bench.gateway.custodian.protects


# Charging


def test_a_charge_waits_for_the_payer_and_is_captured_once_she_paid(bench, now):
    request = bench.request()
    answer = bench.gateway.charge(request, now=now)
    assert (answer.key, answer.amount) == (request.key, bench.price)
    assert answer.kind in WAITING
    assert answer.next_url
    bench.pay(request.key, now)
    paid = bench.gateway.look_up(request.key, now=now)
    assert (paid.key, paid.kind, paid.amount) == (request.key, AnswerKind.CAPTURED, bench.price)
    assert paid.reference
    assert paid.next_url == ""
    assert bench.gateway.look_up(request.key, now=now) == paid
    assert bench.stands(request.key) == bench.price


def test_the_amount_keeps_its_minor_units(bench, now):
    for amount in bench.others:
        key = bench.paid(now, amount)
        assert bench.gateway.look_up(key, now=now).amount == amount
        assert bench.stands(key) == amount


def test_what_it_does_not_take_is_declined_with_a_reason(bench, now):
    if bench.foreign is None:
        pytest.skip("it takes every currency")
    answer = bench.gateway.charge(bench.request(bench.foreign), now=now)
    assert (answer.kind, answer.reason) == (AnswerKind.DECLINED, "not_accepted")


def test_a_key_is_charged_once(bench, now):
    request = bench.request()
    first = bench.gateway.charge(request, now=now)
    again = bench.gateway.charge(request, now=now)
    assert (again.key, again.kind, again.amount) == (first.key, first.kind, first.amount)
    bench.pay(request.key, now)
    assert bench.gateway.charge(request, now=now).kind == AnswerKind.CAPTURED
    assert bench.charges(request.key) == 1
    assert bench.stands(request.key) == bench.price


def test_a_key_stands_for_one_amount(bench, now):
    request = bench.request()
    bench.gateway.charge(request, now=now)
    with pytest.raises(ValueError, match="was charged with"):
        bench.gateway.charge(replace(request, amount=request.amount * 2), now=now)
    assert bench.charges(request.key) == 1


def test_a_refused_charge_says_why(bench, now):
    if not bench.declines:
        pytest.skip("nobody refuses there: the payer just does not pay")
    answer = bench.begun(now)
    bench.refuse(answer.key, now)
    after = bench.gateway.look_up(answer.key, now=now)
    assert after.kind == AnswerKind.DECLINED
    assert after.reason in DECLINE_WORDS
    assert bench.stands(answer.key).minor == 0


def test_nothing_is_known_of_a_key_that_was_never_used(bench, now):
    assert bench.gateway.look_up(str(new_id()), now=now) is None
    with pytest.raises(NeverAsked):
        bench.gateway.cancel(str(new_id()), now=now)


# Calling off


def test_a_waiting_charge_can_be_called_off(bench, now):
    answer = bench.begun(now)
    for _again in range(2):
        assert bench.gateway.cancel(answer.key, now=now).kind == AnswerKind.CANCELLED
    assert bench.gateway.look_up(answer.key, now=now).kind == AnswerKind.CANCELLED


def test_money_that_has_moved_cannot_be_called_off(bench, now):
    key = bench.paid(now)
    answer = bench.gateway.cancel(key, now=now)
    assert (answer.kind, answer.amount) == (AnswerKind.CAPTURED, bench.price)
    assert bench.stands(key) == bench.price


# Refunds


def refund_of(bench, charge, minor=None):
    amount = bench.price if minor is None else Money(minor, bench.price.currency)
    return RefundRequest(key=str(new_id()), charge=charge, amount=amount)


def test_a_refund_is_sent_once_for_its_key(bench, now):
    key = bench.paid(now)
    request = refund_of(bench, key, 10000)
    first = bench.gateway.refund(request, now=now)
    assert first.kind in (RefundKind.DONE, RefundKind.PENDING)
    again = bench.gateway.refund(request, now=now)
    assert (again.key, again.reference) == (first.key, first.reference)
    assert bench.stands(key).minor == bench.price.minor - 10000
    with pytest.raises(ValueError, match="refunded"):
        bench.gateway.refund(replace(request, amount=Money(1, "CNY")), now=now)


def test_the_rest_is_refunded_and_never_more(bench, now):
    key = bench.paid(now)
    bench.gateway.refund(refund_of(bench, key, 10000), now=now)
    over = bench.gateway.refund(refund_of(bench, key, 2801), now=now)
    assert (over.kind, over.reason) == (RefundKind.FAILED, "more_than_charged")
    rest = bench.gateway.refund(refund_of(bench, key, 2800), now=now)
    assert rest.kind in (RefundKind.DONE, RefundKind.PENDING)
    assert bench.stands(key).minor == 0
    assert bench.gateway.look_up(key, now=now).kind == AnswerKind.CAPTURED


def test_what_was_never_paid_is_not_refunded(bench, now):
    waits = bench.begun(now).key
    for charge in (waits, str(new_id())):
        answer = bench.gateway.refund(refund_of(bench, charge, 1), now=now)
        assert (answer.kind, answer.reason) == (RefundKind.FAILED, "not_captured")


def test_a_refund_that_cannot_be_sent_says_why(bench, now):
    for code in bench.refund_failures:
        bench.refund_fails(code)
        key = bench.paid(now)
        answer = bench.gateway.refund(refund_of(bench, key), now=now)
        assert (answer.kind, answer.reason) == (RefundKind.FAILED, code)
        assert code in REFUND_FAULTS
        assert bench.stands(key) == bench.price


# A machine that is away


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.call}-{fault.how}")
def test_asked_again_it_has_done_it_once(bench, now, fault):
    if fault not in bench.fails:
        pytest.skip("that cannot happen there")
    with bench.failing(fault) as request:
        act = {
            "charge": lambda: bench.gateway.charge(request, now=now),
            "look_up": lambda: bench.gateway.look_up(request.key, now=now),
            "cancel": lambda: bench.gateway.cancel(request.key, now=now),
            "refund": lambda: bench.gateway.refund(refund, now=now),
        }[fault.call]
        if fault.call != "charge":
            bench.gateway.charge(request, now=now)
        if fault.call == "refund":
            bench.pay(request.key, now)
        refund = refund_of(bench, request.key, 2800)
        with pytest.raises(GatewayDown):
            act()
        answer = patiently(act)
    if fault.call == "refund":
        assert bench.stands(request.key).minor == bench.price.minor - 2800
    elif fault.call == "cancel":
        assert answer.kind == AnswerKind.CANCELLED
    else:
        assert answer.kind in (*WAITING, AnswerKind.CAPTURED)
    assert bench.charges(request.key) == 1


def patiently(act):
    for _try in range(4):
        try:
            return act()
        except GatewayDown:
            continue
    return act()


# What it tells


def told(bench, now):
    key = bench.paid(now)
    return key, *bench.told(key, now)


@pytest.fixture
def speaking(bench):
    if not bench.calls_back:
        pytest.skip("it never calls")
    return bench


def test_a_signed_message_is_believed(speaking, now):
    key, body, headers = told(speaking, now)
    message = speaking.gateway.read_callback(body, headers, now=now + 4 * MINUTE)
    assert message.number
    assert isinstance(message.says, Answer)
    assert (message.says.key, message.says.kind) == (key, AnswerKind.CAPTURED)
    assert message.says.amount == speaking.price
    again = speaking.gateway.read_callback(body, headers, now=now)
    assert again == message


def add_one(digit):
    return b"%d" % (int(digit[0]) + 1)


@pytest.mark.parametrize(
    "forge",
    [
        lambda body, headers: (body.replace(b"28", b"29").replace(b"a", b"b"), headers),
        # What it says can still be read: only the signature is against it.
        lambda body, headers: (re.sub(rb"[0-8]", add_one, body, count=1), headers),
        lambda body, _headers: (body, {}),
        lambda body, headers: (body, dict.fromkeys(headers, "é")),
        lambda body, headers: (body, dict.fromkeys(headers, "0")),
        lambda body, headers: (b"", headers),
        lambda _body, headers: (b"{}", headers),
        lambda _body, headers: (b"\xff\xfe[", headers),
    ],
    ids=["changed", "one digit", "unsigned", "letters", "zeros", "empty", "void", "noise"],
)
def test_a_forged_message_is_not(speaking, now, forge):
    _key, body, headers = told(speaking, now)
    forged = forge(body, headers)
    if speaking.signs_the_body and forged[0] == body:
        forged = re.sub(rb"(?<=[&?])sign=[^&]*", b"", body), headers
    with pytest.raises(Forged):
        speaking.gateway.read_callback(*forged, now=now)


@pytest.mark.parametrize("age", [6 * MINUTE, -6 * MINUTE, timedelta(days=400)])
def test_a_message_of_another_time_is_not(speaking, now, age):
    _key, body, headers = told(speaking, now)
    with pytest.raises(Forged):
        speaking.gateway.read_callback(body, headers, now=now + age)


def test_a_gateway_that_never_calls_believes_nobody(bench, now):
    if bench.calls_back:
        pytest.skip("it calls")
    with pytest.raises(Forged):
        bench.gateway.read_callback(b"{}", {}, now=now)


def test_what_it_tells_of_a_refund_is_read(speaking, now):
    key = speaking.paid(now)
    request = refund_of(speaking, key)
    speaking.gateway.refund(request, now=now)
    posted = speaking.told_refund(request.key, now)
    if posted is None:
        pytest.skip("it does not tell")
    message = speaking.gateway.read_callback(*posted, now=now)
    assert isinstance(message.says, RefundAnswer)
    assert (message.says.key, message.says.kind) == (request.key, RefundKind.DONE)
    assert (
        message.number != speaking.gateway.read_callback(*speaking.told(key, now), now=now).number
    )


def test_what_its_bank_took_back_is_told(speaking, now):
    if not speaking.reverses:
        pytest.skip("nobody takes it back there")
    key = speaking.paid(now)
    speaking.gateway.refund(refund_of(speaking, key, 2800), now=now)
    speaking.reverse(key, now)
    says = speaking.gateway.read_callback(*speaking.told(key, now), now=now).says
    assert (says.key, says.kind) == (key, AnswerKind.REVERSED)
    assert says.amount.minor == 10000
    assert speaking.stands(key).minor == 0
