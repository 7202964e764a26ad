"""Whom news may reach: of those whose page is open, exactly who may see or hear it now.

The stream asks here before it says anything, with the predicates of every other read.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.circle.visibility import HEARD, NO_BLOCK, VISIBLE, WISHED

from .queries import WHOLE

SEES = f"{VISIBLE} AND {WHOLE.replace('%(viewer)s', '{viewer}')}"

READERS = f"""
SELECT e.reader_id FROM circle_moment m
  JOIN reach_entry e ON e.reader_id = ANY (%(viewers)s) AND e.face = m.face
   AND e.published_at = m.published_at AND e.moment = m.id
 WHERE m.id = %(moment)s AND e.reader_id <> m.author_id
   AND {SEES} AND {WISHED}""".format(m="m", viewer="e.reader_id", now="%(now)s")

HEARERS = f"""
SELECT DISTINCT v.id FROM unnest(%(viewers)s::uuid[]) v (id), circle_moment m,
       (SELECT %(speaker)s::uuid AS member_id) said
 WHERE m.id = ANY (%(moments)s) AND {SEES} AND {HEARD}
""".format(m="m", c="said", viewer="v.id", now="%(now)s")

LOSERS = f"""
SELECT v.id FROM unnest(%(viewers)s::uuid[]) v (id), circle_moment m
 WHERE m.id = %(moment)s AND {SEES.replace("'published'", "'deleted'")}
""".format(m="m", viewer="v.id", now="%(now)s")

# An author counts friends who block her among those who see it: to them it was never there.
SHUT_OUT = f"""
SELECT v.id FROM unnest(%(viewers)s::uuid[]) v (id), circle_moment m
 WHERE m.id = %(moment)s AND NOT {VISIBLE} AND {WHOLE.replace("%(viewer)s", "{viewer}")}
   AND {NO_BLOCK.replace("OTHER", "m.author_id")}
""".format(m="m", viewer="v.id", now="%(now)s")


def readers_of(moment: UUID, viewers: Sequence[UUID], *, now: datetime) -> list[UUID]:
    """Which of `viewers` a new moment may be announced to: who may see it and wishes to."""
    return ask(READERS, moment=moment, viewers=list(viewers), now=now)


def hearers_of(
    moments: Sequence[UUID], speaker: UUID, viewers: Sequence[UUID], *, now: datetime
) -> list[UUID]:
    """Which of `viewers` hear what `speaker` says, or takes back, under one of the moments."""
    return ask(HEARERS, moments=list(moments), speaker=speaker, viewers=list(viewers), now=now)


def losers_of(moment: UUID, viewers: Sequence[UUID], *, now: datetime) -> list[UUID]:
    """Which of `viewers` a deleted moment is taken from: who would see it were it still there."""
    return ask(LOSERS, moment=moment, viewers=list(viewers), now=now)


def shut_out_of(moment: UUID, viewers: Sequence[UUID], *, now: datetime) -> list[UUID]:
    """Which of `viewers`, who saw the moment until it was narrowed, may not see it now."""
    return ask(SHUT_OUT, moment=moment, viewers=list(viewers), now=now)


def ask(sql: str, **values: Any) -> list[UUID]:
    with connection.cursor() as db:
        db.execute(sql, values)
        return [row[0] for row in db.fetchall()]
