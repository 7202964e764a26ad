"""What keeps a case from being used as a weapon, and what it leaves of a line's clocks."""

import pytest

from goodword.care import actions
from goodword.care.actions import opening
from goodword.care.models import Statement
from goodword.care.refusals import NotPossible
from goodword.care.states import Reason
from goodword.kit.errors import TooMany
from goodword.orders.tests.town import DAY, HOUR, NOW, at, let_time_pass, shipped, state, yuan

from .test_cases import opened, received

pytestmark = pytest.mark.django_db


def test_so_many_cases_a_day(lin, wang, cup, monkeypatch):
    monkeypatch.setattr(opening, "A_DAY", 1)
    orders = [received(wang, lin, cup) for _order in range(2)]
    opened(wang, orders[0])
    with pytest.raises(TooMany):
        opened(wang, orders[1])
    assert opened(wang, orders[1], now=NOW + DAY)


def test_each_side_says_once_what_happened(lin, wang, cup):
    case = opened(wang, received(wang, lin, cup))
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=NOW)
    actions.escalate(buyer=wang, case=case.id, now=NOW)
    let_time_pass(NOW + 3 * DAY)
    for words in ("The rim was broken.", "And the lid."):
        said = {"member": wang, "case": case.id, "words": words, "now": NOW + 3 * DAY}
        if words == "And the lid.":
            with pytest.raises(NotPossible):
                actions.file(**said)
        else:
            actions.file(**said)
    assert Statement.objects.get(case=case).words == "The rim was broken."


def test_two_cases_stop_a_clock_for_as_long_as_both(lin, wang, cup):
    order = shipped(wang, lin, cup)
    for day in (1, 4):
        case = opened(wang, order, Reason.NOT_ARRIVED, now=NOW + day * DAY, words="Where is it?")
        with at(NOW + (day + 1) * DAY):
            actions.withdraw(buyer=wang, case=case.id, now=NOW + (day + 1) * DAY)
    let_time_pass(NOW + 12 * DAY - HOUR)
    assert state(order) == "shipped"
    let_time_pass(NOW + 12 * DAY)
    assert state(order) == "received"


def test_what_was_shared_out_is_complete_by_when_it_was_received(lin, wang, cup):
    order = received(wang, lin, cup)
    case = opened(wang, order)
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=NOW)
    actions.escalate(buyer=wang, case=case.id, now=NOW)
    later = NOW + 2 * DAY
    actions.offer(member=lin, case=case.id, amount=yuan(45), now=later)
    with at(later):
        actions.agree(member=wang, case=case.id, minor=4500, now=later)
    assert state(order) == "released"
    let_time_pass(NOW + 15 * DAY)
    assert state(order) == "completed"
