"""What is exported of a listing: all that its seller promised, and its offered variants."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from goodword.kit.exports import chunks
from goodword.kit.money import Money, exponent

from ..models import Listing, ListingPicture, Variant
from ..states import ListingState

PICTURES = 20  # addresses of one listing
TOGETHER = 200  # listings that are read at once


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to buy; `price` as a plain number, 12.50."""

    options: tuple[tuple[str, str], ...]
    code: str
    price: str
    stock: int


@dataclass(frozen=True, slots=True)
class Ware:
    """A listing to be written; `code` is how it is known again, amounts are plain numbers."""

    code: str
    title: str
    description: str
    currency: str
    condition: str
    brand: str
    origin: str
    returns_days: int
    ship_within_hours: int
    shipping: str
    days_min: int
    days_max: int
    lead_days: int
    digital: str
    grams: int
    customs_code: str
    customs_note: str
    on_sale: bool
    link: str
    pictures: tuple[str, ...]
    choices: tuple[Choice, ...]

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.choices) == 1 and not self.choices[0].options

    @property
    def option_names(self) -> list[str]:
        return list(dict.fromkeys(name for one in self.choices for name, _v in one.options))


def wares(seller: UUID, *, base: str = "") -> Iterator[Ware]:
    """The seller's listings that have a price, oldest first.

    `base` is the house's address, https://…; without it no page and no picture is named.
    """
    rows = Listing.objects.filter(seller=seller).order_by("created_at", "id")
    for part in chunks(rows.iterator(chunk_size=TOGETHER), TOGETHER):
        ids = [row.id for row in part]
        offered: dict[UUID, list[Variant]] = {}
        found = Variant.objects.filter(listing__in=ids, retired_at=None, buyer=None)
        for one in found.order_by("position", "id"):
            offered.setdefault(one.listing_id, []).append(one)
        shown: dict[UUID, list[UUID]] = {}
        pictures = ListingPicture.objects.filter(listing__in=ids, removed_at=None)
        for id_, listing in pictures.order_by("position").values_list("id", "listing"):
            shown.setdefault(listing, []).append(id_)
        for row in part:
            if row.id in offered:
                yield _ware(row, offered[row.id], shown.get(row.id, [])[:PICTURES], base)


def plain(minor: int, currency: str) -> str:
    """An amount as a number: 12.50 yuan, 1200 yen."""
    return f"{Money(minor, currency).amount:.{exponent(currency)}f}"


def _ware(row: Listing, variants: list[Variant], pictures: list[UUID], base: str) -> Ware:
    return Ware(
        code=f"gw-{row.id.hex}",
        title=row.title,
        description=row.description,
        currency=row.currency,
        condition=row.condition,
        brand=row.brand,
        origin=row.origin,
        returns_days=row.returns_days,
        ship_within_hours=row.ship_within_hours,
        shipping=plain(row.shipping_minor, row.currency),
        days_min=row.shipping_days_min,
        days_max=row.shipping_days_max,
        lead_days=row.lead_days,
        digital=row.digital,
        grams=row.grams,
        customs_code=row.customs_code,
        customs_note=row.customs_note,
        on_sale=row.state == ListingState.ACTIVE,
        link=base + reverse("shop:listing", args=[row.id]) if base else "",
        pictures=tuple(base + reverse("shop:picture", args=[id_, "large"]) for id_ in pictures)
        if base
        else (),
        choices=tuple(
            Choice(
                options=tuple((name, value) for name, value in one.options),
                code=one.seller_code,
                price=plain(one.price_minor, row.currency),
                stock=one.stock,
            )
            for one in variants
        ),
    )
