"""Which lines of a file are known already, however the bank words them this time.

A statement is whole: between its balances nothing is missing. So a movement that is known, of a day
that it tells of, is one of its lines, unless it begins where the known one's statement ended. What
is left open is only which line: the one that looks most like it, and never one that contradicts it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..bank import BankLine
from ..bank.shapes import bare
from ..gateways.transfer.references import found_in
from ..models import BankStatement


@dataclass(frozen=True, slots=True)
class Span:
    """The balances, in minor units, and days between which a statement `id` tells what happened."""

    id: Any
    opened: int | None
    closed: int | None
    opened_on: date | None
    closed_on: date | None

    def leads_to(self, other: "Span") -> bool:
        """Whether `other` begins where this one ends. One that moved nothing leads nowhere."""
        if self.closed is None or self.closed_on is None or other.opened_on is None:
            return False
        return (
            self.opened != self.closed
            and self.closed == other.opened
            and self.closed_on <= other.opened_on
        )


def span(row: BankStatement) -> Span:
    return Span(row.id, row.opened, row.closed, row.opened_on, row.closed_on)


def apart(span: Span, others: Collection[Span]) -> set[Any]:
    """The ids of `others` that ended before `span` begins, or begin after it, page by page."""
    return leading_to(span, others) | following(span, others)


def before(span: Span, others: Collection[Span]) -> set[Any]:
    """The ids of those that lead to `span`, and not in a circle, as where all that came left."""
    return leading_to(span, others) - following(span, others)


def leading_to(span: Span, others: Collection[Span]) -> set[Any]:
    return chain(span, others, lambda one, other: other.leads_to(one))


def following(span: Span, others: Collection[Span]) -> set[Any]:
    return chain(span, others, lambda one, other: one.leads_to(other))


def chain(span: Span, others: Collection[Span], is_next: Callable[[Span, Span], bool]) -> set[Any]:
    found: set[Any] = set()
    edge = [span]
    while edge:
        one = edge.pop()
        fresh = [other for other in others if other.id not in found and is_next(one, other)]
        found.update(other.id for other in fresh)
        edge += fresh
    return found - {span.id}


def pairs(lines: Sequence[BankLine], known: Sequence[BankLine]) -> dict[int, int]:
    """The place in `lines` of each that is known, with its place in `known`; each pairs once.

    Of lines of the same day, direction and amount: first those that are worded alike, then those
    with the same number of the bank, the same reference, the same account, and then in their order.
    """
    found: dict[int, int] = {}
    faces, known_faces = list(map(face, lines)), list(map(face, known))
    free = dict(enumerate(known_faces))
    for mark in MARKS:
        waiting: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for at, one in free.items():
            if said := mark(one):
                waiting[one.alike, said].append(at)
        for place, one in enumerate(faces):
            if place in found or not (said := mark(one)):
                continue
            there = waiting[one.alike, said]
            pair = next((at for at in there if agree(one, free[at])), None)
            if pair is not None:
                there.remove(pair)
                found[place] = pair
                del free[pair]
    return found


@dataclass(frozen=True, slots=True)
class Face:
    """What a line is known by."""

    alike: tuple[Any, ...]
    key: str
    bank_id: str
    codes: frozenset[str]  # the house's references, whatever a bank made of their blanks
    reference: str
    account: str
    text: str


def face(line: BankLine) -> Face:
    return Face(
        (line.booked_on, line.direction, line.amount), line.key, line.bank_id,
        frozenset(found_in(line.reference, line.text)), plain(line.reference),
        bare(line.account).lstrip("0"), plain(line.text),
    )  # fmt: skip


def plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


# From the strongest sign that two lines are one to none at all.
MARKS: tuple[Callable[[Face], Any], ...] = (
    lambda one: one.key,
    lambda one: one.bank_id,
    lambda one: one.codes,
    lambda one: one.reference,
    lambda one: one.account,
    lambda one: one.text,
    lambda _one: True,
)


def agree(one: Face, other: Face) -> bool:
    """Whether nothing that both name says that these are two movements."""
    if one.bank_id and other.bank_id:
        return one.bank_id == other.bank_id
    return (
        # MT940 may leave out the head of an account's number, and the end of a reference.
        either(one.account, other.account, str.endswith)
        and either(one.reference, other.reference, str.startswith)
        and not (one.codes and other.codes and one.codes.isdisjoint(other.codes))
    )


def either(one: str, other: str, holds: Callable[[str, str], bool]) -> bool:
    return not one or not other or holds(one, other) or holds(other, one)
