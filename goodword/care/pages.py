"""A case as one of its readers sees it: plain values, with every sentence in their language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goodword.kit.money import Money
from goodword.orders.pages import LineView
from goodword.orders.states import CARRIERS, Words

from . import drawing, queries, rules, saying, words
from .models import Case, CasePicture, Juror, Statement
from .states import FINAL, CaseState, LeftOut, Party, Reason, Stays, Verb


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said, as everybody reads it: without a name."""

    by: Party
    words: str
    at: datetime
    is_appeal: bool
    of_return: bool
    pictures: list[CasePicture]  # what was shown with it

    @property
    def side(self) -> Words:
        return words.SIDES[self.by]

    @property
    def about(self) -> Words:
        """What it is about; empty for what was said first."""
        return words.SAID_ABOUT[self.is_appeal, self.of_return]


AFTER = 3  # of those who were not drawn, shown beside those who were


@dataclass(frozen=True, slots=True)
class Panel:
    """How the jurors were drawn, for anybody who wants to draw them again."""

    seed: str
    secret: str
    commitment: str
    drawn_from: list[str]
    left_out: dict[LeftOut, list[str]]  # none of a panel that was drawn before it was kept
    drawn: list[str]
    seats: int
    votes: int

    @property
    def order(self) -> list[tuple[int, str, str, bool]]:
        """Of those who were drawn and the next few: place, digest, token, and whether they sit."""
        first = drawing.drawn(self.seed, self.drawn_from, self.seats + AFTER)
        return [
            (place, drawing.digest(self.seed, one), one, place <= self.seats)
            for place, one in enumerate(first, 1)
        ]

    @property
    def lists(self) -> list[tuple[Words, list[str]]]:
        """Who could be drawn, and by each rule who could not."""
        others = [(words.LEFT_OUT[why], self.left_out.get(why, [])) for why in LeftOut]
        return [(words.COULD_BE_DRAWN, self.drawn_from), *(others if self.left_out else [])]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that one reader may know of a case."""

    case: Case
    role: Party
    title: str
    words: str  # the buyer's, when it was opened
    no: str  # the seller's, when she refused
    objection: str  # hers, about what came back
    may: frozenset[Verb]
    said: list[Said]
    pictures: list[CasePicture]
    panel: Panel | None
    commitment: str
    seat: Juror | None
    too_close: bool  # an operator who is a friend of one side, while another could decide

    @property
    def first_said(self) -> list[Said]:
        """All but what is new with an appeal, which stands apart."""
        return [one for one in self.said if not one.is_appeal]

    @property
    def first_shown(self) -> list[CasePicture]:
        new = {picture.id for one in self.said if one.is_appeal for picture in one.pictures}
        return [one for one in self.pictures if one.id not in new]

    @property
    def goods(self) -> LineView:
        """What was bought; for everybody but jurors, whom its picture would lead to the shop."""
        return LineView(self.case.line)

    @property
    def state(self) -> CaseState:
        return CaseState(self.case.state)

    @property
    def word(self) -> Words:
        return words.STATES[self.state]

    @property
    def reason(self) -> Words:
        return words.REASONS[Reason(self.case.reason)]

    @property
    def is_over(self) -> bool:
        return self.state in FINAL

    @property
    def is_side(self) -> bool:
        return self.role in (Party.BUYER, Party.SELLER)

    @property
    def next(self) -> Words:
        return words.next_step(self.case, self.role) if self.is_side else ""

    @property
    def ahead(self) -> Words:
        return words.ahead(self.case)

    @property
    def offer(self) -> Money | None:
        minor = self.case.offer_minor
        return None if minor is None else Money(minor, self.case.currency)

    @property
    def offer_side(self) -> Words:
        return words.SIDES[self.case.offer_by]

    @property
    def decision(self) -> Money | None:
        minor = self.case.decision_minor
        return None if minor is None else Money(minor, self.case.currency)

    @property
    def can_go_back(self) -> bool:
        return rules.can_go_back(self.case)

    @property
    def may_be_kept(self) -> bool:
        """Whether jurors choose if the goods stay with the buyer."""
        return rules.may_be_kept(self.case)

    @property
    def waits_for_goods(self) -> bool:
        """Whether what was decided goes back only once the seller has the goods."""
        return rules.waits_for_goods(self.case, rules.owed(self.case))

    @property
    def stays(self) -> Words:
        """Why the buyer keeps the goods, though all of their price goes back; empty: does not."""
        return words.STAYS[Stays(self.case.stays)] if self.case.stays else ""

    @property
    def way_back(self) -> Words:
        """Who pays for it, while it has to be sent."""
        return words.way_back(self.case, self.role) if self.is_side else ""

    @property
    def is_about_a_fake(self) -> bool:
        return self.case.reason == Reason.FAKE

    @property
    def at_stake(self) -> Money | None:
        """What the seller will owe besides, if others say that it is a fake."""
        undecided = self.state in (CaseState.TALKING, CaseState.EVIDENCE, CaseState.PANEL,
                                   CaseState.OPERATOR)  # fmt: skip
        if not (self.is_about_a_fake and undecided):
            return None
        return self.case.compensates(self.case.line) or None

    @property
    def given(self) -> Money:
        return Money(self.case.given_minor, self.case.currency)

    @property
    def compensation(self) -> Money | None:
        return self.case.compensation or None

    @property
    def back(self) -> Money | None:
        minor = self.case.back_minor
        return None if minor is None else Money(minor, self.case.currency)

    @property
    def carrier(self) -> Words:
        return CARRIERS[self.case.carrier].word if self.case.carrier else ""


def case_page(viewer: UUID, id_: UUID) -> CasePage:
    """The case for a side, a juror or an operator. Raises CaseMissing."""
    case, role = queries.case(viewer, id_)
    names = queries.names(case) if role == Party.JUROR else []
    seat = queries.seat(viewer, case) if role == Party.JUROR else None
    too_close = role == Party.OPERATOR and viewer not in queries.deciders(case)
    pictures = shown(case, role)
    return CasePage(
        case=case,
        role=role,
        title=saying.unnamed(case.title, names),
        words=saying.unnamed(case.words, names),
        no=saying.unnamed(case.no, names),
        objection=saying.unnamed(case.objection, names),
        may=frozenset() if too_close else possible(case, role, seat),
        said=said(case, role, names, pictures),
        pictures=pictures,
        panel=panel(case) if case.seed else None,
        commitment=drawing.commitment(case.secret),
        seat=seat,
        too_close=too_close,
    )


def possible(case: Case, role: Party, seat: Juror | None) -> frozenset[Verb]:
    """The verbs that this reader can do now."""
    if seat is not None and seat.vote:
        return frozenset()
    found = {verb for verb in Verb if rules.refusal(verb, role, case) is None}
    if Verb.FILE in found and role in queries.filed(case):
        found.remove(Verb.FILE)
    return frozenset(found)


def shown(case: Case, role: Party) -> list[CasePicture]:
    """The pictures that this reader may see by now."""
    return [one for one in queries.pictures(case) if queries.may_see(one, case, role)]


def said(case: Case, role: Party, names: Sequence[str], pictures: list[CasePicture]) -> list[Said]:
    rows: list[Statement] = queries.statements(case)
    return [
        Said(
            Party(one.by), saying.unnamed(one.words, names), one.at, one.is_appeal, one.of_return,
            [picture for picture in pictures if picture.statement_id == one.id],
        )
        for one in rows
        if one.by == role or not queries.is_sealed(case, role, of_return=one.of_return)
    ]  # fmt: skip


def panel(case: Case) -> Panel:
    votes = queries.heard(case)
    return Panel(
        seed=case.seed,
        secret=case.secret,
        commitment=drawing.commitment(case.secret),
        drawn_from=case.drawn_from,
        left_out={LeftOut(why): tokens for why, tokens in case.left_out.items()},
        drawn=drawing.drawn(case.seed, case.drawn_from, votes.seats),
        seats=votes.seats,
        votes=len(votes.votes),
    )
