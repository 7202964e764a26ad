"""A format's columns as data, and the one loop that turns a record into values by them.

A further format is a further tuple of Columns and a function that makes drafts of the values.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .delimited import Record, Table
from .messages import Message, say
from .model import Level, Notice
from .values import Unclear, cell_text

SHOWN = 40  # characters of a cell that a sentence repeats


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the file's own, `label` what the seller knows it as, `field` the value's name.

    Where the cell is empty or unclear, a `required` column refuses the row; another one takes
    `fallback`, and says so if the cell was unclear.
    """

    name: str
    label: str
    field: str
    convert: Callable[[str], Any]
    required: bool = False
    fallback: Any = ""

    @property
    def title(self) -> str:
        return f"{self.label} ({self.name})" if self.label else self.name.split("|")[0]


class RowRefused(Exception):
    """This record cannot become a draft; `field` is the column to correct, if one is."""

    def __init__(self, message: Message, *, field: str = "") -> None:
        super().__init__(message.code)
        self.message = message
        self.field = field


def positions(table: Table, columns: Sequence[Column]) -> dict[str, int]:
    """Where each of `columns` stands in the table, by its name; the first if it stands twice."""
    places: dict[str, int] = {}
    for position, name in enumerate(table.names):
        places.setdefault(name.casefold(), position)
    return {
        column.name: places[column.name.casefold()]
        for column in columns
        if column.name.casefold() in places
    }


def read_values(
    record: Record,
    columns: Sequence[Column],
    places: Mapping[str, int],
    fixes: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], list[Notice]]:
    """Values by field and the notices about them. Raises RowRefused."""
    cells = {
        column.name: cell_text(record.cells[places[column.name]])
        for column in columns
        if places.get(column.name, len(record.cells)) < len(record.cells)
    }
    return read_cells(record.number, {**cells, **(fixes or {})}, columns)


def read_cells(
    row: int, cells: Mapping[str, str], columns: Sequence[Column]
) -> tuple[dict[str, Any], list[Notice]]:
    """Values by field of the cells by column, and the notices about them. Raises RowRefused."""
    values: dict[str, Any] = {}
    notices: list[Notice] = []
    for column in columns:
        cell = cells.get(column.name, "")
        if column.required and not cell:
            missing = say("cell_missing", row=row, column=column.title)
            raise RowRefused(missing, field=column.name)
        if "\ufffd" in cell:
            damaged = say("cell_damaged", column=column.title)
            notices.append(Notice(row, column.name, Level.CHECK, damaged))
        try:
            values[column.field] = column.convert(cell)
        except Unclear as unclear:
            shown = {"column": column.title, "value": shorten(cell)}
            if column.required and unclear.instead is None:
                refused = say("value_refused", row=row, **shown)
                raise RowRefused(refused, field=column.name) from None
            instead = unclear.instead
            values[column.field] = column.fallback if instead is None else instead
            message = say(unclear.code, **shown)
            notices.append(Notice(row, column.name, Level.CHECK, message))
    return values, notices


def shorten(text: str) -> str:
    """For a sentence: one line, not longer than can be read at a glance."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
