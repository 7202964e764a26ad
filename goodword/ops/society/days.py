"""The days of a town: each beat through the door that a page or the API would use."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from goodword.circle import actions as circle
from goodword.circle import queries as circles
from goodword.circle.states import Face, MarketDial
from goodword.kit import clock
from goodword.orders import actions as orders
from goodword.orders.addresses import Address
from goodword.orders.models import Order
from goodword.reach import queries as reach
from goodword.reach.pacing import actions as pacing
from goodword.reach.pacing import reasons as offers
from goodword.reach.queries import Shown
from goodword.reach.states import Lens
from goodword.shop import actions as shops
from goodword.shop.actions import Item

from .agents import RECENT, Agent, Thing
from .assumptions import Assumptions
from .feeds import FEEDS
from .job import Policy
from .measures import Tally
from .plans import Beat
from .settling import Town

ADDRESS = Address(name="Member", phone="13800000000", city="Hangzhou", street="Willow Lane 1")
SHIPPED_AFTER = 1.0  # days from an order to its parcel, and from that to its receipt
THERE_AFTER = 3.0

# What happened ("read" in the circle, "browsed", "muted", "blocked"), when, to whom, with what: a
# moment, or the number of a seller.
Watch = Callable[[str, datetime, int, UUID | int], None]


@dataclass(slots=True)
class Parcel:
    """An order on its way: `at` its next step, in days."""

    order: Order
    buyer: int
    seller: int
    at: float
    is_shipped: bool = False
    is_there: bool = False


@dataclass(slots=True)
class Days:
    """One town under one policy. Not inside a transaction: buying asks the gateway."""

    town: Town
    policy: Policy
    held: Assumptions
    tally: Tally
    watch: Watch
    seen: list[set[UUID]] = field(default_factory=list)  # moments, by reader
    parcels: list[Parcel] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen = [set() for _one in self.town.members]

    def live(self, beats: Iterable[Beat]) -> None:
        """Let the beats happen, each at its time."""
        for beat in beats:
            now = self.town.time(beat.at)
            with clock.at(now):
                getattr(self, beat.act.value)(self.town.people.agents[beat.who], beat, now)

    def need(self, agent: Agent, beat: Beat, now: datetime) -> None:  # noqa: ARG002
        agent.needs[beat.what] = beat.at + self.held.need_days

    def tell(self, agent: Agent, beat: Beat, now: datetime) -> None:
        circle.publish(
            author=self.town.members[agent.number], face=Face.LIFE, text="A day like others.",
            key=key(beat), now=now,
        )  # fmt: skip

    def show(self, agent: Agent, beat: Beat, now: datetime) -> None:
        listing = self.town.listings[agent.number][beat.what]
        shops.show(seller=self.town.members[agent.number], listing=listing, key=key(beat), now=now)

    def look(self, agent: Agent, beat: Beat, now: datetime) -> None:
        """Open the circle and read down: to where the last look was, or until attention ends."""
        if agent.turns_away(beat.chance, held=self.held):
            return
        self.tally.add("looks", agent.number)
        viewer, seen = self.town.members[agent.number].id, self.seen[agent.number]
        met: dict[int, list[UUID]] = {}  # the offers of each seller
        kinds: list[bool] = []  # of the cards so far: whether each was an offer
        for card in FEEDS[self.policy](viewer, now):
            if card.card.mine:
                continue
            is_old = card.card.id in seen
            if len(kinds) >= beat.what or (is_old and card.card.face == Face.LIFE):
                break
            if is_old:
                continue
            seen.add(card.card.id)
            self.watch("read", now, agent.number, card.card.id)
            kinds.append(card.card.face == Face.MARKET)
            if kinds[-1]:
                self.meet(agent, card, kinds, met, beat.at, now)
            else:
                self.tally.add("life_read", agent.number)
        if kinds:
            agent.tire(sum(kinds) / len(kinds))
        if self.policy != Policy.UNPACED and met:
            moments = [one for hers in met.values() for one in hers]
            pacing.see(reader=viewer, moments=moments, now=now)
        self.object_to(agent, met, beat.at, now)

    def meet(
        self, agent: Agent, card: Shown, kinds: list[bool], met: dict[int, list[UUID]], at: float,
        now: datetime,
    ) -> None:  # fmt: skip
        """An offer in the circle: it may annoy, and it may be opened with what is folded behind."""
        thing = self.thing(card)
        recent = kinds[-RECENT:]
        before = met.setdefault(thing.seller, [])
        crowd = sum(recent) / len(recent)
        agent.meet(thing, crowd=crowd, earlier=len(before), at=at, held=self.held)
        before.append(card.card.id)
        self.tally.add("market_seen", agent.number)
        if not self.consider(agent, card, at, now, in_circle=True) or not card.folded:
            return
        viewer = self.town.members[agent.number].id
        opened = reach.opened_fold(viewer, card.card.id, now=now)
        pacing.unfold(reader=viewer, moment=card.card.id, now=now)
        for folded in opened:
            if folded.card.id not in self.seen[agent.number]:
                self.seen[agent.number].add(folded.card.id)
                self.watch("read", now, agent.number, folded.card.id)
                self.tally.add("market_seen", agent.number)
                self.consider(agent, folded, at, now, in_circle=True)

    def consider(
        self, agent: Agent, card: Shown, at: float, now: datetime, *, in_circle: bool
    ) -> bool:
        """Whether the agent looks closer; who does may like it, and buy it."""
        thing = self.thing(card)
        if not agent.opens(thing, at=at, held=self.held):
            return False
        member, moment = self.town.members[agent.number], card.card.id
        offers.offered(member.id, moment, now=now)
        pacing.open_card(reader=member.id, moment=moment, now=now)
        self.tally.add("opens", agent.number)
        if agent.likes(thing, held=self.held):
            row = circles.moment(member.id, moment, now=now)
            circle.like(moment=row, member=member, now=now)
        if agent.buys(thing, at=at, held=self.held):
            self.buy(agent, card, at, now, in_circle=in_circle)
        return True

    def buy(self, agent: Agent, card: Shown, at: float, now: datetime, *, in_circle: bool) -> None:
        thing = self.thing(card)
        placed = orders.place_and_pay(
            buyer=self.town.members[agent.number],
            items=[Item(self.town.variants[listing(card)], 1)],
            address=ADDRESS, key=f"{card.card.id} {at!r}", method="card", now=now,
        )  # fmt: skip
        agent.bought(thing.topic)
        for one in placed:
            self.parcels.append(Parcel(one.order, agent.number, thing.seller, at + SHIPPED_AFTER))
        self.tally.add("sales", agent.number)
        if in_circle:
            self.tally.add("sales_in_circle", agent.number)
        if not self.tally.counts["sellers_selling"][thing.seller]:
            self.tally.add("sellers_selling", thing.seller)

    def object_to(self, agent: Agent, met: dict[int, list[UUID]], at: float, now: datetime) -> None:
        """After a look: whoever's offers were too much is muted, or blocked."""
        member = self.town.members[agent.number]
        for seller, moments in sorted(met.items()):
            if not agent.has_enough(seller, at=at, held=self.held):
                continue
            if agent.blocks(seller, held=self.held):
                circle.block(owner=member, other=self.town.members[seller], now=now)
                self.object(agent, "blocked", seller, now)
            else:
                pacing.quieten(reader=member, moment=moments[-1], market=MarketDial.OFF, now=now)
                self.object(agent, "muted", seller, now)

    def object(self, agent: Agent, how: str, seller: int, now: datetime) -> None:
        self.tally.add("blocks" if how == "blocked" else "mutes", agent.number)
        self.watch(how, now, agent.number, seller)

    def visit(self, agent: Agent, beat: Beat, now: datetime) -> None:
        """Who needs something may look through the newest page of the market."""
        if not agent.needing(at=beat.at):
            return
        viewer = self.town.members[agent.number].id
        page = reach.timeline(viewer, now=now, lens=Lens.MARKET)
        for card in page.cards:
            if card.card.mine:
                continue
            self.watch("browsed", now, agent.number, card.card.id)
            if agent.needs_now(self.thing(card).topic, at=beat.at):
                self.consider(agent, card, beat.at, now, in_circle=False)

    def carry(self, until: float) -> None:
        """Ship and confirm what is due by `until` (days)."""
        for parcel in self.parcels:
            while parcel.at <= until and not parcel.is_there:
                self.step(parcel)
        self.parcels = [one for one in self.parcels if not one.is_there]

    def step(self, parcel: Parcel) -> None:
        now = self.town.time(parcel.at)
        with clock.at(now):
            if parcel.is_shipped:
                orders.confirm(
                    buyer=self.town.members[parcel.buyer], order=parcel.order.id, now=now
                )
                parcel.is_there = True
                return
            orders.ship(
                seller=self.town.members[parcel.seller], order=parcel.order.id, carrier="sf",
                number=f"SF{parcel.order.id.int % 10**13:013d}", now=now,
            )  # fmt: skip
        parcel.is_shipped, parcel.at = True, parcel.at + THERE_AFTER

    def thing(self, card: Shown) -> Thing:
        return self.town.things[listing(card)]


def listing(card: Shown) -> UUID:
    assert card.card.listing
    return card.card.listing


def key(beat: Beat) -> str:
    return f"{beat.at!r}"
