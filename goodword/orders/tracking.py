"""A parcel's way as its two sides read it, and what the operators' desk shows of carriers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from goodword.kit.desk import Desk, register

from . import rules, words
from .models import Scan, Shipment, StrayScan, TrackingSource
from .states import Scanned, Stray, Words
from .story import Event

PAGE = 100
# In the story: where the parcel's way turns. What the order followed is told by its own deeds.
TURNS = (Scanned.ACCEPTED, Scanned.CUSTOMS, Scanned.OUT)
SHOWN = 100  # scans of a parcel; a carrier's machine may stutter


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that the carrier said."""

    kind: Scanned
    at: datetime
    place: str
    words: str

    @property
    def sentence(self) -> Words:
        return words.SCANNED[self.kind]


def ways(parcels: Sequence[Shipment]) -> dict[UUID, list[Stop]]:
    """What was said of each parcel under the number that it has now, the newest first.

    The caller has asked whether the viewer may see the order. One statement.
    """
    numbers = {one.id: one.number for one in parcels}
    found: dict[UUID, list[Stop]] = {one.id: [] for one in parcels}
    if not numbers:
        return found
    for row in Scan.objects.filter(shipment__in=list(numbers)).order_by("-at", "-id"):
        way = found[row.shipment_id]
        if row.number == numbers[row.shipment_id] and len(way) < SHOWN:
            way.append(Stop(Scanned(row.kind), row.at, row.place, row.words))
    return found


def told(events: Sequence[Event], ways: Mapping[UUID, Sequence[Stop]]) -> list[Event]:
    """The story with the turns of its parcels' ways in their places."""
    turns = [
        Event(stop.at, "orders.scanned", "truck", str(stop.sentence), stop.place, "")
        for way in ways.values()
        for stop in way
        if stop.kind in TURNS
    ]
    return sorted([*events, *turns], key=lambda one: one.at) if turns else list(events)


@dataclass(frozen=True, slots=True)
class StrayView:
    """A row on the desk."""

    row: StrayScan

    @property
    def sentence(self) -> Words:
        if self.row.why == Stray.UNREAD:
            return words.UNREAD[self.row.unread]
        return words.STRAYS[Stray(self.row.why)]

    @property
    def carrier(self) -> Words:
        by = rules.carrier(self.row.carrier)
        return by.word if by else ""

    @property
    def said(self) -> Words:
        return words.SCANNED[Scanned(self.row.kind)] if self.row.kind else ""


def strays() -> list[StrayView]:
    """For operators: what carriers said and no parcel fits, the newest first."""
    rows = StrayScan.objects.filter(ended_at=None).order_by("-seen_at", "-id")
    return [StrayView(row) for row in rows[:PAGE]]


def sources() -> list[TrackingSource]:
    """For operators: what was read last."""
    return list(TrackingSource.objects.order_by("-read_at", "name")[:20])


def to_look_at() -> int:
    return StrayScan.objects.filter(ended_at=None).count()


def lay_out() -> None:
    """Put the list on the desk, once, when the house starts."""
    register(
        Desk(
            "strays", _("Parcels that nobody knows"),
            _("Carriers told of numbers that no order has, or in rows that cannot be read."),
            "truck", "orders:strays", to_look_at,
        )
    )  # fmt: skip
