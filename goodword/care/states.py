"""The states of a case, the verbs that move it, and what silence means in each, as data."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain


class CaseState(StrEnum):
    ASKED = "asked"  # the buyer wants to return it; the seller's silence is a yes
    TO_SHIP_BACK = "to_ship_back"  # agreed or decided; the buyer has to send it
    COMING_BACK = "coming_back"  # on its way to the seller
    REFUSED = "refused"  # the seller said no; the buyer may go on
    TALKING = "talking"  # a dispute: both may settle at any split
    EVIDENCE = "evidence"  # both say what happened, or what came back; who stays silent loses
    PANEL = "panel"  # jurors who know neither side vote
    OPERATOR = "operator"  # the operator has to decide
    DECIDED = "decided"  # decided; either side may appeal once, on new evidence
    SHORT = "short"  # for good, but the seller does not have all of what goes back
    CLOSED = "closed"  # nothing goes back; the line goes on as if nothing had been
    REFUNDED = "refunded"  # all that was asked for went back
    SETTLED = "settled"  # a part went back


class Party(StrEnum):
    BUYER = "buyer"  # who asks
    SELLER = "seller"  # who is asked
    JUROR = "juror"  # was drawn, and has not voted
    OPERATOR = "operator"  # of the house
    HOUSE = "house"  # a clock


class Verb(StrEnum):
    ACCEPT = "accept"  # send it back
    SAY_WHERE = "say_where"  # to send it, after being silent
    REFUSE = "refuse"  # no, with a reason
    WITHDRAW = "withdraw"  # never mind
    SEND_BACK = "send_back"  # it is with a carrier
    CONFIRM_BACK = "confirm_back"  # it is here again
    CONTEST = "contest"  # what came back is not what was sent
    ESCALATE = "escalate"  # the refusal is not right
    OFFER = "offer"  # settle at this split
    AGREE = "agree"  # to what the other side offers
    FILE = "file"  # say once what happened, with pictures
    VOTE = "vote"  # as a juror
    DECIDE = "decide"  # as the operator, with a reason
    ADVANCE = "advance"  # as the operator: the house pays what the seller does not have
    APPEAL = "appeal"  # once, with what is new
    RUN_OUT = "run_out"  # nobody acted in time


class Reason(StrEnum):
    CHANGED_MIND = "changed_mind"  # it is as promised, and not wanted
    DAMAGED = "damaged"  # broken or faulty
    NOT_AS_PROMISED = "not_as_promised"  # something else than the listing said
    FAKE = "fake"  # an imitation
    NOT_ARRIVED = "not_arrived"  # it never came


class LeftOut(StrEnum):
    """Why somebody could not be drawn as a juror."""

    SIDE = "side"  # is one of the two
    OPERATOR = "operator"  # may have to decide later
    PASSING = "passing"  # joined after the case was opened, or is about to leave
    KNOWS = "knows"  # is a friend of one of the two, or has traded with one


class Vote(StrEnum):
    BUYER = "buyer"  # all of what is asked for goes back, once the goods are back where they can be
    KEEP = "keep"  # all of it, and the buyer keeps the goods, for a reason that is said
    HALF = "half"  # half of it
    SELLER = "seller"  # nothing


class Stays(StrEnum):
    """Why goods stay with the buyer although all of their price goes back."""

    WORTHLESS = "worthless"  # nothing is left that anybody could use
    COSTLY = "costly"  # the way back would cost more than it is worth
    SPOILS = "spoils"  # food, flowers, what was worn: nobody can sell it again
    FORBIDDEN = "forbidden"  # it must not be sent, or is dangerous
    GONE = "gone"  # the buyer has not got it
    FAKE = "fake"  # an imitation, which must not be sold again; found by a decision, never chosen


C, P, V = CaseState, Party, Verb
FINAL = frozenset({C.CLOSED, C.REFUNDED, C.SETTLED})
OPEN = frozenset(C) - FINAL
SHARES: Mapping[Vote, int] = {Vote.BUYER: 100, Vote.KEEP: 100, Vote.HALF: 50, Vote.SELLER: 0}
CHOSEN = tuple(one for one in Stays if one != Stays.FAKE)  # by jurors and operators


@dataclass(frozen=True, slots=True)
class Move:
    """Who may do a verb in which states, and where it can lead (none: the case stays)."""

    by: frozenset[Party]
    before: frozenset[CaseState]
    after: frozenset[CaseState]


def move(by: Set[Party], before: Set[CaseState], *after: CaseState) -> Move:
    return Move(frozenset(by), frozenset(before), frozenset(after))


BOTH = {P.BUYER, P.SELLER}
ENDS = (C.TO_SHIP_BACK, C.SETTLED, C.REFUNDED, C.CLOSED, C.SHORT)  # of what was decided for good
MOVES: Mapping[Verb, Move] = {
    V.ACCEPT: move({P.SELLER}, {C.ASKED, C.REFUSED}, C.TO_SHIP_BACK, C.REFUNDED, C.SHORT),
    V.REFUSE: move({P.SELLER}, {C.ASKED}, C.REFUSED),
    V.SAY_WHERE: move({P.SELLER}, {C.TO_SHIP_BACK}),
    V.WITHDRAW: move({P.BUYER}, OPEN - {C.SHORT}, C.CLOSED),
    V.SEND_BACK: move({P.BUYER}, {C.TO_SHIP_BACK}, C.COMING_BACK),
    V.CONFIRM_BACK: move({P.SELLER}, {C.COMING_BACK}, C.REFUNDED, C.SETTLED, C.SHORT),
    V.CONTEST: move({P.SELLER}, {C.COMING_BACK}, C.TALKING),
    V.ESCALATE: move({P.BUYER}, {C.REFUSED}, C.TALKING),
    V.OFFER: move(BOTH, {C.TALKING}),
    V.AGREE: move(BOTH, {C.TALKING}, C.SETTLED, C.REFUNDED, C.CLOSED, C.SHORT),
    V.FILE: move(BOTH, {C.EVIDENCE}, C.PANEL, C.OPERATOR),
    V.VOTE: move({P.JUROR}, {C.PANEL}, C.DECIDED),
    V.DECIDE: move({P.OPERATOR}, {C.OPERATOR}, C.DECIDED, *ENDS),
    V.ADVANCE: move({P.OPERATOR}, {C.SHORT}, C.SETTLED, C.REFUNDED),
    V.APPEAL: move(BOTH, {C.DECIDED}, C.OPERATOR),
    V.RUN_OUT: move({P.HOUSE}, OPEN, *(set(C) - {C.ASKED, C.REFUSED, C.COMING_BACK})),
}

# What the case becomes when nobody acts; where it depends on more, `rules.run_out` says. Where a
# dispute gives the whole price back, the goods go back first (`rules.carried_out`).
SILENCE: Mapping[CaseState, CaseState | None] = {
    C.ASKED: C.TO_SHIP_BACK,  # refunded at once where nothing can be sent back
    C.TO_SHIP_BACK: None,  # closed; refunded when the seller never said where to
    C.COMING_BACK: C.REFUNDED,
    C.REFUSED: C.CLOSED,
    C.TALKING: C.EVIDENCE,
    C.EVIDENCE: None,  # the silent side loses
    C.PANEL: None,  # as those who voted say; the operator if they are too few
    C.OPERATOR: None,  # for the buyer; after an appeal, what was decided is done
    C.DECIDED: None,  # what was decided is done
    C.SHORT: None,  # the same, as far as the seller has it by then
}


def check() -> None:
    """Refuse tables that forget a verb or a state, or leave a case open for ever."""
    if set(MOVES) != set(Verb) or set(SILENCE) != OPEN:
        raise TypeError("every verb needs its move, and every open state what silence means")
    if frozenset(chain.from_iterable(one.after for one in MOVES.values())) | {C.ASKED} != set(C):
        raise TypeError("a state cannot be reached")


check()


def pairs() -> list[tuple[str, str]]:
    """The moves as (before, after), in a fixed order, for the trigger that guards them."""
    return sorted(
        {
            (str(old), str(new))
            for one in MOVES.values()
            for old in one.before
            for new in one.after
            if old != new
        }
    )
