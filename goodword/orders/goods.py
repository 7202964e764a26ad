"""What was delivered of digital lines: for whoever paid for it, and for who sold it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from .models import DeliveredItem, OrderLine
from .refusals import GoodsMissing
from .states import CALLED_OFF, Role


@dataclass(frozen=True, slots=True)
class Goods:
    """A file or a text that a line's buyer got."""

    id: UUID
    name: str  # of a file; empty for a text
    size: int  # in bytes
    text: str
    at: datetime
    downloads: int
    corrects: UUID | None  # the one in whose place it came
    corrected: bool  # another one came in its place

    @property
    def is_file(self) -> bool:
        return bool(self.name)

    @property
    def url(self) -> str:
        return reverse("orders:goods", args=[self.id]) if self.is_file else ""


def of(lines: Sequence[OrderLine], role: Role) -> dict[UUID, list[Goods]]:
    """By line, for one of the order's parties. Who was given her money back has it no more."""
    digital = [
        line.id
        for line in lines
        if line.is_digital and line.shipped_at and (role == Role.SELLER or not is_lost(line.state))
    ]
    found: dict[UUID, list[Goods]] = {}
    if not digital:
        return found
    rows = DeliveredItem.objects.filter(line__in=digital).select_related("item").order_by("item")
    shown = list(rows)
    wrong = {row.corrects_id for row in shown}
    for row in sorted(shown, key=lambda row: row.id in wrong):  # what is right comes first
        item = row.item
        found.setdefault(row.line_id, []).append(
            Goods(
                row.id, item.name, item.size, item.text, row.at, row.downloads, row.corrects_id,
                row.id in wrong,
            )
        )  # fmt: skip
    return found


def is_lost(state: str) -> bool:
    return state in CALLED_OFF


def file(viewer: UUID, id_: UUID) -> DeliveredItem:
    """A delivered file for its buyer, while it is paid for, or its seller. Raises GoodsMissing."""
    rows = DeliveredItem.objects.filter(Q(buyer=viewer) | Q(seller=viewer), id=id_)
    row = rows.select_related("item", "line").first()
    if row is None or not row.item.key:
        raise GoodsMissing
    if row.seller_id != viewer and is_lost(row.line.state):
        raise GoodsMissing
    return row


def sold(seller: UUID, id_: UUID) -> DeliveredItem:
    """Something that the seller delivered. Raises GoodsMissing."""
    row = DeliveredItem.objects.filter(seller=seller, id=id_).first()
    if row is None:
        raise GoodsMissing
    return row


def delivered_to(buyer: UUID) -> list[DeliveredItem]:
    """Everything that the buyer has by what she paid for."""
    rows = DeliveredItem.objects.filter(buyer=buyer).exclude(line__state__in=CALLED_OFF)
    return list(rows.select_related("item").order_by("at", "id"))
