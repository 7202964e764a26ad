from datetime import timedelta

import pytest
from django.db import connection, transaction

from goodword.kit.errors import Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import actions, leaving, queries
from goodword.money.actions.payments import AlreadyPaid, TakenBack
from goodword.money.actions.posting import KeyReused
from goodword.money.gateways.base import Answer, Forged
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.models import Heard, Payment, Refund
from goodword.money.states import AccountKind, AnswerKind, PaymentState, RefundState

from .town import Town, check_books, forget_all_jobs, yuan

pytestmark = pytest.mark.django_db
HALF_A_MINUTE = timedelta(seconds=30)
HOUR = timedelta(hours=1)


def state(payment: Payment) -> str:
    return queries.payment(payment.id).state


def start(town: Town, **more) -> Payment:
    given = {
        "order": new_id(), "buyer": town.buyer.id, "seller": town.seller.id, "amount": yuan(100),
        "method": "card", "key": "k", "now": town.now,
    }  # fmt: skip
    return actions.start_payment(**(given | more))


def test_nothing_is_asked_before_it_is_sent(town):
    payment = town.start(yuan(100))
    assert payment.state == PaymentState.CREATED
    assert Sandbox().look_up(str(payment.id), now=town.now) is None
    assert queries.held(payment.order) is None


def test_a_card_that_works_is_held_and_the_order_is_told(town):
    payment = town.pay(yuan(100))
    town.work()
    assert payment.state == PaymentState.CAPTURED
    assert queries.held(payment.order) == yuan(100) == town.stands(AccountKind.GATEWAY)
    assert town.told == [payment.id]
    check_books()


def test_the_same_key_makes_the_same_payment(town):
    order = new_id()
    first = start(town, order=order)
    again = start(town, order=order, now=town.now + HOUR)
    assert again.id == first.id
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"amount": Money(9999, "CNY")}, {"amount": yuan(100, "EUR")}, {"method": "pending"}]
)
def test_the_same_key_for_something_else_is_a_conflict(town, other):
    order = new_id()
    start(town, order=order)
    with pytest.raises(KeyReused):
        start(town, order=order, **other)


def test_the_same_key_of_another_buyer_is_another_key(town):
    start(town)
    town.buyer = town.member("mei_the_buyer")
    start(town)
    assert Payment.objects.count() == 2


def test_an_order_is_not_paid_twice(town):
    payment = town.pay(yuan(100))
    with pytest.raises(AlreadyPaid):
        town.start(yuan(100), order=payment.order)
    town.refund(payment.order)
    with pytest.raises(AlreadyPaid):
        town.start(yuan(100), order=payment.order)


def test_an_order_whose_money_a_bank_took_back_is_not_paid_twice(town):
    payment = town.pay(yuan(100))
    reverse(payment, town)
    with pytest.raises(TakenBack, match="bank took the payment"):
        town.start(yuan(100), order=payment.order)
    assert (Payment.objects.count(), looks_planned()) == (1, 0)


def test_an_order_whose_late_money_a_bank_took_back_can_be_paid(town):
    payment = town.pay(yuan(100), method="pending")
    actions.expire_payment(order=payment.order, now=town.now)
    actions.capture(payment=payment.id, now=town.now)
    reverse(payment, town)
    paid = town.pay(yuan(100), order=payment.order)
    assert paid.state == PaymentState.CAPTURED


def reverse(payment, town):
    taken = Answer(str(payment.id), AnswerKind.REVERSED, yuan(100), reference="dispute")
    assert actions.record_answer(answer=taken, now=town.now).state == PaymentState.REVERSED


def test_a_declined_order_can_be_paid_another_way(town):
    declined = town.pay(yuan(100), method="declined")
    shown = queries.payment(declined.id)
    assert shown.state == PaymentState.DECLINED
    assert "not enough money" in shown.sentence
    paid = town.pay(yuan(100), order=declined.order)
    assert paid.state == PaymentState.CAPTURED
    assert queries.latest_payment(declined.order).id == paid.id


@pytest.mark.parametrize("amount", [Money(0, "CNY"), Money(-1, "CNY"), Money(2**60, "CNY")])
def test_an_amount_must_be_payable(town, amount):
    with pytest.raises(Invalid):
        town.start(amount)


def test_a_method_must_be_offered(town):
    with pytest.raises(Invalid):
        town.start(yuan(1), method="shells")
    with pytest.raises(NotFound):
        start(town, gateway="nobody")


def test_the_gateway_is_never_asked_inside_a_transaction(town):
    payment = town.start(yuan(100))
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        actions.send_payment(payment=payment.id, now=town.now)


