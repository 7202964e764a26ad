"""Reads of a shop that closes; only for its owner."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goodword.kit import house
from goodword.shop import queries as shop
from goodword.shop.models import Shop
from goodword.shop.queries import ShopMissing

from ..models import OrderLine
from ..queries import Summary, shelf
from ..states import OPEN

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Closing:
    """`ends_at` is when the shop may end for good: from now on, or since it was closed.

    `waits_for` counts the orders that are not over; the shop ends with the last of them.
    """

    shop: Shop
    is_closing: bool
    ends_at: datetime
    waits_for: int
    orders: list[Summary]

    @property
    def is_late(self) -> bool:
        """Whether it is only its orders that keep it."""
        return self.is_closing and self.waits_for > 0


def open_sales(seller: UUID) -> int:
    """How many of the seller's orders are not over."""
    lines = OrderLine.objects.filter(seller=seller, ended_at=None)
    return lines.values("order").distinct().count()


def closing(viewer: UUID, *, now: datetime) -> Closing:
    """What closing the viewer's shop means, or where it stands. Raises ShopMissing."""
    found = shop.my_shop(viewer)
    if found is None:
        raise ShopMissing
    return Closing(
        shop=found,
        is_closing=found.closing_at is not None,
        ends_at=found.closing_at or now + house.rules(now).close_after,
        waits_for=open_sales(viewer),
        orders=open_orders(viewer),
    )


def open_orders(seller: UUID) -> list[Summary]:
    """The newest of them."""
    mine = OrderLine.objects.filter(seller=seller)
    states = [state.value for state in OPEN]
    found = mine.filter(state__in=states).order_by("-order").values_list("order", flat=True)
    return shelf(mine, "buyer_id", found.distinct(), SHOWN).orders
