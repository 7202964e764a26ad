"""The clocks of orders and of shops, for whoever sits at the machine."""

from collections.abc import Iterator
from uuid import UUID

from goodword.kit import clock, formats
from goodword.orders import queries
from goodword.orders.foreseeing import coming
from goodword.orders.models import Order
from goodword.orders.states import Role
from goodword.shop.models import Shop
from goodword.shop.sellers.queries import ahead


def told(order: UUID) -> Iterator[str]:
    """What happens to the order, or the shop, if nobody acts, a line each."""
    found = Order.objects.filter(id=order).first()
    if found is None:
        yield from told_of_shop(order)
        return
    steps = coming(found, queries.lines(found), Role.BUYER, clock.now())
    for step in steps:
        yield f"{formats.date_time(step.at):<22} {step.kind:<13} {step.title}: {step.sentence}"
    if not steps:
        yield "Nothing is left to happen."


def told_of_shop(shop: UUID) -> Iterator[str]:
    found = Shop.objects.filter(id=shop).first()
    if found is None:
        yield "There is no such order or shop."
        return
    steps = ahead(found.owner_id)
    for step in steps:
        yield f"{formats.date_time(step.at):<22} {step.kind:<13} {found.name}: {step.sentence}"
    if not steps:
        yield "Nothing is left to happen."


def counted() -> str:
    found = queries.timer_health(clock.now())
    return f"waiting {found.waiting}, late {found.late}, lost {found.lost}"
