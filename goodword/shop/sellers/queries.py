"""Reads of who sells: a seller sees what is hers, an operator everything, nobody else anything."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from goodword.circle.cards import Person
from goodword.kit.money import Money
from goodword.money import queries as money
from goodword.people.models import Member

from ..cards import Picture
from ..models import Declaration, DeclarationPage, Overrun, Shop, ShopClock
from ..states import Level
from . import limits, rules
from .refusals import PageMissing
from .states import (
    AHEAD,
    NUMBER_WORDS,
    ClockKind,
    DeclarationState,
    Kind,
    Scheme,
)

PAGE = 30


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """A declaration as its seller reads it. The papers are not in it: they are the operators'."""

    id: UUID
    kind: Kind
    state: DeclarationState
    scheme: str
    name: str
    number: str
    at: datetime
    decided_at: datetime | None
    reason: str

    @classmethod
    def of(cls, row: Declaration) -> "DeclarationView":
        return cls(
            row.id, Kind(row.kind), DeclarationState(row.state), row.scheme, row.name, row.number,
            row.at, row.decided_at, row.reason,
        )  # fmt: skip

    @property
    def number_word(self) -> str:
        return str(NUMBER_WORDS[Scheme(self.scheme)]) if self.scheme else ""


@dataclass(frozen=True, slots=True)
class OverrunView:
    """The year's sum is passed; `stopped_at` is None while orders still come in."""

    year: int
    limit: Money
    passed_at: datetime
    stops_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class WhoSells:
    """What a seller sees of herself. Sums are of this calendar year, from the ledger."""

    level: Level
    level_at: datetime | None
    holds: DeclarationView | None  # in force
    asked: DeclarationView | None  # waits for an operator
    refused: DeclarationView | None  # what an operator decided last, when nothing newer was asked
    year: int
    sold: Money
    most: Money
    elsewhere: list[Money]  # sold in other currencies, which the sum does not count
    overrun: OverrunView | None

    @property
    def level_phrase(self) -> str:
        return rules.level_words(self.level, self.level_at)

    @property
    def may_declare(self) -> bool:
        """Whether she can still say that she is a private person."""
        return self.level != Level.INDIVIDUAL and self.sold <= self.most

    @property
    def share(self) -> int:
        """How much of the year's sum is used, in whole percent, at most 100."""
        return min(100, self.sold.minor * 100 // max(1, self.most.minor))


def declared(shop: UUID) -> rules.Declared:
    """What stands on the shop's cards today; for whoever may see anything of the shop."""
    found = Shop.objects.filter(id=shop).values_list("level", "level_at").first()
    return rules.Declared(*(found or (Level.NONE, None)))


def who_sells(viewer: UUID, *, now: datetime) -> WhoSells:
    """The viewer's own."""
    rows = list(Declaration.objects.filter(owner=viewer).order_by("-at", "-id")[:20])
    holds = first(rows, DeclarationState.IN_FORCE)
    asked = first(rows, DeclarationState.ASKED)
    year = limits.year(now)
    most = limits.most(viewer, now=now)
    sums = money.released_in(viewer, year.begins, year.ends)
    return WhoSells(
        **limits.level_facts(viewer),
        holds=holds,
        asked=asked,
        refused=last_no(rows),
        year=year.number,
        sold=sums.pop(most.currency, Money(0, most.currency)),
        most=most,
        elsewhere=list(sums.values()),
        overrun=overrun_of(viewer),
    )


def checked(seller: UUID) -> tuple[str, str, bool] | None:
    """Name and number of a seller's business as the house has checked them, and whether that is a
    VAT number; None without one in force. For papers.
    """
    row = Declaration.objects.filter(
        owner=seller, kind=Kind.REGISTERED, state=DeclarationState.IN_FORCE
    ).first()
    return (row.name, row.number, row.scheme == Scheme.VAT) if row else None


def first(rows: list[Declaration], state: DeclarationState) -> DeclarationView | None:
    return next((DeclarationView.of(row) for row in rows if row.state == state), None)


def last_no(rows: list[Declaration]) -> DeclarationView | None:
    """The operator's no, as long as nothing was asked or accepted after it."""
    newest = next((row for row in rows if row.kind == Kind.REGISTERED), None)
    said_no = (DeclarationState.REFUSED, DeclarationState.WITHDRAWN)
    return DeclarationView.of(newest) if newest and newest.state in said_no else None


def overrun_of(viewer: UUID) -> OverrunView | None:
    row = Overrun.objects.filter(owner=viewer, lifted_at=None).order_by("-year").first()
    return overrun(row) if row else None


def overrun(row: Overrun) -> OverrunView:
    return OverrunView(
        row.year, Money(row.limit_minor, row.currency), row.passed_at, row.stops_at, row.stopped_at
    )


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A business on the operators' desk, with its papers."""

    declaration: DeclarationView
    seller: Person
    pages: list[Picture]
    twins: list[str]  # handles of other sellers with the same number


@dataclass(frozen=True, slots=True)
class DeskPage:
    """What operators see: requests, oldest first; checked businesses, newest first; sums passed."""

    asked: list[DeskRow]
    checked: list[DeskRow]
    next: UUID | None
    overruns: list[tuple[Person, OverrunView]]


def waiting() -> int:
    """How many requests wait. For operators."""
    return Declaration.objects.filter(state=DeclarationState.ASKED).count()


def desk(*, before: UUID | None = None, limit: int = PAGE) -> DeskPage:
    """For operators. `before` is the `next` of the page before, of what was checked."""
    asked = Declaration.objects.filter(state=DeclarationState.ASKED).order_by("at", "id")
    held = Declaration.objects.filter(state=DeclarationState.IN_FORCE, kind=Kind.REGISTERED)
    if before:
        held = held.filter(id__lt=before)
    found = list(held.select_related("owner").order_by("-id")[: limit + 1])
    passed = Overrun.objects.filter(lifted_at=None).select_related("owner").order_by("stops_at")
    return DeskPage(
        [] if before else desk_rows(asked.select_related("owner")[:200]),
        desk_rows(found[:limit]),
        found[limit - 1].id if len(found) > limit else None,
        [] if before else [(person(row.owner), overrun(row)) for row in passed[:200]],
    )


def desk_rows(rows: "list[Declaration] | QuerySet[Declaration]") -> list[DeskRow]:
    shown = list(rows)
    pages: dict[UUID, list[Picture]] = {row.id: [] for row in shown}
    for page in DeclarationPage.objects.filter(declaration__in=pages).order_by("position"):
        pages[page.declaration_id].append(
            Picture(str(page.id), page.width, page.height, page.colour, page.alt, "desk/sellers")
        )
    twins = same_number(shown)
    return [
        DeskRow(
            DeclarationView.of(row), person(row.owner), pages[row.id],
            sorted(handle for owner, handle in twins.get(row.number, ()) if owner != row.owner_id),
        )
        for row in shown
    ]  # fmt: skip


def same_number(rows: list[Declaration]) -> dict[str, list[tuple[UUID, str]]]:
    held = Declaration.objects.filter(
        state=DeclarationState.IN_FORCE, number__in={row.number for row in rows}
    )
    found: dict[str, list[tuple[UUID, str]]] = {}
    for number, owner, handle in held.values_list("number", "owner", "owner__handle"):
        found.setdefault(number, []).append((owner, handle))
    return found


def person(member: Member) -> Person:
    return Person(member.id, member.handle, member.display_name, member.avatar_version)


def page(operator: Member, id_: UUID) -> DeclarationPage:
    """A page of papers, for an operator. Raises PageMissing for everybody else."""
    found = DeclarationPage.objects.filter(id=id_).first() if operator.is_operator else None
    if found is None:
        raise PageMissing
    return found


@dataclass(frozen=True, slots=True)
class ClockAhead:
    """One thing that will happen to a seller by itself."""

    at: datetime
    kind: str
    sentence: str


def ahead(seller: UUID) -> list[ClockAhead]:
    """The seller's running clocks, soonest first."""
    running = ShopClock.objects.filter(owner=seller, done_at=None).order_by("due_at", "id")
    return [ClockAhead(row.due_at, row.kind, str(AHEAD[ClockKind(row.kind)])) for row in running]
