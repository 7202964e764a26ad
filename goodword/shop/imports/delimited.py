"""Delimited text into records: quotes may hold line breaks, and may be wrong.

Python's `csv` reads what is written by the book. Export files are not: tools forget to double the
quotes of an HTML attribute, and one quote that never closes would swallow all items after it. So:
a quote ends its cell only before a delimiter, a line break or the end; any other is a letter. And
a record that does not come out with the header's number of cells gives way: the next line that
does is a record again. Each recovery is paid from a budget, so no file takes more than a few
times its own length to read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .errors import TooBig
from .messages import Message, say
from .model import LIMITS, Limits

LINE_BREAK = re.compile(r"\r\n|\n|\r")
DELIMITERS = "\t,;"
HEADER_WITHIN = 5  # records in which the names of columns must stand,
HEADER_LETTERS = 200_000  # and letters
RECOVERY = 8  # how many times the text's length may be spent on finding records again
TRIAL = 64  # letters that a try costs at least: it takes that long
WIDE = 1_000  # cells beyond the header's number from which the rest of the line is not looked at


@dataclass(frozen=True, slots=True)
class Record:
    """`number` counts records from 1, as a spreadsheet does; `line` counts lines from 1."""

    number: int
    line: int
    cells: tuple[str, ...]
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """One record as it stands in the text, which goes on at `end`; `quoted` cells by position."""

    cells: list[str]
    quoted: frozenset[int]
    end: int
    closed: bool

    def is_whole(self, width: int) -> bool:
        """So many cells, and none that ends a quotation which it has not begun."""
        loose = (at for at, cell in enumerate(self.cells) if cell.endswith('"'))
        return (
            self.closed
            and len(_trimmed(self.cells, at_least=width)) == width
            and self.quoted.issuperset(loose)
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A text with its header; `names` are as in the file, `body` is where the records begin."""

    text: str
    delimiter: str
    names: tuple[str, ...]
    body: int
    number: int  # of the header's record


def find_table(
    text: str,
    *,
    known: frozenset[str],
    at_least: int,
    normal: Callable[[str], str] = str.casefold,
) -> Table | None:
    """The table whose header has most of the `known` names, if `at_least` so many.

    `normal` is how a name of the file is spelt in `known`.
    """
    best: tuple[int, Table] | None = None
    head = text[:HEADER_LETTERS]
    for delimiter in DELIMITERS:
        position = 0
        for number in range(1, HEADER_WITHIN + 1):
            if position >= len(head):
                break
            raw = _raw(head, position, delimiter, most=LIMITS.columns)
            names = tuple(name.strip().lstrip("\ufeff") for name in raw.cells)
            hits = len({normal(name) for name in names} & known)
            if hits >= at_least and len(names) <= LIMITS.columns and (not best or hits > best[0]):
                best = hits, Table(text, delimiter, _trimmed(names), raw.end, number)
            position = raw.end
    return best[1] if best else None


def any_table(text: str, *, columns: int) -> Table | None:
    """The table whose first record has most cells, all named and at least so many, or None.

    A second record must have as many cells: a sentence with commas is no table.
    """
    best: Table | None = None
    head = text[:HEADER_LETTERS]
    for delimiter in DELIMITERS:
        raw = _raw(head, 0, delimiter, most=LIMITS.columns)
        names = _trimmed([name.strip().lstrip("\ufeff") for name in raw.cells])
        named = len(set(names)) == len(names) and all(any(map(str.isalpha, n)) for n in names)
        if not (named and raw.closed and columns <= len(names) <= LIMITS.columns):
            continue
        blank = _BLANK.match(head, raw.end)
        below = _raw(head, blank.end() if blank else raw.end, delimiter, most=LIMITS.columns)
        if len(_trimmed(below.cells, at_least=len(names))) == len(names) > 0 and (
            best is None or len(names) > len(best.names)
        ):
            best = Table(text, delimiter, names, raw.end, 1)
    return best


def records(table: Table, *, needed: int, limits: Limits = LIMITS) -> Iterator[Record]:
    """The records below the header, blank ones left out.

    A record may be short of cells at its end, but not of the first `needed`. What cannot be read
    comes as a Record with a `fault` and no cells. Raises TooBig.
    """
    text, width = table.text, len(table.names)
    position, number = table.body, table.number
    line = 1 + _breaks(text, 0, position)
    budget = RECOVERY * len(text)
    for _row in range(limits.rows):
        blank = _BLANK.match(text, position)
        if blank:
            skipped = _breaks(text, position, blank.end())
            position, number, line = blank.end(), number + skipped, line + skipped
        if position == len(text):
            return
        number += 1
        raw = _raw(text, position, table.delimiter, most=width)
        cells = _trimmed(raw.cells, at_least=width)
        fault = _fault(raw, cells, number, line, width=width, needed=needed, limits=limits)
        end = raw.end
        column = None if fault else _broken_column(cells)
        if (fault or column) and budget > 0:
            found, spent = _next_whole(table, position, raw, budget, column=column)
            budget -= spent
            if found:
                end = found
                fault = fault or say("row_unclosed", row=number, line=line)
        if fault:
            yield Record(number, line, (), fault)
        elif any(cell.strip() for cell in cells):
            yield Record(number, line, cells)
        line += _breaks(text, position, end)
        position = end
    raise TooBig("too_many_items", limit=limits.items)


