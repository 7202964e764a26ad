"""What a decision takes out of somebody's sight leaves their open pages at once.

Only who could see something until then is told, and only to look again at what is before them,
which says no more than a reload would: who had nothing to lose hears nothing of a block or a dial.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.notices import stream

from ..visibility import HEARD, VISIBLE

TOLD_AT_ONCE = 150  # ids that one announcement holds

# Of moments for the same people the newest stands for all: whoever loses an older one loses it too.
# So the cost is that of the audiences in use, however long somebody has been posting.
SEEN = f"""
SELECT v.id, m.id FROM unnest(%(viewers)s::uuid[]) v (id), (
  SELECT audience_kind, audience_groups, audience_people, max(published_at) AS newest
    FROM circle_moment
   WHERE author_id = %(author)s AND state = 'published' AND published_at <= %(now)s
     AND (%(groups)s::uuid[] IS NULL OR audience_groups && %(groups)s::uuid[])
   GROUP BY 1, 2, 3) a
  JOIN circle_moment m ON m.author_id = %(author)s AND m.published_at = a.newest
   AND m.audience_kind = a.audience_kind AND m.audience_groups = a.audience_groups
   AND m.audience_people = a.audience_people
 WHERE {VISIBLE}
""".format(m="m", viewer="v.id", now="%(now)s")

STILL = f"""
SELECT v.id, m.id FROM unnest(%(viewers)s::uuid[], %(moments)s::uuid[]) v (id, moment)
  JOIN circle_moment m ON m.id = v.moment WHERE {VISIBLE}
""".format(m="m", viewer="v.id", now="%(now)s")

# One answer that is heard is enough.
SAID = f"""
SELECT v.id FROM unnest(%(viewers)s::uuid[]) v (id)
 WHERE EXISTS (
   SELECT 1 FROM (SELECT moment_id, member_id FROM circle_like WHERE member_id = %(author)s
                  UNION ALL SELECT moment_id, member_id FROM circle_comment
                             WHERE member_id = %(author)s) c
     JOIN circle_moment m ON m.id = c.moment_id
    WHERE m.author_id <> %(author)s AND {VISIBLE} AND {HEARD})
""".format(m="m", c="c", viewer="v.id", now="%(now)s")

LOOKING_BACK = f"""
SELECT f0.friend_id FROM circle_friendship f0
 WHERE f0.owner_id = %(author)s AND EXISTS (
   SELECT 1 FROM circle_moment m
    WHERE m.author_id = %(author)s AND m.published_at < %(since)s AND {VISIBLE})
""".format(m="m", viewer="f0.friend_id", now="%(now)s")


@contextmanager
def losing_sight(
    *, of: UUID, viewers: Collection[UUID], groups: Collection[UUID] | None = None, now: datetime
) -> Iterator[None]:
    """Around a decision of the author `of`: which of `viewers` lose a moment of theirs by it.

    `groups`: only moments for, or kept from, one of these can be lost.
    """
    values = {
        "author": of, "viewers": list(viewers), "now": now,
        "groups": None if groups is None else list(groups),
    }  # fmt: skip
    before = ask(SEEN, values) if viewers else set()
    yield
    tell_losers(before - still(before, now=now))


@contextmanager
def parting(*, one: UUID, other: UUID, now: datetime) -> Iterator[None]:
    """Around a decision that comes between two: what either shows or says is lost to the other."""
    pairs = [
        {"author": author, "viewers": [viewer], "groups": None, "now": now}
        for author, viewer in ((one, other), (other, one))
    ]
    saw = {pair for values in pairs for pair in ask(SEEN, values)}
    heard = {viewer for values in pairs for viewer in ask(SAID, values)}
    yield
    tell_losers(heard | saw)


def still(saw: Collection[tuple[UUID, ...]], *, now: datetime) -> set[tuple[UUID, ...]]:
    """Which of these (viewer, moment) are so yet."""
    if not saw:
        return set()
    viewers, moments = zip(*saw, strict=True)
    return ask(STILL, {"viewers": list(viewers), "moments": list(moments), "now": now})


def tell_those_looking_back(*, at: UUID, window: timedelta | None, now: datetime) -> None:
    """Before the author `at` shortens how far back friends may look: who sees something older."""
    if window is not None:
        tell_losers(ask(LOOKING_BACK, {"author": at, "since": now - window, "now": now}))


def tell_hearers(unsaid: Mapping[UUID, Collection[UUID]]) -> None:
    """What each speaker said under these moments is gone: those who heard it look again."""
    for speaker, moments in unsaid.items():
        for part in parts(moments):
            stream.announce("unsaid", speaker=str(speaker), moments=part)


def tell_losers(lost: Collection[tuple[UUID, ...]]) -> None:
    for part in parts({viewer for viewer, *_moment in lost}):
        stream.announce("look", members=part)


def parts(ids: Collection[UUID]) -> list[list[str]]:
    told = sorted(str(one) for one in ids)
    return [told[at : at + TOLD_AT_ONCE] for at in range(0, len(told), TOLD_AT_ONCE)]


def ask(sql: str, values: Mapping[str, Any]) -> set[tuple[UUID, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return set(cursor.fetchall())
