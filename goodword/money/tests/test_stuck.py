"""A refund that its gateway cannot send: nobody's money is forgotten, and an operator ends it."""

import pytest
from django.test import Client

from goodword.journal import queries as journal
from goodword.kit.errors import Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.money import actions, queries
from goodword.money.actions.stuck import NotStuck
from goodword.money.models import Refund
from goodword.money.states import AccountKind, RefundState
from goodword.notices.models import Notice

from .test_payments import HOUR
from .town import check_books, yuan

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(town):
    operator = town.member("the_operator")
    operator.is_operator = True
    operator.save()
    return operator


@pytest.fixture
def stuck(town, operator) -> Refund:  # who is told
    payment = town.pay(yuan(100), method="closed")
    town.refund(payment.order)
    town.work(after=HOUR)
    return Refund.objects.get()


def told(member):
    return list(Notice.objects.filter(owner=member.id).values_list("kind", flat=True))


def test_buyer_and_operators_are_told_once(town, operator, stuck):
    assert told(town.buyer) == ["money.refund_stuck"]
    assert told(operator) == ["money.refund_to_send"]
    assert told(town.seller) == []
    town.work(after=HOUR)
    assert Notice.objects.count() == 2
    assert queries.way_back(stuck.payment.order) == RefundState.FAILED


def test_paid_by_hand_it_leaves_the_books(town, operator, stuck):
    actions.pay_refund_by_hand(
        refund=stuck.id, operator=operator.id, reference=" ICBC 77 ", now=town.now
    )
    stuck.refresh_from_db()
    assert (stuck.state, stuck.reference) == (RefundState.DONE, "ICBC 77")
    assert town.stands(AccountKind.REFUND) == yuan(0) == town.stands(AccountKind.GATEWAY)
    assert queries.stuck_refunds() == []
    assert "money.refund_by_hand" in told(town.buyer)
    deed = journal.story(stuck.payment.order)[-1]
    assert (deed.verb, deed.actor, deed.facts["reference"]) == (
        "money.refund_by_hand", operator.id, "ICBC 77",
    )  # fmt: skip
    check_books()
    with pytest.raises(NotStuck):
        actions.pay_refund_by_hand(
            refund=stuck.id, operator=operator.id, reference="again", now=town.now
        )


@pytest.mark.parametrize("reference", ["", "   ", "x" * 81])
def test_a_payment_by_hand_can_be_found_again(town, operator, stuck, reference):
    with pytest.raises(Invalid):
        actions.pay_refund_by_hand(
            refund=stuck.id, operator=operator.id, reference=reference, now=town.now
        )
    assert town.stands(AccountKind.REFUND) == yuan(100)


def test_the_gateway_is_asked_again_and_may_fail_again(town, operator, stuck):
    actions.retry_refund(refund=stuck.id, operator=operator.id, now=town.now)
    assert queries.way_back(stuck.payment.order) == RefundState.SENT
    town.work(after=HOUR)
    stuck.refresh_from_db()
    assert stuck.state == RefundState.FAILED
    with pytest.raises(NotFound):
        actions.retry_refund(refund=new_id(), operator=operator.id, now=town.now)


def test_an_operator_ends_it_on_the_page_of_the_books(town, operator, stuck):
    page = Client(headers={"Accept-Language": "en"})
    page.force_login(operator)
    assert "The card or account it came from was closed." in page.get("/money/books").text
    by_hand = f"/money/refunds/{stuck.id}/by-hand"
    wrong = page.post(by_hand, {"reference": ""})
    assert (wrong.status_code, "is required" in wrong.text) == (422, True)
    assert page.post(f"/money/refunds/{stuck.id}/retry").status_code == 302
    town.work(after=HOUR)
    assert page.post(by_hand, {"reference": "ICBC 77"}).status_code == 302
    assert "Refunds to send by hand" not in page.get("/money/books").text
    page.force_login(town.buyer)
    assert page.post(by_hand, {"reference": "mine"}).status_code == 404
