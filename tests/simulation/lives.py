"""The life of each order: what its buyer and seller do next, by what they see of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodword.care import actions as care
from goodword.care.states import Reason
from goodword.kit.rows import find
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.gateways.transfer.references import reference_of
from goodword.money.queries import PaymentView
from goodword.money.states import PaymentState
from goodword.orders import actions as orders
from goodword.orders.addresses import Address
from goodword.orders.models import Handover, Order
from goodword.orders.refusals import KeyReused
from goodword.people.models import Member
from goodword.shop.actions import Item

from .books import Line, must
from .cases import Cases

ADDRESS = Address(
    name="王芳", phone="13800138000", region="CN-ZJ", city="杭州市西湖区", street="龙井路 1 号"
)
NUMBERS = {"sf": "SF1234567890123", "ems": "EE123456785CN", "yunda": "4312345678901"}
HOUR, DAY = 60, 24 * 60  # in minutes
CARDS = {
    "card": 30, "pending": 6, "step_up": 6, "declined": 4, "declined_later": 2, "duplicate": 3,
    "out_of_order": 3, "late": 2, "race": 2, "short": 2, "reversed": 2, "forged": 1, "lost": 4,
    "down": 4, "away": 2, "closed": 3, "slow_refund": 3, "refund_bounces": 3, "expired": 1,
}  # fmt: skip
BY_BANK = 0.08


@dataclass(slots=True)
class Life:
    order: UUID
    buyer: Member
    seller: Member
    asked: bool = False  # the seller was asked to call it off


class Lives(Cases):
    """Buyers order, pay and wait; sellers ship or forget. What they do is drawn by lot."""

    lives: dict[UUID, Life]

    # Ordering

    def shop_around(self, number: int) -> None:
        """A buyer with a cart, of up to three sellers."""
        buyer = self.dice.choice(self.town.buyers)
        sellers = self.dice.sample(self.town.sellers, self.dice.choice((1, 1, 1, 2, 3)))
        items = [
            Item(variant.id, self.dice.randint(1, 2))
            for seller in sellers
            for variant in self.dice.sample(
                self.town.goods[seller.id], self.dice.choice((1, 1, 2, 3))
            )
        ]
        by_bank = self.chance(BY_BANK)
        method = "transfer" if by_bank else self.card()
        asked = {
            "buyer": buyer, "items": items, "address": ADDRESS, "key": f"cart/{number}",
        }  # fmt: skip
        if self.chance(0.15):
            self.only_place(asked)
        else:
            self.check_out({**asked, "method": method, "gateway": "bank" if by_bank else ""}, [])

    def card(self) -> str:
        return self.dice.choices(list(CARDS), list(CARDS.values()))[0]

    def check_out(self, asked: dict[str, Any], before: list[UUID]) -> None:
        """Order and pay in one go; whoever gets no answer, or taps twice, asks again."""
        found, answered = self.step(
            "check out", lambda now: orders.place_and_pay(**asked, now=now), before
        )
        made = self.made(asked)
        must(not before or set(before) <= set(made), "a key made other orders the second time")
        if isinstance(found, list):
            for one in found:
                self.paid_or_not(one.payment)
        if self.chance(0.7 if not answered else 0.04):
            self.later(self.between(0, 8), lambda: self.check_out(asked, made))
        if made and self.chance(0.02):
            other = {**asked, "note": "another wish"}
            answer, _done = self.step(
                "reuse a key", lambda now: orders.place_and_pay(**other, now=now), made
            )
            must(answer is None or isinstance(answer, KeyReused), "a key was used twice")

    def only_place(self, asked: dict[str, Any]) -> None:
        self.step("place", lambda now: orders.place(**asked, now=now))
        self.made(asked)

    def made(self, asked: dict[str, Any]) -> list[UUID]:
        """The orders of that key; those that are new begin their lives."""
        orders_ = find(Order, buyer_id=asked["buyer"].id, key=asked["key"])
        if fresh := [one for one in orders_ if one.id not in self.lives]:
            self.look([one.id for one in fresh])
        for one in fresh:
            self.lives[one.id] = Life(one.id, asked["buyer"], self.town.members[one.seller_id])
            self.decide_later(one.id, 1, 9)
        return [one.id for one in orders_]

    def pay(self, life: Life) -> None:
        by_bank = self.chance(BY_BANK)
        asked = {
            "buyer": life.buyer, "order": life.order, "key": f"try/{self.steps}",
            "method": "transfer" if by_bank else self.card(),
            "gateway": "bank" if by_bank else "sandbox",
        }  # fmt: skip
        seen = self.do("pay", orders.pay, life.order, **asked)
        if isinstance(seen, PaymentView):
            self.paid_or_not(seen)

    def paid_or_not(self, seen: PaymentView | None) -> None:
        """The buyer goes on: to her bank's page, or to her bank."""
        if seen is None or seen.state != PaymentState.STEP_UP:
            return
        if seen.gateway == "bank":
            self.transfer(seen)
        elif self.chance(0.85):
            approve, key = self.chance(0.8), str(seen.id)
            self.later(
                self.between(1, 25),
                lambda: (
                    self.step(
                        "confirm at the bank",
                        lambda _now: Sandbox().confirm(key, approve=approve),
                        [seen.order],
                    )
                    and None
                ),
            )

    def transfer(self, seen: PaymentView) -> None:
        """The right sum at the right time, mostly."""
        fate = self.dice.choices(
            ("right", "never", "short", "more", "twice", "late"), (70, 6, 6, 6, 6, 6)
        )[0]
        if fate == "never":
            return
        amount = seen.amount.minor + {"short": -100, "more": 250}.get(fate, 0)
        wait = self.between(1.5 * DAY, 3 * DAY) if fate == "late" else self.between(60, 22 * HOUR)
        reference = reference_of(str(seen.id))
        for _time in range(2 if fate == "twice" else 1):
            self.later(
                wait, lambda: self.bank.comes(seen.amount.currency, amount, reference, seen.order)
            )

    # Deciding

    def decide_later(self, order: UUID, least: float, most: float) -> None:
        self.later(self.between(least, most), lambda: self.decide(order))

    def decide(self, order: UUID) -> None:
        """One of the two does something about a line that is still open, or nobody does."""
        life = self.lives[order]
        still = [line for line in self.books.seen[order] if line.is_open]
        if not still:
            return
        line = self.dice.choice(still)
        if line.case is not None:
            wait = self.about_case(life, line)
        else:
            wait = getattr(self, f"when_{line.state}")(life, line)
        self.decide_later(order, *wait)

    def when_awaiting_payment(self, life: Life, _line: Line) -> tuple[float, float]:
        self.lot(
            (60, lambda: self.pay(life)),
            (8, lambda: self.cancel(life, life.buyer)),
            (5, lambda: self.cancel(life, life.seller)),
            (27, self.nobody),
        )
        return 2, 2 * HOUR

    def when_held(self, life: Life, line: Line) -> tuple[float, float]:
        alone = [UUID(line.id)] if self.chance(0.45) else None
        self.lot(
            (55, lambda: self.ship(life, alone)),
            (9, lambda: self.hand_over(life)),
            (8, lambda: self.cancel(life, life.seller, alone)),
            (6, lambda: self.cancel(life, life.buyer, alone)),
            (
                10,
                lambda: self.do(
                    "ask to cancel", orders.ask_to_cancel, life.order, buyer=life.buyer
                ),
            ),
            (4, lambda: self.do("keep", orders.keep, life.order, seller=life.seller)),
            (8, self.nobody),
        )
        return HOUR, 4 * DAY

    def when_shipped(self, life: Life, line: Line) -> tuple[float, float]:
        alone = [UUID(line.id)] if self.chance(0.45) else None
        self.lot(
            (45, lambda: self.confirm(life, alone)),
            (7, lambda: self.do("extend", orders.extend, life.order, buyer=life.buyer)),
            (22, lambda: self.open_case(life, line)),
            (26, self.nobody),
        )
        return DAY, 9 * DAY

    def when_handed_over(self, life: Life, line: Line) -> tuple[float, float]:
        self.lot(
            (40, lambda: self.confirm(life, None)), (20, lambda: self.open_case(life, line)),
            (40, self.nobody),
        )  # fmt: skip
        return 2 * HOUR, DAY

    def when_received(self, life: Life, line: Line) -> tuple[float, float]:
        self.lot((25, lambda: self.open_case(life, line)), (75, self.nobody))
        return DAY, 8 * DAY

    def when_released(self, life: Life, line: Line) -> tuple[float, float]:
        self.lot((15, lambda: self.open_case(life, line)), (85, self.nobody))
        return 4 * DAY, 12 * DAY

    # Doing

    def cancel(self, life: Life, member: Member, lines: list[UUID] | None = None) -> None:
        self.do("cancel", orders.cancel, life.order, member=member, lines=lines)

    def confirm(self, life: Life, lines: list[UUID] | None) -> None:
        self.do("confirm", orders.confirm, life.order, buyer=life.buyer, lines=lines)

    def ship(self, life: Life, lines: list[UUID] | None) -> None:
        carrier = self.dice.choice(list(NUMBERS))
        asked = {"seller": life.seller, "carrier": carrier, "number": NUMBERS[carrier]}
        parcel = self.do("ship", orders.ship, life.order, lines=lines, **asked)
        if parcel is not None and self.chance(0.08):
            asked |= {"carrier": "ems", "number": NUMBERS["ems"], "shipment": parcel.id}
            self.later(
                self.between(1, DAY),
                lambda: self.do("correct", orders.correct, life.order, **asked) and None,
            )

    def hand_over(self, life: Life) -> None:
        """The buyer shows her code, the seller types it; sometimes another one."""
        self.do("make a code", orders.make_code, life.order, buyer=life.buyer)
        row = Handover.objects.filter(order=life.order).first()
        code = "000000" if row is None or self.chance(0.15) else row.code
        self.do("hand over", orders.hand_over, life.order, seller=life.seller, code=code)

    def open_case(self, life: Life, line: Line) -> None:
        reason = self.dice.choice(list(Reason))
        asked = {"buyer": life.buyer, "line": UUID(line.id), "reason": reason, "words": "It broke."}
        self.do("open a case", care.open_case, life.order, **asked)
