"""What is named as long, or as sharing a house, is there: else it would be left for the end."""

import pytest

from ..turns import APART, AT_HOME, LONG, Turns
from .house import ROOT


def test_what_is_named_is_there():
    assert [
        part for part in {*APART, *AT_HOME, *LONG} - {"at home"} if not (ROOT / part).exists()
    ] == []


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        (
            "tests/simulation/test_simulation.py::test_x[3]",
            "tests/simulation/test_simulation.py::test_x[3]",
        ),
        ("tests/simulation/test_model.py::test_x[0]", "tests/simulation/test_model.py"),
        ("tests/journeys/test_live.py::test_x", "at home"),
        ("tests/api/test_conformance.py::test_x[GET /a::b]", "at home"),
        ("tests/journeys/test_pages.py::test_x[rules-en]", "tests/journeys/test_pages.py"),
        ("goodword/shop/tests/test_rows.py::test_x", "goodword/shop/tests/test_rows.py"),
    ],
)
def test_a_file_stays_with_one_worker(test: str, scope: str):
    assert Turns._split_scope(Turns.__new__(Turns), test) == scope
