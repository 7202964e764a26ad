from enum import StrEnum

import pytest

from goodword.kit.states import choices, moves


class Lamp(StrEnum):
    DARK = "dark"
    LIT = "lit"


@pytest.mark.parametrize(
    "table", [{Lamp.DARK: {Lamp.LIT}}, {Lamp.DARK: {Lamp.LIT}, Lamp.LIT: {"broken"}}, {}]
)
def test_moves_must_cover_their_states_and_no_others(table):
    with pytest.raises(TypeError, match="Lamp"):
        moves(Lamp, table)


def test_a_state_without_a_way_on_stands_in_the_table_too():
    assert moves(Lamp, {Lamp.DARK: {Lamp.LIT}, Lamp.LIT: set()})[Lamp.LIT] == frozenset()


def test_choices_are_values_with_names():
    assert choices(Lamp) == [("dark", "dark"), ("lit", "lit")]
