"""What a member takes along of this domain."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from goodword.kit.exports import Kept, Media, Part, Rows, chunks
from goodword.kit.pictures.shapes import FEED

from . import quotes
from .models import (
    Declaration,
    DigitalItem,
    Evidence,
    Follow,
    ImportRow,
    ImportRun,
    LicenceKey,
    Listing,
    ListingInterests,
    ListingPicture,
    ListingTimer,
    Overrun,
    PriceChange,
    Reservation,
    Sale,
    ShippingTemplate,
    Shop,
    Variant,
)

LISTING = (
    "id", "shop", "title", "description", "currency", "state", "condition", "brand", "origin",
    "returns_days", "ship_within_hours", "shipping_minor", "shipping_days_min",
    "shipping_days_max", "made_to_order", "lead_days", "asks", "grams",
    "customs_code", "customs_note", "template", "digital", "created_at", "changed_at", "listed_at",
)  # fmt: skip


def shops(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's shops, closed ones too."""
    rows = Shop.objects.filter(owner=viewer).order_by("opened_at")
    yield from rows.values(
        "id", "name", "about", "promise", "public", "level", "level_at", "followable",
        "opened_at", "stopped_at", "closing_at", "closed_at",
    )  # fmt: skip


def listings(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's listings with variants, past prices (minor units), pictures and papers."""
    rows = Listing.objects.filter(seller=viewer).order_by("created_at").values(*LISTING)
    for part in chunks(rows.iterator(), 100):
        belongings = belonging_to([row["id"] for row in part])
        interests = belongings.pop("interests")
        for row in part:
            id_ = row["id"]
            yield {
                **row,
                "interests": next(iter(interests.get(id_, [])), None),
                **{name: of.get(id_, []) for name, of in belongings.items()},
            }


def belonging_to(ids: list[UUID]) -> dict[str, dict[Any, list[dict[str, Any]]]]:
    """What hangs on these listings, by its kind and then by the listing."""
    rows: dict[str, Any] = {
        "interests": ListingInterests.objects.filter(listing__in=ids).values(
            "listing", "keys", "said"
        ),
        "variants": Variant.objects.filter(listing__in=ids)
        .order_by("position")
        .values("listing", "id", "options", "seller_code", "price_minor", "stock", "retired_at"),
        "prices": PriceChange.objects.filter(listing__in=ids)
        .order_by("at")
        .values("listing", "variant", "price_minor", "at"),
        "planned": ListingTimer.objects.filter(listing__in=ids)
        .order_by("set_at")
        .values("listing", "kind", "due_at", "set_at", "ended_at", "end"),
        "pictures": with_files(
            ListingPicture.objects.filter(listing__in=ids)
            .order_by("position")
            .values("listing", "id", "alt", "removed_at")
        ),
        "delivers": DigitalItem.objects.filter(listing__in=ids)
        .order_by("added_at")
        .values("listing", "id", "name", "size", "text", "line", "added_at", "removed_at"),
        "keys": LicenceKey.objects.filter(listing__in=ids)
        .order_by("id")
        .values("listing", "variant", "text", "line", "added_at", "sold_at"),
        "evidence": with_files(
            Evidence.objects.filter(listing__in=ids)
            .order_by("added_at")
            .values(
                "listing", "id", "alt", "kind", "audience", "added_at", "hidden_at", "removed_at"
            )
        ),
    }
    return {name: of_each(found) for name, found in rows.items()}


def with_files(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    return ({"file": file(row["id"]), **row} for row in rows)


def of_each(rows: Iterable[Any]) -> dict[Any, list[dict[str, Any]]]:
    """Rows by their listing."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.pop("listing"), []).append(row)
    return found


def sales(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What was sold and what was taken back, as it counts for units sold."""
    rows = Sale.objects.filter(seller=viewer).order_by("at")
    yield from rows.values("line", "listing", "variant", "quantity", "reversal", "at").iterator()


def reservations(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Pieces that were set aside for the viewer's orders."""
    rows = Reservation.objects.filter(buyer=viewer).order_by("at")
    yield from rows.values(
        "order", "variant", "quantity", "state", "at", "until", "ended_at"
    ).iterator()


def imports(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Files of old shops that were read, with what became of each item."""
    runs = ImportRun.objects.filter(owner=viewer).order_by("created_at")
    fields = ("id", "file_name", "format", "state", "created_at", "ended_at")
    for run in runs.values(*fields).iterator():
        rows = ImportRow.objects.filter(run=run["id"]).order_by("position")
        items = list(rows.values("row", "outcome", "key", "title", "messages"))
        yield {**run, "rows": items}


def file(id_: object) -> str:
    return f"media/{id_}.webp"


def pictures(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """The pictures and papers of the viewer's listings in the largest form that is kept."""
    for model in (ListingPicture, Evidence):
        rows = model._default_manager.filter(seller=viewer).order_by("id")
        for id_, key in rows.values_list("id", "key").iterator():
            yield Kept(file(id_), key + FEED[-1].suffix)


def goods_files(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """The files that the viewer's digital listings deliver, under their own names."""
    for one in DigitalItem.objects.filter(seller=viewer).exclude(key="").order_by("id"):
        yield Kept(f"goods/{one.id}/{one.name}", one.stored_as)


def quotes_of(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What the viewer asked to have made, and was asked."""
    for selling in (False, True):
        for one in quotes.quotes(viewer, selling=selling):
            yield {
                "id": one.id, "title": one.title, "state": one.state, "mine": one.mine,
                "wishes": one.wishes, "quantity": one.quantity, "note": one.note,
                "asked_at": one.asked_at, "lead_days": one.lead_days,
                "price_minor": one.price.minor if one.price else None, "currency": one.currency,
                "valid_until": one.valid_until, "answer": one.answer,
            }  # fmt: skip


def templates(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What the viewer's parcels cost."""
    rows = ShippingTemplate.objects.filter(seller=viewer).order_by("id")
    yield from rows.values("id", "name", "currency", "zones", "removed_at")


def declarations(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What the viewer said about who sells, and what operators decided."""
    rows = Declaration.objects.filter(owner=viewer).order_by("at")
    yield from rows.values(
        "id", "kind", "state", "scheme", "name", "number", "at", "decided_at", "reason", "ended_at"
    )


def overruns(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Years in which the viewer sold more than a private person may, in minor units."""
    rows = Overrun.objects.filter(owner=viewer).order_by("year")
    yield from rows.values(
        "year", "currency", "limit_minor", "sum_minor", "passed_at", "stops_at", "stopped_at",
        "lifted_at",
    )  # fmt: skip


def follows(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The shops that the viewer follows."""
    rows = Follow.objects.filter(owner=viewer).order_by("at")
    yield from rows.values("shop", "at", name=F("shop__name"))


PARTS = (
    Part("shops", shops, covers=("shop.Shop", "shop.ShopClock")),
    Part("declarations", declarations, covers=("shop.Declaration",)),
    Part("overruns", overruns, covers=("shop.Overrun",)),
    Part("follows", follows, covers=("shop.Follow",)),
    Part(
        "listings",
        listings,
        covers=(
            "shop.Listing",
            "shop.DigitalItem",
            "shop.LicenceKey",
            "shop.ListingInterests",
            "shop.ListingTimer",
            "shop.Variant",
            "shop.PriceChange",
        ),
    ),
    Part("sales", sales, covers=("shop.Sale",)),
    Part("quotes", quotes_of, covers=("shop.Quote",)),
    Part("shipping", templates, covers=("shop.ShippingTemplate",)),
    Part("reservations", reservations, covers=("shop.Reservation",)),
    Part("imports", imports, covers=("shop.ImportRun", "shop.ImportRow", "shop.ImportSource")),
)
MEDIA = (
    Media(pictures, covers=("shop.ListingPicture", "shop.Evidence")),
    Media(goods_files, covers=("shop.DigitalItem",)),
)
