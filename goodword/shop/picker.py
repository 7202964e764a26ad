"""How a listing's variants are laid out for choosing, and their price histories for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goodword.kit.money import Money

from .pages import VariantView
from .rules import PricePoint, option_names

SHELVES = 8  # from this many variants on, they stand grouped by their first option


@dataclass(frozen=True, slots=True)
class Choice:
    """Variants under one heading; each with what is left of its name below that heading."""

    heading: str
    variants: list[tuple[VariantView, str]]


@dataclass(frozen=True, slots=True)
class History:
    """The variants whose price has always been the same."""

    names: list[str]
    points: list[PricePoint]
    variant: VariantView

    @property
    def pairs(self) -> list[tuple[datetime, Money]]:
        """As the chart takes them, oldest first."""
        return [(point.at, point.price) for point in self.points]


@dataclass(frozen=True, slots=True)
class Choices:
    groups: list[Choice]
    one_price: bool  # then no chip needs to say it
    preset: VariantView | None  # the only one that can be bought
    histories: list[History]


def choices(variants: Sequence[VariantView]) -> Choices:
    """The picker and the histories of a listing's variants, in the seller's order."""
    buyable = [one for one in variants if one.pieces]
    return Choices(
        groups=_groups(variants),
        one_price=len({one.price for one in variants}) <= 1,
        preset=buyable[0] if len(buyable) == 1 else None,
        histories=_histories(variants),
    )


def _groups(variants: Sequence[VariantView]) -> list[Choice]:
    if len(variants) < SHELVES or any(len(one.options) < 2 for one in variants):
        heading = " · ".join(option_names(one.options for one in variants))
        return [Choice(heading, [(one, one.name) for one in variants])]
    shelves: dict[str, list[tuple[VariantView, str]]] = {}
    for one in variants:
        rest = " · ".join(value for _name, value in one.options[1:])
        shelves.setdefault(one.options[0][1], []).append((one, rest))
    return [Choice(heading, inside) for heading, inside in shelves.items()]


def _histories(variants: Sequence[VariantView]) -> list[History]:
    alike: dict[tuple[PricePoint, ...], list[VariantView]] = {}
    for one in variants:
        alike.setdefault(tuple(one.history), []).append(one)
    return [
        History([one.name for one in inside if one.name], list(points), inside[0])
        for points, inside in alike.items()
        if points
    ]
