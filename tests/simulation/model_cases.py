"""The model's returns and disputes; see `model`."""

from typing import Any

from goodword.care.states import CaseState as C
from goodword.care.states import Reason
from goodword.orders.states import LineState as S

from .model import DAY, Line, Model, Order, timedelta

WAITS = {
    C.ASKED: 5 * DAY, C.TO_SHIP_BACK: 7 * DAY, C.COMING_BACK: 10 * DAY, C.REFUSED: 7 * DAY,
    C.TALKING: 3 * DAY, C.EVIDENCE: 3 * DAY, C.OPERATOR: 7 * DAY, C.DECIDED: 7 * DAY,
}  # fmt: skip
AT_MOST = 60 * DAY
PURSES = ("payable", "reserve", "deposit")
BEFORE = {
    "accept": {C.ASKED, C.REFUSED}, "refuse": {C.ASKED}, "withdraw": set(WAITS),
    "send_back": {C.TO_SHIP_BACK}, "confirm_back": {C.COMING_BACK}, "contest": {C.COMING_BACK},
    "escalate": {C.REFUSED}, "offer": {C.TALKING}, "agree": {C.TALKING}, "file": {C.EVIDENCE},
    "decide": {C.OPERATOR}, "appeal": {C.DECIDED}, "say_where": {C.TO_SHIP_BACK},
    "advance": {C.SHORT},
}  # fmt: skip


