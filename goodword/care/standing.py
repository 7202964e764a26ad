"""Counting what came back and what was disputed, from the orders and cases themselves."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from goodword.shop.standing import Counted

YEAR = timedelta(days=365)

# An order counts once it reached its buyer: it was settled, or all of it went back after that. A
# case counts when money went back; it was a dispute when it went further than the return that the
# seller agreed to: somebody made an offer, said what happened, or decided.
COUNT = """
WITH sold AS (
  SELECT DISTINCT l.order_id, l.id
    FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
   WHERE (%(listing)s::uuid IS NULL OR l.listing_id = %(listing)s)
     AND (%(shop)s::uuid IS NULL OR o.shop_id = %(shop)s)
     AND l.seller_id = (SELECT coalesce(
           (SELECT seller_id FROM shop_listing WHERE id = %(listing)s),
           (SELECT owner_id FROM shop_shop WHERE id = %(shop)s)))
     AND l.placed_at > %(since)s AND l.placed_at <= %(now)s
     AND (l.state IN ('released', 'completed')
          OR (l.state = 'refunded' AND l.shipped_at IS NOT NULL))),
back AS (
  SELECT s.order_id,
         c.offer_by <> '' OR c.decided_by <> ''
           OR EXISTS (SELECT FROM care_statement t WHERE t.case_id = c.id) AS disputed
    FROM sold s JOIN care_case c ON c.line_id = s.id
   WHERE c.state IN ('refunded', 'settled') AND c.ended_at <= %(now)s)
SELECT (SELECT count(DISTINCT order_id) FROM sold),
       (SELECT count(DISTINCT order_id) FROM back WHERE NOT disputed),
       (SELECT count(DISTINCT order_id) FROM back WHERE disputed)"""


def count(now: datetime, shop: UUID | None, listing: UUID | None) -> Counted:
    """Of the shop's or the listing's orders that were placed in the year before `now`."""
    asked = {"now": now, "since": now - YEAR, "shop": shop, "listing": listing}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, asked)
        return Counted(*cursor.fetchone())
