"""Two sides, or a side and a clock, in the same instant: one of them wins, the other is told."""

import pytest

from goodword.care import actions
from goodword.care.models import Case
from goodword.care.states import Reason, Vote
from goodword.kit.errors import Refused
from goodword.kit.models import HouseRule
from goodword.money import queries as money
from goodword.money.models import Transfer
from goodword.orders import actions as orders
from goodword.orders.models import Timer
from goodword.orders.tests.conftest import committed
from goodword.orders.tests.test_at_once import at_once
from goodword.orders.tests.town import (
    DAY,
    NOW,
    NUMBER,
    balanced,
    held_money,
    let_time_pass,
    offered,
    person,
    shipped,
    state,
)

from .test_cases import an_operator, now_state, opened, vote, with_jury

__all__ = ["committed"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]
OVER = NOW + 10 * DAY  # the clocks of both cases below ring then
ROUNDS = 3  # of each race: who wins is up to the machine


def won(answers):
    """The places of those who were not refused."""
    return [place for place, one in enumerate(answers) if not isinstance(one, Refused)]


def clocks(order):
    return sorted(Timer.objects.filter(order=order, done_at=None).values_list("kind", flat=True))


def went_back(order):
    return [one.amount.minor for one in money.trail(order.id) if one.kind == "refund"]


def test_confirming_and_saying_that_it_never_came(lin, wang, cup):
    HouseRule.objects.create(name="new_seller_orders", value=0, since=NOW)
    for _round in range(ROUNDS):
        order = shipped(wang, lin, cup)
        line = order.lines.get()
        answers = at_once(
            lambda order=order: orders.confirm(buyer=wang, order=order.id, now=NOW),
            lambda order=order, line=line: actions.open_case(
                buyer=wang, order=order.id, line=line.id, reason=Reason.NOT_ARRIVED, words="Where?",
                now=NOW,
            ),
        )  # fmt: skip
        (winner,) = won(answers)
        ends = [("released", 0, ["complete"]), ("shipped", 12000, ["care"])]
        assert (state(order), held_money(order), clocks(order)) == ends[winner]
    assert balanced()


def test_an_accepted_return_is_never_confirmed_away(lin, wang, cup):
    for _round in range(ROUNDS):
        order = shipped(wang, lin, cup)
        case = opened(wang, order)
        answers = at_once(
            lambda case=case: actions.accept(
                seller=lin, case=case.id, address="Lane 3", now=NOW + DAY
            ),
            lambda order=order: orders.confirm(buyer=wang, order=order.id, now=NOW + DAY),
        )
        assert won(answers) == [0]
        assert (now_state(case), state(order)) == ("to_ship_back", "shipped")
        assert (held_money(order), clocks(order)) == (12000, ["care"])


def test_giving_it_all_back_and_never_mind(lin, wang):
    """The seller agrees to everything while the buyer gives up: the money goes one way, once."""
    jug = offered(lin, "Jug", stock=ROUNDS)
    for _round in range(ROUNDS):
        order = shipped(wang, lin, jug)
        case = opened(wang, order, Reason.NOT_ARRIVED)
        actions.offer(member=wang, case=case.id, amount=case.asked, now=NOW)
        answers = at_once(
            lambda case=case: actions.agree(
                member=lin, case=case.id, minor=case.asked_minor, now=NOW + DAY
            ),
            lambda case=case: actions.withdraw(buyer=wang, case=case.id, now=NOW + DAY),
        )
        (winner,) = won(answers)
        ends = [("refunded", "refunded", 0, [12000]), ("closed", "shipped", 12000, [])]
        end = (now_state(case), state(order), held_money(order), went_back(order))
        assert end == ends[winner]
    assert balanced()


def test_it_is_here_again_and_its_clock_refund_once(lin, wang, cup):
    for _round in range(ROUNDS):
        order = shipped(wang, lin, cup)
        case = opened(wang, order)
        actions.accept(seller=lin, case=case.id, address="Lane 3", now=NOW)
        actions.send_back(buyer=wang, case=case.id, carrier="sf", number=NUMBER, now=NOW)
        at_once(
            lambda case=case: actions.confirm_back(seller=lin, case=case.id, now=OVER),
            lambda order=order: orders.ring(order=order.id, now=OVER),
            lambda order=order: orders.ring(order=order.id, now=OVER),
            now=OVER,
        )
        assert (now_state(case), state(order), went_back(order)) == (
            "refunded", "refunded", [12000],
        )  # fmt: skip
    assert Transfer.objects.filter(kind="refund").count() == ROUNDS
    assert balanced()


def test_an_appeal_in_the_moment_in_which_it_is_too_late(lin, wang):
    jug = offered(lin, "Jug", stock=ROUNDS)
    HouseRule.objects.create(name="jury", value=1, since=NOW - DAY)
    for number in range(3):
        person(f"juror{number}")
    an_operator()
    for _round in range(ROUNDS):
        order, case = with_jury(wang, lin, jug)
        vote(case, Vote.HALF)
        answers = at_once(
            lambda case=case: actions.appeal(member=wang, case=case.id, new="Look.", now=OVER),
            lambda order=order: orders.ring(order=order.id, now=OVER),
            now=OVER,
        )
        ends = {"operator": ("shipped", 12000, []), "settled": ("released", 0, [6000])}
        found = now_state(case)
        assert (state(order), held_money(order), went_back(order)) == ends[found]
        assert won(answers) == ([0, 1] if found == "operator" else [1])
    let_time_pass(NOW + 30 * DAY)
    assert not Case.objects.filter(ended_at=None).exists()
    assert balanced()
