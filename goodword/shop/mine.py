"""The seller's own table of listings."""

from collections.abc import Collection
from uuid import UUID

from . import cards as tiles
from . import plans, rules
from .cards import Card
from .digital import queries as goods
from .models import Listing
from .pages import MyRow, MyTable
from .paging import START, decode, encode
from .queries import MOST, PAGE, rows
from .states import Digital, ListingState

MINE = """
SELECT l.id FROM shop_listing l
 WHERE l.seller_id = %(viewer)s AND (%(state)s = '' OR l.state = %(state)s)
   AND (l.created_at, l.id) < (%(at)s, %(id)s)
 ORDER BY l.created_at DESC, l.id DESC LIMIT %(limit)s"""


def my_listings(seller: UUID, *, state: str = "", cursor: str = "", limit: int = PAGE) -> MyTable:
    """The seller's table, newest first, in five statements whatever its length."""
    size = max(1, min(limit, MOST))
    at, id_ = decode(cursor) if cursor else START
    params = {"state": state, "at": at, "id": id_, "limit": size + 1, "viewer": seller}
    ids = [row[0] for row in rows(MINE, params)]
    by_id = tiles.by_ids(seller, ids[:size])
    found = Listing.objects.filter(id__in=list(by_id), seller=seller).select_related("shop")
    listings = {row.id: row for row in found}
    last = listings[ids[size - 1]] if len(ids) > size else None
    planned = plans.plans_of(seller, ids[:size])
    stocked = goods.stocked([row for row in listings.values() if row.digital])
    return MyTable(
        [
            _my_row(by_id[one], listings[one], planned.get(one, plans.NOTHING), stocked)
            for one in ids[:size]
        ],
        encode(last.created_at, last.id) if last else None,
        _counts(seller),
    )


def _my_row(card: Card, row: Listing, plan: plans.PlanView, stocked: Collection[UUID]) -> MyRow:
    missing = rules.missing_for_sale(
        rules.Readiness(
            title=row.title,
            variants=card.variants,
            pictures=1 if card.picture else 0,
            shop_open=row.shop.closed_at is None,
            ships_or_made=bool(row.digital) or row.shipping_days_max > 0,
            delivers=row.digital != Digital.AT_ONCE or row.id in stocked,
        )
    )
    return MyRow(card, row.contacts_flagged, missing, row.changed_at, plan)


def _counts(seller: UUID) -> dict[str, int]:
    counted = dict(
        rows(
            "SELECT state, count(*) FROM shop_listing WHERE seller_id = %(seller)s GROUP BY state",
            {"seller": seller},
        )
    )
    return {state.value: counted.get(state.value, 0) for state in ListingState}
