from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.journal import actions as journal
from goodword.kit import rates
from goodword.people.models import Member

from ..models import DigitalItem, Listing
from ..models.digital import TEXT
from ..queries import ListingMissing
from ..states import Digital, ListingState
from . import queries
from .refusals import ItemMissing, LastItem, NotDigital, NothingToDeliver, TooManyItems

MOST = 10  # of one listing
A_DAY = 100  # files and texts of one seller

Values = Mapping[str, Any]  # of a saved file (`kit.files.save_file`), or a `text`


@transaction.atomic
def add_item(*, seller: Member, listing: UUID, values: Values, now: datetime) -> DigitalItem:
    """Attach a file or a text that every buyer gets from now on.

    Raises ListingMissing, NotDigital, NothingToDeliver, TooManyItems, TooMany.
    """
    return attach(_own(seller, listing), values, now=now)


def attach(listing: Listing, values: Values, *, now: datetime) -> DigitalItem:
    """The same, to a listing of one's own that is locked or new."""
    if not listing.digital:
        raise NotDigital
    shown = DigitalItem.objects.filter(listing=listing, removed_at=None, line=None)
    if shown.count() >= MOST:
        raise TooManyItems(MOST)
    return keep(listing.id, listing.seller_id, values, now=now)


def keep(
    listing: UUID, seller: UUID, values: Values, *, line: UUID | None = None, now: datetime
) -> DigitalItem:
    """Write one down, for one order `line` alone or for every buyer. Raises NothingToDeliver."""
    given = tidied(values)
    rates.hit(f"goods:{seller}", limit=A_DAY, per=timedelta(days=1), now=now)
    return DigitalItem.objects.create(
        listing_id=listing, seller_id=seller, line=line, added_at=now, **given
    )


def tidied(values: Values) -> dict[str, Any]:
    given = dict(values)
    if "text" in given:
        given["text"] = given["text"].replace("\x00", "").replace("\r\n", "\n").strip()[:TEXT]
    if not given.get("text") and not given.get("key"):
        raise NothingToDeliver
    return given


@transaction.atomic
def remove_item(*, seller: Member, item: UUID, now: datetime) -> None:
    """Nobody who buys from now on gets it; who bought by it keeps it.

    Raises ItemMissing; LastItem while it is all that a listing on sale delivers at once.
    """
    row = DigitalItem.objects.filter(id=item, seller=seller, removed_at=None, line=None).first()
    if row is None:
        raise ItemMissing
    listing = _own(seller, row.listing_id)
    DigitalItem.objects.filter(id=item).update(removed_at=now)
    on_sale = listing.state == ListingState.ACTIVE and listing.digital == Digital.AT_ONCE
    if on_sale and not is_stocked(listing):
        raise LastItem
    journal.record(
        owner=seller.id, actor=seller.id, verb="shop.goods_removed", subject=listing.id, now=now,
        item=str(item),
    )  # fmt: skip


def is_stocked(listing: Listing) -> bool:
    """Whether each buyer would get something: what is attached, or a key of her own."""
    return listing.id in queries.stocked([listing])


def has_items(listing: Listing) -> bool:
    """Whether something is attached for every buyer."""
    return DigitalItem.objects.filter(listing=listing, removed_at=None, line=None).exists()


def _own(seller: Member, listing: UUID) -> Listing:
    found = Listing.objects.select_for_update(no_key=True).filter(id=listing, seller=seller).first()
    if found is None:
        raise ListingMissing
    return found
