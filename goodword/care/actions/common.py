"""What every verb does alike: lock, ask, move, wind the clock, write down, tell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.journal import actions as journal
from goodword.kit.money import Money
from goodword.money.actions.escrow import NotEnough
from goodword.notices import actions as notices
from goodword.orders import actions as orders
from goodword.orders.models import OrderLine
from goodword.people.models import Member

from .. import rules
from ..models import Case, CasePicture
from ..refusals import CaseMissing, Missing, NotPossible, NotYours
from ..rules import Outcome
from ..states import FINAL, CaseState, Party, Verb

TRY_AGAIN = timedelta(days=1)  # when the seller does not have what she has to give back
Values = Mapping[str, Any]  # of a saved picture


@dataclass(frozen=True, slots=True)
class Locked:
    """A case whose order is locked until the transaction ends."""

    order: orders.Locked
    case: Case
    line: OrderLine


def lock(case: UUID) -> Locked:
    """Raises CaseMissing."""
    order = Case.objects.filter(id=case).values_list("order", flat=True).first()
    if order is None:
        raise CaseMissing
    return within(orders.lock(order), case)


def within(locked: orders.Locked, case: UUID) -> Locked:
    row = Case.objects.get(id=case)
    return Locked(locked, row, next(line for line in locked.lines if line.id == row.line_id))


def party_of(case: Case, member: Member) -> Party:
    """Raises CaseMissing for everybody but the two sides."""
    if member.id == case.buyer_id:
        return Party.BUYER
    if member.id == case.seller_id:
        return Party.SELLER
    raise CaseMissing


def check(verb: Verb, party: Party, case: Case) -> None:
    """Raises NotYours, NotPossible."""
    why = rules.refusal(verb, party, case)
    if why == "not_yours":
        raise NotYours
    if why:
        raise NotPossible(why)


def begin(case: UUID, member: Member, verb: Verb) -> tuple[Locked, Party]:
    """The case locked for a verb of one of its two sides."""
    locked = lock(case)
    party = party_of(locked.case, member)
    check(verb, party, locked.case)
    return locked, party


def go(locked: Locked, outcome: Outcome, now: datetime, **changes: Any) -> None:
    """Lead the case to where the outcome says, with further `changes`; its clock starts anew."""
    if outcome.state in FINAL:
        assert outcome.back is not None, "a case ends, and nobody says how"
        finish(locked, outcome.state, outcome.back, now, **changes)
        return
    if outcome.state == CaseState.DECIDED and outcome.back is not None:
        changes["decision_minor"] = outcome.back.minor
    keep(locked.case, state=outcome.state, **changes)
    wait(locked, rules.due(locked.case, locked.case.holds, now), now)


def wait(locked: Locked, at: datetime, now: datetime) -> None:
    keep(locked.case, due_at=at)
    orders.wind_case(locked.order, locked.line, at, now)


def finish(locked: Locked, state: CaseState, back: Money, now: datetime, **changes: Any) -> None:
    """The end: the line's money goes as was decided, or its clocks go on.

    A seller who does not have what she was paid keeps the case open with the operator, where it
    is tried again each day.
    """
    case = locked.case
    try:
        with transaction.atomic():
            if back:
                orders.resolve(
                    locked.order, locked.line, back=back, reason="case", key=f"case/{case.id}",
                    now=now,
                )  # fmt: skip
            else:
                orders.resume_clocks(locked.order, locked.line, now)
    except NotEnough:
        if case.state != CaseState.OPERATOR:
            note(locked, "not_covered", now)
        keep(case, state=CaseState.OPERATOR, decision_minor=back.minor, **changes)
        keep(case, decided_by=rules.SHORT)
        wait(locked, now + TRY_AGAIN, now)
        return
    keep(case, state=state, ended_at=now, due_at=None, back_minor=back.minor, **changes)
    note(locked, str(state), now)


def keep(case: Case, **changes: Any) -> None:
    Case.objects.filter(id=case.id).update(**changes)
    for name, value in changes.items():
        setattr(case, name, value)


def required(text: str, field: str, most: int) -> str:
    """The text without its ends. Raises Missing."""
    text = text.strip()[:most]
    if not text:
        raise Missing(field)
    return text


def hang(case: Case, party: Party, pictures: Sequence[Values], start: int) -> None:
    for place, values in enumerate(pictures, start):
        CasePicture(case=case, buyer_id=case.buyer_id, by=party, position=place, **values).save(
            force_insert=True
        )


def note(
    locked: Locked,
    verb: str,
    now: datetime,
    *,
    actor: UUID | None = None,
    tell: Collection[UUID] | None = None,
    **facts: Any,
) -> None:
    """Write the deed into the buyer's chain, in the order's story, and let the sides know."""
    case = locked.case
    title = locked.line.snapshot["title"]
    if len(locked.order.lines) > 1:
        facts["titles"] = [title]
    journal.record(
        owner=case.buyer_id, actor=actor, verb=f"care.{verb}", subject=case.order_id, now=now,
        case=str(case.id), **facts,
    )  # fmt: skip
    both = (case.buyer_id, case.seller_id)
    for member in both if tell is None else tell:
        if member != actor:
            role = Party.BUYER if member == case.buyer_id else Party.SELLER
            notices.tell(
                member=member, kind=f"care.{verb}", subject=case.id, now=now, actor=actor,
                role=role, **{**facts, "title": title},
            )  # fmt: skip
