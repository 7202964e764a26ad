"""Each gateway under our own verbs: whatever its machine does, the books say what it has."""

from datetime import timedelta

import pytest

from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import actions, gateways, queries
from goodword.money.gateways.base import Forged
from goodword.money.models import Heard, Payment, Refund
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind, AnswerKind, PaymentState, RefundState

from ..town import check_books
from .benches import BENCHES

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
S = PaymentState


class Till:
    """A town that pays through one gateway, and its machine."""

    def __init__(self, bench, town):
        self.bench, self.town = bench, town

    @property
    def now(self):
        return self.town.now

    def start(self, amount=None, order=None):
        order = order or new_id()
        payment = actions.start_payment(
            order=order, buyer=self.town.buyer.id, seller=self.town.seller.id,
            amount=amount or self.bench.price, gateway=self.bench.gateway.name,
            method=self.bench.method(), key=str(new_id()), now=self.now,
        )  # fmt: skip
        return actions.send_payment(payment=payment.id, now=self.now)

    def pay(self, payment):
        self.bench.pay(str(payment.id), self.now)

    def hear(self, posted=None, payment=None):
        body, headers = posted or self.bench.told(str(payment.id), self.now)
        return actions.receive_callback(
            gateway=self.bench.gateway.name, body=body, headers=headers, now=self.now
        )

    def learn(self, payment):
        """By a message where it calls, otherwise by asking."""
        if self.bench.calls_back:
            self.hear(payment=payment)
        else:
            self.town.work(after=HOUR)
        return self.state(payment)

    def paid(self):
        payment = self.start()
        self.pay(payment)
        assert self.learn(payment) == S.CAPTURED
        return payment

    def refund(self, payment, amount=None):
        self.town.refund(payment.order, amount, key=str(new_id()))
        self.work()
        return Refund.objects.filter(payment=payment).order_by("id").last()

    def work(self, after=HOUR):
        self.town.work(after=after)
        self.bench.finish_refunds(self.now)
        self.town.work(after=after)

    @staticmethod
    def state(payment):
        return PaymentState(Payment.objects.get(id=payment.id).state)

    def agrees(self):
        """What the machine has is what the books say that it has."""
        account = AccountRef(
            AccountKind.GATEWAY, self.bench.price.currency, gateway=self.bench.gateway.name
        )
        keys = [str(id) for id in Payment.objects.values_list("id", flat=True)]
        there = sum(self.bench.stands(key).minor for key in keys if self.bench.charges(key))
        assert queries.balance(account).minor == there
        check_books()


@pytest.fixture(params=BENCHES, ids=lambda make: make.__name__.removesuffix("Bench"))
def till(request, town, monkeypatch):
    bench = request.param()
    monkeypatch.setitem(gateways.GATEWAYS, bench.gateway.name, bench.gateway)
    made = Till(bench, town)
    yield made
    made.agrees()


def test_it_is_held_once_however_often_it_is_told(till):
    payment = till.start()
    assert till.state(payment) in (S.STEP_UP, S.PENDING)
    till.pay(payment)
    assert till.learn(payment) == S.CAPTURED
    if till.bench.calls_back:
        posted = till.bench.told(str(payment.id), till.now)
        assert not till.hear(posted)
        assert till.hear(posted) is False
    assert till.town.escrow(payment.order) == till.bench.price
    till.town.work(after=HOUR)
    assert till.town.escrow(payment.order) == till.bench.price


def test_without_any_message_it_is_found_by_asking(till):
    payment = till.start()
    till.pay(payment)
    till.town.work(after=HOUR)
    assert till.state(payment) == S.CAPTURED


def test_what_nobody_signed_or_is_old_changes_nothing(till):
    payment = till.start()
    till.pay(payment)
    if till.bench.calls_back:
        body, headers = till.bench.told(str(payment.id), till.now - HOUR)
        fresh, _headers = till.bench.told(str(payment.id), till.now)
        unsigned = (fresh.replace(b"sign=", b"sing="), {})
        for posted in ((body, headers), unsigned):
            with pytest.raises(Forged):
                till.hear(posted)
        assert Heard.objects.count() == 0
    assert till.state(payment) in (S.STEP_UP, S.PENDING)
    assert till.learn(payment) == S.CAPTURED


def test_it_speaks_of_its_own_payments_only(till, monkeypatch):
    if not till.bench.calls_back:
        pytest.skip("it never calls")
    payment = till.start()
    till.pay(payment)
    monkeypatch.setitem(gateways.GATEWAYS, "another", till.bench.gateway)
    body, headers = till.bench.told(str(payment.id), till.now)
    with pytest.raises(NotFound):
        actions.receive_callback(gateway="another", body=body, headers=headers, now=till.now)
    assert Heard.objects.count() == 0
    assert till.learn(payment) == S.CAPTURED


def test_a_message_that_was_overtaken_changes_nothing(till):
    if not till.bench.calls_back:
        pytest.skip("it never calls")
    payment = till.start()
    early = till.bench.told(str(payment.id), till.now)
    till.pay(payment)
    till.hear(payment=payment)
    till.hear(early)
    assert till.state(payment) == S.CAPTURED
    assert till.town.escrow(payment.order) == till.bench.price


def test_what_comes_after_it_was_called_off_goes_back(till):
    """The order expires while the payer's money is under way."""
    payment = till.start()
    till.pay(payment)
    assert actions.expire_payment(order=payment.order, now=till.now)
    till.work(after=timedelta(hours=4))
    assert till.state(payment) == S.RETURNED
    assert till.bench.stands(str(payment.id)).minor == 0
    assert till.town.stands(AccountKind.REFUND).minor == 0


def test_called_off_it_can_be_paid_no_more_and_the_order_anew(till):
    payment = till.start()
    assert actions.expire_payment(order=payment.order, now=till.now)
    till.town.work(after=HOUR)
    answer = till.bench.gateway.look_up(str(payment.id), now=till.now)
    assert answer.kind == AnswerKind.CANCELLED
    again = till.start(order=payment.order)
    till.pay(again)
    assert till.learn(again) == S.CAPTURED


def test_refunds_go_back_in_parts_and_no_further(till):
    payment = till.paid()
    for minor, rest in ((2800, 10000), (10000, 0)):
        refund = till.refund(payment, Money(minor, till.bench.price.currency))
        assert refund.state == RefundState.DONE
        assert till.bench.stands(str(payment.id)).minor == rest
    assert till.state(payment) == S.REFUNDED
    assert till.town.stands(AccountKind.REFUND).minor == 0


def test_a_refund_that_fails_stays_owed(till):
    for number, code in enumerate(till.bench.refund_failures, 1):
        till.bench.refund_fails(code)
        refund = till.refund(till.paid())
        assert (refund.state, refund.reason) == (RefundState.FAILED, code)
        assert till.town.stands(AccountKind.REFUND) == refund.money * number


def test_what_the_bank_takes_back_is_gone_and_refunds_nobody_twice(till):
    if not till.bench.reverses:
        pytest.skip("nobody takes it back there")
    payment = till.paid()
    till.refund(payment, Money(2800, "CNY"))
    till.bench.reverse(str(payment.id), till.now)
    till.hear(payment=payment)
    till.hear(payment=payment)
    assert till.state(payment) == S.REVERSED
    owed = AccountRef(AccountKind.REVERSED, "CNY")
    assert queries.balance(owed) == Money(10000, "CNY")
    refund = till.refund(payment)
    assert (refund.state, refund.reason) == (RefundState.DONE, "covered")
    assert queries.balance(owed).minor == 0
    assert till.state(payment) == S.REFUNDED
