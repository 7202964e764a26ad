"""Finding listings; the viewer comes first. `docs/decisions/0031-search.md`."""

from dataclasses import dataclass
from uuid import UUID

from goodword.kit.money import Money
from goodword.kit.search import Query

from . import cards as tiles
from .pages import Shelf
from .paging import START, decode, encode
from .queries import EVERYTHING, FRIENDS_ONLY, PAGE
from .visibility import listing_visible

LISTINGS = f"""
SELECT l.id FROM shop_listingwords w
  JOIN shop_listing l ON l.id = w.listing_id JOIN shop_shop s ON s.id = l.shop_id
 WHERE w.words @@ %(query)s::tsquery AND l.state <> 'draft' AND {listing_visible("l", "s")}
   AND (l.listed_at, l.id) < (%(at)s, %(id)s) {{only}}
 ORDER BY l.listed_at DESC, l.id DESC LIMIT %(limit)s"""

PRICED = """AND l.currency = %(currency)s AND EXISTS (
    SELECT 1 FROM shop_variant v WHERE v.listing_id = l.id AND v.retired_at IS NULL
       AND v.buyer_id IS NULL
       AND v.price_minor BETWEEN %(low)s AND %(high)s)"""


@dataclass(frozen=True, slots=True)
class Prices:
    """From `low` to `high`, both included; one of them may be open."""

    currency: str
    low: Money | None = None
    high: Money | None = None


def listings(
    viewer: UUID,
    query: Query,
    *,
    cursor: str = "",
    limit: int = PAGE,
    friends_only: bool = False,
    prices: Prices | None = None,
) -> Shelf:
    """What the viewer may see of what says all this, newest first; one statement.

    A seller's own drafts are in her table. Raises Invalid for a broken cursor.
    """
    at, id_ = decode(cursor) if cursor else START
    params = {"query": query.sql, "at": at, "id": id_, "limit": limit + 1}
    only = FRIENDS_ONLY if friends_only else EVERYTHING
    if prices:
        only += PRICED
        params["currency"] = prices.currency
        params["low"] = prices.low.minor if prices.low else 0
        params["high"] = prices.high.minor if prices.high else 2**62
    found = tiles.read(LISTINGS.format(only=only), params, viewer=viewer)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return Shelf(shown, encode(last.listed_at, last.id) if last and last.listed_at else None)
