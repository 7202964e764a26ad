"""What a buyer's bank takes back, in part or whole, and gives back: nobody is paid twice."""

import pytest

from goodword.journal import queries as journal
from goodword.money import queries as money
from goodword.money.actions import record_answer, refund
from goodword.money.gateways.base import Answer
from goodword.money.models import Refund
from goodword.money.states import AnswerKind
from goodword.money.tests.town import check_books
from goodword.notices.models import Notice
from goodword.orders import actions
from goodword.orders.models import OrderLine

from .town import (
    MINUTE,
    NOW,
    NUMBER,
    at,
    held_money,
    let_time_pass,
    offered,
    pay,
    place,
    shipped,
    state,
    states,
    yuan,
)

pytestmark = pytest.mark.django_db


def say(kind, payment, amount=None):
    """The gateway tells what the bank of the payment's payer did."""
    with at(NOW):
        said = Answer(str(payment.id), kind, amount or payment.amount, reference="dispute")
        record_answer(answer=said, now=NOW)
    let_time_pass(NOW + MINUTE)


@pytest.mark.parametrize(
    ("taken", "ends", "covered", "sent"),
    [
        (120, ["held", "refunded"], 12000, 0),
        (360, ["refunded", "held"], 36000, 0),
        (100, ["refunded", "refunded"], 10000, 38000),
        (480, ["refunded", "refunded"], 48000, 0),
    ],
)
def test_a_bank_that_takes_a_part_back_ends_what_that_is_and_nothing_goes_back_twice(
    lin, wang, cup, taken, ends, covered, sent
):
    pot = offered(lin, "Pot", price=360)
    (order,) = place(wang, pot, cup)
    payment = pay(wang, order)
    say(AnswerKind.REVERSED, payment, yuan(taken))
    by_price = OrderLine.objects.filter(order=order.id).order_by("-unit_minor")
    assert [str(line.state) for line in by_price] == ends
    back = dict.fromkeys((True, False), 0)
    for one in Refund.objects.filter(payment=payment.id, state="done"):
        back[one.reason == "covered"] += one.amount
    assert (back[True], back[False]) == (covered, sent)
    assert held_money(order) == 48000 - covered - sent
    told = Notice.objects.get(owner=lin.id, kind="orders.taken_back")
    assert told.facts["amount"]["minor"] == taken * 100
    assert ("goes_on" in told.facts) == ("held" in ends)
    hers = Notice.objects.filter(owner=wang.id, kind="orders.refunded")
    assert hers.exists() == (sent > 0), "what her bank took is no news to her"
    check_books()


def test_of_two_things_that_cost_the_same_nobody_knows_which_is_still_paid(lin, wang, cup):
    bowl, pot = offered(lin, "Bowl", price=120), offered(lin, "Pot", price=360)
    (order,) = place(wang, cup, bowl, pot)
    say(AnswerKind.REVERSED, pay(wang, order), yuan(120))
    assert (states(order), held_money(order)) == (["refunded"] * 3, 0)


def test_what_a_bank_took_of_something_shipped_leaves_the_rest_alone(lin, wang, cup):
    pot = offered(lin, "Pot", price=360)
    (order,) = place(wang, pot, cup)
    payment = pay(wang, order)
    cups = OrderLine.objects.get(order=order.id, unit_minor=12000)
    actions.ship(seller=lin, order=order.id, lines=[cups.id], carrier="sf", number=NUMBER, now=NOW)
    say(AnswerKind.REVERSED, payment, yuan(120))
    assert sorted(states(order)) == ["held", "shipped"]
    assert held_money(order) == 48000


def test_what_a_bank_took_back_is_told_once_however_often_the_order_hears_of_it(lin, wang, cup):
    order = shipped(wang, lin, cup)
    payment = money.latest_payment(order.id)
    say(AnswerKind.REVERSED, payment)
    actions.payment_answered(payment=payment.id, now=NOW + MINUTE)
    verbs = [deed.verb for deed in journal.story(order.id)]
    assert verbs.count("orders.taken_back") == 1


def test_a_bank_that_gives_back_what_it_took_is_heard_after_the_order_was_called_off(
    lin, wang, cup
):
    """The refund was covered by what the bank took; what it gives back stands in the books."""
    (order,) = place(wang, cup)
    payment = pay(wang, order)
    say(AnswerKind.REVERSED, payment)
    assert state(order) == "refunded"
    for _again in range(2):
        say(AnswerKind.REINSTATED, payment)
    kinds = [one.kind for one in money.trail(order.id)]
    assert (kinds.count("reversed"), kinds.count("reinstated")) == (1, 1)
    check_books()


def test_what_a_bank_gave_back_covers_no_refund(lin, wang, cup):
    """It is with the house again, so what is refunded later has to be sent."""
    order = shipped(wang, lin, cup)
    payment = money.latest_payment(order.id)
    say(AnswerKind.REVERSED, payment)
    say(AnswerKind.REINSTATED, payment)
    with at(NOW + MINUTE):
        refund(order=order.id, reason="came back broken", key="back", now=NOW)
    assert Refund.objects.get(payment=payment.id).reason != "covered"
    assert money.trail(order.id)[-1].kind == "refund_paid"
    check_books()
