import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .models import Entry

TIME = "%Y-%m-%dT%H:%M:%S.%f"  # in UTC: how the chain writes it


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened: `facts` as recorded, `actor` None when the house acted by itself."""

    at: datetime
    actor: UUID | None
    verb: str
    facts: dict[str, Any]


def story(subject: UUID) -> list[Deed]:
    """Everything that was done to `subject`, oldest first. The caller checked who may read it."""
    rows = Entry.objects.filter(subject=subject).order_by("at", "seq")
    return [Deed(row.at, row.actor, row.verb, json.loads(row.body)) for row in rows]


@dataclass(frozen=True, slots=True)
class Link:
    """A deed as it is chained: `at` and `body` are the very texts, `seq` its place in the chain."""

    owner: UUID
    seq: int
    actor: UUID | None
    verb: str
    subject: UUID
    at: datetime
    body: str
    previous: bytes
    digest: bytes

    @property
    def deed(self) -> Deed:
        return Deed(self.at, self.actor, self.verb, json.loads(self.body))


def links(owner: UUID, subject: UUID, verbs: Collection[str]) -> list[Link]:
    """What was done to `subject` of these kinds, as it stands in `owner`'s chain, oldest first.

    The caller checked who may read it.
    """
    rows = Entry.objects.filter(owner=owner, subject=subject, verb__in=list(verbs))
    return [
        Link(
            row.owner, row.seq, row.actor, row.verb, row.subject, row.at, row.body,
            bytes(row.previous), bytes(row.digest),
        )
        for row in rows.order_by("seq")
    ]  # fmt: skip


def broken_link(owner: UUID) -> int | None:
    """The first `seq` in `owner`'s chain whose digest does not follow, or None when all do."""
    previous, expected = b"", 1
    for row in Entry.objects.filter(owner=owner).order_by("seq").iterator():
        if (row.seq, bytes(row.previous), bytes(row.digest)) != (
            expected,
            previous,
            digest(row, previous),
        ):
            return expected
        previous, expected = bytes(row.digest), expected + 1
    return None


def digest(entry: Entry, previous: bytes) -> bytes:
    """What the database computed when it linked `entry`, computed again."""
    parts = (
        str(entry.owner),
        str(entry.seq),
        str(entry.actor or "-"),
        entry.verb,
        str(entry.subject),
        entry.at.strftime(TIME),
        entry.body,
    )
    return hashlib.sha256(previous + "\x1f".join(parts).encode()).digest()