class WithCases(Model):
    def open_case(self, name: str, number: int, reason: Reason) -> bool:
        line = self.orders[name]["lines"][number]
        if line["case"] or not self.may_open(line, reason):
            return False
        left = line["released"] if line["state"] == S.RELEASED else self.held(line)
        asked = min(line["goods" if reason == Reason.CHANGED_MIND else "total"], left)
        if not asked:
            return False
        self.opened += 1
        line["case"] = {
            "key": f"{self.opened}", "reason": reason, "asked": asked, "since": self.now,
            "where": False, "spoke": set(), "offer": None, "by": "", "decided": None, "given": 0,
            "besides": 0, "appealed": False, "sent": False, "stays": False, "again": None,
        }  # fmt: skip
        self.lead(line, C.TALKING if reason == Reason.NOT_ARRIVED else C.ASKED)
        return True

    def may_open(self, line: Line, reason: Reason) -> bool:
        """At most three about one line, and what was settled stays settled."""
        if len(line["past"]) >= 3 or (reason, True) in line["past"]:
            return False
        if reason == Reason.NOT_ARRIVED:
            return line["state"] == S.SHIPPED
        if reason == Reason.CHANGED_MIND:
            days, received = line["returns"], line["received"]
            if not days or (received and self.now > received + days * DAY):
                return False
        return line["state"] in (S.SHIPPED, S.HANDED_OVER, S.RECEIVED, S.RELEASED)

    def lead(self, line: Line, state: C) -> None:
        case = line["case"]
        case.update(state=state, due=self.now + WAITS[state])
        if state == C.OPERATOR:
            since = case["again"] or case["since"]
            case["due"] = max(self.now, min(case["due"], since + AT_MOST))

    def decided(self, order: Order, line: Line, back: int, besides: int) -> None:
        """It can be appealed; what a fake costs besides is frozen from now on."""
        line["case"].update(decided=back, besides=besides)
        self.lead(line, C.DECIDED)
        self.freeze(order, line["case"])

    def carry_out(self, order: Order, line: Line, back: int) -> None:
        """Whoever gets all of the price back sends the goods back first, unless they stay."""
        if self.is_with_buyer(line, back) and not line["case"]["stays"]:
            line["case"]["decided"] = back
            self.lead(line, C.TO_SHIP_BACK)
            if fake := self.claims.get(f"fake/{line['case']['key']}"):
                fake["rest"] = 0  # only what is no fake goes back
        else:
            self.finish(order, line, back)

    @staticmethod
    def is_with_buyer(line: Line, back: int) -> bool:
        case = line["case"]
        whole = 0 < back >= min(line["goods"], case["asked"])
        return whole and not case["sent"] and case["reason"] != Reason.NOT_ARRIVED

    @staticmethod
    def owed(case: Any) -> int:
        return case["asked"] if case["decided"] is None else case["decided"]

    def finish(self, order: Order, line: Line, back: int, advance: bool = False) -> None:
        """`back` to the buyer, the rest to the seller; nothing at all, and the line goes on."""
        case, after = line["case"], line["state"] == S.RELEASED
        rest = back - case["given"]
        if back and after and not self.take_back(order, line, rest, below_zero=advance):
            self.fall_short(order, line, back)
            return
        line["case"] = None
        heard = case["offer"] == 0 or case["decided"] is not None or bool(case["spoke"])
        line["past"].append((case["reason"], bool(back) or heard))
        if not back or (after and back < line["goods"]):
            line["stood"] += self.now - case["since"]
        if back:
            self.share_out(order, line, back, after)
        self.settle_claims(order, case)

    def share_out(self, order: Order, line: Line, back: int, after: bool) -> None:
        if not after:
            self.give_back(order, line, back)
            if self.held(line):
                self.release(order, line)
        if back >= line["goods"]:
            line["state"] = S.REFUNDED
        elif not after:
            line.update(state=S.RELEASED, received=line["received"] or self.now, stood=timedelta(0))
        self.square(order)

    # What a seller owes

    def fall_short(self, order: Order, line: Line, back: int) -> None:
        """What she has goes back now; the rest is kept from her, and tried again each day."""
        case, whose = line["case"], (order["seller"], order["currency"])
        rest = back - case["given"]
        has = sum(max(0, self.accounts[kind, *whose]) for kind in PURSES)
        if part := min(rest, has):
            assert self.take_back(order, line, part)
        case.update(state=C.SHORT, decided=back, given=case["given"] + part, due=self.now + DAY)
        key = f"short/{case['key']}"
        if key in self.claims:
            self.claims[key]["rest"] -= part
        else:
            self.claims[key] = {
                "kind": "refund", "whose": whose, "rest": back - case["given"], "due": True,
                "order": order["name"],
            }  # fmt: skip

    def freeze(self, order: Order, case: Any) -> None:
        key = f"fake/{case['key']}"
        if case["besides"] and key not in self.claims:
            self.claims[key] = {
                "kind": "fake", "whose": (order["seller"], order["currency"]), "due": False,
                "rest": case["besides"], "order": order["name"],
            }  # fmt: skip

    def settle_claims(self, order: Order, case: Any) -> None:
        if short := self.claims.get(f"short/{case['key']}"):
            short["rest"] = 0
        self.freeze(order, case)
        fake = self.claims.get(f"fake/{case['key']}")
        if fake and not fake["due"]:
            if case["besides"]:
                fake["due"] = True
                self.pay_due(*fake["whose"])
            else:
                fake["rest"] = 0

    def pay_due(self, who: str, currency: str) -> None:
        """What is due for fakes, the oldest first, of what refunds leave."""
        has = sum(max(0, self.accounts[kind, who, currency]) for kind in PURSES)
        has = max(0, has - self.owes(who, currency, "refund"))
        for claim in self.claims.values():
            if (claim["kind"], claim["whose"], claim["due"]) == ("fake", (who, currency), True):
                part = min(claim["rest"], has)
                if part:
                    assert self.compensate(claim["order"], part, below_zero=False)
                    claim["rest"] -= part
                    has -= part

    # What the two sides, the operator and silence do

    def silence(self, order: Order, line: Line) -> None:
        case = line["case"]
        match case["state"]:
            case C.ASKED:
                self.lead(line, C.TO_SHIP_BACK)
            case C.TALKING:
                self.lead(line, C.EVIDENCE)
            case C.TO_SHIP_BACK:
                self.finish(order, line, 0 if case["where"] else self.owed(case))
            case C.EVIDENCE if case["spoke"] != {"buyer"}:
                self.finish(order, line, 0)
            case C.EVIDENCE if case["reason"] == Reason.FAKE and not case["again"]:
                case["stays"] = self.is_with_buyer(line, case["asked"])
                self.decided(order, line, case["asked"], self.besides(order, line))
            case C.REFUSED:
                self.finish(order, line, 0)
            case C.EVIDENCE | C.DECIDED | C.OPERATOR:
                self.carry_out(order, line, self.owed(case))
            case _:  # it counts as back, or the seller has some more
                self.finish(order, line, self.owed(case))

    @staticmethod
    def besides(order: Order, line: Line) -> int:
        """Three times the price of a fake, in yuan 500 at least."""
        times = 3 * line["goods"]
        return max(times, 50_000) if order["currency"] == "CNY" else times

    def about(self, name: str, number: int, verb: str, **said: Any) -> bool:
        """A verb about the line's open case, if there is one and it may be done now."""
        order = self.orders[name]
        line = order["lines"][number]
        case = line["case"]
        if not case or case["state"] not in BEFORE[verb]:
            return False
        return getattr(self, f"case_{verb}")(order, line, case, **said) is not False

    def case_accept(self, _order: Order, line: Line, case: Any) -> None:
        case["where"] = True
        self.lead(line, C.TO_SHIP_BACK)

    def case_say_where(self, _order: Order, line: Line, case: Any) -> bool:
        if case["where"]:
            return False
        self.case_accept(_order, line, case)
        return True

    def case_refuse(self, _order: Order, line: Line, _case: Any) -> None:
        self.lead(line, C.REFUSED)

    def case_withdraw(self, order: Order, line: Line, case: Any) -> None:
        case["besides"] = 0
        self.finish(order, line, 0)

    def case_send_back(self, _order: Order, line: Line, case: Any) -> None:
        case["sent"] = True
        self.lead(line, C.COMING_BACK)

    def case_confirm_back(self, order: Order, line: Line, case: Any) -> None:
        self.finish(order, line, self.owed(case))

    def case_contest(self, _order: Order, line: Line, case: Any) -> None:
        """Of what was sent by a decision both speak once more, and no earlier offer holds."""
        if case["decided"] is not None:
            case.update(again=self.now, spoke=set(), offer=None, by="")
        self.lead(line, C.TALKING)

    def case_escalate(self, _order: Order, line: Line, _case: Any) -> None:
        self.lead(line, C.TALKING)

    def case_offer(self, _order: Order, _line: Line, case: Any, by: str, share: int) -> None:
        case.update(offer=case["asked"] * share // 100, by=by)

    def case_agree(self, order: Order, line: Line, case: Any, by: str) -> bool:
        if case["by"] in ("", by):
            return False
        self.finish(order, line, case["offer"])
        return True

    def case_file(self, _order: Order, line: Line, case: Any, by: str) -> bool:
        if by in case["spoke"]:
            return False
        case["spoke"].add(by)
        if len(case["spoke"]) == 2:  # nobody in this town may judge
            self.lead(line, C.OPERATOR)
        return True

    def case_decide(
        self, order: Order, line: Line, case: Any, share: int, fake: bool, stays: bool
    ) -> None:
        back = case["asked"] * share // 100
        fake = fake and case["reason"] == Reason.FAKE
        besides = self.besides(order, line) if fake else 0
        case["stays"] = self.is_with_buyer(line, back) and (fake or stays)
        if case["appealed"]:
            case.update(decided=back, besides=besides)
            self.carry_out(order, line, back)
        else:
            self.decided(order, line, back, besides)

    def case_advance(self, order: Order, line: Line, case: Any) -> None:
        self.finish(order, line, case["decided"], advance=True)

    def case_appeal(self, _order: Order, line: Line, case: Any, new: bool) -> bool:
        if case["appealed"] or not new:
            return False
        case["appealed"] = True
        self.lead(line, C.OPERATOR)
        return True
