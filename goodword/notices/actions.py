from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.kit.rows import joined

from . import stream
from .models import Notice

TELL = """
WITH known AS (
  UPDATE notices_notice SET at = %(at)s, facts = %(facts)s
   WHERE owner = %(owner)s AND subject = %(subject)s AND kind = %(kind)s AND read_at IS NULL
     AND actor IS NOT DISTINCT FROM %(actor)s
     AND (%(part)s::text IS NULL OR facts ->> 'part' = %(part)s)
  RETURNING id)
INSERT INTO notices_notice (id, owner, kind, subject, actor, facts, at)
SELECT %(id)s::uuid, %(owner)s::uuid, %(kind)s, %(subject)s::uuid, %(actor)s::uuid,
       %(facts)s::jsonb, %(at)s::timestamptz
 WHERE NOT EXISTS (SELECT FROM known)"""


@joined
def tell(
    *,
    member: UUID,
    kind: str,
    subject: UUID,
    now: datetime,
    actor: UUID | None = None,
    part: UUID | None = None,
    **facts: Any,
) -> None:
    """Let `member` know of `kind` ("orders.shipped"). `facts` must be JSON-able.

    The same again, while it is unread, takes the place of the earlier one: a like taken back and
    given again is one line. `part` tells apart what is not the same, as two comments on one
    moment. `now` is UTC.
    """
    if part:
        facts["part"] = str(part)
    values: dict[str, Any] = {
        "id": new_id(), "owner": member, "kind": kind, "subject": subject, "actor": actor,
        "facts": Jsonb(facts), "part": str(part) if part else None, "at": now,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)
    stream.announce("notice", member=str(member))


def withdraw(
    *, subject: UUID, kind: str = "", actor: UUID | None = None, part: UUID | None = None
) -> int:
    """Take back what was told about `subject`; of one kind, one actor's, one `part` if given.

    For what may no longer be known, as a deleted comment. Returns how many notices went.
    """
    rows = Notice.objects.filter(subject=subject)
    if kind:
        rows = rows.filter(kind=kind)
    if actor:
        rows = rows.filter(actor=actor)
    if part:
        rows = rows.filter(facts__part=str(part))
    return rows.delete()[0]


def withdraw_between(*, one: UUID, other: UUID, domain: str) -> int:
    """Take back what `domain` ("circle") told these two of each other, as when they part.

    A notice quotes what was said, so it may not outlive the right to read it. Returns how many
    notices went.
    """
    pair = Q(owner=one, actor=other) | Q(owner=other, actor=one)
    return Notice.objects.filter(pair, kind__startswith=f"{domain}.").delete()[0]


def read(*, owner: UUID, notice: UUID, now: datetime) -> None:
    """Mark one notice as read; the second time changes nothing. Raises NotFound."""
    rows = Notice.objects.filter(owner=owner, id=notice)
    if rows.filter(read_at=None).update(read_at=now):
        stream.announce("notice", member=str(owner))
    elif not rows.exists():
        raise NotFound(_("There is no such notice."))


def read_all(*, owner: UUID, now: datetime) -> int:
    """Mark everything that was told until `now` as read; returns how many were unread."""
    count = Notice.objects.filter(owner=owner, read_at=None, at__lte=now).update(read_at=now)
    if count:
        stream.announce("notice", member=str(owner))
    return count
