"""What the market did in a week of the house, for operators: sums, and how many are behind each.

The numbers are kept as they are; pages and API say those with fewer than five people in words.
"""

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from ..models import Week

WEEK = timedelta(weeks=1)
BACK = 8  # weeks that are counted late, where the house did not run

COUNT = """
WITH met AS (
  SELECT reader_id AS reader, seller, moment, after_at IS NOT NULL AS card
    FROM reach_impression WHERE seen_at >= %(since)s AND seen_at < %(until)s),
looked AS (SELECT reader_id AS reader FROM reach_impression
            WHERE opened_at >= %(since)s AND opened_at < %(until)s),
waved AS (SELECT reader_id AS reader FROM reach_impression
           WHERE dismissed_at >= %(since)s AND dismissed_at < %(until)s),
turned AS (
  SELECT DISTINCT met.reader, met.seller FROM met
   WHERE card AND (EXISTS (SELECT 1 FROM circle_friendship w WHERE w.owner_id = met.reader
                    AND w.friend_id = met.seller AND w.market <> 'on')
      OR EXISTS (SELECT 1 FROM circle_block b
                  WHERE b.owner_id = met.reader AND b.blocked_id = met.seller))),
sold AS (
  SELECT DISTINCT b.buyer_id AS reader, b."order"
    FROM shop_reservation b JOIN circle_moment m ON m.listing = b.listing_id
    JOIN reach_impression i ON i.reader_id = b.buyer_id AND i.moment = m.id
   WHERE b.state = 'sold' AND b.at >= %(since)s AND b.at < %(until)s
     AND i.seen_at <= b.at AND i.seen_at > b.at - interval '7 days')
SELECT (SELECT count(DISTINCT reader) FROM met), (SELECT count(DISTINCT seller) FROM met),
       (SELECT count(*) FROM met WHERE card), (SELECT count(*) FROM met),
       (SELECT count(*) FROM looked), (SELECT count(DISTINCT reader) FROM looked),
       (SELECT count(*) FROM waved), (SELECT count(DISTINCT reader) FROM waved),
       (SELECT count(*) FROM turned), (SELECT count(DISTINCT reader) FROM turned),
       (SELECT count(*) FROM sold), (SELECT count(DISTINCT reader) FROM sold)"""
COLUMNS = (
    "readers", "sellers", "cards", "shown", "opened", "opened_by", "waved", "waved_by",
    "turned", "turned_by", "sold", "sold_by",
)  # fmt: skip


def monday(day: date) -> date:
    """The Monday of the week that the day lies in."""
    return day - timedelta(days=day.weekday())


def count_weeks(*, now: datetime) -> int:
    """Count each week that is over and was not counted; returns how many that were."""
    this = monday(timezone.localtime(now).date())
    over = [this - n * WEEK for n in range(1, BACK + 1)]
    done = set(Week.objects.filter(start__in=over).values_list("start", flat=True))
    made = [count(start) for start in over if start not in done]
    Week.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def count(start: date) -> Week:
    """What the market did in the week from this Monday on."""
    since = timezone.make_aware(datetime.combine(start, time()))
    until = timezone.make_aware(datetime.combine(start + WEEK, time()))
    with connection.cursor() as db:
        db.execute(COUNT, {"since": since, "until": until})
        row = db.fetchone()
    return Week(start=start, **dict(zip(COLUMNS, row, strict=True)))
