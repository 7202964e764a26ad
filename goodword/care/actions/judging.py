"""The panel, drawn so that anybody can draw it again; and the operator."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from goodword.kit import formats
from goodword.kit.money import Money
from goodword.kit.together import together
from goodword.notices import actions as notices
from goodword.orders import rules as order_rules
from goodword.people.models import Member

from .. import drawing, queries, rules
from ..models import Case, Juror, Statement
from ..refusals import BadOffer, CaseMissing, Missing, NotPossible, NotYours, TooClose
from ..rules import Heard, Outcome
from ..states import CHOSEN, CaseState, Party, Reason, Stays, Verb, Vote
from . import owing
from .common import Locked, check, lock, note, party_of, required, tell_operators
from .going import finish, go

C = CaseState


def call_panel(locked: Locked, now: datetime) -> None:
    """Draw the jurors; with too few who know neither side, it is the operator's."""
    case = locked.case
    terms = case.holds
    seats = drawing.seats(terms, members=queries.members())
    could, others = queries.could_judge(case)
    eligible = {blinded(case, member): member for member in could}
    said = Statement.objects.filter(case=case).order_by("by").values_list("words", flat=True)
    seed = drawing.seed(case.secret, said)
    drawn = drawing.drawn(seed, sorted(eligible), seats)
    published = {
        "seed": seed, "drawn_from": sorted(eligible),
        "left_out": {why: sorted(blinded(case, one) for one in them)
                     for why, them in others.items()},
    }  # fmt: skip
    if len(drawn) < seats:
        to_operator(locked, "no_jury", now, **published)
        return
    Juror.objects.bulk_create([Juror(case=case, member_id=eligible[one]) for one in drawn])
    go(locked, Outcome(C.PANEL), now, **published)
    note(locked, "panel", now, seats=seats)
    for one in drawn:
        notices.tell(
            member=eligible[one], kind="care.drawn", subject=case.id, now=now,
            until=case.due_at.isoformat() if case.due_at else "",
        )  # fmt: skip


def to_operator(locked: Locked, why: str, now: datetime, **changes: Any) -> None:
    """The operator has to decide; `why` is the deed that says so."""
    go(locked, Outcome(C.OPERATOR), now, **changes)
    note(locked, why, now)
    tell_operators(locked.case, "care.to_decide", now)


def blinded(case: Case, member: UUID) -> str:
    """A member in a case's published list, recognised by nobody without the house's own secret.

    Ids of members are no secret: by them a side would know a juror, or who knows the other side.
    """
    said = f"{case.id}:{member}"
    return salted_hmac("care.panel", said, algorithm="sha256").hexdigest()


@transaction.atomic
@together()
def vote(
    *, juror: Member, case: UUID, vote: Vote, stays: Stays | None = None, now: datetime
) -> Case:
    """One juror's vote, once. When the rest cannot change what it leads to any more, it is decided.

    `stays`: why the buyer keeps the goods, needed to vote for that and for nothing else. Raises
    CaseMissing for whoever was not drawn, NotYours for a side, Missing, NotPossible once it is
    over, for another vote than before, or to keep what cannot go back.
    """
    locked = lock(case)
    seat = Juror.objects.filter(case=case, member=juror).first()
    if seat is None:
        party_of(locked.case, juror)
        raise NotYours
    check(Verb.VOTE, Party.JUROR, locked.case)
    said = {"vote": vote, "stays": reason_of(locked.case, vote, stays)}
    changed = Juror.objects.filter(id=seat.id, vote="").update(**said, voted_at=now)
    heard = queries.heard(locked.case)
    if not changed and not Juror.objects.filter(id=seat.id, **said).exists():
        raise NotPossible("said_before")
    if changed and rules.is_settled(heard):
        share = rules.verdict(heard)
        assert share is not None, "a panel decides without enough votes"
        decided(locked, rules.share_of(locked.case.asked, share), heard, "panel", now)
    return locked.case


