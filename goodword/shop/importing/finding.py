"""Which listing a row is about, and what the row does to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id

from ..imports.messages import say
from ..models import ImportRow, Listing, Variant
from ..states import RowOutcome
from .comparing import Change, becomes, changes

OWN = "goodword:"  # keys that name a listing of this house, from our own exports


@dataclass(frozen=True, slots=True)
class There:
    """What stands in the shop already, by the key of a row."""

    listings: dict[str, Listing] = field(default_factory=dict)
    variants: dict[UUID, list[Variant]] = field(default_factory=dict)

    def of(self, listing: Listing) -> list[Variant]:
        return self.variants.get(listing.id, [])


def there(owner: UUID, keys: Sequence[str], *, lock: bool = False) -> There:
    """The owner's listings that these rows are about, with their offered variants."""
    rows = Listing.objects.filter(seller=owner)
    if lock:
        rows = rows.select_for_update(no_key=True)
    found = {row.source_key: row for row in rows.filter(source_key__in=keys).order_by("id")}
    ids = {id_: key for key in keys if key.startswith(OWN) and (id_ := parse_id(key[len(OWN) :]))}
    if ids:
        for row in rows.filter(id__in=ids).order_by("id"):
            found.setdefault(ids[row.id], row)
    return There(found, offered([row.id for row in found.values()]))


def offered(listings: Sequence[UUID]) -> dict[UUID, list[Variant]]:
    variants: dict[UUID, list[Variant]] = {}
    rows = Variant.objects.filter(listing__in=listings, retired_at=None, buyer=None)
    for one in rows.order_by("listing", "position", "id"):
        variants.setdefault(one.listing_id, []).append(one)
    return variants


def judge(row: ImportRow, shop: There) -> None:
    """Set what `row` does: create, change field by field, nothing, or why it cannot be done."""
    listing = shop.listings.get(row.key)
    row.changes = []
    if listing is None:
        row.outcome = RowOutcome.CREATE
        return
    row.listing_id = listing.id
    if listing.source_key == row.key and listing.source_digest == row.digest:
        row.outcome = RowOutcome.UNCHANGED
        return
    if row.payload["currency"] != listing.currency:
        told = say(
            "currency_fixed", row=row.row, currency=row.payload["currency"], kept=listing.currency
        )
        refuse(row, {"row": row.row, "field": "", **told.as_json()})
        return
    try:
        found: list[Change] = changes(listing, shop.of(listing), becomes(listing, row.payload))
    except Refused as refused:
        refuse(row, {"row": row.row, "field": "", "said": str(refused)})
        return
    row.changes = found
    row.outcome = RowOutcome.UPDATE if found else RowOutcome.UNCHANGED


def refuse(row: ImportRow, message: dict[str, object]) -> None:
    row.outcome, row.listing_id = RowOutcome.REFUSED, None
    row.messages = [{"level": "check", **message}, *row.messages]
