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
from .imports import ImportRow, ImportRun, ImportSource
from .quotes import Quote

__all__ = [
    "MAX_PRICE",
    "MAX_STOCK",
    "TITLE",
    "Evidence",
    "ImportRow",
    "ImportRun",
    "ImportSource",
    "Listing",
    "ListingInterests",
    "ListingPicture",
    "ListingWords",
    "PriceChange",
    "Quote",
    "Reservation",
    "Sale",
    "ShippingTemplate",
    "Shop",
    "Variant",
]
