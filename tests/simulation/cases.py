"""What the two sides, the jury and the operator do about a case."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from goodword.care import actions as care
from goodword.care.models import Juror
from goodword.care.states import CHOSEN, Vote
from goodword.kit.money import Money

from .books import Line
from .engine import Engine

if TYPE_CHECKING:
    from .lives import Life

HOUR, DAY = 60, 24 * 60  # in minutes
SPEAKING = 0.85  # of the two sides, when it is their turn


class Cases(Engine):
    town: Any
    bank: Any
    offered: int  # in the case that is looked at
    where: str  # it has to be sent back to

    def about_case(self, life: "Life", line: Line) -> tuple[float, float]:
        """One thing about the line's open case, or silence. Answers when to look again."""
        assert line.case is not None
        id_, state, offer_by, asked, currency, self.offered, self.where = line.case
        if self.chance(1 - SPEAKING):
            return DAY, 8 * DAY
        getattr(self, f"case_{state}")(life, UUID(id_), offer_by, Money(asked, currency))
        return HOUR, 2 * DAY

    def case_asked(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        self.lot(
            (35, lambda: self.do("accept", care.accept, life.order, seller=life.seller, case=case,
                                 address="Lane 3")),
            (55, lambda: self.do("refuse", care.refuse, life.order, seller=life.seller, case=case,
                                 words="It was whole.")),
            (10, lambda: self.withdraw(life, case)),
        )  # fmt: skip

    def case_to_ship_back(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        if not self.where and self.chance(0.3):
            self.do(
                "say where", care.say_where, life.order, seller=life.seller, case=case,
                address="Lane 3",
            )  # fmt: skip
            return
        self.do(
            "send back", care.send_back, life.order, buyer=life.buyer, case=case, carrier="sf",
            number="SF1234567890123",
        )  # fmt: skip

    def case_coming_back(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        self.lot(
            (70, lambda: self.do("confirm back", care.confirm_back, life.order, seller=life.seller,
                                 case=case)),
            (30, lambda: self.do("contest", care.contest, life.order, seller=life.seller,
                                 case=case, words="It is another one.")),
        )  # fmt: skip

    def case_refused(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        self.lot(
            (80, lambda: self.do("escalate", care.escalate, life.order, buyer=life.buyer,
                                 case=case)),
            (20, lambda: self.do("accept", care.accept, life.order, seller=life.seller, case=case,
                                 address="Lane 3")),
            (10, lambda: self.withdraw(life, case)),
        )  # fmt: skip

    def case_talking(self, life: "Life", case: UUID, by: str, asked: Money) -> None:
        """Any split, down to nothing and up to all."""
        if self.chance(0.4):
            return
        if by and self.chance(0.3):
            other = life.seller if by == "buyer" else life.buyer
            minor = self.offered if self.chance(0.9) else asked.minor
            self.do("agree", care.agree, life.order, member=other, case=case, minor=minor)
            return
        minor = self.dice.choice((0, 1, asked.minor // 3, asked.minor // 2, asked.minor))
        self.do(
            "offer", care.offer, life.order, member=self.dice.choice((life.buyer, life.seller)),
            case=case, amount=Money(minor, asked.currency),
        )  # fmt: skip

    def case_evidence(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        both = [life.buyer, life.seller]
        for member in both if self.chance(0.7) else both[:1]:
            self.do("file", care.file, life.order, member=member, case=case, words="So it was.")

    def case_panel(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        seats = Juror.objects.filter(case=case, vote="").order_by("member")
        for member in seats.values_list("member", flat=True)[: self.dice.randint(1, 3)]:
            self.do(
                "vote", care.vote, life.order, juror=self.town.members[member], case=case,
                vote=self.dice.choice(list(Vote)), stays=self.dice.choice(CHOSEN),
            )  # fmt: skip

    def case_operator(self, life: "Life", case: UUID, _by: str, asked: Money) -> None:
        minor = self.dice.choice((0, asked.minor // 3, asked.minor, asked.minor))
        self.do(
            "decide", care.decide, life.order, operator=self.town.operator, case=case,
            amount=Money(minor, asked.currency), words="So it is.", is_fake=self.chance(0.5),
            stays=self.dice.choice((None, None, None, *CHOSEN)),
        )  # fmt: skip

    def case_decided(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        if self.chance(0.4):
            member = self.dice.choice((life.buyer, life.seller))
            new = "But look." if self.chance(0.8) else "So it was."
            self.do("appeal", care.appeal, life.order, member=member, case=case, new=new)

    def case_short(self, life: "Life", case: UUID, _by: str, _asked: Money) -> None:
        """She has not all that goes back; now and then the house pays the rest."""
        if self.chance(0.2):
            self.do("advance", care.advance, life.order, operator=self.town.operator, case=case)

    def withdraw(self, life: "Life", case: UUID) -> None:
        self.do("withdraw", care.withdraw, life.order, buyer=life.buyer, case=case)
