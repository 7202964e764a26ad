"""Tables whose columns are data: Shopify's, WooCommerce's, Google's, and one that nobody knows.

A `Sheet` is a format: its columns, the names by which a table is recognised, and a function that
puts rows together which are one product. Everything else is the same for all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goodword.kit.formulas import is_formula, loosened

from . import goods
from .columns import Column, RowRefused, read_cells, shorten
from .delimited import Record, Table, find_table, records
from .errors import TooBig
from .goods import Part, Product
from .messages import Value, say
from .model import Choices, Draft, Limits, Notice, Refusal
from .values import cell_text


@dataclass(frozen=True, slots=True)
class Sheet:
    """`own` names must all stand in the table; `group` gets the rows and answers the products."""

    format: str
    columns: tuple[Column, ...]
    own: frozenset[str]
    group: Callable[[Sequence[Part]], Iterable[Product]]
    normal: Callable[[str], str] = str.casefold

    @property
    def by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns}

    def recognise(self, text: str) -> Table | None:
        known = frozenset(self.normal(column.name) for column in self.columns)
        table = find_table(text, known=known, at_least=len(self.own), normal=self.normal)
        if table is None or not self.own <= {self.normal(name) for name in table.names}:
            return None
        return table

    def read_items(
        self, table: Table, choices: Choices, limits: Limits
    ) -> Iterator[Draft | Refusal]:
        """One draft or refusal for each product. Raises TooBig."""
        rows = [
            _part(cells, self.columns)
            for cells in cells_of(table, self.columns, choices, limits, self.normal)
        ]
        yield from read_products(rows, self.group, self.by_field, choices, limits)


@dataclass(frozen=True, slots=True)
class Cells:
    """A record's cells by the name of their column, or why it cannot be read."""

    number: int
    line: int
    cells: Mapping[str, str]
    fault: RowRefused | None = None


def read_products(
    rows: Sequence[Part | Refusal],
    group: Callable[[Sequence[Part]], Iterable[Product]],
    columns: Mapping[str, Column],
    choices: Choices,
    limits: Limits,
) -> Iterator[Draft | Refusal]:
    """The drafts and refusals of all products, in the order of their first rows. Raises TooBig."""
    yield from (row for row in rows if isinstance(row, Refusal))
    products = list(group([row for row in rows if isinstance(row, Part)]))
    if len(products) > limits.items:
        raise TooBig("too_many_items", limit=limits.items)
    met: dict[str, int] = {}
    for product in products:
        head = product.parts[0].number
        try:
            draft = goods.assemble(product, columns, choices, limits)
            if first := met.get(draft.key):
                twice = say("row_repeated", row=head, first=first, id=product.code or draft.title)
                raise RowRefused(twice)
        except RowRefused as refused:
            title = shorten(product.title)
            yield Refusal(head, refused.message, refused.field, title)
        else:
            met[draft.key] = head
            yield draft


def cells_of(
    table: Table,
    columns: Sequence[Column],
    choices: Choices,
    limits: Limits,
    normal: Callable[[str], str] = str.casefold,
) -> Iterator[Cells]:
    """The table's records as cells by column. Raises TooBig."""
    ours = {normal(column.name): column.name for column in columns}
    places: dict[str, int] = {}
    for position, name in enumerate(table.names):
        if normal(name) in ours:
            places.setdefault(ours[normal(name)], position)
    for record in records(table, needed=1, limits=limits):
        if record.fault:
            yield Cells(record.number, record.line, {}, RowRefused(record.fault))
            continue
        fixes = choices.fixes.get(record.number, {})
        yield _cells(record, places, fixes)


def _cells(record: Record, places: Mapping[str, int], fixes: Mapping[str, str]) -> Cells:
    cells: dict[str, str] = {}
    fault = None
    for name, place in places.items():
        raw = record.cells[place] if place < len(record.cells) else ""
        if name in fixes:
            cells[name] = fixes[name]
            continue
        if (kept := loosened(raw)) is not None:
            cells[name] = kept
            continue
        if is_formula(raw) and not fault:
            shown: dict[str, Value] = {"row": record.number, "column": name, "value": shorten(raw)}
            fault = RowRefused(say("formula", **shown), field=name)
        cells[name] = cell_text(raw)
    cells.update({name: text for name, text in fixes.items() if name not in cells})
    return Cells(record.number, record.line, cells, fault)


def part_of(found: Cells, columns: Sequence[Column]) -> Part:
    """A record's values; what refuses it stays with it as its `fault`."""
    fault = found.fault
    notices: list[Notice] = []
    try:
        values, notices = read_cells(found.number, found.cells, columns)
    except RowRefused as refused:
        values, fault = {}, fault or refused
    return Part(found.number, found.line, values, notices=tuple(notices), fault=fault)


def _part(found: Cells, columns: Sequence[Column]) -> Part | Refusal:
    if found.fault and not found.cells:
        return Refusal(found.number, found.fault.message)
    return part_of(found, columns)


def numbered(
    part: Part, names: Mapping[int, str], options: int, *, clean: Callable[[str], str] = str
) -> Part:
    """`part` with the options that its `optionN_value` fields choose, named by `names`."""
    pairs = []
    for place in range(1, options + 1):
        name, value = names.get(place, ""), clean(part.get(f"option{place}_value") or "")
        if name and value:
            pairs.append((name, value))
    return replace(part, options=tuple(pairs))


def by_code(parts: Sequence[Part], field: str = "code") -> dict[str, list[Part]]:
    """Rows with one code together, in the order of their first; those without stay alone."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        code = part.get(field) or f"\n{part.number}"
        groups.setdefault(code, []).append(part)
    return groups
