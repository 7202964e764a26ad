"""The shop's tables."""

from .catalogue import (
    MAX_PRICE,
    MAX_STOCK,
    TITLE,
    Evidence,
    Listing,
    ListingInterests,
    ListingPicture,
    ListingWords,
    PriceChange,
    Reservation,
    Sale,
    ShippingTemplate,
    Shop,
    Variant,
)
from .digital import DigitalItem, LicenceKey
from .imports import ImportRow, ImportRun, ImportSource
from .plans import ListingTimer
from .quotes import Quote
from .sellers import Declaration, DeclarationPage, Follow, Overrun, ShopClock

__all__ = [
    "MAX_PRICE",
    "MAX_STOCK",
    "TITLE",
    "Declaration",
    "DeclarationPage",
    "DigitalItem",
    "Evidence",
    "Follow",
    "ImportRow",
    "ImportRun",
    "ImportSource",
    "LicenceKey",
    "Listing",
    "ListingInterests",
    "ListingPicture",
    "ListingTimer",
    "ListingWords",
    "Overrun",
    "PriceChange",
    "Quote",
    "Reservation",
    "Sale",
    "ShippingTemplate",
    "Shop",
    "ShopClock",
    "Variant",
]
