"""What a seller owes by a case: for a fake besides the refund, and what is missing of a refund.

Money keeps it where she cannot take it out; here is only when, how much, and who is told.
"""

from datetime import datetime

from goodword.kit.money import Money
from goodword.money.banking import claims
from goodword.money.banking.states import ClaimKind, ClaimState
from goodword.money.sharing import actions as sharing
from goodword.orders import rules as order_rules

from .. import rules
from ..models import Case
from ..states import Reason
from .common import Locked, note


def by_rule(locked: Locked, back: Money) -> int:
    """What is owed besides, in minor units, once so much goes back by the word of a panel, or by
    the silence of the seller."""
    if not rules.is_upheld(Reason(locked.case.reason), back, asked=locked.case.asked):
        return 0
    return for_a_fake(locked)


def for_a_fake(locked: Locked) -> int:
    """In minor units, by the rules that held when the case was opened."""
    return locked.case.compensates(locked.line).minor


def freeze(locked: Locked, now: datetime) -> None:
    """It was decided: the seller keeps it ready, and both are told."""
    case = locked.case
    if not case.compensation_minor:
        return
    fresh = claims.claim(
        kind=ClaimKind.COMPENSATION, state=ClaimState.FROZEN, seller=case.seller_id,
        buyer=case.buyer_id, order=case.order_id, amount=case.compensation, key=fake(case),
        reason=f"“{case.title}”", now=now,
    )  # fmt: skip
    if fresh:
        note(locked, "upheld", now, amount=order_rules.facts_of(case.compensation))


def settle(locked: Locked, now: datetime) -> None:
    """The case has ended: what is owed besides is paid, or is owed no more."""
    case = locked.case
    claims.pay_off(key=short(case), amount=case.asked, now=now)
    if case.compensation_minor:
        freeze(locked, now)
        claims.fall_due(key=fake(case), now=now)
    else:
        clear(locked, now)


def clear(locked: Locked, now: datetime) -> None:
    """It does not count as a fake, or not any more: nothing stays frozen for that."""
    if claims.lift(key=fake(locked.case), now=now):
        note(locked, "cleared", now)


def keep_back(locked: Locked, given: Money, now: datetime) -> None:
    """Of a refund that the seller cannot give back whole, `given` went back just now."""
    case = locked.case
    if not claims.claim(
        kind=ClaimKind.REFUND, state=ClaimState.DUE, seller=case.seller_id, buyer=case.buyer_id,
        order=case.order_id, amount=case.missing, key=short(case), reason=f"“{case.title}”",
        now=now,
    ):  # fmt: skip
        claims.pay_off(key=short(case), amount=given, now=now)
    sharing.ask_back(claim=short(case))


def fake(case: Case) -> str:
    return f"fake/{case.id}"


def short(case: Case) -> str:
    return f"short/{case.id}"
