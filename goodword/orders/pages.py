"""An order as one of its parties sees it: plain values, with every sentence in her language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.journal import queries as journal
from goodword.kit.money import Money, total
from goodword.money import queries as money
from goodword.money.gateways.base import Custodian
from goodword.money.invoices.queries import PaperView, papers
from goodword.money.queries import PaymentView, TransferView
from goodword.money.states import BANK, PaymentState, RefundState, TransferKind
from goodword.people.models import Member
from goodword.people.queries import members
from goodword.shop import regions
from goodword.shop.cards import Picture
from goodword.shop.sellers.queries import declared
from goodword.shop.sellers.rules import Declared
from goodword.shop.sellers.states import NUMBER_WORDS, Scheme

from . import cases, queries, rules, sealed, story, tracking, words
from . import goods as delivered
from .addresses import Address
from .cases import Note
from .foreseeing import Coming, coming
from .goods import Goods
from .models import Order, OrderLine, Shipment
from .states import CALLED_OFF, FINAL, REMIND_BEFORE, SOLD, LineState, Role, TimerKind, Verb, Words
from .tracking import Stop


@dataclass(frozen=True, slots=True)
class LineView:
    """One line with what was promised for it."""

    line: OrderLine

    @property
    def state(self) -> LineState:
        return LineState(self.line.state)

    @property
    def word(self) -> Words:
        return words.state(self.state, digital=self.line.is_digital)

    @property
    def tone(self) -> str:
        return words.TONES[self.state]

    @property
    def title(self) -> str:
        return str(self.line.snapshot["title"])

    @property
    def variant_name(self) -> str:
        return str(self.line.snapshot["variant_name"])

    @property
    def picture(self) -> Picture | None:
        return picture(self.line)

    @property
    def url(self) -> str:
        return f"/listings/{self.line.listing_id}"

    @property
    def goods(self) -> Money:
        return self.line.unit * self.line.quantity

    @property
    def business(self) -> dict[str, str] | None:
        """Name and number (with its word) of the business that promised it, as it was checked."""
        known = self.line.snapshot.get("business")
        return {**known, "word": str(NUMBER_WORDS[Scheme(known["scheme"])])} if known else None

    @property
    def seal(self) -> str:
        """How the house's signature stands: see `sealed.seal`."""
        return sealed.seal(self.line)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What happens by itself, when, and in which words for this viewer."""

    at: datetime
    kind: TimerKind
    sentence: Words

    @property
    def is_reminder(self) -> bool:
        return self.kind in REMIND_BEFORE


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the money is: how much, in a sentence, and at which of the three stops."""

    amount: Money
    sentence: str
    stop: int  # 0 with the buyer, 1 held, 2 with the seller
    custodian: Custodian
    way: list[TransferView]


