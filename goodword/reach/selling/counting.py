"""Counting readers: who was there, and what people did with what they were shown.

The seller's own friends are asked for two things only: when they read, and which of her things they
looked at. How many look, wave away or turn somebody down is learnt from readers who are no friends
of hers, with other sellers: nothing that a friend decides about her can move what she reads.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from goodword.circle import queries as circle

from ..models import Forecast
from . import rules
from .queries import FOUR_WEEKS, RESULTS_OF, rows
from .rhythm import DAYS, SPAN, WEEKS, Presence, best_slot, error, hour, width
from .states import Group, Often

SAMPLE = 1000  # readers who are no friends of hers, always the same ones for the same seller
LAST = 200  # forecasts that are over, whose errors say how wide a range must be

THERE = """
SELECT r.hour, r.reader_id
  FROM circle_friendship f JOIN reach_reading r ON r.reader_id = f.friend_id
 WHERE f.owner_id = %(seller)s AND r.hour >= %(begin)s AND r.hour < %(end)s"""
FIRST = "SELECT min(hour) FROM reach_reading"

# What a friend says to like is nobody's to know: that somebody looked at tea makes a tea person.
LOOKED = """
SELECT DISTINCT i.reader_id, coalesce(purpose.key, '')
  FROM reach_impression i JOIN circle_moment m ON m.id = i.moment
  LEFT JOIN LATERAL (
    SELECT unnest(p.keys) AS key FROM shop_listinginterests p
     WHERE p.listing_id = m.listing) purpose ON TRUE
 WHERE i.seller = %(seller)s AND i.opened_at > %(since)s"""
OPENED = """
SELECT i.moment, count(*) FROM reach_impression i
 WHERE i.seller = %(seller)s AND i.moment = ANY (%(moments)s) AND i.opened_at < %(until)s
 GROUP BY i.moment"""

STRANGERS = f"""
WITH strangers AS (
  SELECT a.id FROM people_member a
   WHERE a.id <> %(seller)s AND a.is_active AND NOT EXISTS (
     SELECT 1 FROM circle_friendship f WHERE f.owner_id = %(seller)s AND f.friend_id = a.id)
   ORDER BY md5(a.id::text || %(seller)s::text) LIMIT {SAMPLE}),
met AS (
  SELECT i.reader_id AS reader, i.seller, count(*) AS shown, count(i.opened_at) AS opened,
         count(i.dismissed_at) AS waved, bool_or(i.after_at IS NOT NULL) AS in_circle
    FROM strangers s JOIN reach_impression i ON i.reader_id = s.id
   WHERE i.seen_at > %(since)s AND i.seller <> %(seller)s GROUP BY 1, 2),
pairs AS (
  SELECT met.*, CASE WHEN shown <= %(few)s THEN 'few' WHEN shown <= %(some)s THEN 'some'
                     ELSE 'many' END AS often,
         in_circle AND (
           EXISTS (SELECT 1 FROM circle_friendship w WHERE w.owner_id = met.reader
                      AND w.friend_id = met.seller AND w.market <> 'on')
           OR EXISTS (SELECT 1 FROM circle_block b
                       WHERE b.owner_id = met.reader AND b.blocked_id = met.seller)) AS turned
    FROM met)
SELECT often, sum(shown)::int, sum(opened)::int,
       count(DISTINCT reader) FILTER (WHERE opened > 0), sum(waved)::int,
       count(DISTINCT reader) FILTER (WHERE waved > 0),
       count(*) FILTER (WHERE in_circle), count(*) FILTER (WHERE turned),
       count(DISTINCT reader) FILTER (WHERE turned)
  FROM pairs GROUP BY often"""


def midnight(now: datetime) -> datetime:
    """When the house's day began. What came since is not told yet."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def presence(seller: UUID, *, begin: int, end: int) -> tuple[Presence, dict[UUID, int]]:
    """Which friends were in their circle in which hour, and each friend's bit."""
    bits = {friend: 1 << place for place, friend in enumerate(sorted(circle.friend_ids(seller)))}
    hours: dict[int, int] = {}
    for number, friend in rows(THERE, {"seller": seller, "begin": begin, "end": end}):
        hours[number] = hours.get(number, 0) | bits.get(friend, 0)
    return Presence(begin=begin, end=end, hours=hours), bits


