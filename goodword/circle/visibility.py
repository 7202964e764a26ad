"""`can_view` in SQL: the one predicate that every read of a moment contains, before any LIMIT.

`rules.may_see`, `wishes` and `may_hear` say the same in Python; a brute-force oracle holds them
together over random worlds. Slots: {m} the moment's alias, {viewer} and {now} values.
"""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

NO_BLOCK = """NOT EXISTS (
            SELECT 1 FROM circle_block b
             WHERE (b.owner_id = {viewer} AND b.blocked_id = OTHER)
                OR (b.owner_id = OTHER AND b.blocked_id = {viewer}))"""

NAMED = "(f.groups && {m}.audience_groups OR {viewer} = ANY ({m}.audience_people))"
# A group that is forgotten goes on keeping out who was in it.
KEPT_OUT = f"({NAMED} OR f.former_groups && {{m}}.audience_groups)"

# What an author may be told of it: whom she blocks, never who blocks her.
NOT_BLOCKED_BY_AUTHOR = """NOT EXISTS (
            SELECT 1 FROM circle_block b
             WHERE b.owner_id = {m}.author_id AND b.blocked_id = {viewer})"""

# May the viewer see it at all? Both sides of a friendship are written and deleted together, so the
# author's side alone, which holds the author's decisions, is asked.
MAY_SEE = """(
  {m}.state = 'published' AND (
    {m}.author_id = {viewer}
    OR ({m}.published_at <= {now}
        AND EXISTS (
          SELECT 1 FROM circle_friendship f
            LEFT JOIN circle_settings s ON s.owner_id = f.owner_id
           WHERE f.owner_id = {m}.author_id AND f.friend_id = {viewer} AND NOT f.hides_mine
             AND (s."window" IS NULL OR {m}.published_at >= {now} - s."window")
             AND CASE {m}.audience_kind
                   WHEN 'everyone' THEN TRUE
                   WHEN 'chosen' THEN NAMED
                   WHEN 'except' THEN NOT KEPT_OUT
                   ELSE FALSE END)
        AND UNBLOCKED)))""".replace("NAMED", NAMED).replace("KEPT_OUT", KEPT_OUT)
VISIBLE = MAY_SEE.replace("UNBLOCKED", NO_BLOCK.replace("OTHER", "{m}.author_id"))
# For numbers that the author reads: one that went down by a friend's block would name that friend.
COUNTED = MAY_SEE.replace("UNBLOCKED", NOT_BLOCKED_BY_AUTHOR)

# Does the viewer wish to have it brought to the timeline, a notification, the stream?
WISHED = """(
  {m}.author_id = {viewer} OR EXISTS (
    SELECT 1 FROM circle_friendship w
     WHERE w.owner_id = {viewer} AND w.friend_id = {m}.author_id
       AND (w.snoozed_until IS NULL OR w.snoozed_until <= {now})
       AND CASE {m}.face WHEN 'life' THEN w.life WHEN 'market' THEN w.market = 'on'
                ELSE FALSE END))"""

# Does the viewer wish to find it in the market tab? Only a market that is off stays away.
BROWSED = """(
  {m}.author_id = {viewer} OR EXISTS (
    SELECT 1 FROM circle_friendship w
     WHERE w.owner_id = {viewer} AND w.friend_id = {m}.author_id AND w.market <> 'off'))"""

# Does the viewer wish to have it once a day, together with others?
DIGESTED = """(
  {m}.face = 'market' AND EXISTS (
    SELECT 1 FROM circle_friendship w
     WHERE w.owner_id = {viewer} AND w.friend_id = {m}.author_id AND w.market = 'digest'
       AND (w.snoozed_until IS NULL OR w.snoozed_until <= {now})))"""

# Does a like or comment {c} on moment {m} exist for the viewer?
HEARD = """(
  {c}.member_id = {viewer}
  OR (({m}.author_id = {viewer} OR EXISTS (
        SELECT 1 FROM circle_friendship h
         WHERE h.owner_id = {viewer} AND h.friend_id = {c}.member_id))
      AND NO_BLOCK))""".replace("NO_BLOCK", NO_BLOCK.replace("OTHER", "{c}.member_id"))


def named(sql: str, **aliases: str) -> str:
    """`sql` with its aliases filled in and psycopg's named slots %(viewer)s and %(now)s."""
    return sql.format(**aliases, viewer="%(viewer)s", now="%(now)s")


def visible(alias: str, *, viewer: UUID, now: datetime) -> tuple[str, list[Any]]:
    """VISIBLE with positional slots, for use inside Django's querysets."""
    values = {"viewer": viewer, "now": now}
    order = re.findall(r"\{(viewer|now)\}", VISIBLE)
    return VISIBLE.format(m=alias, viewer="%s", now="%s"), [values[slot] for slot in order]