@dataclass(frozen=True, slots=True)
class HandoverCode:
    """What the buyer shows when she is given the goods."""

    code: str
    until: datetime

    @property
    def spaced(self) -> str:
        return f"{self.code[:3]} {self.code[3:]}"


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Everything that one party may know of an order."""

    order: Order
    role: Role
    other: Member
    state: LineState
    lines: list[LineView]
    parcels: list[Shipment]
    ways: dict[UUID, list[Stop]]  # of each parcel, the newest first
    may: frozenset[Verb]
    next: Words
    ahead: list[Ahead]
    money: Whereabouts
    payment: PaymentView | None
    events: list[story.Event]
    address: Address | None  # the seller sees it once she has to ship
    papers: list[PaperView]
    cases: list[Note]  # what care says of the lines, and offers
    code: HandoverCode | None  # the buyer's, while it holds
    goods: dict[UUID, list[Goods]]  # what was delivered of digital lines, by line
    evidence: str  # where the file for an authority is
    declared: Declared  # what its seller has declared, or the house has checked, by today

    @property
    def may_ask_for_paper(self) -> bool:
        """The buyer, while something of it is hers for good and no paper was issued."""
        return self.is_buyer and not self.papers and any(one.state in SOLD for one in self.lines)

    @property
    def word(self) -> Words:
        return words.state(self.state, digital=self.is_digital)

    @property
    def is_digital(self) -> bool:
        """Whether nothing of it is sent."""
        return all(one.line.is_digital for one in self.lines)

    @property
    def to_deliver(self) -> list[LineView]:
        """Digital lines that wait for their seller's hand."""
        return [one for one in self.lines if one.line.is_digital and one.state == LineState.HELD]

    @property
    def track(self) -> tuple[Words, ...]:
        return words.track(digital=self.is_digital)

    @property
    def country(self) -> str:
        """The buyer's, where nothing more is known of where she is."""
        stored = self.order.address
        return regions.name(stored["region"]) if stored and not stored.get("street") else ""

    @property
    def tone(self) -> str:
        return words.TONES[self.state]

    @property
    def is_buyer(self) -> bool:
        return self.role == Role.BUYER

    @property
    def is_over(self) -> bool:
        return self.state in FINAL

    @property
    def reached(self) -> int | None:
        """Where the track stands; None when it ended without a sale."""
        return words.REACHED.get(self.state)

    @property
    def shipping(self) -> Money:
        return Money(self.order.shipping_minor, self.order.currency)

    @property
    def rows(self) -> list[tuple[str, str, datetime, str, str]]:
        """The story as its component takes it."""
        return [event.row for event in self.events]

    @property
    def asked_to_cancel(self) -> bool:
        return Verb.KEEP in self.may or any(
            one.line.cancel_asked_at and not one.line.kept_at and one.state == LineState.HELD
            for one in self.lines
        )


def picture(line: OrderLine) -> Picture | None:
    """The first picture that the listing had when it was ordered."""
    pictures = line.snapshot["pictures"]
    if not pictures:
        return None
    first = pictures[0]
    return Picture(first["id"], first["width"], first["height"], first["colour"], first["alt"])


def order_page(viewer: UUID, id_: UUID, *, now: datetime) -> OrderPage:
    """The order for one of its parties. Raises OrderMissing. Twelve statements at most."""
    order = queries.order(viewer, id_)
    lines = queries.lines(order)
    role = Role.BUYER if order.buyer_id == viewer else Role.SELLER
    other_id = order.seller_id if role == Role.BUYER else order.buyer_id
    other = members([other_id])[other_id]
    terms = order.holds
    payment = money.latest_payment(order.id)
    state = rules.overall(line.state for line in lines)
    may = possible(lines, role, terms, now)
    parcels = list({line.shipment_id: line.shipment for line in lines if line.shipment}.values())
    ways = tracking.ways(parcels)
    where = whereabouts(order, lines, role, other, payment)
    deeds = story.tell(journal.story(order.id), story.Reader(viewer, role, other.display_name))
    return OrderPage(
        order=order,
        role=role,
        other=other,
        state=state,
        lines=[LineView(line) for line in lines],
        parcels=parcels,
        ways=ways,
        may=may,
        next=words.next_step(
            state, role, digital=all(line.is_digital for line in lines), paid=bool(where.way)
        ),
        ahead=ahead(lines, state, role, terms, now),
        money=where,
        payment=payment if role == Role.BUYER else None,
        events=tracking.told(deeds, ways),
        address=address(order, lines, role),
        papers=papers(viewer, order.id),
        cases=notes(order, lines, role, now),
        code=code(order, now) if Verb.SHOW_CODE in may else None,
        goods=delivered.of(lines, role),
        evidence=care.evidence(order.id) if (care := cases.looked_after()) else "",
        declared=declared(order.shop_id),
    )


def notes(order: Order, lines: Sequence[OrderLine], role: Role, now: datetime) -> list[Note]:
    care = cases.looked_after()
    return care.notes(order, lines, role, now) if care else []


@dataclass(frozen=True, slots=True)
class Forecast:
    """What happens to an order if nobody acts."""

    order: Order
    is_buyer: bool
    steps: list[Coming]
    several: bool


