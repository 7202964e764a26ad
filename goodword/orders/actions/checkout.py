"""Placing and paying in one go, for who has decided both."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goodword.money import actions as money
from goodword.money import queries as payments
from goodword.money.queries import PaymentView
from goodword.people.models import Member
from goodword.shop.actions import Item

from ..addresses import Address
from ..models import Order
from .paying import start_payment
from .placing import place

FIRST = "first"  # the payment key of the try that comes with the order


def place_and_pay(
    *,
    buyer: Member,
    items: Sequence[Item],
    address: Address,
    note: str = "",
    key: str,
    method: str,
    gateway: str = "sandbox",
    from_cart: bool = False,
    now: datetime,
) -> list[tuple[Order, PaymentView]]:
    """`place`, then `pay` each order with `method`; the same `key` again repeats neither.

    Not inside a transaction: the gateway is asked, after orders and payments have committed.
    """
    with transaction.atomic(durable=True):
        orders = place(
            buyer=buyer, items=items, address=address, note=note, key=key, gateway=gateway,
            from_cart=from_cart, now=now,
        )  # fmt: skip
        fresh = [
            start_payment(
                order, method=method, key=FIRST, return_url=f"/orders/{order.id}", now=now
            )
            for order in orders
            if order.placed_at == now
        ]
    for started in fresh:
        money.send_payment(payment=started.id, now=now)
    return [
        (order, paid) for order in orders if (paid := payments.latest_payment(order.id)) is not None
    ]
