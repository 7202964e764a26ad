from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.money import Money
from goodword.people.models import Member

from ..drafts import STOCK, BadListing, check_price
from ..models import Variant
from .listings import CurrencyFixed, note_prices
from .refusals import KeysCount, VariantMissing


@transaction.atomic
def change_price(*, seller: Member, variant: UUID, price: Money, now: datetime) -> Variant:
    """The variant costs `price` from now on; the public history keeps what it cost before.

    The same price again changes nothing. Raises VariantMissing, CurrencyFixed, BadListing.
    """
    row = _locked(seller, variant)
    if price.currency != row.listing.currency:
        raise CurrencyFixed
    check_price(price)
    if price.minor == row.price_minor:
        return row
    before, row.price_minor = row.price_minor, price.minor
    row.save(update_fields=["price_minor"])
    note_prices(row.listing, [row], now=now)
    _note(row, "shop.priced", now, before=before, after=row.price_minor)
    return row


@transaction.atomic
def set_stock(
    *, seller: Member, variant: UUID, stock: int, seen: int | None = None, now: datetime
) -> Variant:
    """The seller counted: `stock` pieces can be sold, reserved ones not among them.

    With `seen`, what her form showed, pieces reserved meanwhile stay reserved. Raises
    VariantMissing, BadListing, KeysCount.
    """
    row = _locked(seller, variant)
    if not 0 <= stock <= STOCK:
        raise BadListing("stock", _("Stock is a number from 0 to %(most)s.") % {"most": STOCK})
    if row.keyed:
        raise KeysCount
    before = row.stock
    row.stock = stock if seen is None else min(STOCK, max(0, row.stock + stock - seen))
    row.save(update_fields=["stock"])
    _note(row, "shop.stocked", now, before=before, after=row.stock)
    return row


def _locked(seller: Member, variant: UUID) -> Variant:
    found = (
        Variant.objects.select_for_update(no_key=True, of=("self",))
        .select_related("listing")
        .filter(id=variant, seller=seller, retired_at=None)
        .first()
    )
    if found is None:
        raise VariantMissing
    return found


def _note(row: Variant, verb: str, now: datetime, **facts: object) -> None:
    journal.record(
        owner=row.seller_id, actor=row.seller_id, verb=verb, subject=row.listing_id, now=now,
        variant=str(row.id), **facts,
    )  # fmt: skip
