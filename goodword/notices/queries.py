from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound

from . import kinds
from .models import Notice

PAGE = 30
MANY = 100  # the bell says 99+ from here on, and need not count further
UNREAD = """
SELECT count(*) FROM (
  SELECT 1 FROM notices_notice WHERE owner = %s AND read_at IS NULL LIMIT %s) unread"""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as its owner reads it, in the active language."""

    id: UUID
    kind: str
    sentence: str
    url: str
    at: datetime
    is_unread: bool
    actor: kinds.Person | None


def unread(viewer: UUID) -> int:
    """How many notices the viewer has not read, counted up to 100."""
    # On every page, so without the cost of building the query.
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [viewer, MANY])
        return cursor.fetchone()[0]


def notices(viewer: UUID, *, before: UUID | None = None, limit: int = PAGE) -> list[Line]:
    """The viewer's notices, newest first, at most `limit`; `before` is the last one seen.

    Two queries, three with `before`.
    """
    rows = Notice.objects.filter(owner=viewer)
    if before:
        last = rows.filter(id=before).first()
        if not last:
            raise NotFound(_("There is no such notice."))
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
    return _lines(list(rows.order_by("-at", "-id")[:limit]))


def url(viewer: UUID, notice: UUID) -> str:
    """Where the notice leads. Raises NotFound for anybody else's."""
    row = Notice.objects.filter(owner=viewer, id=notice).first()
    if not row:
        raise NotFound(_("There is no such notice."))
    return kinds.of(row.kind).url(row.subject)


def _lines(rows: list[Notice]) -> list[Line]:
    actors = kinds.people({row.actor for row in rows if row.actor})
    return [_line(row, actors.get(row.actor) if row.actor else None) for row in rows]


def _line(row: Notice, actor: kinds.Person | None) -> Line:
    kind = kinds.of(row.kind)
    facts: dict[str, Any] = {"actor": actor.display_name if actor else _("Somebody"), **row.facts}
    return Line(
        id=row.id,
        kind=row.kind,
        sentence=kind.sentence(facts),
        url=kind.url(row.subject),
        at=row.at,
        is_unread=row.read_at is None,
        actor=actor,
    )
