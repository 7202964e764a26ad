"""What a spreadsheet would carry out is made harmless, and is read back as it was."""

import pytest

from goodword.kit.formulas import guarded, is_formula, loosened

DANGEROUS = (
    "=1+1",
    "+49",
    "-20 %",
    "@sum(a)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\t=1",
    "\r\n@x",
    "'=1",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_begins_like_a_formula_is_text_and_comes_back(text):
    assert guarded(text) == "'" + text
    assert loosened(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "tea", "a=b", "'tea", "'", "1-2", " tea"])
def test_what_is_harmless_stays_as_it_is(text):
    assert guarded(text) == text
    assert loosened(text) is None


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        ("=1+1", True), ('=HYPERLINK("x")', True), ("+cmd|' /c'!A1", True), ("@SUM(A1)", True),
        (" =1", True), ("＝1", True), ("-SUM(A1)", True), ('="0012"', False), ("-20 %", False),
        ("+49 30 1", False), ("@lin", False), ("tea", False),
    ],
)  # fmt: skip
def test_what_others_wrote_is_a_formula_only_if_it_calls_something(cell, is_one):
    assert is_formula(cell) == is_one
