"""Every card that the sandbox lists, played to its end: what its sentence says is what happens."""

from datetime import timedelta

import pytest

from goodword.money import actions, queries
from goodword.money.gateways.sandbox.cards import CARDS
from goodword.money.models import Refund
from goodword.money.states import AccountKind, PaymentState, RefundState

from ..town import check_books, yuan

pytestmark = pytest.mark.django_db
S = PaymentState
ENDS = {
    "card": S.CAPTURED,
    "step_up": S.STEP_UP,
    "pending": S.CAPTURED,
    "declined": S.DECLINED,
    "expired": S.DECLINED,
    "declined_later": S.DECLINED,
    "duplicate": S.CAPTURED,
    "out_of_order": S.CAPTURED,
    "late": S.RETURNED,
    "race": S.RETURNED,
    "short": S.RETURNED,
    "reversed": S.REVERSED,
    "forged": S.DECLINED,
    "lost": S.CAPTURED,
    "down": S.CAPTURED,
    "away": S.STEP_UP,
    "closed": S.CAPTURED,
    "slow_refund": S.CAPTURED,
    "refund_bounces": S.CAPTURED,
}
REFUNDS = {"closed": RefundState.FAILED, "refund_bounces": RefundState.FAILED}


def test_every_card_has_its_end():
    assert set(ENDS) == set(CARDS)


@pytest.mark.parametrize("code", ENDS)
def test_a_card_does_what_its_sentence_says(town, code):
    payment = town.pay(yuan(100), method=code)
    town.work(after=timedelta(minutes=15))
    if ENDS[code] == S.RETURNED and code != "short":
        assert actions.expire_payment(order=payment.order, now=town.now)
    town.work(after=timedelta(minutes=30))
    assert queries.payment(payment.id).state == ENDS[code]
    if ENDS[code] == S.CAPTURED:
        assert town.escrow(payment.order) == yuan(100)
        town.refund(payment.order)
        town.work(after=timedelta(hours=1))
    if refund := Refund.objects.first():
        assert refund.state == REFUNDS.get(code, RefundState.DONE)
        owed = yuan(100) if refund.state == RefundState.FAILED else yuan(0)
        assert town.stands(AccountKind.REFUND) == owed
    check_books()
