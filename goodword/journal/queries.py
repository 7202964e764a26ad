import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .models import Entry


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
        entry.at.strftime("%Y-%m-%dT%H:%M:%S.%f"),
        entry.body,
    )
    return hashlib.sha256(previous + "\x1f".join(parts).encode()).digest()
