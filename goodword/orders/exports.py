"""What a member takes along of this domain: each order as its page shows it to them."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from goodword.kit.exports import Kept, Media, Part, Rows

from . import book, goods, pages, schemas
from .models import CartLine, Order


def orders(viewer: UUID, now: datetime) -> Rows:
    """What the viewer bought and sold, newest first, with its story in the viewer's language."""
    rows = Order.objects.filter(Q(buyer=viewer) | Q(seller=viewer))
    for id_ in rows.order_by("-id").values_list("id", flat=True).iterator():
        page = pages.order_page(viewer, id_, now=now)
        yield {
            **schemas.full(page),
            "state_words": str(page.word),
            "total": {"minor": page.order.total.minor, "currency": page.order.total.currency},
            "with": {"handle": page.other.handle, "name": page.other.display_name},
        }


def cart(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What the viewer has put aside."""
    rows = CartLine.objects.filter(buyer=viewer).order_by("added_at")
    yield from rows.values("variant", "quantity", "seen_minor", "seen_currency", "added_at")


def addresses(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's address book."""
    for one in book.addresses(viewer):
        yield {"id": one.id, **one.address.stored(), "is_default": one.is_default}


def bought_files(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """The files that the viewer bought, under their own names."""
    for one in goods.delivered_to(viewer):
        if one.item.key:
            yield Kept(f"bought/{one.id}/{one.item.name}", one.item.stored_as)


PARTS = (
    Part(
        "orders",
        orders,
        covers=(
            "orders.Order",
            "orders.OrderLine",
            "orders.Shipment",
            "orders.Scan",
            "orders.Handover",
            "orders.DeliveredItem",
            "orders.Timer",
        ),
    ),
    Part("cart", cart, covers=("orders.CartLine",)),
    Part("addresses", addresses, covers=("orders.SavedAddress",)),
)
MEDIA = (Media(bought_files, covers=("orders.DeliveredItem",)),)
