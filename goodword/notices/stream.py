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
    if words := waiting():
        words.bodies[body] = None
    else:
        transaction.on_commit(Words(body).send, robust=True)


# A commit that notifies holds its lock until it is on the disk, where nobody looks for it.
SEND = """
SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, body)
  FROM unnest(%s::text[]) AS body"""


class Words:
    """What is said after one commit: all of it in one statement, and the same only once."""

    def __init__(self, body: str) -> None:
        self.bodies = {body: None}

    def send(self) -> None:
        bodies = list(self.bodies)
        self.bodies.clear()
        with connection.cursor() as cursor:
            cursor.execute(SEND, [CHANNEL, bodies])


def waiting() -> Words | None:
    """What is still to be said, and is taken back by the very rollbacks that would take back more.

    Those are the ones to a savepoint that is open now.
    """
    here = set(connection.savepoint_ids)
    for planned in connection.run_on_commit:
        words = getattr(planned[1], "__self__", None)
        if isinstance(words, Words) and words.bodies and planned[0] == here:
            return words
    return None
