"""States as data: enums of every state, and tables of the moves that are allowed between them."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any, TypeVar

from django.db.models import CheckConstraint, Q

State = TypeVar("State", bound=StrEnum)


def moves(kind: type[State], table: Mapping[State, set[State]]) -> Mapping[State, frozenset[State]]:
    """`table` checked at import: every state of `kind` stands in it once, and no other."""
    if set(table) != set(kind) or not set().union(*table.values()) <= set(kind):
        raise TypeError(f"the moves of {kind.__name__} do not cover its states")
    return {state: frozenset(after) for state, after in table.items()}


def choices(states: type[Enum]) -> list[tuple[Any, str]]:
    """The states as a field's choices."""
    return [(state.value, state.name.lower()) for state in states]


def among(field: str, states: type[Enum], name: str) -> CheckConstraint:
    """The database's own check that a field holds one of the states."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": [state.value for state in states]}), name=name
    )
