"""Announcements to whoever listens on the database: something is there, ask for it."""

import json
from typing import Any

from django.db import connection

CHANNEL = "goodword"
LIMIT = 7000  # bytes; PostgreSQL takes less than 8,000


def announce(kind: str, **payload: Any) -> None:
    """Tell the listeners when the surrounding transaction commits. Say ids, never content.

    Raises ValueError for a payload of 7,000 bytes or more.
    """
    body = json.dumps({"kind": kind, **payload}, separators=(",", ":"), default=str)
    if len(body.encode()) >= LIMIT:
        raise ValueError(f"An announcement of {kind} has {len(body)} bytes; send ids instead.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, body])
