"""Verbs of sellers and of operators who decide about them: lock, decide, write, journal, tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.journal import actions as journal
from goodword.kit import rates
from goodword.kit.pictures import discard_pictures
from goodword.notices import actions as notices
from goodword.people.models import Member

from ..drafts import one_line
from ..models import Declaration, DeclarationPage, Shop
from ..states import Level
from . import limits, rules
from .refusals import (
    AlreadyAsked,
    AlreadyDecided,
    DeclarationMissing,
    NoName,
    NoPapers,
    NoReason,
    OwnPapers,
    SoldTooMuch,
    TooManyPages,
)
from .states import DECLARATION_MOVES, DeclarationState, Kind, Scheme

A_DAY = 10  # tries of one seller: to draw papers takes seconds


@transaction.atomic
def declare_individual(*, owner: Member, now: datetime) -> Declaration:
    """The seller declares to sell as a private person; it holds at once, and again is once.

    Raises SoldTooMuch when she has passed the year's sum.
    """
    _lock(owner.id)
    before = Declaration.objects.filter(owner=owner, state=DeclarationState.IN_FORCE).first()
    if before and before.kind == Kind.INDIVIDUAL:
        return before
    if limits.exceeded(owner.id, now=now):
        raise SoldTooMuch(limits.most(owner.id, now=now))
    if before:
        _move(before, DeclarationState.TAKEN_BACK, now)
    made = Declaration.objects.create(
        owner=owner, kind=Kind.INDIVIDUAL, state=DeclarationState.IN_FORCE, at=now
    )
    _stand(owner.id, Level.INDIVIDUAL, now)
    _note(made, "declared", now, actor=owner.id, kind=made.kind)
    return made


@transaction.atomic
def check_request(*, owner: Member, scheme: Scheme, name: str, number: str, now: datetime) -> None:
    """Whatever can be refused before papers are drawn, which takes seconds; counts as a try.

    Raises NoName, BadNumber, AlreadyAsked, TooMany.
    """
    _proper(owner, scheme, name, number)
    rates.hit(f"register:{owner.id}", limit=A_DAY, per=timedelta(days=1), now=now)


@transaction.atomic
def ask_registration(
    *,
    owner: Member,
    scheme: Scheme,
    name: str,
    number: str,
    pages: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Declaration:
    """Ask the house to check a business; until an operator has, the level stays as it is.

    `pages` are the values of saved pictures of its papers; call `check_request` before they are
    made. Raises NoName, BadNumber, NoPapers, TooManyPages, AlreadyAsked.
    """
    if not pages:
        raise NoPapers
    if len(pages) > rules.PAGES:
        raise TooManyPages(rules.PAGES)
    _lock(owner.id)
    name, number = _proper(owner, scheme, name, number)
    made = Declaration.objects.create(
        owner=owner, kind=Kind.REGISTERED, state=DeclarationState.ASKED, scheme=scheme,
        name=name, number=number, at=now,
    )  # fmt: skip
    for place, values in enumerate(pages):
        DeclarationPage.objects.create(
            owner=owner, declaration=made, **{**values, "position": place}
        )
    _note(made, "registration_asked", now, actor=owner.id, scheme=scheme, number=number)
    return made


@transaction.atomic
def take_back(*, owner: Member, declaration: UUID, now: datetime) -> None:
    """The seller takes back what waits for an operator; its papers are deleted.

    Raises DeclarationMissing, AlreadyDecided.
    """
    row = _locked(declaration, owner=owner.id)
    if row.state != DeclarationState.ASKED:
        raise AlreadyDecided
    _move(row, DeclarationState.TAKEN_BACK, now)
    _drop_papers(row)
    _note(row, "registration_taken_back", now, actor=owner.id)


@transaction.atomic
def accept(*, operator: Member, declaration: UUID, now: datetime) -> None:
    """The operator has compared number and papers: the seller is a registered business.

    Her shop takes orders again if it was stopped. Raises DeclarationMissing, AlreadyDecided,
    OwnPapers for whoever is both.
    """
    row = _locked(declaration)
    if row.owner_id == operator.id:
        raise OwnPapers
    if row.state != DeclarationState.ASKED:
        raise AlreadyDecided
    for older in Declaration.objects.filter(owner=row.owner_id, state=DeclarationState.IN_FORCE):
        _move(older, DeclarationState.TAKEN_BACK, now)
        _drop_papers(older)
    row.decided_at, row.decided_by = now, operator.id
    _move(row, DeclarationState.IN_FORCE, now)
    _stand(row.owner_id, Level.REGISTERED, now)
    limits.lift(row.owner_id, now=now)
    _note(row, "registration_accepted", now, actor=operator.id, tell=True, number=row.number)


@transaction.atomic
def refuse(*, operator: Member, declaration: UUID, reason: str, now: datetime) -> None:
    """The papers do not show it; they are deleted, and the seller reads why.

    Raises DeclarationMissing, AlreadyDecided, NoReason.
    """
    row = _locked(declaration)
    if row.state != DeclarationState.ASKED:
        raise AlreadyDecided
    _decide(row, DeclarationState.REFUSED, operator, reason, now)
    _drop_papers(row)
    _note(row, "registration_refused", now, actor=operator.id, tell=True, reason=row.reason)


@transaction.atomic
def withdraw(*, operator: Member, declaration: UUID, reason: str, now: datetime) -> None:
    """What was accepted is no longer true: the level falls, and the year's sum counts again.

    Raises DeclarationMissing, AlreadyDecided, NoReason.
    """
    row = _locked(declaration)
    if row.state != DeclarationState.IN_FORCE or row.kind != Kind.REGISTERED:
        raise AlreadyDecided
    _decide(row, DeclarationState.WITHDRAWN, operator, reason, now)
    _stand(row.owner_id, Level.NONE, None)
    _note(row, "registration_withdrawn", now, actor=operator.id, tell=True, reason=row.reason)
    limits.watch(seller=row.owner_id, now=now)


def _proper(owner: Member, scheme: Scheme, name: str, number: str) -> tuple[str, str]:
    """Name and number as they will be kept."""
    name = one_line(name, rules.NAME)
    if not name:
        raise NoName
    number = rules.licence_number(scheme, number)
    if Declaration.objects.filter(owner=owner, state=DeclarationState.ASKED).exists():
        raise AlreadyAsked
    return name, number


def _lock(owner: UUID) -> None:
    """Two declarations of one seller come one after the other."""
    Member.objects.select_for_update(no_key=True).get(id=owner)


def _locked(declaration: UUID, **whose: UUID) -> Declaration:
    owner = Declaration.objects.filter(id=declaration, **whose).values_list("owner", flat=True)
    if not owner:
        raise DeclarationMissing
    _lock(owner[0])
    return Declaration.objects.get(id=declaration)


def _decide(
    row: Declaration, to: DeclarationState, operator: Member, reason: str, now: datetime
) -> None:
    row.reason = " ".join(reason.split())[: rules.REASON]
    if not row.reason:
        raise NoReason
    row.decided_at, row.decided_by = now, operator.id
    _move(row, to, now)


def _move(row: Declaration, to: DeclarationState, now: datetime) -> None:
    if to not in DECLARATION_MOVES[DeclarationState(row.state)]:
        raise AlreadyDecided
    row.state = to
    row.ended_at = None if to == DeclarationState.IN_FORCE else now
    row.save()


def _stand(owner: UUID, level: Level, at: datetime | None) -> None:
    Shop.objects.filter(owner=owner, closed_at=None).update(level=level, level_at=at)


def _drop_papers(row: Declaration) -> None:
    pages = DeclarationPage.objects.filter(declaration=row)
    keys = list(pages.values_list("key", flat=True))
    discard_pictures(keys, variants=DeclarationPage.variants)
    pages.delete()


def _note(
    row: Declaration,
    verb: str,
    now: datetime,
    *,
    actor: UUID,
    tell: bool = False,
    **facts: Any,
) -> None:
    journal.record(
        owner=row.owner_id, actor=actor, verb=f"shop.{verb}", subject=row.id, now=now, **facts
    )
    if tell:
        # Who decided is the house's to know, not the seller's.
        notices.tell(
            member=row.owner_id, kind=f"shop.{verb}", subject=row.id, now=now, name=row.name,
            **facts,
        )  # fmt: skip