def forecast(viewer: UUID, id_: UUID, *, now: datetime) -> Forecast:
    """For one of the order's parties. Raises OrderMissing."""
    order = queries.order(viewer, id_)
    lines = queries.lines(order)
    role = Role.BUYER if order.buyer_id == viewer else Role.SELLER
    return Forecast(order, role == Role.BUYER, coming(order, lines, role, now), len(lines) > 1)


def code(order: Order, now: datetime) -> HandoverCode | None:
    """The code that the buyer has made, while it can be used."""
    row = queries.handover(order.id, now)
    return HandoverCode(row.code, row.until) if row else None


def promises(viewer: UUID, id_: UUID) -> list[dict[str, Any]]:
    """Each line's promise with the house's signature, as a file to be checked elsewhere.

    Raises OrderMissing.
    """
    return [sealed.file(line) for line in queries.lines(queries.order(viewer, id_))]


def possible(
    lines: Sequence[OrderLine], role: Role, terms: rules.Terms, now: datetime
) -> frozenset[Verb]:
    """The verbs that this party can do to at least one line now."""
    return frozenset(
        verb
        for verb in Verb
        if any(rules.refusal(verb, role, line, terms, now) is None for line in lines)
    )


def ahead(
    lines: Sequence[OrderLine], state: LineState, role: Role, terms: rules.Terms, now: datetime
) -> list[Ahead]:
    """What comes by itself for the lines that the order waits for, soonest first."""
    waiting = next((line for line in lines if line.state == state and not line.paused_at), None)
    if waiting is None:
        return []
    return [
        Ahead(step.at, step.kind, words.ahead(step.kind, role, digital=waiting.is_digital))
        for step in rules.if_nobody_acts(waiting, terms, now)
    ]


def address(order: Order, lines: Sequence[OrderLine], role: Role) -> Address | None:
    """Where it goes; nowhere any more once the buyer has left for good."""
    if not order.address or not knows_address(lines, role):
        return None
    found = Address.read(order.address)
    return found if found.is_a_place else None


def knows_address(lines: Sequence[OrderLine], role: Role) -> bool:
    return role == Role.BUYER or any(
        line.paid_at and line.state not in CALLED_OFF for line in lines
    )


# By what the gateway said last, while nothing is held; all else means that nothing was paid.
UNPAID = {
    PaymentState.SENT: "asked",
    PaymentState.PENDING: "asked",
    PaymentState.STEP_UP: "to_confirm",
    PaymentState.RETURNED: "late",
}
BACK = {
    None: "returning",
    RefundState.CREATED: "returning",
    RefundState.SENT: "returning",
    RefundState.DONE: "returned",
    RefundState.FAILED: "stuck",
}


def whereabouts(
    order: Order,
    lines: Sequence[OrderLine],
    role: Role,
    other: Member,
    payment: PaymentView | None,
) -> Whereabouts:
    """Where the order's money is now, from the ledger."""
    parts = list(money.parts_of(order.id).values())
    way = money.trail(order.id, for_buyer=role == Role.BUYER)
    custodian = money.custodian(order.gateway)
    held = total([part.held for part in parts]) if parts else None
    released = total([part.released for part in parts]) if parts else None
    if held is None:
        amount, stop = order.total, 0
        key = UNPAID.get(payment.state, "unpaid") if payment else "unpaid"
    elif held.minor:
        waiting = any(line.state == LineState.RECEIVED for line in lines)
        amount, stop, key = held, 1, "received" if waiting else "held"
    elif released:
        amount, stop, key = released, 2, "released"
    else:
        amount, stop, key = order.total, 0, BACK[money.way_back(order.id)]
    if key == "to_confirm" and payment and payment.gateway == BANK:
        key = "to_transfer"
    if key == "late":
        back = [one.amount for one in way if one.kind == TransferKind.LATE]
        amount = total(back) if back else amount
        key = BACK[money.way_back(order.id)]
    names = {"other": other.display_name, "custodian": custodian.name}
    sentence = str(words.WHERE[key, role]) % names
    return Whereabouts(amount, sentence, stop, custodian, way)
