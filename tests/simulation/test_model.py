"""The same random commands on plain dicts and on PostgreSQL: after each, both say the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from goodword.care import actions as care
from goodword.care.models import Case
from goodword.care.states import CHOSEN, Reason
from goodword.kit.errors import Refused
from goodword.kit.money import Money
from goodword.money.banking import claims, deposit, payouts
from goodword.money.models import Claim
from goodword.orders import actions as orders
from goodword.orders.models import Handover, OrderLine
from goodword.shop.actions import Item
from goodword.shop.models import Variant

from ..conftest import DEEP
from .engine import Engine
from .lives import ADDRESS, NUMBERS
from .model import DAY, HOUR, MINUTE
from .model_cases import BEFORE, WithCases
from .people import NOW, Town

COMMANDS = 1200 if DEEP else 260
METHODS = ("card", "card", "card", "pending", "declined", "closed", "slow_refund")
WAITS = (MINUTE, 16 * MINUTE, 5 * HOUR, 2 * DAY, 2 * DAY, 4 * DAY, 8 * DAY)
REASONS = list(Reason)
BALANCES = """
SELECT a.kind, coalesce(a."order", a.holder_id), a.gateway, a.currency,
       sum(e.direction * e.amount) * CASE WHEN a.kind = 'gateway' THEN 1 ELSE -1 END
  FROM money_account a JOIN money_entry e ON e.account_id = a.id GROUP BY a.id"""


class Both(Engine):
    """Does everything twice: to rows and to dicts."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, now=NOW)
        self.faults.calm = True
        self.payouts: list[Any] = []

    def open(self) -> None:
        self.town = Town.founded(sellers=3, buyers=2, jurors=0)
        self.ids: dict[str, UUID] = {}  # of orders, by the model's name
        self.names = {id_: member.handle for id_, member in self.town.members.items()}
        self.by_name = {member.handle: member for member in self.town.members.values()}
        self.variants = {
            f"{number}": one
            for number, one in enumerate(row for rows in self.town.goods.values() for row in rows)
        }
        self.model = WithCases(NOW, {name: good(one) for name, one in self.variants.items()})

    def both(self, what: str, real: Callable[..., Any], expected: bool | None) -> Any:
        """The verb on the rows; whether it was done is what the model has said."""
        answer, _done = self.step(what, real)
        done = not isinstance(answer, Refused)
        assert expected is None or done is expected, (what, answer, expected)
        self.work(self.now)
        return answer if done else None

    # Commands, each with what it needs drawn by lot

    def order(self) -> None:
        name, buyer = f"{len(self.ids)}", self.dice.choice(self.town.buyers)
        seller = self.dice.choice(self.town.sellers)
        mine = [key for key, one in self.variants.items() if one.listing.seller_id == seller.id]
        chosen = self.dice.sample(mine, self.dice.randint(1, 3))
        wanted = {good: self.dice.randint(1, 2) for good in chosen}
        method = self.dice.choice((None, *METHODS))
        asked = {
            "buyer": buyer, "address": ADDRESS, "key": name,
            "items": [Item(self.variants[good].id, number) for good, number in wanted.items()],
        }  # fmt: skip

        def real(now: Any) -> Any:
            if method is None:
                return orders.place(**asked, now=now)
            return [one.order for one in orders.place_and_pay(**asked, method=method, now=now)]

        done = self.model.place(name, buyer.handle, wanted, method)
        made = self.both("order", real, done)
        if made:
            self.ids[name] = made[0].id

    def wait(self) -> None:
        until = self.now + self.dice.choice(WAITS)
        self.work(until)
        self.model.wait(until)

    def about_order(self) -> None:
        name = self.some()
        buyer, seller = self.parties(name)
        verb = self.dice.choice((
            "pay", "ship", "ship", "ship", "confirm", "confirm", "extend", "cancel", "keep",
            "ask_to_cancel", "hand_over",
        ))  # fmt: skip
        given: dict[str, Any] = {"order": self.ids[name]}
        if verb == "pay":
            method = self.dice.choice(METHODS)
            expected = self.model.pay(name, method) or None
            asked = {"buyer": buyer, "method": method, "key": f"try/{self.steps}"}
        elif verb == "ship":
            carrier = self.dice.choice(("sf", "ems"))
            expected = self.model.ship(name, carrier)
            asked = {"seller": seller, "carrier": carrier, "number": NUMBERS[carrier]}
        elif verb == "cancel":
            by_buyer = self.chance(0.5)
            expected = self.model.cancel(name, by_buyer)
            asked = {"member": buyer if by_buyer else seller}
        elif verb == "hand_over":
            self.step("code", lambda now: orders.make_code(buyer=buyer, now=now, **given))
            row = Handover.objects.filter(order=given["order"]).first()
            expected = self.model.hand_over(name)
            asked = {"seller": seller, "code": row.code if row else "000000"}
        else:
            expected = getattr(self.model, verb)(name)
            asked = {"seller": seller} if verb == "keep" else {"buyer": buyer}
        self.both(verb, lambda now: getattr(orders, verb)(**given, **asked, now=now), expected)

    def open_case(self) -> None:
        name = self.some()
        line, number = self.line(name)
        reason = self.dice.choice(REASONS)
        asked = {"buyer": self.parties(name)[0], "order": self.ids[name], "line": line.id}
        self.both(
            "open a case",
            lambda now: care.open_case(**asked, reason=reason, words="It broke.", now=now),
            self.model.open_case(name, number, reason),
        )

    def about_case(self) -> None:
        open_ = [
            (name, number)
            for name, order in self.model.orders.items()
            for number, line in enumerate(order["lines"]) if line["case"]
        ]  # fmt: skip
        if not open_:
            return
        name, number = self.dice.choice(open_)
        buyer, seller = self.parties(name)
        line = list(OrderLine.objects.filter(order=self.ids[name]).order_by("id"))[number]
        case = Case.objects.get(line=line, ended_at=None)
        state = self.model.orders[name]["lines"][number]["case"]["state"]
        may = [verb for verb, before in BEFORE.items() if state in before and verb != "withdraw"]
        verb = self.dice.choice(may if may and self.chance(0.8) else list(BEFORE))
        by = self.dice.choice(("buyer", "seller"))
        share, fake = self.dice.choice((0, 33, 50, 100, 100)), self.chance(0.5)
        stays = self.dice.choice((None, None, *CHOSEN))
        new = self.chance(0.7)
        amount = Money(case.asked_minor * share // 100, case.currency)
        party = {"member": buyer if by == "buyer" else seller}
        asked: dict[str, Any] = {
            "accept": {"seller": seller, "address": "Lane 3"},
            "refuse": {"seller": seller, "words": "No."},
            "withdraw": {"buyer": buyer}, "escalate": {"buyer": buyer},
            "send_back": {"buyer": buyer, "carrier": "sf", "number": NUMBERS["sf"]},
            "say_where": {"seller": seller, "address": "Lane 3"},
            "confirm_back": {"seller": seller}, "contest": {"seller": seller, "words": "No."},
            "advance": {"operator": self.town.operator}, "offer": {**party, "amount": amount},
            "agree": {**party, "minor": case.offer_minor or 0},
            "file": {**party, "words": "So."},
            "appeal": {**party, "new": "Look at the slip." if new else "It broke."},
            "decide": {"operator": self.town.operator, "amount": amount, "words": "So.",
                       "is_fake": fake, "stays": stays},
        }[verb]  # fmt: skip
        said: dict[str, Any] = {
            "offer": {"by": by, "share": share}, "agree": {"by": by}, "file": {"by": by},
            "appeal": {"new": new}, "decide": {"share": share, "fake": fake, "stays": bool(stays)},
        }.get(verb, {})  # fmt: skip
        expected = self.model.about(name, number, verb, **said)
        self.both(verb, lambda now: getattr(care, verb)(case=case.id, **asked, now=now), expected)

    def purse(self) -> None:
        """A seller's balance: to her bank, into her deposit, out of it, or to a buyer."""
        who = self.dice.choice(self.town.sellers)
        currency = self.variants_of(who)[0].listing.currency
        amount = self.dice.choice((1, 5_000, 50_000))
        sum_, key = Money(amount, currency), f"purse/{self.steps}"
        asked: dict[str, Any] = {"seller": who.id, "key": key}
        match self.dice.choice(
            ("payout", "payout", "end", "top up", "take out", "compensate", "claims")
        ):
            case "payout":
                part = None if self.chance(0.5) else amount
                done = self.model.spend(who.handle, currency, part, "payout")
                asked |= {"currency": currency, "amount": None if part is None else sum_}
                made = self.both("payout", lambda now: payouts.ask_payout(**asked, now=now), done)
                self.payouts += [made] if made else []
            case "end" if self.payouts:
                row, paid = self.payouts.pop(), self.chance(0.5)
                end = {"payout": row.id, "operator": self.town.operator.id}
                self.model.end_payout(self.names[row.seller_id], row.currency, row.amount, paid)
                verb = payouts.confirm_payout if paid else payouts.return_payout
                end |= {"reference": "B"} if paid else {"reason": "no"}
                self.both("payout ends", lambda now: verb(**end, now=now), True)
            case "top up":
                done = self.model.spend(who.handle, currency, amount, "deposit")
                asked["amount"] = sum_
                self.both("top up", lambda now: deposit.top_up(**asked, now=now), done)
            case "take out":
                done = self.model.take_out(who.handle, currency, amount)
                asked["amount"] = sum_
                self.both("take out", lambda now: deposit.take_out(**asked, now=now), done)
            case "compensate":
                self.compensate(amount)
            case "claims":
                self.model.pay_due(who.handle, currency)
                owes = {"seller": who.id, "currency": currency}
                self.both("claims", lambda now: claims.pay_due(**owes, now=now), True)

    def compensate(self, amount: int) -> None:
        name, below_zero = self.some(), self.chance(0.5)
        buyer, seller = self.parties(name)
        asked = {
            "seller": seller.id, "buyer": buyer.id, "order": self.ids[name], "reason": "fake",
            "amount": Money(amount, self.model.orders[name]["currency"]), "key": f"c/{self.steps}",
            "actor": None, "below_zero": below_zero,
        }  # fmt: skip
        done = self.model.compensate(name, amount, below_zero)
        self.both("compensate", lambda now: deposit.compensate(**asked, now=now), done)

    # Help

    def some(self) -> str:
        """An order's name, mostly of one that is still open."""
        still = [
            name for name, order in self.model.orders.items()
            if any(line["state"] not in ("completed", "expired", "cancelled", "refunded")
                   for line in order["lines"])
        ]  # fmt: skip
        return self.dice.choice(still if still and self.chance(0.9) else list(self.ids))

    def parties(self, name: str) -> tuple[Any, Any]:
        order = self.model.orders[name]
        return self.by_name[order["buyer"]], self.by_name[order["seller"]]

    def line(self, name: str) -> tuple[OrderLine, int]:
        lines = list(OrderLine.objects.filter(order=self.ids[name]).order_by("id"))
        number = self.dice.randrange(len(lines))
        return lines[number], number

    def variants_of(self, seller: Any) -> list[Variant]:
        return self.town.goods[seller.id]

    def compare(self) -> None:
        """Balances by account and currency, what each order holds, every line's state, stock."""
        names = {**self.names, **{id_: name for name, id_ in self.ids.items()}}
        with connection.cursor() as cursor:
            cursor.execute(BALANCES)
            found = {
                (kind, gateway or names.get(whose, ""), currency): int(sum_)
                for kind, whose, gateway, currency, sum_ in cursor.fetchall() if sum_
            }  # fmt: skip
        assert found == {key: sum_ for key, sum_ in self.model.accounts.items() if sum_}
        states: dict[UUID, list[str]] = {}
        for order, state in OrderLine.objects.order_by("id").values_list("order", "state"):
            states.setdefault(order, []).append(state)
        for name, order in self.model.orders.items():
            assert states[self.ids[name]] == [line["state"] for line in order["lines"]], name
        stock = dict(Variant.objects.values_list("id", "stock"))
        for name, one in self.variants.items():
            assert stock[one.id] == self.model.goods[name]["stock"]
        owed = Claim.objects.exclude(state__in=("paid", "lifted")).values_list("amount", "paid")
        assert sorted(amount - paid for amount, paid in owed) == sorted(
            claim["rest"] for claim in self.model.claims.values() if claim["rest"]
        )
        cases = dict(Case.objects.filter(ended_at=None).values_list("line", "state"))
        assert sorted(cases.values()) == sorted(
            line["case"]["state"]
            for order in self.model.orders.values() for line in order["lines"] if line["case"]
        )  # fmt: skip


def good(one: Variant) -> dict[str, Any]:
    listing = one.listing
    return {
        "seller": listing.seller.handle, "price": one.price_minor, "currency": listing.currency,
        "listing": str(listing.id), "shipping": listing.shipping_minor or 0,
        "returns": listing.returns_days, "stock": one.stock,
    }  # fmt: skip


@pytest.mark.timeout(3600 if DEEP else 600)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(8 if DEEP else 1))
def test_the_dicts_and_the_database_agree(seed):
    both = Both(seed)
    commands = (
        both.order,
        both.wait,
        both.about_order,
        both.open_case,
        both.about_case,
        both.purse,
    )
    with both.world():
        both.open()
        both.order()
        for _command in range(COMMANDS):
            command = both.dice.choices(commands, (3, 4, 6, 2, 6, 2))[0]
            try:
                command()
                both.compare()
            except BaseException as fault:
                fault.add_note("\n".join(both.lately))
                raise
        both.work(both.now + timedelta(days=200))
        both.model.wait(both.now)
        both.compare()
