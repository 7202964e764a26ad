"""A return that both agree on, and one that the seller refuses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.kit.together import together
from goodword.orders.actions.shipping import checked
from goodword.people.models import Member

from .. import rules
from ..models import Case
from ..rules import Outcome
from ..states import CaseState, Verb
from .common import begin, note, required
from .going import go, wait

C = CaseState


@transaction.atomic
@together()
def accept(*, seller: Member, case: UUID, address: str, now: datetime) -> Case:
    """Yes: send it back to `address`. Of digital goods nothing is sent: their money goes back.

    Raises CaseMissing, NotYours, NotPossible, Missing.
    """
    locked, _party = begin(case, seller, Verb.ACCEPT)
    if locked.line.is_digital:
        note(locked, "accepted_digital", now, actor=seller.id)
        go(locked, rules.ended(locked.case.asked, locked.case.asked), now)
        return locked.case
    address = required(address, "address", 300)
    go(locked, Outcome(C.TO_SHIP_BACK), now, return_address=address)
    note(locked, "accepted", now, actor=seller.id)
    return locked.case


@transaction.atomic
@together()
def say_where(*, seller: Member, case: UUID, address: str, now: datetime) -> Case:
    """After a silence that was a yes: send it to `address`; the buyer's time begins anew.

    Raises CaseMissing, NotYours, NotPossible, Missing.
    """
    locked, _party = begin(case, seller, Verb.SAY_WHERE)
    address = required(address, "address", 300)
    wait(locked, rules.due(locked.case, locked.case.holds, now), now, return_address=address)
    note(locked, "said_where", now, actor=seller.id)
    return locked.case


@transaction.atomic
@together()
def refuse(*, seller: Member, case: UUID, words: str, now: datetime) -> Case:
    """No, and why. Raises CaseMissing, NotYours, NotPossible, Missing."""
    locked, _party = begin(case, seller, Verb.REFUSE)
    go(locked, Outcome(C.REFUSED), now, no=required(words, "words", 500))
    note(locked, "refused", now, actor=seller.id)
    return locked.case


@transaction.atomic
@together()
def withdraw(*, buyer: Member, case: UUID, now: datetime) -> Case:
    """Never mind: the line goes on. Raises CaseMissing, NotYours, NotPossible."""
    locked, _party = begin(case, buyer, Verb.WITHDRAW)
    note(locked, "withdrawn", now, actor=buyer.id)
    asked = locked.case.asked
    go(locked, rules.ended(asked, asked - asked), now, compensation_minor=0, stays="")
    return locked.case


@transaction.atomic
@together()
def send_back(*, buyer: Member, case: UUID, carrier: str, number: str, now: datetime) -> Case:
    """It is with a carrier. Raises CaseMissing, NotYours, NotPossible, BadCarrier, BadNumber."""
    locked, _party = begin(case, buyer, Verb.SEND_BACK)
    _carrier, number = checked(carrier, number)
    go(locked, Outcome(C.COMING_BACK), now, carrier=carrier, number=number)
    note(locked, "sent_back", now, actor=buyer.id, carrier=carrier, number=number)
    return locked.case


@transaction.atomic
@together()
def confirm_back(*, seller: Member, case: UUID, now: datetime) -> Case:
    """It is here again: the money goes back. Raises CaseMissing, NotYours, NotPossible."""
    locked, _party = begin(case, seller, Verb.CONFIRM_BACK)
    note(locked, "came_back", now, actor=seller.id)
    go(locked, rules.ended(locked.case.asked, rules.owed(locked.case)), now)
    return locked.case


@transaction.atomic
@together()
def contest(*, seller: Member, case: UUID, words: str, now: datetime) -> Case:
    """What came back is not what was sent. Raises CaseMissing, NotYours, NotPossible, Missing.

    Where it was sent back by a decision, the dispute is another one: its time counts from now, no
    earlier offer holds, and both are heard about it before the operator decides.
    """
    locked, _party = begin(case, seller, Verb.CONTEST)
    changes: dict[str, Any] = {"objection": required(words, "words", 500)}
    if locked.case.decision_minor is not None:
        locked.case.again_at = now  # how long it may last depends on it
        changes |= {"again_at": now, "offer_minor": None, "offer_by": ""}
    go(locked, Outcome(C.TALKING), now, **changes)
    note(locked, "contested", now, actor=seller.id)
    return locked.case
