import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.shop.imports import Limits, TooBig
from goodword.shop.imports.delimited import Table, find_table, records

WIDTH = 8


def rows_of(text: str, *, delimiter: str = "\t", needed: int = 1, **limits):
    table = Table(text, delimiter, tuple("abcdefgh"[:WIDTH]), body=0, number=0)
    return list(records(table, needed=needed, limits=Limits(**limits)))


def row(*cells: str) -> str:
    return "\t".join(cells + ("-",) * (WIDTH - len(cells)))


# Letters that mean something to a parser. Delimiters and line breaks within cells do not meet in
# one table: with as few as eight columns they can add up to what looks like a swallowed item.
PIECES = st.sampled_from(['"', '""', "茶", "a", " ", "'", ";", "\\"])


def tables(*pieces: str):
    cell = st.lists(PIECES | st.sampled_from(pieces), max_size=5).map("".join)
    return st.lists(st.lists(cell, min_size=WIDTH, max_size=WIDTH), max_size=6)


@given(
    table=tables("\t") | tables("\n", "\r\n"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_by_the_book_is_read_by_the_book(table, quoting, line_end):
    out = io.StringIO()
    csv.writer(out, delimiter="\t", quoting=quoting, lineterminator=line_end).writerows(table)
    found = rows_of(out.getvalue())
    assert [one.fault for one in found] == [None] * len(found)
    assert [list(one.cells) for one in found] == [
        cells for cells in table if any(cell.strip() for cell in cells)
    ]


def test_quotes_that_nobody_doubled_are_letters():
    found = rows_of('1\t"<p style="color:red;">茶</p>"\t' + row()[:-4] + "\n" + row("2"))
    assert found[0].cells[1] == '<p style="color:red;">茶</p>'
    assert found[1].cells[0] == "2"


def test_rows_and_lines_are_counted_as_people_count_them():
    found = rows_of("\n" + row("1", '"a\nb\r\nc"') + "\n\n" + row("2") + "\n")
    assert [(one.number, one.line) for one in found] == [(2, 2), (4, 6)]


def test_a_quote_that_never_closes_costs_its_own_row_only():
    found = rows_of("\n".join([row("1"), row("2", '"open', "x"), row("3"), row("4", '"a"')]))
    assert [one.cells[:1] for one in found] == [("1",), (), ("3",), ("4",)]
    assert found[1].fault.sentence.startswith("Row 2 (line 2 of the file): ")


def test_a_quote_that_closes_in_the_next_items_same_column_costs_its_own_row_only():
    """The count of cells is right then: only the line inside gives it away."""
    found = rows_of("\n".join([row("1", '"open'), row("2", '"shut"'), row("3", '"a"')]))
    assert [one.cells[:2] for one in found] == [(), ("2", "shut"), ("3", "a")]
    assert found[0].fault.code == "row_unclosed"


@pytest.mark.parametrize(
    ("broken", "cells"),
    [("1\t2\t3", 3), (row("1") + "\t9\t9", WIDTH + 2), (row("1") + '\t"9"\t"9"', WIDTH + 2)],
)
def test_a_row_with_other_cells_than_columns_is_refused_with_their_number(broken, cells):
    found = rows_of(f"{row('0')}\n{broken}\n{row('2')}", needed=5)
    assert [bool(one.fault) for one in found] == [False, True, False]
    assert dict(found[1].fault.values) == {"row": 2, "line": 2, "cells": cells, "columns": WIDTH}


@pytest.mark.parametrize("padding", ["\t\t\t", '\t""\t""', "\t \t"])
def test_empty_cells_that_a_spreadsheet_added_are_no_cells(padding):
    assert rows_of(row("1") + padding)[0].fault is None


def test_a_row_may_lack_cells_that_no_listing_needs():
    assert rows_of("1\t2\t3\t4\t5", needed=5)[0].cells == ("1", "2", "3", "4", "5")


def test_a_huge_cell_is_refused_and_the_next_row_is_read():
    found = rows_of(row("1", "x" * 50) + "\n" + row("2"), cell=49)
    assert found[0].fault.code == "row_cell_long"
    assert found[1].cells[0] == "2"


def test_endless_blank_rows_end():
    with pytest.raises(TooBig):
        rows_of(" \n" * 30, rows=20)


@pytest.mark.parametrize(
    "text",
    [
        "\t" * 2_000_000,
        '"' * 2_000_000,
        '"\t' * 1_000_000,
        '"\n' * 1_000_000,
        '"a\t"x\n' * 300_000,
        '1\t"' + "x\n" * 900_000 + '"',
        '1\t"' + '"x\n' * 600_000 + '"',
        "\r" * 2_000_000,
    ],
    ids=["tabs", "quotes", "quote-tab", "quote-line", "open", "lines", "quoted-lines", "returns"],
)
@pytest.mark.timeout(30)
def test_hostile_text_ends_in_time(text):
    with contextlib.suppress(TooBig):
        rows_of(text)


def test_the_header_is_found_by_names_whatever_stands_above():
    known = frozenset(("title", "price", "num"))
    table = find_table("version 1.00,,\n\n TITLE ,price,num\n1,2,3", known=known, at_least=3)
    assert (table.delimiter, table.names, table.number) == (",", ("TITLE", "price", "num"), 3)
    assert find_table("title\tcost\n", known=known, at_least=2) is None