def _broken_column(cells: Sequence[str]) -> int | None:
    """The first column whose cell holds a line break, but None if that is column 0.

    It may have swallowed an item: a quote that never closes can end at the same column's quote of
    the next item, and the number of cells is right. Then a line inside is a whole record. With a
    break in column 0 that says nothing: the last line of every such record looks whole.
    """
    broken = (at for at, cell in enumerate(cells) if "\n" in cell or "\r" in cell)
    return next(broken, None) or None


def _fault(
    raw: Raw,
    cells: Sequence[str],
    number: int,
    line: int,
    *,
    width: int,
    needed: int,
    limits: Limits,
) -> Message | None:
    place = {"row": number, "line": line}
    if not raw.closed:
        return say("row_unclosed", **place)
    if any(len(cell) > limits.cell for cell in cells):
        return say("row_cell_long", **place, limit=limits.cell)
    if any(cell.strip() for cell in cells) and not needed <= len(cells) <= width:
        return say("row_cells", **place, cells=len(cells), columns=width)
    return None


def _next_whole(
    table: Table, start: int, failed: Raw, budget: int, *, column: int | None
) -> tuple[int | None, int]:
    """Where, inside the failed record, a line begins that is a whole record; and what it cost.

    With `column`, one of them must open a quote there itself and end where the failed one ends, or
    the record was in order.
    """
    text, width, spent, first = table.text, len(table.names), 0, None
    end = failed.end if failed.closed else len(text)
    for found in _STARTS[table.delimiter].finditer(text, start, end):
        candidate = found.end()
        if candidate >= end or spent > budget:
            break
        raw = _raw(text, candidate, table.delimiter, most=width)
        spent += max(raw.end - candidate, TRIAL)
        if raw.is_whole(width):
            first = first or candidate
            if column is None or (column in raw.quoted and raw.end == failed.end):
                return first, spent
    return None, spent


def _raw(text: str, position: int, delimiter: str, *, most: int) -> Raw:
    """The record that begins at `position`.

    Far beyond `most` cells, the rest of the line is one cell, or is not looked at.
    """
    cells: list[str] = []
    quoted: set[int] = set()
    plain = _PLAIN[delimiter]
    while True:
        if text.startswith('"', position):
            quoted.add(len(cells))
            cell, position, closed = _quoted(text, position + 1, delimiter)
            if not closed:
                return Raw(cells, frozenset(quoted), len(text), closed=False)
        else:
            rest = _REST.match(text, position) if len(cells) == most else None
            found = rest or plain.match(text, position)
            assert found is not None  # the plain pattern also matches nothing
            cell, position = found.group(), found.end()
            if rest:
                *more, cell = cell.rstrip(delimiter).split(delimiter, WIDE)
                cells.extend(more)
        cells.append(cell)
        if not text.startswith(delimiter, position):
            break
        if len(cells) > most + WIDE:
            position = _LINE.match(text, position).end()  # type: ignore[union-attr]
            break
        position += 1
    line_break = LINE_BREAK.match(text, position)
    end = line_break.end() if line_break else position
    return Raw(cells, frozenset(quoted), end, closed=True)


def _quoted(text: str, position: int, delimiter: str) -> tuple[str, int, bool]:
    """The cell whose quote opened before `position`: its text, where it ends, and if it does."""
    pattern = _QUOTES[delimiter]
    found = pattern[0].match(text, position) or pattern[1].search(text, position)
    while found and len(found.group()) % 2 == 0:  # pairs are letters, also before a delimiter
        found = pattern[1].search(text, found.end())
    if not found:
        return "", len(text), False
    return text[position : found.end() - 1].replace('""', '"'), found.end(), True


_BLANK = re.compile(r"[\r\n]+")
_LINE = re.compile(r"[^\r\n]*")
_PLAIN = {one: re.compile(f"[^{one}\r\n]*") for one in DELIMITERS}
_REST = re.compile(r'[^"\r\n]*+(?=[\r\n]|\Z)')
# Quotes before the end of a cell: right behind the opening one, and further on.
_QUOTES = {
    one: (
        re.compile(rf'"++(?=[{one}\r\n]|\Z)'),
        re.compile(rf'(?<!")"++(?=[{one}\r\n]|\Z)'),
    )
    for one in DELIMITERS
}
# Line breaks behind which a record of several cells could begin.
_STARTS = {one: re.compile(rf'(?:\r\n?|\n)(?="|[^{one}\r\n]*+{one})') for one in DELIMITERS}


def _trimmed(cells: Sequence[str], *, at_least: int = 0) -> tuple[str, ...]:
    """Without the empty cells that stand beyond `at_least` at the end."""
    end = len(cells)
    while end > at_least and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])


def _breaks(text: str, start: int, end: int) -> int:
    """Line breaks between two positions; a CR LF pair counts once."""
    return (
        text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)
    )
