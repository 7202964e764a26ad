import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from goodword.kit import clock
from goodword.kit.cursors import answered
from goodword.kit.errors import NotFound

from . import kinds
from .models import Notice, Wish
from .states import Told

PAGE = 30
MANY = 100  # the bell says 99+ from here on, and need not count further
# STANDS: what was told of a thing that is hidden by now is not there, on no page and in no number.
UNREAD = """
SELECT count(*) FROM (
  SELECT 1 FROM notices_notice n
   WHERE n.owner = %(owner)s AND n.read_at IS NULL AND NOT n.quiet AND STANDS
   LIMIT %(limit)s) unread"""
# Who is folded into each line that is shown.
CROWDS = """
SELECT kind, subject, read_at IS NULL, array_agg(DISTINCT actor)
  FROM notices_notice
 WHERE owner = %(owner)s AND kind = ANY (%(kinds)s) AND subject = ANY (%(subjects)s)
 GROUP BY 1, 2, 3"""
# What a letter is due about: nothing to those who were written to within the hour.
WAITING = """
SELECT n.owner, n.kind, n.facts::text, n.actor, n.at
  FROM notices_notice n
 WHERE n.to_mail AND n.read_at IS NULL AND n.at <= %(settled)s
   AND NOT EXISTS (SELECT FROM notices_letter l WHERE l.owner = n.owner AND l.at > %(earlier)s)
   AND STANDS
 ORDER BY n.owner, n.at LIMIT 5000"""
SETTLES = timedelta(minutes=5)  # whoever is here reads it before a letter is worth it
LETTER_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as its owner reads it, in the active language; `others` did the same as `actor`."""

    id: UUID
    kind: str
    sentence: str
    url: str
    at: datetime
    is_unread: bool
    actor: kinds.Person | None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """How a group is told to one member. `label` is a lazy translation."""

    group: str
    label: Any
    told: Told
    mail: bool
    vital: bool


@dataclass(frozen=True, slots=True)
class News:
    """What one letter names: groups with who did it (None: the house), told until `until`."""

    owner: UUID
    until: datetime
    items: list[tuple[str, UUID | None]]


@cache
def asking(sql: str) -> str:
    """`sql` with STANDS filled in; every kind is declared by the time of the first question."""
    return sql.replace("STANDS", kinds.standing("n").format(now="%(now)s"))


def unread(viewer: UUID) -> int:
    """How many notices the viewer has not read and wants counted, counted up to 100."""
    # On every page, so without the cost of building the query.
    values = {"owner": viewer, "limit": MANY, "now": clock.now()}
    _count, [(number,)] = answered(asking(UNREAD), values)
    return int(number)


def notices(viewer: UUID, *, before: UUID | None = None, limit: int = PAGE) -> list[Line]:
    """The viewer's notices, newest first, at most `limit`; `before` is the last one seen.

    Three queries, four with `before`, and one more where a line may stand for several people.
    """
    rows = Notice.objects.filter(owner=viewer)
    if before:
        last = rows.filter(id=before).first()
        if not last:
            raise NotFound(_("There is no such notice."))
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
    rows = rows.filter(_stands()).exclude(_folded())
    return _lines(viewer, list(rows.order_by("-at", "-id")[:limit]))


def _stands() -> RawSQL:
    sql = kinds.standing("notices_notice")
    times = [clock.now()] * sql.count("{now}")
    return RawSQL(sql.format(now="%s"), times, output_field=BooleanField())  # noqa: S611  # no text from outside


def _folded() -> Q:
    """A newer one of the same kind and subject stands for it: both unread, or both read."""
    newer = Notice.objects.filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("id")),
        owner=OuterRef("owner"),
        subject=OuterRef("subject"),
        kind=OuterRef("kind"),
    )
    unread, read = Q(read_at__isnull=True), Q(read_at__isnull=False)
    return Q(kind__in=kinds.folding()) & (
        (unread & Exists(newer.filter(unread))) | (read & Exists(newer.filter(read)))
    )


def url(viewer: UUID, notice: UUID) -> str:
    """Where the notice leads. Raises NotFound for anybody else's, and for what is hidden by now."""
    row = Notice.objects.filter(owner=viewer, id=notice).filter(_stands()).first()
    if not row:
        raise NotFound(_("There is no such notice."))
    return kinds.of(row.kind).url(row.subject)


def choices(viewer: UUID) -> list[Choice]:
    """How each group is told to the viewer. One query."""
    wishes = {row.group: row for row in Wish.objects.filter(owner=viewer)}
    return [
        Choice(
            name,
            group.label,
            Told(wishes[name].told) if name in wishes else as_declared(group),
            wishes[name].mail if name in wishes else group.mail,
            group.vital,
        )
        for name, group in kinds.groups().items()
    ]


def as_declared(group: kinds.Group) -> Told:
    return Told.QUIET if group.quiet else Told.ON


def waiting_for_letters(now: datetime) -> list[News]:
    """Whom to write about what they have not read, each at most once an hour."""
    values = {"now": now, "settled": now - SETTLES, "earlier": now - LETTER_EVERY}
    with connection.cursor() as cursor:
        cursor.execute(asking(WAITING), values)
        rows = cursor.fetchall()
    return [_news(owner, list(mine)) for owner, mine in groupby(rows, key=itemgetter(0))]


def _news(owner: UUID, rows: Sequence[Any]) -> News:
    items = [
        (kinds.of(kind).group_of(json.loads(facts)), actor)
        for _owner, kind, facts, actor, _at in rows
    ]
    return News(owner, rows[-1][4], items)


def _lines(viewer: UUID, rows: list[Notice]) -> list[Line]:
    crowds = _crowds(viewer, rows)
    ids = {row.actor for row in rows if row.actor}
    actors, names = kinds.people(ids), kinds.called(viewer, ids)
    return [
        _line(
            row,
            actors.get(row.actor) if row.actor else None,
            names.get(row.actor, "") if row.actor else "",
            crowds.get((row.kind, row.subject, row.read_at is None), 0),
        )
        for row in rows
    ]


def _crowds(viewer: UUID, rows: list[Notice]) -> dict[tuple[str, UUID, bool], int]:
    """How many others each line stands for."""
    folding = set(kinds.folding()) & {row.kind for row in rows}
    if not folding:
        return {}
    subjects = [row.subject for row in rows if row.kind in folding]
    values: dict[str, Any] = {"owner": viewer, "kinds": list(folding), "subjects": subjects}
    with connection.cursor() as cursor:
        cursor.execute(CROWDS, values)
        return {
            (kind, subject, is_unread): len(set(actors)) - 1
            for kind, subject, is_unread, actors in cursor.fetchall()
        }


def _line(row: Notice, actor: kinds.Person | None, name: str, others: int) -> Line:
    kind = kinds.of(row.kind)
    name = name or (actor.display_name if actor else _("Somebody"))
    facts: dict[str, Any] = {"actor": name, **row.facts}
    say = kind.crowd if kind.crowd and others else kind.sentence
    return Line(
        id=row.id,
        kind=row.kind,
        sentence=say({**facts, "others": others}),
        url=kind.url(row.subject),
        at=row.at,
        is_unread=row.read_at is None,
        actor=actor,
        others=others,
    )
