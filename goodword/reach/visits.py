"""Where a reader stopped last time: one row for each reader and lens, the same on every device.

It is a line among the cards and nothing else: it never delays, drops or reorders anything.
"""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from uuid import UUID

from django.db import connection

from .rules import Place, Visit, look, worth_keeping
from .states import Lens

VISIT = """
SELECT line_at, line_moment, top_at, top_moment, looked_at FROM reach_visit
 WHERE reader_id = %(reader)s AND lens = %(lens)s"""

KEEP = """
INSERT INTO reach_visit
       (reader_id, lens, line_at, line_moment, top_at, top_moment, looked_at)
VALUES (%(reader)s, %(lens)s, %(line_at)s, %(line_moment)s, %(top_at)s, %(top_moment)s, %(now)s)
ON CONFLICT (reader_id, lens) DO UPDATE
   SET line_at = excluded.line_at, line_moment = excluded.line_moment, top_at = excluded.top_at,
       top_moment = excluded.top_moment, looked_at = excluded.looked_at"""


def visit(reader: UUID, lens: Lens) -> Visit | None:
    """The reader's present visit to the lens, None before the first."""
    with connection.cursor() as db:
        db.execute(VISIT, {"reader": reader, "lens": lens.value})
        row = db.fetchone()
    if row is None:
        return None
    line_at, line_moment, top_at, top_moment, looked_at = row
    return Visit(place(line_at, line_moment), place(top_at, top_moment), looked_at)


def place(at: datetime | None, moment: UUID | None) -> Place | None:
    return Place(at, moment) if at and moment else None


def keep(*, reader: UUID, lens: Lens, places: Sequence[Place], now: datetime) -> Place | None:
    """The reader sees the top of the lens, with these places; returns where the line stands."""
    before = visit(reader, lens)
    after = look(before, newest=max(places, default=None), now=now)
    if worth_keeping(before, after):
        line, top = (astuple(one) if one else (None, None) for one in (after.line, after.top))
        values = {
            "reader": reader, "lens": lens.value, "line_at": line[0], "line_moment": line[1],
            "top_at": top[0], "top_moment": top[1], "now": after.looked_at,
        }  # fmt: skip
        with connection.cursor() as db:
            db.execute(KEEP, values)
    return after.line
