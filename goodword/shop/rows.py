"""The table of variants as a seller fills it in: her options, and a row for each combination."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid
from goodword.kit.ids import parse_id
from goodword.kit.money import Money, exponent, parse_amount

from .drafts import BadListing, VariantDraft, one_line
from .pages import VariantView
from .rules import ENDLESS, option_names, variant_name

OPTIONS = 3  # kinds of choice that the form has fields for
MOST = 200  # rows of one table
SEPARATORS = str.maketrans(dict.fromkeys("，、;；\n", ","))

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One row as typed; an empty price means: not offered."""

    options: Pairs = ()
    price: str = ""
    stock: str = ""
    seen: str = ""
    code: str = ""
    id: UUID | None = None
    error: str = ""

    @property
    def name(self) -> str:
        return variant_name(self.options)

    @property
    def packed(self) -> str:
        return json.dumps(self.options, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class VariantRows:
    """`options` are (name, values as typed); `rows` may lag behind them until asked to `spread`."""

    options: tuple[tuple[str, str], ...] = ()
    rows: tuple[VariantRow, ...] = field(default_factory=lambda: (VariantRow(stock="1"),))

    @classmethod
    def read(cls, data: QueryDict) -> "VariantRows":
        """What the form posted; nothing raises, odd values become errors in `drafts`."""
        options = [
            (one_line(data.get(f"option_name_{n}", ""), 40), data.get(f"option_values_{n}", ""))
            for n in range(OPTIONS)
        ]
        columns = [
            data.getlist(name)
            for name in ("row_options", "row_price", "row_stock", "row_seen", "row_code", "row_id")
        ]
        rows = tuple(_row(*cells) for cells in zip(*columns, strict=False))[: MOST * 5]
        return cls(tuple(one for one in options if one[0] and one[1].strip()), rows)

    @classmethod
    def of(cls, variants: Sequence[VariantView]) -> "VariantRows":
        """The table of a listing that exists."""
        names = option_names(variant.options for variant in variants)
        options = tuple(
            (name, ", ".join(dict.fromkeys(_values_of(name, variants)))) for name in names
        )
        rows = tuple(
            VariantRow(
                options=tuple(variant.options),
                price=typed(variant.price),
                stock="" if variant.is_endless else str(variant.pieces),
                seen=str(variant.pieces),
                code=variant.seller_code,
                id=variant.id,
            )
            for variant in variants
        )
        return cls(options, rows or (VariantRow(stock="1"),))

    def spread(self) -> "VariantRows":
        """With a row for each combination of the options, old rows keeping what was typed.

        Raises BadListing when that would be too many.
        """
        combined = self._combinations()
        if len(combined) > MOST:
            raise BadListing(
                "variants",
                _("That makes %(count)s variants. A table holds %(most)s; make two listings.")
                % {"count": len(combined), "most": MOST},
            )
        known = {row.options: row for row in self.rows}
        first = self.rows[0] if self.rows else VariantRow(stock="1")
        fresh = replace(first, id=None, seen="", code="", error="")
        rows = tuple(known.get(one) or replace(fresh, options=one) for one in combined)
        return replace(self, rows=rows)

    @property
    def is_spread(self) -> bool:
        """Whether every value of the options has a row, and the rows choose among these options."""
        names = {name for name, _values in self.options}
        chosen = {pair for row in self.rows for pair in row.options}
        return self._pairs() <= chosen and any(
            {name for name, _value in row.options} == names for row in self.rows
        )

    def drafts(self, currency: str, *, endless: bool = False) -> tuple[VariantDraft, ...]:
        """The offered rows of the present options. With `endless` an empty stock counts nothing.

        Raises BadListing with the first row's fault.
        """
        pairs = self._pairs()
        offered = [
            row
            for row in self.rows
            if row.price.strip() and set(row.options) <= pairs and bool(row.options) == bool(pairs)
        ]
        return tuple(_draft(row, currency, endless) for row in offered)

    def _pairs(self) -> set[tuple[str, str]]:
        return {(name, value) for name, values in self.options for value in split(values)}

    def _combinations(self) -> list[Pairs]:
        choices = [[(name, value) for value in split(values)] for name, values in self.options]
        return [tuple(pairs) for pairs in product(*choices)]


def split(values: str) -> list[str]:
    """“red, blue、green” as a list without repeats, in order."""
    parts = (one_line(part, 80) for part in values.translate(SEPARATORS).split(","))
    return list(dict.fromkeys(part for part in parts if part))


def typed(value: Money) -> str:
    """An amount as `parse_amount` reads it: 12.50, 1200."""
    return f"{value.amount:.{exponent(value.currency)}f}".removesuffix(".00")


def _values_of(name: str, variants: Sequence[VariantView]) -> list[str]:
    return [value for one in variants for option, value in one.options if option == name]


def _row(options: str, price: str, stock: str, seen: str, code: str, id_: str) -> VariantRow:
    try:
        pairs: Pairs = tuple((str(name), str(value)) for name, value in json.loads(options or "[]"))
    except (ValueError, TypeError):
        pairs = ()
    return VariantRow(pairs, price, stock, seen, code, parse_id(id_))


def _draft(row: VariantRow, currency: str, endless: bool) -> VariantDraft:
    try:
        price = parse_amount(row.price, currency)
    except Invalid as error:
        raise BadListing("variants", f"{row.name}: {error}" if row.name else str(error)) from error
    uncounted = endless and not row.stock.strip()
    return VariantDraft(
        price=price,
        stock=ENDLESS if uncounted else _count(row.stock, row),
        options=row.options,
        seller_code=row.code,
        id=row.id,
        stock_seen=int(row.seen) if row.id and row.seen.isdecimal() and not uncounted else None,
    )


def _count(text: str, row: VariantRow) -> int:
    if not text.strip().isdecimal() or len(text.strip()) > 9:
        sentence = _("“%(text)s” is no number of pieces.") % {"text": text}
        raise BadListing("variants", f"{row.name}: {sentence}" if row.name else sentence)
    return int(text)