def test_a_payment_sent_twice_is_charged_once(town):
    payment = town.pay(yuan(100))
    assert actions.send_payment(payment=payment.id, now=town.now).state == PaymentState.CAPTURED
    assert town.stands(AccountKind.GATEWAY) == yuan(100)


@pytest.mark.parametrize(
    ("approve", "expected"), [(True, PaymentState.CAPTURED), (False, PaymentState.DECLINED)]
)
def test_the_bank_asks_the_buyer(town, approve, expected):
    payment = town.pay(yuan(100), method="step_up")
    assert queries.payment(payment.id).next_url == f"/money/sandbox/{payment.id}"
    Sandbox().confirm(str(payment.id), approve=approve)
    town.work(after=timedelta(minutes=1))
    shown = queries.payment(payment.id)
    assert (shown.state, shown.next_url) == (expected, "")
    check_books()


@pytest.mark.parametrize("method", ["pending", "duplicate", "out_of_order", "lost", "down"])
def test_a_difficult_bank_is_paid_exactly_once_in_the_end(town, method):
    payment = town.pay(yuan(100), method=method)
    town.work(after=HOUR)
    assert state(payment) == PaymentState.CAPTURED
    assert queries.held(payment.order) == yuan(100) == town.stands(AccountKind.GATEWAY)
    assert set(town.told) == {payment.id}
    check_books()


def test_a_payment_that_nobody_sent_is_sent_by_the_job(town):
    payment = town.start(yuan(100))
    town.work(after=HALF_A_MINUTE)
    assert state(payment) == PaymentState.CAPTURED


def test_an_answer_that_was_never_written_down_is_asked_for_again(town):
    payment = town.pay(yuan(100), method="lost")
    assert payment.state == PaymentState.SENT
    town.work(after=HALF_A_MINUTE - timedelta(seconds=1))
    assert state(payment) == PaymentState.SENT
    town.work(after=timedelta(seconds=1))
    assert state(payment) == PaymentState.CAPTURED


def test_an_unpaid_order_expires(town):
    payment = town.start(yuan(100))
    assert actions.expire_payment(order=payment.order, now=town.now)
    town.work(after=HOUR)
    assert state(payment) == PaymentState.EXPIRED
    assert town.stands(AccountKind.GATEWAY) == yuan(0)
    assert town.start(yuan(100), order=payment.order).state == PaymentState.CREATED


def test_an_order_without_payment_expires_too(town):
    assert actions.expire_payment(order=new_id(), now=town.now)


def test_a_paid_order_does_not_expire(town):
    payment = town.pay(yuan(100))
    assert not actions.expire_payment(order=payment.order, now=town.now)
    assert queries.held(payment.order) == yuan(100)


def test_a_waiting_charge_is_called_off_when_the_order_expires(town):
    payment = town.pay(yuan(100), method="pending")
    actions.expire_payment(order=payment.order, now=town.now)
    town.work(after=HOUR)
    assert state(payment) == PaymentState.EXPIRED
    assert town.stands(AccountKind.GATEWAY) == yuan(0)
    assert Payment.objects.get(id=payment.id).final


def test_what_expired_before_its_gateway_was_asked_ends_once_nobody_can_be_asking(town):
    """The process died between the decision and the asking, and so did the first look."""
    payment = start(town, sent=True)
    actions.expire_payment(order=payment.order, now=town.now)
    town.work(after=3 * HOUR - timedelta(seconds=1))
    assert leaving.unsettled(town.buyer.id) == 1
    town.now += HOUR
    assert actions.sweep(now=town.now) == 1
    town.work()
    assert state(payment) == PaymentState.EXPIRED
    assert leaving.unsettled(town.buyer.id) == 0
    assert actions.capture(payment=payment.id, now=town.now).state == PaymentState.RETURNED


@pytest.mark.parametrize("paid_again", [False, True])
def test_money_that_comes_too_late_goes_back(town, paid_again):
    late = town.pay(yuan(100), method="late")
    town.work(after=timedelta(minutes=15))
    actions.expire_payment(order=late.order, now=town.now)
    if paid_again:
        town.pay(yuan(100), order=late.order)
    town.work(after=HOUR)
    assert state(late) == PaymentState.RETURNED
    assert queries.held(late.order) == (yuan(100) if paid_again else None)
    assert town.stands(AccountKind.GATEWAY) == (yuan(100) if paid_again else yuan(0))
    assert Refund.objects.get().state == RefundState.DONE
    assert late.id in town.told
    check_books()


def test_another_amount_than_was_asked_for_goes_back(town):
    payment = town.start(yuan(100))
    answer = Answer(key=str(payment.id), kind=AnswerKind.CAPTURED, amount=yuan(90))
    recorded = actions.record_answer(answer=answer, now=town.now)
    assert recorded.state == PaymentState.RETURNED
    assert queries.held(payment.order) is None
    assert town.stands(AccountKind.REFUND) == yuan(90)
    check_books()


