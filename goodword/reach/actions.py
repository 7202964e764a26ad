"""Keeping the timelines' index: fan out, back-fill, part, rebuild. All can run twice."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

from goodword.kit import jobs
from goodword.notices import stream

CHUNK = 1000  # readers per transaction
ZERO = UUID(int=0)
MARKET = "market"

FAN_OUT = """
WITH published AS MATERIALIZED (
  SELECT id, author_id, face, published_at FROM circle_moment WHERE id = %(moment)s
), chunk AS (
  SELECT f.friend_id FROM circle_friendship f
   WHERE f.owner_id = (SELECT author_id FROM published) AND f.friend_id > %(after)s
   ORDER BY f.friend_id LIMIT %(chunk)s
), written AS (
  INSERT INTO reach_entry (reader_id, face, published_at, moment, author)
  SELECT reader, face, published_at, id, author_id FROM published, (
    SELECT friend_id AS reader FROM chunk
    UNION ALL SELECT author_id FROM published WHERE %(after)s = %(zero)s) readers
  ON CONFLICT DO NOTHING)
SELECT count(*), max(friend_id::text), (SELECT face FROM published) FROM chunk"""

BACK_FILL = """
INSERT INTO reach_entry (reader_id, face, published_at, moment, author)
SELECT %(reader)s, m.face, m.published_at, m.id, m.author_id FROM circle_moment m
 WHERE m.author_id = %(author)s AND m.state = 'published'
ON CONFLICT DO NOTHING"""

REBUILD = """
INSERT INTO reach_entry (reader_id, face, published_at, moment, author)
SELECT %(reader)s, m.face, m.published_at, m.id, m.author_id FROM circle_moment m
 WHERE m.state = 'published' AND (m.author_id = %(reader)s OR m.author_id IN (
   SELECT f.friend_id FROM circle_friendship f WHERE f.owner_id = %(reader)s))
ON CONFLICT DO NOTHING"""


@transaction.atomic(savepoint=False)
def fan_out(*, moment: UUID, after: UUID = ZERO) -> None:
    """Put the moment into the timelines of one chunk of friends; the next chunk is another job."""
    with connection.cursor() as db:
        db.execute(FAN_OUT, {"moment": moment, "after": after, "zero": ZERO, "chunk": CHUNK})
        count, last, face = db.fetchone()
    if not face:
        return
    stream.announce("moment", moment=str(moment), face=face)
    if face == MARKET and after == ZERO:
        jobs.defer("reach.foresee", moment=str(moment))
    if count == CHUNK:
        jobs.defer("reach.fan_out", moment=str(moment), after=last)


def back_fill(*, reader: UUID, author: UUID) -> None:
    """Put what a new friend has published into the reader's timeline."""
    with connection.cursor() as db:
        db.execute(BACK_FILL, {"reader": reader, "author": author})


def part(*, one: UUID, other: UUID) -> None:
    """Take two former friends out of each other's timelines."""
    with connection.cursor() as db:
        for reader, author in ((one, other), (other, one)):
            db.execute(
                "DELETE FROM reach_entry WHERE reader_id = %s AND author = %s", [reader, author]
            )


@transaction.atomic
def rebuild(*, reader: UUID) -> None:
    """Make one reader's index anew from the circle."""
    with connection.cursor() as db:
        db.execute("DELETE FROM reach_entry WHERE reader_id = %s", [reader])
        db.execute(REBUILD, {"reader": reader})


def rebuild_all(*, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Make every member's index anew; `progress` hears (done, all). Returns the readers."""
    with connection.cursor() as db:
        db.execute("SELECT id FROM people_member ORDER BY id")
        readers = [row[0] for row in db.fetchall()]
    for done, reader in enumerate(readers, start=1):
        rebuild(reader=reader)
        progress(done, len(readers))
    return len(readers)
