"""Announcements to whoever listens on the database: something is there, ask for it."""

import json
from typing import Any

from django.db import connection, transaction

CHANNEL = "goodword"
LIMIT = 7000  # bytes; PostgreSQL takes less than 8,000


def announce(kind: str, **payload: Any) -> None:
    """Tell the listeners right after the surrounding transaction commits. Say ids, never content.

    After it, because a commit that notifies holds a lock over all others until it is on the disk.
    A process that dies in between tells nobody; pages ask again when they come back. Raises
    ValueError for a payload of 7,000 bytes or more.
    """
    body = json.dumps({"kind": kind, **payload}, separators=(",", ":"), default=str)
    if len(body.encode()) >= LIMIT:
        raise ValueError(f"An announcement of {kind} has {len(body)} bytes; send ids instead.")
    transaction.on_commit(lambda: send(body), robust=True)


# A commit that notifies holds its lock until it is on the disk, where nobody looks for it.
SEND = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, %s)"


def send(body: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SEND, [CHANNEL, body])
