"""Placing and paying in one go, for who has decided both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goodword.kit.house import HouseRules
from goodword.money import fees
from goodword.money import queries as payments
from goodword.money.models import Payment
from goodword.money.queries import PaymentView
from goodword.people.models import Member
from goodword.shop.actions import Item

from .. import queries
from ..addresses import Address
from ..models import Order, OrderLine
from .paying import ask, start_payment
from .placing import place

FIRST = "first"  # the payment key of the try that comes with the order


@dataclass(frozen=True, slots=True)
class Bought:
    """An order, what the gateway has said to its payment so far, and the order's lines by now."""

    order: Order
    payment: PaymentView | None
    lines: list[OrderLine]


def place_and_pay(
    *,
    buyer: Member,
    items: Sequence[Item],
    address: Address,
    note: str = "",
    key: str,
    method: str,
    gateway: str = "",
    from_cart: bool = False,
    agreed: str = "",
    now: datetime,
) -> list[Bought]:
    """`place`, then `pay` each order with `method`; the same `key` again repeats neither.

    Not inside a transaction: the gateway is asked, after orders and payments have committed.
    """
    started: dict[UUID, Payment] = {}
    bands = fees.in_force(now)

    def begin(order: Order, lines: Sequence[OrderLine], in_force: HouseRules) -> None:
        started[order.id] = start_payment(
            order, lines, method=method, key=FIRST, return_url=f"/orders/{order.id}",
            fee_percent=in_force.fee_percent, bands=bands, now=now,
        )  # fmt: skip

    orders = place(
        buyer=buyer, items=items, address=address, note=note, key=key, gateway=gateway,
        from_cart=from_cart, paying=method, agreed=agreed, then=begin, now=now,
    )  # fmt: skip
    return [answered(order, started.get(order.id), now) for order in orders]


def answered(order: Order, payment: Payment | None, now: datetime) -> Bought:
    """What the gateway says to a payment begun here; of an order made before, what it has said."""
    if payment is None:
        return Bought(order, payments.latest_payment(order.id), queries.lines_of([order])[order.id])
    said, lines = ask(payment, now)
    return Bought(order, said, lines or queries.lines_of([order])[order.id])
