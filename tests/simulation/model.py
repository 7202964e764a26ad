"""Orders and their money once more, as plain dicts: what PostgreSQL has to agree with.

Written from docs and house rules, with none of the app's own: no lock, no row, no framework.
Amounts are minor units, times UTC. A verb answers whether it was done.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from goodword.orders.states import LineState as S

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAY, SHIP, NEVER_SHIPPED, ANSWER = 15 * MINUTE, 48 * HOUR, 14 * DAY, 48 * HOUR
ON_ITS_WAY = {"sf": 10 * DAY, "ems": 30 * DAY}
EXTENSION, BY_HAND, NEW_SELLER, AFTER_SALE = 7 * DAY, 24 * HOUR, 7 * DAY, 15 * DAY
NEW_BELOW = 3  # completed orders
RESERVE, RESERVE_FOR = 10, 30 * DAY
PENDING, SLOW_REFUND = 30 * timedelta(seconds=1), MINUTE
OFF = {S.EXPIRED, S.CANCELLED, S.REFUNDED}
ENDED = OFF | {S.COMPLETED}
Line = dict[str, Any]
Order = dict[str, Any]


def cut(whole: int, shares: list[int]) -> list[int]:
    """By largest remainder; of equal ones, the first."""
    total = sum(shares)
    parts = [whole * share // total for share in shares]
    rests = sorted(range(len(shares)), key=lambda n: (-(whole * shares[n] % total), n))
    for n in rests[: whole - sum(parts)]:
        parts[n] += 1
    return parts


def fee_of(amount: int, currency: str) -> int:
    """5 percent; in euro 3.33 percent and 7 cents."""
    if currency == "EUR":
        return min(amount, cut(amount, [9_667, 333])[1] + 7)
    return cut(amount, [95, 5])[1]


class Model:
    def __init__(self, now: datetime, goods: dict[str, dict[str, Any]]) -> None:
        """`goods` by name: seller, price, currency, listing, shipping, returns (days), stock."""
        self.now = now
        self.goods = goods
        self.orders: dict[str, Order] = {}
        self.accounts: dict[tuple[str, str, str], int] = defaultdict(int)
        self.earned: dict[tuple[str, str], list[tuple[datetime, int]]] = defaultdict(list)
        self.later: list[tuple[datetime, int, Any]] = []
        self.completed: dict[str, int] = defaultdict(int)
        self.opened = 0  # cases
        self.claims: dict[str, dict[str, Any]] = {}  # the oldest first

    # Money

    def move(self, currency: str, *sides: tuple[str, str, int]) -> None:
        """Kind, whose, how much more stands there; what a gateway has counts the other way."""
        assert sum(n if kind == "gateway" else -n for kind, _who, n in sides) == 0
        for kind, who, amount in sides:
            self.accounts[kind, who, currency] += amount

    def capture(self, order: Order) -> None:
        whole = sum(line["total"] for line in order["lines"])
        self.move(
            order["currency"], ("gateway", "sandbox", whole), ("escrow", order["name"], whole)
        )
        fees = cut(fee_of(whole, order["currency"]), [line["total"] for line in order["lines"]])
        for line, fee in zip(order["lines"], fees, strict=True):
            line.update(captured=line["total"], fee=fee, state=S.HELD, paid=self.now)

    @staticmethod
    def kept(line: Line, more: int = 0) -> int:
        back = line["refunded"] + more
        return cut(line["fee"], [line["captured"] - back, back])[0]

    @staticmethod
    def held(line: Line) -> int:
        return line["captured"] - line["released"] - line["refunded"]

    def release(self, order: Order, line: Line) -> None:
        left, fee = self.held(line), self.kept(line)
        self.move(
            order["currency"], ("escrow", order["name"], -left),
            ("payable", order["seller"], left - fee), ("fees", "", fee),
        )  # fmt: skip
        self.earned[order["seller"], order["currency"]].append((self.now, left - fee))
        line["released"] += left

    def give_back(self, order: Order, line: Line, amount: int) -> None:
        self.move(
            order["currency"],
            ("escrow", order["name"], -amount),
            ("refund", order["buyer"], amount),
        )
        line["refunded"] += amount
        self.send_back(order, amount)

    def take_back(self, order: Order, line: Line, amount: int, below_zero: bool = False) -> bool:
        fee = self.kept(line) - self.kept(line, amount)
        who, currency = order["seller"], order["currency"]
        parts = self.out_of(who, currency, amount - fee, ("payable", "reserve", "deposit"))
        missing = amount - fee - sum(parts.values())
        if missing and not below_zero:
            return False
        parts["payable"] += missing
        self.move(
            currency, *((kind, who, -part) for kind, part in parts.items()), ("fees", "", -fee),
            ("escrow", order["name"], amount),
        )  # fmt: skip
        self.earned[who, currency].append((self.now, -parts["payable"]))
        line["released"] -= amount
        self.give_back(order, line, amount)
        return True

    def out_of(
        self, who: str, currency: str, amount: int, kinds: tuple[str, ...]
    ) -> dict[str, int]:
        """What each of the accounts gives of it, in their order, as far as they reach."""
        parts = {}
        for kind in kinds:
            parts[kind] = min(amount, max(0, self.accounts[kind, who, currency]))
            amount -= parts[kind]
        return parts

    def send_back(self, order: Order, amount: int) -> None:
        """As the card does: at once, after a minute, or never."""

        def sent() -> None:
            self.move(
                order["currency"],
                ("refund", order["buyer"], -amount),
                ("gateway", "sandbox", -amount),
            )

        if order["method"] == "slow_refund":
            self.plan(SLOW_REFUND, sent)
        elif order["method"] != "closed":
            sent()

    # Time

    def plan(self, wait: timedelta, act: Any) -> None:
        self.later.append((self.now + wait, len(self.later), act))

    def wait(self, until: datetime) -> None:
        """Everything that happens by itself, one after another."""
        while due := min(self.coming(until), key=lambda one: one[0], default=None):
            at, act = due
            self.now = max(self.now, at)
            act()
        self.now = until

    def coming(self, until: datetime) -> Iterable[tuple[datetime, Any]]:
        for planned in self.later:
            if planned[0] <= until:
                yield planned[0], lambda planned=planned: (self.later.remove(planned), planned[2]())
        for order in self.orders.values():
            for line in order["lines"]:
                for at, act in self.clocks(order, line):
                    if at <= until:
                        yield at, act

    def clocks(self, order: Order, line: Line) -> Iterable[tuple[datetime, Any]]:
        if case := line["case"]:
            yield case["due"], lambda: self.silence(order, line)
        elif line["state"] == S.AWAITING_PAYMENT:
            yield order["placed"] + PAY, lambda: self.end_unpaid(order, S.EXPIRED)
        elif line["state"] == S.HELD:
            yield line["paid"] + NEVER_SHIPPED, lambda: self.call_off(order, [line], S.REFUNDED)
            if line["asked"] and not line["kept"]:
                yield line["asked"] + ANSWER, lambda: self.call_off(order, [line], S.CANCELLED)
        elif line["state"] == S.SHIPPED:
            wait = ON_ITS_WAY[line["carrier"]] + EXTENSION * line["extended"] + line["stood"]
            yield line["shipped"] + wait, lambda: self.receive(order, line)
        elif line["state"] == S.HANDED_OVER:
            yield line["shipped"] + BY_HAND + line["stood"], lambda: self.receive(order, line)
        elif line["state"] == S.RECEIVED:
            wait = NEW_SELLER * order["new"] + line["stood"]
            yield line["received"] + wait, lambda: self.settle(order, line)
        elif line["state"] == S.RELEASED:
            yield line["received"] + AFTER_SALE + line["stood"], lambda: self.complete(order, line)

    # An order

    def place(self, name: str, buyer: str, wanted: dict[str, int], method: str | None) -> bool:
        """One seller's goods by name and number; `method` None leaves it unpaid."""
        if any(self.goods[good]["stock"] < number for good, number in wanted.items()):
            return False
        lines, sent = [], set()
        for good, number in wanted.items():
            it = self.goods[good]
            it["stock"] -= number
            shipping = 0 if it["listing"] in sent else it["shipping"]
            sent.add(it["listing"])
            goods = it["price"] * number
            lines.append({
                "good": good, "number": number, "goods": goods, "shipping": shipping,
                "total": goods + shipping, "parcel": it["listing"], "returns": it["returns"],
                "state": S.AWAITING_PAYMENT, "captured": 0, "released": 0, "refunded": 0, "fee": 0,
                "paid": None, "shipped": None, "received": None, "carrier": "", "extended": False,
                "asked": None, "kept": False, "stood": timedelta(0), "case": None, "past": [],
            })  # fmt: skip
        order = self.orders[name] = {
            "name": name, "buyer": buyer, "seller": it["seller"], "currency": it["currency"],
            "placed": self.now, "lines": lines, "method": method,
            "new": self.completed[it["seller"]] < NEW_BELOW, "done": False,
        }  # fmt: skip
        if method:
            self.charge(order, method)
        return True

    def pay(self, name: str, method: str) -> bool:
        order = self.orders[name]
        waits = order["lines"][0]["state"] == S.AWAITING_PAYMENT
        if not waits or self.now >= order["placed"] + PAY or order.get("pending"):
            return False
        order["method"] = method
        self.charge(order, method)
        return True

    def charge(self, order: Order, method: str) -> None:
        if method == "pending":
            order["pending"] = True
            self.plan(PENDING, lambda: order["pending"] and self.arrive(order))
        elif method != "declined":
            self.capture(order)

    def arrive(self, order: Order) -> None:
        order["pending"] = False
        self.capture(order)

    def end_unpaid(self, order: Order, state: S) -> None:
        order["pending"] = False  # and the gateway, asked to, calls it off
        for line in order["lines"]:
            line["state"] = state
            self.goods[line["good"]]["stock"] += line["number"]

    def call_off(self, order: Order, lines: list[Line], state: S) -> None:
        needed = {
            one["parcel"] for one in order["lines"] if one not in lines and one["state"] not in OFF
        }
        for line in lines:
            self.give_back(order, line, line["goods" if line["parcel"] in needed else "total"])
            line["state"] = state
            self.goods[line["good"]]["stock"] += line["number"]
        self.square(order)

    def square(self, order: Order) -> None:
        """The shipping that called-off lines left goes to whom the parcel's other lines say."""
        for line in order["lines"]:
            if line["state"] in OFF and self.held(line):
                states = {x["state"] for x in order["lines"] if x["parcel"] == line["parcel"]}
                if states & {S.RELEASED, S.COMPLETED}:
                    self.release(order, line)
                elif states <= OFF:
                    self.give_back(order, line, self.held(line))

    def receive(self, order: Order, line: Line) -> None:
        line.update(state=S.RECEIVED, received=self.now, stood=timedelta(0))
        if not order["new"]:
            self.settle(order, line)

    def settle(self, order: Order, line: Line) -> None:
        self.release(order, line)
        line["state"] = S.RELEASED
        self.square(order)

    def complete(self, order: Order, line: Line) -> None:
        line["state"] = S.COMPLETED
        if not order["done"]:
            order["done"] = True
            self.completed[order["seller"]] += 1

    def cancel(self, name: str, by_buyer: bool) -> bool:
        order = self.orders[name]
        if order["lines"][0]["state"] == S.AWAITING_PAYMENT:
            self.end_unpaid(order, S.CANCELLED)
            return True
        lines = [
            line for line in order["lines"]
            if line["state"] == S.HELD and (not by_buyer or self.alone(line))
        ]  # fmt: skip
        if lines:
            self.call_off(order, lines, S.CANCELLED)
        return bool(lines)

    def alone(self, line: Line) -> bool:
        return self.now >= line["paid"] + SHIP

    def ask_to_cancel(self, name: str) -> bool:
        lines = self.which(name, S.HELD)
        lines = [one for one in lines if not one["asked"] and not self.alone(one)]
        for line in lines:
            line["asked"] = self.now
        return bool(lines)

    def keep(self, name: str) -> bool:
        lines = [one for one in self.which(name, S.HELD) if one["asked"] and not one["kept"]]
        for line in lines:
            line["kept"] = True
        return bool(lines)

    def ship(self, name: str, carrier: str) -> bool:
        lines = self.which(name, S.HELD)
        for line in lines:
            line.update(state=S.SHIPPED, shipped=self.now, carrier=carrier)
        return bool(lines)

    def hand_over(self, name: str) -> bool:
        lines = self.which(name, S.HELD)
        for line in lines:
            line.update(state=S.HANDED_OVER, shipped=self.now)
        return bool(lines)

    def extend(self, name: str) -> bool:
        lines = [one for one in self.which(name, S.SHIPPED) if not one["extended"]]
        for line in lines:
            line["extended"] = True
        return bool(lines)

    def confirm(self, name: str) -> bool:
        lines = [*self.which(name, S.SHIPPED), *self.which(name, S.HANDED_OVER)]
        for line in lines:
            self.receive(self.orders[name], line)
        return bool(lines)

    def which(self, name: str, state: S) -> list[Line]:
        return [
            one for one in self.orders[name]["lines"] if one["state"] == state and not one["case"]
        ]

    # A seller's money

    def available(self, who: str, currency: str) -> tuple[int, int]:
        """What she could have once the reserve is as it should be; and what that moves there."""
        since = self.now - RESERVE_FOR
        earned = sum(sum_ for at, sum_ in self.earned[who, currency] if at >= since)
        wanted = cut(earned, [100 - RESERVE, RESERVE])[1] if earned > 0 else 0
        there, kept = (
            self.accounts["payable", who, currency],
            self.accounts["reserve", who, currency],
        )
        step = min(wanted - kept, max(0, there))
        provided = max(0, self.accounts["deposit", who, currency]) + max(0, kept + step)
        return there - step - max(0, self.owes(who, currency) - provided), step

    def owes(self, who: str, currency: str, kind: str = "") -> int:
        """What is still open of what cases say that she owes, or of one kind of it."""
        return sum(
            claim["rest"] for claim in self.claims.values()
            if claim["whose"] == (who, currency) and kind in ("", claim["kind"])
        )  # fmt: skip

    def spend(self, who: str, currency: str, amount: int | None, to: str) -> bool:
        """Out of what is available (None: all of it), if it is there."""
        available, step = self.available(who, currency)
        amount = available if amount is None else amount
        if not 0 < amount <= available:
            return False
        self.move(currency, ("payable", who, -step), ("reserve", who, step))
        self.move(currency, ("payable", who, -amount), (to, who, amount))
        return True

    def take_out(self, who: str, currency: str, amount: int) -> bool:
        """Only when nothing she sold is unsettled or in a case, nor was settled within a month."""
        mine = [
            line
            for order in self.orders.values()
            if (order["seller"], order["currency"]) == (who, currency)
            for line in order["lines"]
        ]  # fmt: skip
        lately = any(
            sum_ > 0 and at > self.now - 30 * DAY for at, sum_ in self.earned[who, currency]
        )
        bound = any(self.held(line) or line["case"] for line in mine)
        if lately or bound or self.owes(who, currency):
            return False
        if not 0 < amount <= self.accounts["deposit", who, currency]:
            return False
        self.move(currency, ("deposit", who, -amount), ("payable", who, amount))
        return True

    def compensate(self, name: str, amount: int, below_zero: bool) -> bool:
        order = self.orders[name]
        seller, currency = order["seller"], order["currency"]
        parts = self.out_of(seller, currency, amount, ("deposit", "reserve", "payable"))
        missing = amount - sum(parts.values())
        if missing and not below_zero:
            return False
        parts["payable"] += missing
        gives = [(kind, seller, -part) for kind, part in parts.items()]
        self.move(currency, *gives, ("payable", order["buyer"], amount))
        return True

    def end_payout(self, who: str, currency: str, amount: int, paid: bool) -> None:
        to = ("gateway", "bank", -amount) if paid else ("payable", who, amount)
        self.move(currency, ("payout", who, -amount), to)
