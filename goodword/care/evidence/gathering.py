"""All that one reader may know of an order, as plain values: what the file is written from."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any
from uuid import UUID

from goodword.journal import queries as journal
from goodword.journal.queries import Link
from goodword.kit.money import Money, total
from goodword.money import queries as money
from goodword.money.invoices import queries as invoices
from goodword.money.invoices.models import IssuedPaper
from goodword.orders import goods, story, tracking
from goodword.orders import pages as orders
from goodword.orders import queries as lines_of
from goodword.orders import words as order_words
from goodword.orders.addresses import Address
from goodword.orders.goods import Goods
from goodword.orders.models import Order, OrderLine, Shipment
from goodword.orders.states import Role
from goodword.orders.tracking import Stop
from goodword.people.models import Member
from goodword.people.queries import members
from goodword.shop import snapshots
from goodword.shop.states import EVIDENCE_WORDS, EvidenceKind

from .. import pages, queries
from ..pages import CasePage
from ..states import Party, Reason, Stays
from ..words import REASONS, STAYS
from . import words


@dataclass(frozen=True, slots=True)
class Told:
    """A deed as it is told: of both sides alike, for whoever reads it is none of them."""

    at: datetime
    by: Party
    verb: str
    sentence: str
    detail: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and its name in the file; `key` is where it lies, less the variant's suffix."""

    name: str
    key: str
    alt: str


@dataclass(frozen=True)
class Gathered:
    """What `reader` may know."""

    reader: Party
    order: Order
    lines: list[OrderLine]
    buyer: Member
    seller: Member
    links: list[Link]
    cases: list[CasePage]
    papers: list[IssuedPaper]
    trail: list[money.TransferView]
    parts: dict[UUID, money.HoldView]
    promised: dict[str, str]  # where what was promised lies, by the id that the promise names

    @property
    def is_side(self) -> bool:
        return self.reader != Party.OPERATOR

    @property
    def address(self) -> Address | None:
        """For the two sides as on their pages; an operator has no need of it."""
        return orders.address(self.order, self.lines, Role(self.reader)) if self.is_side else None

    @property
    def note(self) -> str:
        return self.order.note if self.is_side else ""

    @cached_property
    def ways(self) -> list[tuple[Shipment, list[Stop]]]:
        """The parcels and what carriers said of each, oldest first; they lead to her door."""
        found = {line.shipment_id: line.shipment for line in self.lines if line.shipment}
        if not self.is_side:
            return []
        said = tracking.ways(list(found.values()))
        return [(one, said[one.id][::-1]) for one in found.values()]

    @cached_property
    def delivered(self) -> dict[UUID, list[Goods]]:
        """What was delivered of digital lines, by line, as on the page of the order."""
        return goods.of(self.lines, Role(self.reader)) if self.is_side else {}

    def sum_of(self, name: str) -> Money:
        """Of what the holds say: captured, released, refunded, held."""
        nothing = Money(0, self.order.currency)
        return total([nothing, *(getattr(one, name) for one in self.parts.values())])

    def promised_of(self, number: int) -> list[Shown]:
        """The pictures of the line that stands at this place, from 1, and its papers."""
        said = self.lines[number - 1].snapshot
        return [
            *self._shown(said["pictures"], f"promised/{number}-picture"),
            *self._shown(said.get("evidence") or (), f"promised/{number}-paper"),
        ]

    def _shown(self, named: Any, start: str) -> Iterator[Shown]:
        for place, one in enumerate(named, 1):
            if key := self.promised.get(one["id"]):
                yield Shown(f"{start}-{place}.webp", key, one.get("alt", "") or kind(one))

    def shown_in(self, number: int) -> list[Shown]:
        """What was shown in the case at this place, from 1: one side after the other; with an
        appeal or about what came back it is named so."""
        count, found = Counter[str](), []
        for one in sorted(self.cases[number - 1].pictures, key=attrgetter("by", "position", "id")):
            said = one.statement
            kind = "" if said is None else "-new" * said.is_appeal + "-return" * said.of_return
            name = f"{one.by}{kind}"
            count[name] += 1
            found.append(Shown(f"case-{number}/{name}-{count[name]}.webp", one.key, one.alt))
        return found

    @property
    def pictures(self) -> list[Shown]:
        promised = [one for place in range(len(self.lines)) for one in self.promised_of(place + 1)]
        return promised + [
            one for place in range(len(self.cases)) for one in self.shown_in(place + 1)
        ]

    def by(self, link: Link) -> Party:
        if link.actor is None:
            return Party.HOUSE
        known = {self.order.buyer_id: Party.BUYER, self.order.seller_id: Party.SELLER}
        return known.get(link.actor, Party.OPERATOR)

    def told(self) -> Iterator[Told]:
        for one in self.links:
            facts = one.deed.facts
            reason, why = facts.get("reason", ""), facts.get("why", "")
            sentence = str(words.DEEDS[one.verb]) % {
                "sum": story.money(facts),
                "reason": REASONS[Reason(reason)] if reason in set(Reason) else "",
                "why": STAYS[Stays(why)] if why else "",
            }
            parts = (
                story.carrier(facts), facts.get("number", ""), story.which(facts),
                order_words.REASONS.get(reason, "") if one.verb == "orders.refunded" else "",
                words.DECIDED.get(facts.get("by", ""), ""),
            )  # fmt: skip
            detail = " · ".join(str(part) for part in parts if part)
            yield Told(one.at, self.by(one), one.verb, sentence, detail)


def kind(named: dict[str, Any]) -> str:
    """What a paper of the listing's claims to be."""
    return str(EVIDENCE_WORDS[EvidenceKind(named["kind"])]) if "kind" in named else ""


def gather(viewer: UUID, id_: UUID) -> Gathered:
    """The order for its buyer, its seller, and an operator once there is a case about it.

    Raises OrderMissing.
    """
    order, reader = queries.order_of(viewer, id_)
    lines = lines_of.lines(order)
    known = members([order.buyer_id, order.seller_id])
    return Gathered(
        reader=reader,
        order=order,
        lines=lines,
        buyer=known[order.buyer_id],
        seller=known[order.seller_id],
        links=journal.links(order.buyer_id, order.id, told_to(reader)),
        cases=[pages.case_page(viewer, one.id) for one in queries.cases_about(order)],
        papers=invoices.issued(viewer, order.id) if reader != Party.OPERATOR else [],
        trail=money.trail(order.id, for_buyer=reader != Party.SELLER),
        parts=money.parts_of(order.id),
        promised=snapshots.kept([line.snapshot for line in lines]),
    )


def told_to(reader: Party) -> list[str]:
    """The deeds that this reader may know of: those of the order's page."""
    return [verb for verb in words.DEEDS if verb not in untold(reader)]


def untold(reader: Party) -> frozenset[str]:
    if reader == Party.BUYER:
        return frozenset()
    hers = frozenset(story.BUYERS_OWN)
    return hers if reader == Party.SELLER else hers | words.BETWEEN
