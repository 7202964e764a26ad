"""The town's trade: bought, paid through the sandbox, shipped, confirmed; returns and quotes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from goodword.care import actions as care
from goodword.care.models import Case
from goodword.care.states import Reason
from goodword.kit.money import Money, allocate
from goodword.orders import actions as orders
from goodword.orders.actions.tracking import take_in
from goodword.orders.addresses import Address
from goodword.orders.gateways import Batch, Said, Source, Unread
from goodword.orders.models import Order
from goodword.orders.states import LineState, Scanned
from goodword.orders.words import AGREE
from goodword.people.models import Member
from goodword.shop import actions as shops
from goodword.shop.actions import Item
from goodword.shop.models import Quote

from ..town import shapes
from ..town.shapes import Text

STREETS = (
    ("CN-ZJ", Text("杭州市西湖区", "West Lake, Hangzhou"), Text("翠苑 12-401", "12 Cuiyuan, 401")),
    ("CN-ZJ", Text("杭州市拱墅区", "Gongshu, Hangzhou"), Text("柳巷 27 号", "27 Willow Lane")),
    ("CN-SH", Text("徐汇区", "Xuhui, Shanghai"), Text("永嘉路 388 号", "388 Yongjia Road")),
    ("CN-JS", Text("苏州市姑苏区", "Gusu, Suzhou"), Text("平江路 91 号", "91 Pingjiang Road")),
)  # fmt: skip
ABROAD = {
    "IT": ("IT", Text("米兰", "Milano"), Text("Via Vigevano 18", "Via Vigevano 18")),
    "NL": ("NL", Text("莱顿", "Leiden"), Text("Hooigracht 72", "Hooigracht 72")),
    "CZ": ("CZ", Text("布拉格", "Praha"), Text("Mánesova 41", "Mánesova 41")),
}
HOUR = timedelta(hours=1)
MOVING = Text("上海 转运中心", "Shanghai hub")
WAY = (  # of a parcel, so long after it was shipped
    (Scanned.ACCEPTED, 3 * HOUR, Text("杭州 柳巷", "Hangzhou, Willow Lane")),
    (Scanned.MOVING, 16 * HOUR, MOVING),
    (Scanned.OUT, 44 * HOUR, Text("派送中", "Out with the courier")),
)
CARRIERS = (("sf", "SF"), ("zto", ""), ("jt", "JT"))


@dataclass(slots=True)
class Trade:
    """The orders so far, by the script's keys. Acts take `now` as the stage's do."""

    members: dict[str, Member]
    listings: dict[str, UUID]
    variants: dict[tuple[str, str], UUID]
    language: str
    orders: dict[str, list[Order]] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    quotes: dict[str, UUID] = field(default_factory=dict)

    def buy(self, order: shapes.Order, key: str, paid: bool, *, now: datetime) -> None:
        buyer = self.members[order.buyer]
        items = [
            Item(variant=self.variants[line.listing, line.variant], quantity=line.quantity)
            for line in order.lines
        ]
        address = self.address(buyer)
        if paid:
            placed = orders.place_and_pay(
                buyer=buyer, items=items, address=address, key=key, method="card",
                agreed=str(AGREE), now=now,
            )  # fmt: skip
            self.orders[key] = [one.order for one in placed]
        else:
            self.orders[key] = orders.place(
                buyer=buyer, items=items, address=address, key=key, agreed=str(AGREE), now=now
            )

    def address(self, buyer: Member) -> Address:
        chance = Random(buyer.handle)  # noqa: S311
        region, city, street = ABROAD.get(buyer.region) or chance.choice(STREETS)
        return Address(
            name=buyer.display_name,
            phone=f"138{chance.randrange(10**8):08d}",
            region=region,
            city=city.said(self.language),
            street=street.said(self.language),
        )

    def cancel(self, key: str, *, now: datetime) -> None:
        for order in self.orders[key]:
            orders.cancel(member=self.seller(order), order=order.id, now=now)

    def ship(self, key: str, *, now: datetime) -> None:
        chance = Random(key)  # noqa: S311
        for order in self.orders[key]:
            if not order.lines.filter(state=LineState.HELD).exists():
                continue  # digital: delivered when it was paid
            carrier, prefix = chance.choice(CARRIERS)
            orders.ship(
                seller=self.seller(order), order=order.id, carrier=carrier,
                number=f"{prefix}{chance.randrange(10**12, 10**13)}", now=now,
            )  # fmt: skip

    def scan(self, keys: Sequence[str], *, now: datetime) -> None:
        """A carrier’s file of the day, with a number that nobody here typed and a broken row."""
        parcels = [
            one for key in keys for order in self.orders[key] for one in order.shipments.all()
        ]
        said = [
            Said(0, one.carrier, one.number, kind, at, place.said(self.language))
            for one in parcels
            for kind, after, place in WAY
            if (at := one.at + after) < now
        ]
        said.append(
            Said(0, "sf", "SF1400231907715", Scanned.MOVING, now - HOUR, MOVING.said(self.language))
        )
        batch = Batch(
            [replace(one, row=row) for row, one in enumerate(said, 2)],
            (Unread(len(said) + 2, "no_status", f"SF1400231907715,{now:%Y-%m-%d %H:%M},?"),),
        )
        take_in(Source(f"sf/{now:%Y-%m-%d}.csv", "1"), batch, now=now)

    def confirm(self, key: str, *, now: datetime) -> None:
        for order in self.orders[key]:
            if not order.lines.filter(state=LineState.SHIPPED).exists():
                continue  # digital: it counted as received before
            orders.confirm(buyer=self.by_id[order.buyer_id], order=order.id, now=now)

    def hand_over(self, key: str, *, now: datetime) -> None:
        for order in self.orders[key]:
            made = orders.make_code(buyer=self.by_id[order.buyer_id], order=order.id, now=now)
            orders.hand_over(seller=self.seller(order), order=order.id, code=made.code, now=now)

    def open_case(self, case: shapes.Case, key: str, *, now: datetime) -> None:
        order = self.orders[key][0]
        self.cases[key] = care.open_case(
            buyer=self.by_id[order.buyer_id], order=order.id, reason=Reason(case.reason),
            line=order.lines.order_by("id")[0].id, words=case.words.said(self.language), now=now,
        )  # fmt: skip

    def turn_case(self, turn: shapes.Turn, key: str, *, now: datetime) -> None:
        opened = self.cases[key]
        member = self.by_id[opened.buyer_id if turn.by == "buyer" else opened.seller_id]
        words = turn.words.said(self.language)
        asked: dict[str, Any] = {turn.by: member, "case": opened.id, "now": now}
        match turn.verb:
            case "accept":
                asked["address"] = words
            case "refuse":
                asked["words"] = words
            case "send_back":
                number = Random(key).randrange(10**12, 10**13)  # noqa: S311
                asked |= {"carrier": "sf", "number": f"SF{number}"}
            case "file":
                asked = {"member": member, "case": opened.id, "words": words, "now": now}
            case "offer":
                part, _rest = allocate(opened.asked, [turn.percent, 100 - turn.percent])
                asked = {"member": member, "case": opened.id, "amount": part, "now": now}
        getattr(care, turn.verb)(**asked)

    def ask_quote(self, quote: shapes.Quote, key: str, *, now: datetime) -> None:
        self.quotes[key] = shops.ask_quote(
            buyer=self.members[quote.buyer], listing=self.listings[quote.listing],
            wishes=[wish.said(self.language) for wish in quote.wishes],
            note=quote.note.said(self.language), now=now,
        ).id  # fmt: skip

    def answer_quote(self, quote: shapes.Quote, key: str, *, now: datetime) -> None:
        asked = Quote.objects.select_related("seller").get(id=self.quotes[key])
        shops.answer_quote(
            seller=asked.seller, quote=asked.id, price=Money(quote.price or 0, asked.currency),
            lead_days=quote.lead_days, valid_days=14, answer=quote.answer.said(self.language),
            now=now,
        )  # fmt: skip

    def seller(self, order: Order) -> Member:
        return self.by_id[order.seller_id]

    @property
    def by_id(self) -> dict[UUID, Member]:
        return {member.id: member for member in self.members.values()}
