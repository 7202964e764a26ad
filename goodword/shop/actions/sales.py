from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goodword.kit.ids import new_id
from goodword.kit.rows import UNLESS_KNOWN, inserting
from goodword.kit.together import Write, soon

from ..models import Sale


def record_sale(
    *, line: UUID, listing: UUID, variant: UUID, seller: UUID, quantity: int, now: datetime
) -> None:
    """Count an order line among the units sold, once; the same line again changes nothing."""
    sale = Sale(
        line=line, listing_id=listing, variant_id=variant, seller_id=seller, quantity=quantity,
        at=now,
    )  # fmt: skip
    soon(inserting([sale], UNLESS_KNOWN))


REVERSE = """
INSERT INTO shop_sale (id, line, listing_id, variant_id, seller_id, quantity, reversal, at)
SELECT fresh.id, s.line, s.listing_id, s.variant_id, s.seller_id, -s.quantity, true, %s
  FROM unnest(%s::uuid[], %s::uuid[]) AS fresh (id, line)
 CROSS JOIN LATERAL (
   SELECT * FROM shop_sale WHERE line = fresh.line AND NOT reversal LIMIT 1) s
    ON CONFLICT DO NOTHING"""


def reverse_sales(*, lines: Sequence[UUID], now: datetime) -> None:
    """Take refunded lines out of the count, by a second row each, once; what was not counted stays
    so."""
    soon(Write("shop_sale", REVERSE, [now, [new_id() for _line in lines], list(lines)]))
