"""What a case may do and when: no database, no clock. Times are UTC, amounts minor units."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Protocol

from goodword.kit.house import HouseRules
from goodword.kit.money import Money, allocate

from .states import MOVES, SHARES, SILENCE, CaseState, Party, Reason, Stays, Verb, Vote

C = CaseState
TRY_AGAIN = timedelta(days=1)  # when the seller does not have all that goes back
YUAN = "CNY"


@dataclass(frozen=True, slots=True)
class Terms:
    """The house rules' numbers that hold for one case: what started keeps its rules.

    What a fake costs its seller is of the day of the order; all else of the day of the case.
    """

    answer: timedelta
    ship_back: timedelta
    coming_back: timedelta
    refused: timedelta
    talking: timedelta
    evidence: timedelta
    panel: timedelta
    operator: timedelta
    at_most: timedelta
    appeal: timedelta
    jury: int
    jury_large: int
    large: int
    fake_times: int = 0  # of a case that was opened before there was such a rule
    fake_least: int = 0  # whole yuan

    @classmethod
    def of(cls, house: HouseRules, *, ordered: HouseRules) -> "Terms":
        """What holds for a case that begins now about an order placed under the rules `ordered`."""
        return cls(
            answer=house.answer_return, ship_back=house.ship_back, coming_back=house.coming_back,
            refused=house.refused_return, talking=house.dispute_talk, evidence=house.evidence,
            panel=house.panel, operator=house.operator_decides, at_most=house.dispute_at_most,
            appeal=house.appeal, jury=house.jury, jury_large=house.jury_large,
            large=house.large_circle, fake_times=ordered.fake_times,
            fake_least=ordered.fake_least,
        )  # fmt: skip

    @classmethod
    def read(cls, stored: dict[str, int]) -> "Terms":
        """From the seconds and numbers that a case keeps."""
        plain = {"jury", "jury_large", "large", "fake_times", "fake_least"}
        return cls(
            **{
                name: value if name in plain else timedelta(seconds=value)  # type: ignore[arg-type]
                for name, value in stored.items()
            }
        )

    def stored(self) -> dict[str, int]:
        """JSON-able."""
        return {
            name: int(value.total_seconds()) if isinstance(value, timedelta) else value
            for name, value in asdict(self).items()
        }

    def wait(self, state: CaseState) -> timedelta:
        """How long a case waits in `state` for somebody to act."""
        return {
            C.ASKED: self.answer, C.TO_SHIP_BACK: self.ship_back, C.COMING_BACK: self.coming_back,
            C.REFUSED: self.refused, C.TALKING: self.talking, C.EVIDENCE: self.evidence,
            C.PANEL: self.panel, C.OPERATOR: self.operator, C.DECIDED: self.appeal,
            C.SHORT: TRY_AGAIN,
        }[state]  # fmt: skip


class Case(Protocol):
    """What the rules need to know of a case."""

    state: str
    reason: str
    opened_at: datetime
    offer_by: str
    appealed: bool
    return_address: str
    number: str  # of the parcel in which the goods went back
    decision_minor: int | None
    stays: str  # a Stays: why the goods do not go back
    again_at: datetime | None  # since when it is disputed what came back by a decision

    @property
    def asked(self) -> Money: ...

    @property
    def price(self) -> Money: ...  # of the goods, as far as it is asked for

    @property
    def is_digital(self) -> bool: ...  # nothing was sent, so nothing is sent back


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said so far: who filed, and how the jurors voted (one entry a vote).

    `kept_for`: an entry for each vote by which the buyer keeps the goods.
    """

    filed: frozenset[Party] = frozenset()
    votes: tuple[Vote, ...] = ()
    seats: int = 0
    kept_for: tuple[Stays, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a case goes, and if it ends or is decided there, how much goes back; on the way to
    ship back, how much does once the goods are there."""

    state: CaseState
    back: Money | None = None


# What counts against the time that a dispute takes at most; a parcel on its way back does not.
DISPUTED = frozenset({C.TALKING, C.EVIDENCE, C.PANEL, C.OPERATOR, C.DECIDED})


def due(case: Case, terms: Terms, now: datetime) -> datetime:
    """When the case's present state runs out; of a dispute no later than the rules let one take."""
    at = now + terms.wait(C(case.state))
    if case.state in DISPUTED:
        return max(now, min(at, began(case) + terms.at_most))
    return at


def began(case: Case) -> datetime:
    """Since when the dispute counts: anew where what came back by a decision is not right."""
    return case.again_at or case.opened_at


def run_out(case: Case, heard: Heard, *, too_long: bool = False) -> Outcome:
    """What becomes of a case in which nobody acted in time; `too_long`: no dispute lasts longer."""
    asked, nothing = case.asked, Money(0, case.asked.currency)
    match C(case.state):
        case C.TALKING if too_long:
            return carried_out(case, owed(case))  # neither could still say what happened
        case C.ASKED if case.is_digital:
            return ended(asked, asked)
        case C.TO_SHIP_BACK:
            # Whoever cannot know where to send it did not fail to send it.
            return ended(asked, nothing if case.return_address else owed(case))
        case C.EVIDENCE:
            if heard.filed != {Party.BUYER}:
                return ended(asked, nothing)  # the claim is not shown
            if case.reason == Reason.FAKE and not case.again_at:
                # A fake costs the silent seller more than its price: that can be appealed.
                return Outcome(C.DECIDED, asked)
            return carried_out(case, owed(case))
        case C.PANEL:
            share = verdict(heard)
            if share is None:
                return Outcome(C.OPERATOR)
            return Outcome(C.DECIDED, share_of(asked, share))
        case C.DECIDED | C.OPERATOR:
            # After an appeal too: to appeal and wait must not be worth more than to win.
            return carried_out(case, owed(case))
        case C.COMING_BACK | C.SHORT:
            return ended(asked, owed(case))
        case C.REFUSED:
            return ended(asked, nothing)
        case state:
            after = SILENCE[state]
            assert after is not None, f"nobody says what silence means in {state}"
            return Outcome(after)


def takes_too_long(case: Case, terms: Terms, now: datetime) -> bool:
    """Whether the time is over that a dispute takes at most."""
    return now >= began(case) + terms.at_most


def owed(case: Case) -> Money:
    """What was decided; all that is asked for where nothing was."""
    if case.decision_minor is None:
        return case.asked
    return Money(case.decision_minor, case.asked.currency)


def carried_out(case: Case, back: Money) -> Outcome:
    """The end of a dispute in which `back` goes back: first the goods, where they do."""
    if waits_for_goods(case, back):
        return Outcome(C.TO_SHIP_BACK, back)
    return ended(case.asked, back)


def waits_for_goods(case: Case, back: Money) -> bool:
    """Whether a dispute that gives `back` waits until the seller has the goods again.

    Whoever has all of the price has not the goods too; of a part of it the buyer keeps them.
    """
    return can_go_back(case) and not case.stays and is_whole(case, back)


def is_whole(case: Case, back: Money) -> bool:
    """Whether nothing of the price would be left to the seller."""
    return bool(back) and back >= case.price


def can_go_back(case: Case) -> bool:
    """Whether the goods can still go back: what never came, is no thing or has gone cannot."""
    return not (case.is_digital or case.reason == Reason.NOT_ARRIVED or case.number)


def may_be_kept(case: Case) -> bool:
    """Whether a juror has to choose if the goods stay; what a panel calls a fake does anyway."""
    return can_go_back(case) and case.reason != Reason.FAKE


def stays(case: Case, back: Money, *, is_fake: bool, why: Stays | None) -> str:
    """Why the goods stay, by a decision that gives `back`; empty where nothing else does or says
    so. A reason says nothing where no goods could go back, or only a part of the price does.
    """
    if not can_go_back(case) or not is_whole(case, back):
        return ""
    return Stays.FAKE if is_fake else why or ""


def stays_by(case: Case, back: Money, heard: Heard) -> str:
    """The same by the word of a panel, or by the silence of the seller about a fake."""
    fake = is_upheld(Reason(case.reason), back, asked=case.asked)
    return stays(case, back, is_fake=fake, why=kept_for(heard))


def pays_the_way_back(reason: Reason) -> Party:
    """Who bears what it costs to send it back: whose fault it is.

    The law's default (PRC, protection of consumers, art. 24 and 25).
    """
    return Party.SELLER if sellers_fault(reason) else Party.BUYER


def ended(asked: Money, back: Money) -> Outcome:
    """The final state in which `back` of what was asked for goes back."""
    state = C.REFUNDED if back == asked else C.SETTLED if back else C.CLOSED
    return Outcome(state, back)


def verdict(heard: Heard) -> int | None:
    """The middle of the votes, in percent, or None while not more than half of the seats voted.

    The median: no single juror can pull it to an end. Of an even number, between the middle two.
    """
    if 2 * len(heard.votes) <= heard.seats:
        return None
    return int(median(SHARES[vote] for vote in heard.votes))


def is_settled(heard: Heard) -> bool:
    """Whether the seats that have not voted can change neither the middle nor who has the goods."""
    left = heard.seats - len(heard.votes)
    shares = [SHARES[vote] for vote in heard.votes]
    if 2 * len(shares) <= heard.seats:
        return False
    least, most = median([*shares, *[0] * left]), median([*shares, *[100] * left])
    same = are_kept(heard, kept=left) == are_kept(heard, others=left)
    return least == most and (least < 100 or same)


def are_kept(heard: Heard, *, kept: int = 0, others: int = 0) -> bool:
    """Whether most of those who voted let the buyer keep the goods, if so many more did or not."""
    return 2 * (len(heard.kept_for) + kept) > len(heard.votes) + kept + others


def kept_for(heard: Heard) -> Stays | None:
    """Why the buyer keeps the goods by the jurors' word: the reason that most gave; None: not so.

    Of reasons that as many gave, the first of `Stays`.
    """
    if not are_kept(heard):
        return None
    return max(Stays, key=heard.kept_for.count)


def share_of(asked: Money, share: int) -> Money:
    """`share` percent of what is asked for, by largest remainder, a tie in the buyer's favour."""
    return allocate(asked, [share, 100 - share])[0]


def refusal(verb: Verb, party: Party, case: Case) -> str | None:
    """Why `party` may not do `verb` now, as a key of `refusals.SENTENCES`; None: may."""
    if party not in MOVES[verb].by:
        return "not_yours"
    if case.state not in MOVES[verb].before:
        return "not_now"
    if verb == Verb.AGREE and (not case.offer_by or case.offer_by == party):
        return "no_offer"
    if verb == Verb.APPEAL and case.appealed:
        return "appealed_before"
    if verb == Verb.SAY_WHERE and case.return_address:
        return "said_where"
    return None


def opens_as(reason: Reason) -> CaseState:
    """What never came cannot be sent back: that is a dispute from the start."""
    return C.TALKING if reason == Reason.NOT_ARRIVED else C.ASKED


OPENS_IN = frozenset({"shipped", "handed_over", "received", "released"})  # states of a line


@dataclass(frozen=True, slots=True)
class Past:
    """A case about the same line that has ended; `is_settled`: agreed on, or decided."""

    reason: str
    is_settled: bool


def may_open(
    reason: Reason, *, state: str, received_at: datetime | None, returns_days: int,
    past: Sequence[Past] = (), most: int, now: datetime,
) -> str | None:  # fmt: skip
    """Why a case cannot be opened about a line for `reason`; None: it can.

    Each case keeps the seller waiting for her money, so what was settled stays settled, and there
    are at most `most` about one line.
    """
    if state not in OPENS_IN:
        return "not_open_now"
    if any(one.is_settled and one.reason == reason for one in past):
        return "settled_before"
    if len(past) >= most:
        return "too_often"
    if reason == Reason.NOT_ARRIVED:
        return None if state == "shipped" else "has_arrived"
    if reason == Reason.CHANGED_MIND:
        if not returns_days:
            return "no_returns"
        if received_at and now > received_at + timedelta(days=returns_days):
            return "returns_over"
    return None


def sellers_fault(reason: Reason) -> bool:
    return reason != Reason.CHANGED_MIND


def asked_for(reason: Reason, *, goods: Money, total: Money) -> Money:
    """The price; where the seller is to blame, what was paid for its way too."""
    return total if sellers_fault(reason) else goods


def is_upheld(reason: Reason, back: Money, *, asked: Money) -> bool:
    """Whether a decision says that it was a fake: whoever claims one is given all of it."""
    return reason == Reason.FAKE and back == asked


def compensation(goods: Money, *, times: int, least: int) -> Money:
    """What a fake costs its seller besides the refund: `times` its price, in yuan `least` at least.

    The defaults are the law's (PRC, protection of consumers, art. 55): three times, 500 yuan.
    """
    found = Money(goods.minor * times, goods.currency)
    return max(found, Money(least * 100, YUAN)) if goods.currency == YUAN else found
