"""What waits for an operator: each domain registers its lists at the start, the desk shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Desk:
    """One list on the desk. `count` says how many things wait, `name` is its page's."""

    key: str
    word: Any
    sentence: Any
    icon: str
    name: str
    count: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Pile:
    """A list as the page and the API show it."""

    key: str
    word: str
    sentence: str
    icon: str
    url: str
    count: int


_desks: dict[str, Desk] = {}


def register(desk: Desk) -> None:
    """Once for each key; a second with the same key is a fault."""
    if desk.key in _desks:
        raise ValueError(f"{desk.key} lies on the desk already")
    _desks[desk.key] = desk


def piles() -> list[Pile]:
    """Every list, those on which something waits first. For operators."""
    found = [
        Pile(one.key, str(one.word), str(one.sentence), one.icon, reverse(one.name), one.count())
        for one in _desks.values()
    ]
    return sorted(found, key=lambda pile: pile.count == 0)
