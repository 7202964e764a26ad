"""A dispute: settle it, or say what happened; and the one appeal."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goodword.kit import formats
from goodword.kit.money import Money
from goodword.kit.together import together
from goodword.orders import rules as order_rules
from goodword.people.models import Member

from .. import queries, rules, saying
from ..models import Case, Statement
from ..refusals import BadOffer, NothingNew, NotPossible
from ..rules import Outcome
from ..states import CaseState, Party, Verb
from .common import Locked, Values, begin, hang, keep, note, required, tell_operators
from .going import go
from .judging import call_panel, to_operator

C = CaseState


@transaction.atomic
@together()
def escalate(*, buyer: Member, case: UUID, now: datetime) -> Case:
    """The refusal is not right. Raises CaseMissing, NotYours, NotPossible."""
    locked, _party = begin(case, buyer, Verb.ESCALATE)
    go(locked, Outcome(C.TALKING), now)
    note(locked, "escalated", now, actor=buyer.id)
    return locked.case


@transaction.atomic
@together()
def offer(*, member: Member, case: UUID, amount: Money, now: datetime) -> Case:
    """Settle if so much goes back; a new offer takes the place of whoever's was there.

    Raises CaseMissing, NotYours, NotPossible, BadOffer.
    """
    locked, party = begin(case, member, Verb.OFFER)
    check_amount(amount, locked.case)
    keep(locked.case, offer_minor=amount.minor, offer_by=party)
    note(
        locked, "offered", now, actor=member.id, by=str(party), amount=order_rules.facts_of(amount)
    )  # fmt: skip
    return locked.case


@transaction.atomic
@together()
def agree(*, member: Member, case: UUID, minor: int, now: datetime) -> Case:
    """Take what the other side offers: `minor` units, as the member has read it.

    Raises CaseMissing, NotYours, NotPossible, also when the offer is another one by now.
    """
    locked, party = begin(case, member, Verb.AGREE)
    if minor != locked.case.offer_minor:
        raise NotPossible("other_offer")
    amount = Money(minor, locked.case.currency)
    note(
        locked, "agreed", now, actor=member.id, by=str(party), amount=order_rules.facts_of(amount)
    )  # fmt: skip
    go(locked, rules.ended(locked.case.asked, amount), now)
    return locked.case


@transaction.atomic
@together()
def file(
    *,
    member: Member,
    case: UUID,
    words: str,
    pictures: Sequence[Values] = (),
    now: datetime,
) -> Case:
    """Say once what happened. Once both have, the panel is called.

    About what came back by a decision both are heard once more, by the operator: the panel has
    spoken. Raises CaseMissing, NotYours, NotPossible, Missing.
    """
    locked, party = begin(case, member, Verb.FILE)
    say(locked, party, required(words, "words", 2000), pictures, now)
    note(locked, "filed", now, actor=member.id, by=str(party))
    if queries.filed(locked.case) == {Party.BUYER, Party.SELLER}:
        if locked.case.again_at:
            to_operator(locked, "both_said", now)
        else:
            call_panel(locked, now)
    return locked.case


@transaction.atomic
@together()
def appeal(
    *,
    member: Member,
    case: UUID,
    new: str,
    pictures: Sequence[Values] = (),
    now: datetime,
) -> Case:
    """Once, saying what is `new`: the operator decides anew, for good.

    Raises CaseMissing, NotYours, NotPossible, Missing, NothingNew where that was said before and no
    picture is shown that was not.
    """
    locked, party = begin(case, member, Verb.APPEAL)
    new = required(new, "new", 2000)
    if not shows_new(locked.case, pictures) and not saying.is_new(new, queries.texts(locked.case)):
        raise NothingNew
    say(locked, party, new, pictures, now, is_appeal=True)
    go(locked, Outcome(C.OPERATOR), now, appealed=True)
    note(locked, "appealed", now, actor=member.id, by=str(party))
    tell_operators(locked.case, "care.appealed_to", now)
    return locked.case


def shows_new(case: Case, pictures: Sequence[Values]) -> bool:
    """Whether one of the pictures is none that was shown in the case, byte for byte."""
    known = {bytes(one.sha256) for one in queries.pictures(case)}
    return any(bytes(one["sha256"]) not in known for one in pictures)


def say(
    locked: Locked,
    party: Party,
    words: str,
    pictures: Sequence[Values],
    now: datetime,
    *,
    is_appeal: bool = False,
) -> None:
    case = locked.case
    said = Statement(
        case=case, buyer_id=case.buyer_id, by=party, words=words, at=now, is_appeal=is_appeal,
        of_return=case.again_at is not None and not is_appeal,
    )  # fmt: skip
    before = Statement.objects.filter(case=case, by=party, is_appeal=is_appeal)
    if before.filter(of_return=said.of_return).exists():
        raise NotPossible("said_before")
    said.save(force_insert=True)
    hang(case, party, pictures, case.pictures.count(), said)


def check_amount(amount: Money, case: Case) -> None:
    if amount.currency != case.currency or not 0 <= amount.minor <= case.asked_minor:
        raise BadOffer(formats.money(case.asked))
