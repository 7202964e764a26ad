"""Reads of what is attached to digital listings; the seller first. Buyers ask `orders`."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.aggregates import BoolAnd

from ..models import DigitalItem, Listing, Variant
from .refusals import ItemMissing


def items(seller: UUID, listing: UUID) -> list[DigitalItem]:
    """What every buyer of the seller's listing gets, as it was attached."""
    rows = DigitalItem.objects.filter(seller=seller, listing=listing, removed_at=None, line=None)
    return list(rows.order_by("id"))


def item(seller: UUID, id_: UUID) -> DigitalItem:
    """One of the seller's own, also one that she took off. Raises ItemMissing."""
    found = DigitalItem.objects.filter(seller=seller, id=id_).first()
    if found is None:
        raise ItemMissing
    return found


def file(seller: UUID, id_: UUID) -> DigitalItem:
    """A file of the seller's own. Raises ItemMissing."""
    found = item(seller, id_)
    if not found.key:
        raise ItemMissing
    return found


def of_line(line: UUID, promised: list[UUID], listing: UUID) -> list[DigitalItem]:
    """What goes with an order line: what was promised to it, and what was made for it alone."""
    rows = DigitalItem.objects.filter(listing=listing)
    return [row for row in rows.order_by("id") if row.id in promised or row.line == line]


def stocked(listings: Collection[Listing]) -> set[UUID]:
    """Those of which each buyer gets something at once: what is attached, or a key of her own."""
    ids = [one.id for one in listings]
    if not ids:
        return set()
    rows = DigitalItem.objects.filter(listing__in=ids, removed_at=None, line=None)
    variants = Variant.objects.filter(listing__in=ids, retired_at=None, buyer=None)
    keyed = variants.values("listing").annotate(all=BoolAnd("keyed")).filter(all=True)
    return {*rows.values_list("listing", flat=True), *keyed.values_list("listing", flat=True)}
