"""What a domain gives to a member's archive: named parts of JSON-able rows, and files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

Rows = Iterator[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """One JSON file of the archive.

    `read(viewer, now)` yields its rows, only what the viewer may see, without holding them all.
    `covers` names the tables (“circle.Moment”) whose rows of the viewer are in it.
    """

    name: str
    read: Callable[[UUID, datetime], Rows]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the store to take along: `name` in the archive, `key` in the store."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Media:
    """Files of the viewer's; `covers` names the tables whose files they are."""

    read: Callable[[UUID, datetime], Iterator[Kept]]
    covers: tuple[str, ...] = ()
