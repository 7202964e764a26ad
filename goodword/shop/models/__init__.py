"""The shop's tables."""

from .catalogue import (
    MAX_PRICE,
    MAX_STOCK,
    TITLE,
    Evidence,
    ImportRow,
    ImportRun,
    Listing,
    ListingPicture,
    ListingWords,
    PriceChange,
    Reservation,
    Sale,
    ShippingTemplate,
    Shop,
    Variant,
)

__all__ = [
    "MAX_PRICE",
    "MAX_STOCK",
    "TITLE",
    "Evidence",
    "ImportRow",
    "ImportRun",
    "Listing",
    "ListingPicture",
    "ListingWords",
    "PriceChange",
    "Reservation",
    "Sale",
    "ShippingTemplate",
    "Shop",
    "Variant",
]
