"""What every gateway must do, whoever owns the machine. Each one brings the cases it can play."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money.gateways import GATEWAYS
from goodword.money.gateways.base import (
    Answer,
    ChargeRequest,
    Forged,
    Gateway,
    GatewayDown,
    RefundKind,
    RefundRequest,
)
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.states import AnswerKind

pytestmark = pytest.mark.django_db
PRICE = Money(12800, "CNY")


@dataclass(frozen=True)
class Bench:
    """A gateway with its own ways to bring each case about."""

    gateway: Gateway
    works: str
    refuses: str
    asks: str
    waits: str
    loses: str
    confirm: Callable[[str, bool], object]
    tell: Callable[[str, AnswerKind, datetime], tuple[bytes, dict[str, str]]]


def sandbox() -> Bench:
    machine = Sandbox()
    return Bench(
        gateway=machine,
        works="card",
        refuses="declined",
        asks="step_up",
        waits="pending",
        loses="lost",
        confirm=lambda key, approve: machine.confirm(key, approve=approve),
        tell=lambda key, kind, now: machine.message(key, kind, now=now),
    )


@pytest.fixture(params=[sandbox], ids=lambda make: make.__name__)
def bench(request):
    return request.param()


def test_every_gateway_is_tested_here():
    assert set(GATEWAYS) == {"sandbox"}


def request_for(method: str, **more) -> ChargeRequest:
    return ChargeRequest(key=str(new_id()), amount=PRICE, method=method, **more)


def test_its_ways_to_pay_have_words(bench):
    offered = bench.gateway.methods()
    assert {bench.works, bench.refuses, bench.asks} <= {method.code for method in offered}
    assert all(str(method.word) and str(method.sentence) for method in offered)


def test_its_custodian_is_named_in_a_sentence(bench):
    assert str(bench.gateway.custodian.name)
    assert str(bench.gateway.custodian.sentence).endswith(".")


def test_a_charge_that_works(bench, now):
    request = request_for(bench.works)
    answer = bench.gateway.charge(request, now=now)
    assert (answer.key, answer.kind, answer.amount) == (request.key, AnswerKind.CAPTURED, PRICE)
    assert answer.reference
    assert bench.gateway.look_up(request.key, now=now) == answer


def test_a_key_is_charged_once(bench, now):
    request = request_for(bench.works)
    first = bench.gateway.charge(request, now=now)
    assert bench.gateway.charge(request, now=now) == first
    with pytest.raises(ValueError, match="was charged with"):
        bench.gateway.charge(replace(request, amount=PRICE + PRICE), now=now)


def test_a_refused_charge_says_why(bench, now):
    answer = bench.gateway.charge(request_for(bench.refuses), now=now)
    assert answer.kind == AnswerKind.DECLINED
    assert answer.reason


@pytest.mark.parametrize(
    ("approve", "expected"), [(True, AnswerKind.CAPTURED), (False, AnswerKind.DECLINED)]
)
def test_a_charge_that_asks_the_buyer_waits_for_her(bench, now, approve, expected):
    request = request_for(bench.asks)
    answer = bench.gateway.charge(request, now=now)
    assert answer.kind == AnswerKind.STEP_UP
    assert answer.next_url
    bench.confirm(request.key, approve)
    after = bench.gateway.look_up(request.key, now=now)
    assert (after.kind, after.next_url) == (expected, "")


def test_an_answer_that_was_lost_is_found_by_its_key(bench, now):
    request = request_for(bench.loses)
    with pytest.raises(GatewayDown):
        bench.gateway.charge(request, now=now)
    assert bench.gateway.look_up(request.key, now=now).kind == AnswerKind.CAPTURED
    assert bench.gateway.charge(request, now=now).kind == AnswerKind.CAPTURED


def test_nothing_is_known_of_a_key_that_was_never_used(bench, now):
    assert bench.gateway.look_up(str(new_id()), now=now) is None


def test_a_waiting_charge_can_be_called_off(bench, now):
    request = request_for(bench.waits)
    assert bench.gateway.charge(request, now=now).kind == AnswerKind.PENDING
    assert bench.gateway.cancel(request.key, now=now).kind == AnswerKind.CANCELLED
    later = now + timedelta(days=1)
    assert bench.gateway.look_up(request.key, now=later).kind == AnswerKind.CANCELLED


def test_money_that_has_moved_cannot_be_called_off(bench, now):
    request = request_for(bench.works)
    bench.gateway.charge(request, now=now)
    assert bench.gateway.cancel(request.key, now=now).kind == AnswerKind.CAPTURED


def refund_of(charge: str, minor: int) -> RefundRequest:
    return RefundRequest(key=str(new_id()), charge=charge, amount=Money(minor, "CNY"))


def test_a_refund_is_sent_once_for_its_key(bench, now):
    charge = request_for(bench.works)
    bench.gateway.charge(charge, now=now)
    request = refund_of(charge.key, 10000)
    first = bench.gateway.refund(request, now=now)
    assert first.kind == RefundKind.DONE
    assert bench.gateway.refund(request, now=now) == first
    with pytest.raises(ValueError, match="refunded"):
        bench.gateway.refund(replace(request, amount=Money(1, "CNY")), now=now)
    assert bench.gateway.refund(refund_of(charge.key, 2800), now=now).kind == RefundKind.DONE


def test_never_more_is_refunded_than_was_charged(bench, now):
    charge = request_for(bench.works)
    bench.gateway.charge(charge, now=now)
    bench.gateway.refund(refund_of(charge.key, 10000), now=now)
    answer = bench.gateway.refund(refund_of(charge.key, 2801), now=now)
    assert (answer.kind, answer.reason) == (RefundKind.FAILED, "more_than_charged")


def test_what_was_never_charged_is_not_refunded(bench, now):
    charge = request_for(bench.waits)
    bench.gateway.charge(charge, now=now)
    assert bench.gateway.refund(refund_of(charge.key, 1), now=now).kind == RefundKind.FAILED
    assert bench.gateway.refund(refund_of(str(new_id()), 1), now=now).kind == RefundKind.FAILED


def told(bench, now) -> tuple[str, bytes, dict[str, str]]:
    request = request_for(bench.works)
    bench.gateway.charge(request, now=now)
    return request.key, *bench.tell(request.key, AnswerKind.CAPTURED, now)


def test_a_signed_message_is_believed(bench, now):
    key, body, headers = told(bench, now)
    answer = bench.gateway.read_callback(body, headers, now=now + timedelta(minutes=4))
    assert isinstance(answer, Answer)
    assert (answer.key, answer.kind, answer.amount) == (key, AnswerKind.CAPTURED, PRICE)


@pytest.mark.parametrize(
    "forge",
    [
        lambda body, headers: (body.replace(b"12800", b"12900"), headers),
        lambda body, _headers: (body, {}),
        lambda body, headers: (body, dict.fromkeys(headers, "é")),
        lambda body, headers: (b"", headers),
    ],
)
def test_a_forged_message_is_not(bench, now, forge):
    _key, body, headers = told(bench, now)
    with pytest.raises(Forged):
        bench.gateway.read_callback(*forge(body, headers), now=now)


@pytest.mark.parametrize("age", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_a_message_of_another_time_is_not(bench, now, age):
    _key, body, headers = told(bench, now)
    with pytest.raises(Forged):
        bench.gateway.read_callback(body, headers, now=now + age)
