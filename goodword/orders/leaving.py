"""What keeps a member here, and what goes when they leave for good."""

from uuid import UUID

from django.db.models import Q

from .models import CartLine, Order, OrderLine, SavedAddress, Scan

GONE: dict[str, str] = {}  # what stands in an order where its buyer's address was


def open_orders(member: UUID) -> int:
    """How many of the member's purchases and sales are not over."""
    lines = OrderLine.objects.filter(Q(buyer=member) | Q(seller=member), ended_at=None)
    return lines.values("order").distinct().count()


def forget(member: UUID) -> None:
    """Take name, address and note out of what the member bought; the orders themselves stay.

    The law wants the record of a trade, and the other side needs it
    (docs/decisions/0036-leaving.md).
    """
    Order.objects.filter(buyer=member).update(address=GONE, note="")
    Scan.objects.filter(buyer=member).delete()  # they lead to her door
    CartLine.objects.filter(buyer=member).delete()
    SavedAddress.objects.filter(owner=member).delete()
