"""The clocks of orders, for whoever sits at the machine."""

from collections.abc import Iterator
from uuid import UUID

from goodword.kit import clock, formats
from goodword.orders import queries
from goodword.orders.foreseeing import coming
from goodword.orders.models import Order
from goodword.orders.states import Role


def told(order: UUID) -> Iterator[str]:
    """What happens to the order if nobody acts, a line each."""
    found = Order.objects.filter(id=order).first()
    if found is None:
        yield "There is no such order."
        return
    steps = coming(found, queries.lines(found), Role.BUYER, clock.now())
    for step in steps:
        yield f"{formats.date_time(step.at)}  {step.kind:<13} {step.title}: {step.sentence}"
    if not steps:
        yield "Nothing is left to happen."


def counted() -> str:
    found = queries.timer_health(clock.now())
    return f"waiting {found.waiting}, late {found.late}, lost {found.lost}"