def reason_of(case: Case, vote: Vote, stays: Stays | None) -> str:
    """Why the goods stay with the buyer by this vote; empty for all votes but one."""
    if vote != Vote.KEEP:
        return ""
    if not rules.may_be_kept(case):
        raise NotPossible("nothing_to_keep")
    if stays not in CHOSEN:
        raise Missing("stays")
    return stays


def decided(locked: Locked, back: Money, heard: Heard, by: str, now: datetime) -> None:
    """So much goes back by the word of a panel, or by the silence of the seller about a fake."""
    case = locked.case
    note(locked, "decided", now, by=by, amount=order_rules.facts_of(back))
    stays = rules.stays_by(case, back, heard)
    tell_kept(locked, stays, now)
    go(
        locked, Outcome(C.DECIDED, back), now, decided_by=by, stays=stays,
        compensation_minor=owing.by_rule(locked, back),
    )  # fmt: skip


def tell_kept(locked: Locked, stays: str, now: datetime) -> None:
    if stays:
        note(locked, "kept", now, why=stays)


@transaction.atomic
@together()
def decide(
    *, operator: Member, case: UUID, amount: Money, words: str, is_fake: bool = False,
    stays: Stays | None = None, now: datetime,
) -> Case:  # fmt: skip
    """The operator says how much goes back, and why. After an appeal it is final at once.

    Where the whole price does, the goods go back first, unless `stays` says why they do not.
    `is_fake`, where that is what the buyer claims: the seller owes the compensation too. Raises
    CaseMissing for everybody who is no operator, TooClose, NotPossible, Missing, BadOffer.
    """
    locked = begin_as_operator(case, operator, Verb.DECIDE)
    row = locked.case
    if amount.currency != row.currency or not 0 <= amount.minor <= row.asked_minor:
        raise BadOffer(formats.money(row.asked))
    reason = required(words, "words", 1000)
    verb = "decided_by_friend" if queries.is_friend(row, operator.id) else "decided"
    note(locked, verb, now, by="operator", amount=order_rules.facts_of(amount))
    fake = is_fake and row.reason == Reason.FAKE
    row.stays = rules.stays(row, amount, is_fake=fake, why=stays if stays in CHOSEN else None)
    tell_kept(locked, row.stays, now)
    said = {
        "decision": reason, "decided_by": "operator", "decision_minor": amount.minor,
        "compensation_minor": owing.for_a_fake(locked) if fake else 0, "stays": row.stays,
    }  # fmt: skip
    final = rules.carried_out(row, amount)
    go(locked, final if row.appealed else Outcome(C.DECIDED, amount), now, **said)
    return row


@transaction.atomic
@together()
def advance(*, operator: Member, case: UUID, now: datetime) -> Case:
    """The house pays what the seller does not have; she owes it to the house from then on.

    Raises CaseMissing for everybody who is no operator, TooClose, NotPossible.
    """
    locked = begin_as_operator(case, operator, Verb.ADVANCE)
    row = locked.case
    note(
        locked, "advanced", now, actor=operator.id, amount=order_rules.facts_of(row.missing)
    )  # fmt: skip
    back = Money(row.decision_minor or 0, row.currency)
    end = rules.ended(row.asked, back)
    finish(locked, end.state, back, now, advance=True)
    return row


def begin_as_operator(case: UUID, operator: Member, verb: Verb) -> Locked:
    """The case locked for a verb of the operator's. Raises CaseMissing, TooClose, NotPossible.

    A friend of one side decides only where the house has nobody else, and the record says so.
    """
    if not operator.is_operator:
        raise CaseMissing
    locked = lock(case)
    row = locked.case
    if operator.id in (row.buyer_id, row.seller_id):
        raise CaseMissing  # as a party she finds it elsewhere; nobody judges her own case
    check(verb, Party.OPERATOR, row)
    if operator.id not in queries.deciders(row):
        raise TooClose
    return locked
