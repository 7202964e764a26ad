"""What a parcel costs: templates by region and weight. Pure: no database, no clock.

Weights are grams, amounts minor units of the template's currency. A region is ISO 3166-1 ("DE") or
ISO 3166-2 ("CN-33"); "*" is everywhere else.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from goodword.kit.money import Money, allocate

ELSEWHERE = "*"


@dataclass(frozen=True, slots=True)
class Zone:
    """What it costs to send to some regions: the first grams, then each further step begun.

    Goods of `free_from` or more in one parcel travel free; None: never.
    """

    regions: tuple[str, ...]
    first_grams: int
    first: int
    step_grams: int
    step: int
    free_from: int | None = None
    days: tuple[int, int] = (2, 5)

    @property
    def day_range(self) -> str:
        low, high = self.days
        return str(low) if low == high else f"{low}–{high}"

    def cost(self, *, grams: int, goods: int) -> int:
        """Of one parcel of that weight with goods of that worth."""
        if self.free_from is not None and goods >= self.free_from:
            return 0
        further = max(0, grams - self.first_grams)
        return self.first + -(-further // self.step_grams) * self.step


@dataclass(frozen=True, slots=True)
class Template:
    id: UUID
    name: str
    currency: str
    zones: tuple[Zone, ...]

    @classmethod
    def read(cls, stored: dict[str, Any], *, currency: str) -> "Template":
        """From JSON {id, name, zones}."""
        return cls(
            UUID(str(stored["id"])), stored["name"], currency, tuple(map(zone, stored["zones"]))
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of an order as the parcel meets it; `grams` of one piece, `flat` without template.

    A flat price counts once for each listing, however many of its variants are ordered.
    """

    listing: UUID
    quantity: int
    grams: int
    goods: int  # of all its pieces, in minor units
    flat: int
    template: Template | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What travels together: the places of its lines, and each line's share of the cost."""

    lines: tuple[int, ...]
    shares: tuple[int, ...]
    grams: int
    zone: Zone | None  # None: a flat price

    @property
    def cost(self) -> int:
        return sum(self.shares)


class Undelivered(Exception):
    """The template says nothing of the region: the line at `place` cannot be sent there."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def zone(stored: dict[str, Any]) -> Zone:
    """From JSON."""
    known = {**stored, "regions": tuple(stored["regions"]), "days": tuple(stored["days"])}
    return Zone(**known)


def stored(one: Zone) -> dict[str, Any]:
    """As JSON."""
    return asdict(one)


def zone_for(zones: Sequence[Zone], region: str) -> Zone | None:
    """The zone that names the region most closely: province, then country, then elsewhere."""
    for wanted in (region, region[:2], ELSEWHERE):
        for one in zones:
            if wanted in one.regions:
                return one
    return None


def parcels(pieces: Sequence[Piece], region: str) -> list[Parcel]:
    """One order's parcels: what has the same template travels together, once.

    The cost of a parcel is shared among its lines by weight, so that a line that comes back takes
    its part along; the shares add up to the cost exactly. Raises Undelivered.
    """
    together: dict[UUID, list[int]] = {}
    for place, piece in enumerate(pieces):
        key = piece.template.id if piece.template else piece.listing
        together.setdefault(key, []).append(place)
    return [_parcel(pieces, places, region) for places in together.values()]


def _parcel(pieces: Sequence[Piece], places: list[int], region: str) -> Parcel:
    inside = [pieces[place] for place in places]
    weights = [piece.grams * piece.quantity for piece in inside]
    template = inside[0].template
    if template is None:
        shares = [inside[0].flat, *[0] * (len(inside) - 1)]
        return Parcel(tuple(places), tuple(shares), sum(weights), None)
    found = zone_for(template.zones, region)
    if found is None:
        raise Undelivered(places[0])
    cost = found.cost(grams=sum(weights), goods=sum(piece.goods for piece in inside))
    # Of lines that weigh nothing each takes as much as its pieces are many.
    by = weights if sum(weights) else [piece.quantity for piece in inside]
    shares = [one.minor for one in allocate(Money(cost, template.currency), by)]
    return Parcel(tuple(places), tuple(shares), sum(weights), found)
