"""What every verb does alike: lock, ask, write down, tell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.journal import actions as journal
from goodword.kit import rows
from goodword.notices import actions as notices
from goodword.orders import actions as orders
from goodword.orders.models import OrderLine
from goodword.people.models import Member

from .. import queries, rules
from ..models import Case, CasePicture, Statement
from ..refusals import CaseMissing, Missing, NotPossible, NotYours
from ..states import Party, Verb

Values = Mapping[str, Any]  # of a saved picture


@dataclass(frozen=True, slots=True)
class Locked:
    """A case whose order is locked until the transaction ends."""

    order: orders.Locked
    case: Case
    line: OrderLine


def lock(case: UUID) -> Locked:
    """Raises CaseMissing."""
    found = rows.first(Case, id=case)
    if found is None:
        raise CaseMissing
    locked = orders.lock(found.order_id)
    now_it_is = rows.first(Case, id=case)
    assert now_it_is is not None, "no case goes"
    return within(locked, now_it_is)


def within(locked: orders.Locked, row: Case) -> Locked:
    """A case that was read while its order is locked."""
    row.line = next(line for line in locked.lines if line.id == row.line_id)
    return Locked(locked, row, row.line)


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


def tell_operators(case: Case, kind: str, now: datetime) -> None:
    for operator in queries.deciders(case):
        notices.tell(member=operator, kind=kind, subject=case.id, now=now)


def keep(case: Case, **changes: Any) -> None:
    rows.change(case, **changes)


def required(text: str, field: str, most: int) -> str:
    """The text without its ends. Raises Missing."""
    text = text.strip()[:most]
    if not text:
        raise Missing(field)
    return text


def hang(
    case: Case, party: Party, pictures: Sequence[Values], start: int, said: Statement | None = None
) -> None:
    """Keep what is shown, with what was `said` or with the opening."""
    for place, values in enumerate(pictures, start):
        CasePicture(
            case=case, buyer_id=case.buyer_id, by=party, position=place, statement=said, **values
        ).save(force_insert=True)


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
    title = locked.line.name
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
