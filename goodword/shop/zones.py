"""A shipping template as its seller fills it in: one row for each group of regions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid
from goodword.kit.money import Money, parse_amount

from . import regions
from .actions.shipping import ZONES, BadTemplate
from .parcels import Zone
from .rows import typed

FIELDS = ("first_grams", "first", "step_grams", "step", "free_from", "days_min", "days_max")


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """One row as typed."""

    regions: tuple[str, ...] = ()
    first_grams: str = "1000"
    first: str = ""
    step_grams: str = "1000"
    step: str = "0"
    free_from: str = ""
    days_min: str = "2"
    days_max: str = "5"
    error: str = ""

    @property
    def words(self) -> str:
        return regions.some(self.regions) if self.regions else _("Choose where to")

    def zone(self, currency: str) -> Zone:
        """Raises Invalid."""
        return Zone(
            regions=self.regions,
            first_grams=_count(self.first_grams),
            first=parse_amount(self.first, currency).minor,
            step_grams=_count(self.step_grams),
            step=parse_amount(self.step or "0", currency).minor,
            free_from=parse_amount(self.free_from, currency).minor if self.free_from else None,
            days=(_count(self.days_min), _count(self.days_max)),
        )


@dataclass(frozen=True, slots=True)
class ZoneRows:
    rows: tuple[ZoneRow, ...] = field(default_factory=lambda: (ZoneRow(regions=("CN",)),))

    @classmethod
    def read(cls, data: QueryDict) -> "ZoneRows":
        """What the form posted; nothing raises."""
        columns = [data.getlist(f"zone_{name}") for name in FIELDS]
        rows = [
            ZoneRow(tuple(data.getlist(f"zone_{place}_regions")), *cells)
            for place, cells in enumerate(zip(*columns, strict=False))
        ][:ZONES]
        return cls(tuple(rows))

    @classmethod
    def of(cls, zones: Sequence[Zone], currency: str) -> "ZoneRows":
        """The rows of a template that exists."""

        def amount(minor: int | None) -> str:
            return "" if minor is None else typed(Money(minor, currency))

        return cls(
            tuple(
                ZoneRow(
                    one.regions, str(one.first_grams), amount(one.first), str(one.step_grams),
                    amount(one.step), amount(one.free_from), str(one.days[0]), str(one.days[1]),
                )
                for one in zones
            )
        )  # fmt: skip

    def with_another(self) -> "ZoneRows":
        return ZoneRows((*self.rows, ZoneRow()))

    def zones(self, currency: str) -> list[Zone]:
        """The rows that say anything. Raises BadTemplate for the first that cannot be read."""
        found = []
        for place, row in enumerate(self.rows):
            if not row.regions and not row.first.strip():
                continue
            try:
                found.append(row.zone(currency))
            except Invalid as error:
                raise BadTemplate(place, str(error)) from error
        return found


def _count(text: str) -> int:
    clean = text.strip()
    if not clean.isdecimal() or len(clean) > 7:
        raise Invalid(_("“%(text)s” is no whole number.") % {"text": text})
    return int(clean)
