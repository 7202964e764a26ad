"""What a domain gives to a member's archive: named parts of JSON-able rows, and files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")
Rows = Iterator[Mapping[str, Any]]


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


def chunks(rows: Iterable[T], size: int = 200) -> Iterator[list[T]]:
    """`rows` in lists of at most `size`, so that what belongs to them is read for many at once."""
    given = iter(rows)
    while part := list(islice(given, size)):
        yield part