def test_capturing_twice_captures_once(town):
    payment = town.start(yuan(100))
    for _time in range(2):
        assert actions.capture(payment=payment.id, now=town.now).state == PaymentState.CAPTURED
    assert town.stands(AccountKind.GATEWAY) == yuan(100)


def test_the_fee_is_the_one_of_the_day_of_payment(town):
    town.fee(5)
    order = town.pay(yuan(100)).order
    town.now += HOUR
    town.fee(50)
    town.release(order)
    assert town.stands(AccountKind.FEES) == yuan(5)


def test_a_refund_that_fails_stays_owed(town):
    payment = town.pay(yuan(100), method="closed")
    town.refund(payment.order)
    town.work(after=HOUR)
    refund = Refund.objects.get()
    assert (refund.state, refund.reason) == (RefundState.FAILED, "account_closed")
    assert town.stands(AccountKind.REFUND) == yuan(100)
    check_books()


def test_a_refund_sent_twice_is_posted_once(town):
    town.refund(town.pay(yuan(100)).order)
    refund = Refund.objects.get()
    for _time in range(2):
        assert actions.send_refund(refund=refund.id, now=town.now).state == RefundState.DONE
    assert town.stands(AccountKind.GATEWAY) == yuan(0)


def test_the_sweep_looks_after_what_every_job_forgot(town):
    payment = town.pay(yuan(100), method="lost")
    refunded = town.pay(yuan(50))
    town.refund(refunded.order)
    forget_all_jobs()
    town.now += 4 * HOUR
    assert actions.sweep(now=town.now) == 2
    town.work()
    assert state(payment) == PaymentState.CAPTURED
    assert Refund.objects.get().state == RefundState.DONE
    assert actions.sweep(now=town.now) == 0


def test_a_callback_needs_the_gateways_signature(town):
    payment = town.pay(yuan(100), method="pending")
    machine = Sandbox()
    body, headers = machine.message(str(payment.id), AnswerKind.CAPTURED, now=town.now)
    with pytest.raises(Forged):
        actions.receive_callback(gateway="sandbox", body=body, headers={}, now=town.now)
    assert state(payment) == PaymentState.PENDING
    actions.receive_callback(gateway="sandbox", body=body, headers=headers, now=town.now)
    assert state(payment) == PaymentState.CAPTURED


def test_an_answer_about_nothing_of_ours_is_refused(town):
    for key in (str(new_id()), "no id at all"):
        answer = Answer(key=key, kind=AnswerKind.CAPTURED, amount=yuan(1))
        with pytest.raises(NotFound):
            actions.record_answer(answer=answer, now=town.now)


WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'money.settle_payment'"


def looks_planned() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


def test_nobody_looks_again_once_the_gateway_has_said_its_last_word(town):
    town.start(yuan(100))
    assert looks_planned() == 1
    town.pay(yuan(100), method="pending")
    assert looks_planned() == 2
    town.pay(yuan(100))
    assert looks_planned() == 2


def test_a_second_try_under_one_key_plans_no_second_look(town):
    order = new_id()
    start(town, order=order)
    start(town, order=order)
    assert looks_planned() == 1


def test_an_expired_payment_is_looked_at_once(town):
    payment = town.pay(yuan(100), method="pending")
    actions.expire_payment(order=payment.order, now=town.now)
    assert looks_planned() == 1


def test_what_a_bank_took_back_covers_so_much_of_refunds_and_no_more(town):
    payment = town.pay(yuan(128))
    taken = Answer(str(payment.id), AnswerKind.REVERSED, yuan(50), reference="dispute")
    actions.record_answer(answer=taken, now=town.now)
    found = []
    for number, amount in enumerate((60, 30, 30, 8)):
        town.refund(payment.order, yuan(amount), key=f"part {number}")
        rows = Refund.objects.exclude(id__in=[one.id for _n, one in found]).order_by("id")
        found += [(number, one) for one in rows]
    assert [(number, one.state, one.amount // 100) for number, one in found] == [
        (0, "done", 50), (0, "created", 10), (1, "created", 30), (2, "created", 30),
        (3, "created", 8),
    ]  # fmt: skip
    check_books()


def test_a_message_is_known_again_for_sixty_days(town):
    for days in (59, 61):
        Heard.objects.create(key=f"stripe/{days}", at=town.now - timedelta(days=days))
    actions.forget_heard(now=town.now)
    assert list(Heard.objects.values_list("key", flat=True)) == ["stripe/59"]
