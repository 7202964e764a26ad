"""What a checkout leaves behind: the gateway's answer, whatever happens, and no idle jobs."""

import pytest
from django.db import connection

from goodword.journal import queries as journal
from goodword.kit import clock
from goodword.money import queries as money
from goodword.money.actions import record_answer
from goodword.money.gateways.base import Answer
from goodword.money.models import SandboxCharge
from goodword.money.states import AnswerKind
from goodword.orders import actions
from goodword.orders.models import Timer
from goodword.orders.pages import order_page
from goodword.orders.refusals import KeyReused
from goodword.shop.actions import Item

from .town import (
    ADDRESS,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    NUMBER,
    broken_sales,
    held,
    held_money,
    let_time_pass,
    offered,
    pay,
    place,
    shipped,
    state,
    states,
)

pytestmark = pytest.mark.django_db


def test_what_the_gateway_did_is_kept_when_the_order_cannot_follow(wang, cup):
    with clock.at(NOW), broken_sales():
        (made,) = actions.place_and_pay(
            buyer=wang, items=[Item(cup.id, 1)], address=ADDRESS, key="k", method="card", now=NOW
        )
    order = made.order
    assert made.payment.state == "captured"
    assert [line.state for line in made.lines] == ["awaiting_payment"]
    assert (state(order), held_money(order)) == ("awaiting_payment", 12000)
    let_time_pass(NOW + MINUTE)
    assert (state(order), held_money(order)) == ("held", 12000)
    assert [one.kind for one in money.trail(order.id)] == ["capture"]


RINGS = """
SELECT scheduled_at FROM procrastinate_jobs
 WHERE task_name = 'orders.ring' AND status = 'todo' AND args ->> 'order' = %s"""


def rings(order):
    with connection.cursor() as cursor:
        cursor.execute(RINGS, [str(order.id)])
        return [at for (at,) in cursor.fetchall()]


def test_an_order_has_one_job_which_is_put_off_to_the_next_clock(lin, wang, cup):
    (order,) = place(wang, cup)
    assert rings(order) == [NOW + 15 * MINUTE]
    pay(wang, order)
    assert (state(order), rings(order)) == ("held", [NOW + 48 * HOUR])
    actions.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, now=NOW)
    assert rings(order) == [NOW + 7 * DAY]
    first = Timer.objects.filter(order=order, done_at=None).order_by("due_at")[0]
    assert (first.due_at, first.job is None) == (NOW + 7 * DAY, False)


def test_a_job_is_put_off_no_further_than_to_what_counted_on_it(lin, wang, cup):
    """One line is shipped; the other's clock had no job of its own."""
    order = held(wang, cup, offered(lin, "Bowl"))
    one, _other = actions.lock(order.id).lines
    actions.ship(
        seller=lin, order=order.id, carrier="sf", number=NUMBER, lines=[one.id], now=NOW
    )  # fmt: skip
    assert rings(order) == [NOW + 48 * HOUR]
    for days in (2, 7, 9, 14, 40, 60):
        let_time_pass(NOW + days * DAY)
    assert states(order) == ["completed", "refunded"]
    assert rings(order) == []


def test_what_is_sent_before_the_job_comes_still_ends_by_itself(lin, wang, cup):
    order = shipped(wang, lin, cup, now=NOW)
    for days in range(60):
        let_time_pass(NOW + days * DAY)
    assert state(order) == "completed"
    assert rings(order) == []


def declined_entries(order):
    return [deed.verb for deed in journal.story(order.id)].count("orders.declined")


def test_the_same_try_again_is_neither_asked_nor_written_down_again(wang, cup):
    (order,) = place(wang, cup)
    for _again in range(3):
        assert pay(wang, order, method="declined", key="try").state == "declined"
    assert declined_entries(order) == 1
    assert SandboxCharge.objects.count() == 1
    pay(wang, order, method="declined", key="another try")
    assert declined_entries(order) == 2


def test_how_full_the_buyers_card_is_concerns_nobody_else(lin, wang, cup):
    (order,) = place(wang, cup)
    pay(wang, order, method="declined")
    told = {
        who.handle: [event.verb for event in order_page(who.id, order.id, now=NOW).events]
        for who in (lin, wang)
    }
    assert told == {"lin": ["orders.placed"], "wang": ["orders.placed", "orders.declined"]}


def test_a_key_stands_for_how_it_is_paid_too(wang, cup):
    order = {"buyer": wang, "items": [Item(cup.id, 1)], "address": ADDRESS, "key": "k", "now": NOW}
    actions.place(**order)
    with pytest.raises(KeyReused):
        actions.place_and_pay(**order, method="card")


def test_an_order_whose_job_tries_again_gets_no_second_one(wang, cup):
    order, lost = place(wang, cup)[0], place(wang, cup)[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args ->> 'order' = %s", [str(lost.id)])
    late = NOW + 3 * HOUR
    assert actions.sweep(now=late) == 1
    assert actions.sweep(now=late) == 0
    assert (len(rings(order)), len(rings(lost))) == (1, 1)


@pytest.mark.parametrize("sent", [False, True], ids=["waiting", "sent"])
def test_what_the_bank_takes_back_ends_what_is_not_shipped(lin, wang, cup, sent):
    (order,) = place(wang, cup)
    pay(wang, order, method="reversed")
    if sent:
        actions.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, now=NOW)
    for minutes in (2, 4):
        let_time_pass(NOW + minutes * MINUTE)
    verbs = [deed.verb for deed in journal.story(order.id)]
    assert verbs.count("orders.taken_back") == 1
    assert state(order) == ("shipped" if sent else "refunded")
    assert held_money(order) == (12000 if sent else 0)
    assert money.trail(order.id)[-1].kind == ("reversed" if sent else "covered")
    for who in (lin, wang):
        story = order_page(who.id, order.id, now=NOW).events
        assert any("took the payment of" in event.sentence for event in story)


@pytest.mark.parametrize("told", [True, False], ids=["told", "by_its_timer"])
def test_what_the_bank_took_back_before_the_order_followed_is_not_shipped(lin, wang, cup, told):
    """The order hears of both at once, when its worker is back: it was never paid."""
    with clock.at(NOW), broken_sales():
        (made,) = actions.place_and_pay(
            buyer=wang, items=[Item(cup.id, 1)], address=ADDRESS, key="k", method="card", now=NOW
        )
        reverse(made.payment)
    order = made.order
    if not told:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name LIKE '%answered'")
    for minutes in (1, 20):
        let_time_pass(NOW + minutes * MINUTE)
    verbs = [deed.verb for deed in journal.story(order.id)]
    assert (verbs.count("orders.taken_back"), verbs.count("orders.paid")) == (1, 0)
    assert (state(order), held_money(order)) == ("refunded", 0)
    assert money.trail(order.id)[-1].kind == "covered"
    cup.refresh_from_db()
    assert cup.stock == 5


def reverse(payment):
    taken = Answer(str(payment.id), AnswerKind.REVERSED, payment.amount, reference="dispute")
    record_answer(answer=taken, now=NOW)
