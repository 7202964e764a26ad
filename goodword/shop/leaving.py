"""What keeps a seller here, and what goes when they leave for good."""

from datetime import datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from goodword.kit.files import discard_files
from goodword.kit.pictures import discard_pictures
from goodword.kit.pictures.shapes import FEED

from .models import (
    DigitalItem,
    Evidence,
    ImportRow,
    ImportRun,
    ImportSource,
    LicenceKey,
    Listing,
    ListingInterests,
    ListingPicture,
    ListingTimer,
    ListingWords,
    Quote,
    Sale,
    ShippingTemplate,
    Shop,
    Variant,
)
from .states import Level


def has_open_shop(member: UUID) -> bool:
    """Whether the member has a shop that is not even being closed."""
    return Shop.objects.filter(owner=member, closed_at=None, closing_at=None).exists()


def has_closing_shop(member: UUID) -> bool:
    """Whether a shop of the member's will be closed for good, but is not yet."""
    return Shop.objects.filter(owner=member, closed_at=None, closing_at__isnull=False).exists()


def forget(member: UUID, *, now: datetime) -> None:
    """Take away what was never traded, and the seller's own words about the shops.

    Listings that were sold stay as the record of those sales, without what could be found by
    search (docs/decisions/0036-leaving.md). Prices and sales never change. The files go after the
    surrounding transaction.
    """
    ImportSource.objects.filter(owner=member).delete()
    ImportRow.objects.filter(owner=member).delete()
    ImportRun.objects.filter(owner=member).delete()
    ListingWords.objects.filter(seller=member).delete()
    ListingInterests.objects.filter(seller=member).delete()
    ListingTimer.objects.filter(seller=member).delete()
    sold = Sale.objects.filter(seller=member).values("listing")
    unsold = Listing.objects.filter(seller=member).exclude(id__in=sold)
    for model in (ListingPicture, Evidence):
        rows = model._default_manager.filter(listing__in=unsold)
        discard_pictures(list(rows.values_list("key", flat=True)), variants=FEED)
        rows.delete()
    goods = DigitalItem.objects.filter(listing__in=unsold)
    discard_files(list(goods.exclude(key="").values_list("key", flat=True)))
    goods.delete()
    LicenceKey.objects.filter(seller=member, line=None).delete()
    Quote.objects.filter(buyer=member).update(note="")
    Quote.objects.filter(seller=member).update(answer="")
    ShippingTemplate.objects.filter(seller=member).update(name="")
    # Without their options they are alike, which only what is not offered any more may be.
    Variant.objects.filter(listing__in=unsold).update(
        seller_code="", options=[], stock=0, retired_at=Coalesce("retired_at", now)
    )
    Listing.objects.filter(seller=member).update(source_key="", source_digest="")
    unsold.update(title="", description="", brand="", origin="")
    Shop.objects.filter(owner=member).update(
        name="", about="", promise="", public=False, followable=False, level=Level.NONE
    )
