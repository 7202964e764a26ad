"""The table of variants: what is typed is never lost, and nothing is offered that was not meant."""

import pytest
from django.http import QueryDict

from goodword.kit.money import Money
from goodword.shop.drafts import BadListing
from goodword.shop.pages import VariantView
from goodword.shop.rows import MOST, VariantRow, VariantRows, split

COLOUR = ("Colour", "red, blue")
SIZE = ("Size", "S，M、L")


def posted(options, *rows):
    data = QueryDict(mutable=True)
    for n, (name, values) in enumerate(options):
        data[f"option_name_{n}"], data[f"option_values_{n}"] = name, values
    for row in rows:
        data.appendlist("row_options", row.packed)
        data.appendlist("row_price", row.price)
        data.appendlist("row_stock", row.stock)
        data.appendlist("row_seen", row.seen)
        data.appendlist("row_code", row.code)
        data.appendlist("row_id", str(row.id or ""))
    return VariantRows.read(data)


def test_values_may_be_parted_in_chinese_too():
    assert split("red， blue、 green;red,, ") == ["red", "blue", "green"]


def test_each_combination_gets_a_row_with_the_first_rows_price():
    table = posted([COLOUR, SIZE], VariantRow(price="12", stock="3")).spread()
    assert len(table.rows) == 6
    assert table.rows[0].name == "red · S"
    assert {(row.price, row.stock) for row in table.rows} == {("12", "3")}
    assert table.is_spread


def test_what_was_typed_stays_when_a_value_is_added():
    first = posted([COLOUR], VariantRow(price="12", stock="3")).spread()
    changed = [VariantRow(first.rows[0].options, "15", "1", code="R"), first.rows[1]]
    table = posted([("Colour", "red, blue, green")], *changed)
    assert not table.is_spread
    rows = table.spread().rows
    assert [(row.name, row.price, row.code) for row in rows] == [
        ("red", "15", "R"), ("blue", "12", ""), ("green", "15", ""),
    ]  # fmt: skip


def test_empty_prices_and_dropped_values_are_not_offered():
    rows = posted([COLOUR], VariantRow(price="12", stock="3")).spread().rows
    only_red = posted([COLOUR], rows[0], VariantRow(rows[1].options, "", "3"))
    assert [one.options for one in only_red.drafts("CNY")] == [(("Colour", "red"),)]
    dropped = posted([("Colour", "blue")], *rows)
    assert dropped.is_spread
    assert [one.options for one in dropped.drafts("CNY")] == [(("Colour", "blue"),)]


def test_options_that_are_taken_away_need_a_plain_row():
    rows = posted([COLOUR], VariantRow(price="12", stock="3")).spread().rows
    plain = posted([], *rows)
    assert not plain.is_spread
    [draft] = plain.spread().drafts("CNY")
    assert (draft.options, draft.price) == ((), Money(1200, "CNY"))


@pytest.mark.parametrize(
    ("price", "stock", "sentence"),
    [("twelve", "1", "no amount"), ("12", "some", "no number"), ("12", "-1", "no number"),
     ("12.345", "1", "digits"), ("12", "", "no number"), ("12", "9" * 10, "no number")],
)  # fmt: skip
def test_odd_cells_are_named_by_their_variant(price, stock, sentence):
    table = posted([("Size", "S")], VariantRow((("Size", "S"),), price, stock))
    with pytest.raises(BadListing, match=sentence) as refusal:
        table.drafts("CNY")
    assert str(refusal.value).startswith("S: ")


def test_a_table_has_an_end():
    many = ", ".join(str(n) for n in range(15))
    with pytest.raises(BadListing, match="225"):
        posted([("A", many), ("B", many)], VariantRow(price="1", stock="1")).spread()
    assert MOST == 200


def test_broken_columns_are_no_rows():
    data = QueryDict("row_options=x&row_price=1&row_stock=1&row_seen=&row_code=&row_id=zz")
    [row] = VariantRows.read(data).rows
    assert (row.options, row.id) == ((), None)
    assert VariantRows.read(QueryDict("")).rows == ()


def test_an_irregular_listing_is_shown_as_it_is():
    def view(colour, size):
        return VariantView(
            id=None, options=[("Colour", colour), ("Size", size)], price=Money(1250, "CNY"),
            pieces=2, made_to_order=False, history=[], lowest=None,
        )  # fmt: skip

    table = VariantRows.of([view("red", "S"), view("blue", "M")])
    assert table.options == (("Colour", "red, blue"), ("Size", "S, M"))
    assert (len(table.rows), table.is_spread) == (2, True)
    assert table.rows[0].price == "12.50"
    assert len(table.drafts("CNY")) == 2