def first_hour() -> int | None:
    """The first hour in which the house noted anybody reading."""
    return rows(FIRST, {})[0][0]


def slots(seller: UUID, there: Presence, bits: dict[UUID, int], *, now: datetime) -> list[Any]:
    """When whom of her friends read, where it stands out."""
    midnights = [midnight(now) - timedelta(days=back) for back in range(1, 7 * WEEKS + 1)]
    days = [(midnight(day).weekday(), midnight(day)) for day in midnights]
    masks = {(Group.ALL, ""): sum(bits.values())}
    for reader, key in looked(seller, now=now):
        for group in ((Group.KEEN, ""), (Group.INTEREST, key)):
            masks[group] = masks.get(group, 0) | bits.get(reader, 0)
    masks.pop((Group.INTEREST, ""), None)
    found = {group: best_slot(there, mask, days=days) for group, mask in sorted(masks.items())}
    return [[*group, slot] for group, slot in found.items() if slot is not None]


def looked(seller: UUID, *, now: datetime) -> list[tuple[UUID, str]]:
    """Who looked closer at something of hers of late, and the interests that it is for."""
    found = rows(LOOKED, {"seller": seller, "since": now - RESULTS_OF})
    return [(reader, key) for reader, key in found]


def tallies(seller: UUID, *, now: datetime) -> dict[str, tuple[int, int, int]]:
    """(part, whole, people behind the part) of each share that a forecast may need."""
    values = {
        "seller": seller, "since": now - FOUR_WEEKS,
        "few": rules.PER_FOUR_WEEKS[Often.FEW], "some": rules.PER_FOUR_WEEKS[Often.SOME],
    }  # fmt: skip
    told = {row[0]: row[1:] for row in rows(STRANGERS, values)}
    sums = [sum(row[n] for row in told.values()) for n in range(5)]
    found = {
        "own": own(seller, now=now),
        # The same reader may stand in several rows of `told`; the largest row is a lower bound.
        "looks": (sums[1], sums[0], max((row[2] for row in told.values()), default=0)),
        "waved": (sums[3], sums[0], max((row[4] for row in told.values()), default=0)),
    }
    for much in Often:
        pairs, turned, people = told.get(much.value, (0,) * 8)[5:]
        found[f"turned {much}"] = (turned, pairs, people)
    return found


def own(seller: UUID, *, now: datetime) -> tuple[int, int, int]:
    """How often her friends looked closer, of how often they met something of hers."""
    over = Forecast.objects.filter(
        seller=seller, settled_at__isnull=False, made_at__gt=now - RESULTS_OF
    )
    told = [(row.opened, row.seen.get(str(DAYS[-1]), 0)) for row in over]
    people = len({reader for reader, _key in looked(seller, now=now)})
    met = round(sum(seen for _opened, seen in told))
    return min(met, sum(opened for opened, _seen in told)), met, people


def widths() -> dict[int, float]:
    """How wide the ranges must be, by how far the house's last forecasts were off."""
    over = Forecast.objects.filter(settled_at__isnull=False).order_by("-settled_at", "-moment")
    told = list(over.values_list("expected", "seen")[:LAST])
    return {
        days: width(
            [
                error(expected[str(days)][0], seen[str(days)])
                for expected, seen in told
                if str(days) in seen and expected.get(str(days), [None])[0] is not None
            ]
        )
        for days in DAYS
    }


def spans(now: datetime) -> tuple[int, int]:
    """The hours that a rhythm is made of: five weeks up to the last midnight."""
    end = hour(midnight(now))
    return end - SPAN, end


def opened(seller: UUID, moments: list[UUID], *, until: datetime) -> dict[UUID, int]:
    """How many looked closer at each, by then."""
    values = {"seller": seller, "moments": moments, "until": until}
    return dict(rows(OPENED, values))
