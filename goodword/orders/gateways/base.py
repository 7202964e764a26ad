"""What every carrier's gateway gives and takes: plain values, nothing believed yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..states import Scanned


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a carrier says of a parcel. Carriers repeat themselves, and come late.

    `carrier` is a code of `states.CARRIERS` or "" where the source names none; `number` as
    `rules.tracking_number` writes it; `at` is aware. `row` is its place in the source.
    """

    row: int
    carrier: str
    number: str
    kind: Scanned
    at: datetime
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be read: why (a key of `words.UNREAD`), and what stands there."""

    row: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read; another `mark` under the same name means that it has changed."""

    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a source said. `whole` is False while more of it is still being written."""

    said: Sequence[Said]
    unread: Sequence[Unread]
    whole: bool = True


class Tracking(Protocol):
    """A way in which carriers are heard. Reading changes nothing there, and can be repeated."""

    name: str

    def sources(self, *, now: datetime) -> list[Source]:
        """What can be read now, the oldest first."""

    def read(self, source: Source, *, now: datetime) -> Batch:
        """Raises FileNotFoundError when it is gone."""
