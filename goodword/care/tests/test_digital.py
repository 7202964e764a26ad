"""Cases about digital goods: nothing is sent back, and who has the money has the goods no more."""

import pytest

from goodword.care import actions as care
from goodword.care.models import Case
from goodword.care.refusals import NotPossible as CaseNotPossible
from goodword.care.states import CaseState, Reason
from goodword.orders import goods
from goodword.orders.models import DeliveredItem, OrderLine
from goodword.orders.states import LineState
from goodword.orders.tests.test_digital import bought, pattern, shown
from goodword.orders.tests.town import DAY, NOW, let_time_pass, state

pytestmark = pytest.mark.django_db


def test_who_got_the_money_back_has_it_no_more(client, lin, wang):
    order = bought(wang, pattern(lin))
    (row,) = DeliveredItem.objects.filter(order=order)
    case = case_about(wang, order, Reason.DAMAGED)
    care.accept(seller=lin, case=case.id, address="", now=NOW)
    case.refresh_from_db()
    assert (case.state, state(order)) == (CaseState.REFUNDED, LineState.REFUNDED)
    client.force_login(wang)
    assert client.get(f"/goods/{row.id}").status_code == 404
    assert shown(wang, order) == []
    assert goods.delivered_to(wang.id) == []


def case_about(buyer, order, reason):
    line = OrderLine.objects.get(order=order)
    return care.open_case(
        buyer=buyer, order=order.id, line=line.id, reason=reason, words="It does not open.", now=NOW
    )


def test_silence_gives_the_money_back_without_sending_anything(lin, wang):
    order = bought(wang, pattern(lin))
    case = case_about(wang, order, Reason.NOT_AS_PROMISED)
    let_time_pass(NOW + 5 * DAY)
    assert Case.objects.get(id=case.id).state == CaseState.REFUNDED
    assert state(order) == "refunded"


def test_no_change_of_mind_once_it_is_delivered(lin, wang):
    order = bought(wang, pattern(lin, returns_days=7))
    with pytest.raises(CaseNotPossible):
        case_about(wang, order, Reason.CHANGED_MIND)
