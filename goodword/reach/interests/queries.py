"""Reading interests: only ever the viewer's own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodword.kit.interests import GROUPS, INTERESTS

from ..models import Interest


@dataclass(frozen=True, slots=True)
class Choice:
    """One interest as the viewer may choose it; `name` is a lazy translation."""

    key: str
    name: Any
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Interests that belong together; `label` is a lazy translation."""

    label: Any
    choices: tuple[Choice, ...]


def chosen(viewer: UUID) -> tuple[str, ...]:
    """What the viewer likes, in the vocabulary's order; a key that left it is passed over."""
    rows = set(Interest.objects.filter(owner=viewer).values_list("interest", flat=True))
    return tuple(key for key in INTERESTS if key in rows)


def groups(viewer: UUID) -> list[Group]:
    """The whole vocabulary with the viewer's choices."""
    liked = set(chosen(viewer))
    return [
        Group(label, tuple(Choice(one.key, one.name, one.key in liked) for one in row))
        for label, row in GROUPS
    ]
