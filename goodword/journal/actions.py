import json
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.rows import insert

from .models import Entry


def record(
    *, owner: UUID, actor: UUID | None, verb: str, subject: UUID, now: datetime, **facts: Any
) -> None:
    """Append a deed to `owner`’s chain in the surrounding transaction; `facts` are JSON-able."""
    body = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    row = Entry(owner=owner, actor=actor, verb=verb, subject=subject, at=now, body=body)
    insert([row])
