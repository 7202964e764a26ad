"""The clocks of orders and of shops, for whoever sits at the machine."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from goodword.kit import clock, formats
from goodword.kit.ids import heard, parse_id
from goodword.orders import queries
from goodword.orders.foreseeing import coming
from goodword.orders.models import Order
from goodword.orders.states import Role
from goodword.shop.models import Shop
from goodword.shop.sellers.queries import ahead


class NoClocks(Exception):
    """Nothing has this number or id."""


def told(named: str) -> Iterator[str]:
    """What happens to the order, or the shop, if nobody acts, a line each. Raises NoClocks."""
    id_ = parse_id(named)
    found = Order.objects.filter(id=id_).first() if id_ else numbered(named)
    if found is None and id_:
        yield from told_of_shop(id_)
        return
    if found is None:
        raise NoClocks("There is no such order or shop.")
    steps = coming(found, queries.lines(found), Role.BUYER, clock.now())
    for step in steps:
        yield f"{formats.date_time(step.at):<22} {step.kind:<13} {step.title}: {step.sentence}"
    if not steps:
        yield "Nothing is left to happen."


def numbered(text: str) -> Order | None:
    """The order that its people know by this number; of two the newest."""
    end = heard(text)
    if not end:
        return None
    ids = Order.objects.annotate(text=Cast("id", CharField()))
    return ids.filter(text__endswith=end).order_by("-placed_at").first()


def told_of_shop(shop: UUID) -> Iterator[str]:
    found = Shop.objects.filter(id=shop).first()
    if found is None:
        raise NoClocks("There is no such order or shop.")
    steps = ahead(found.owner_id)
    for step in steps:
        yield f"{formats.date_time(step.at):<22} {step.kind:<13} {found.name}: {step.sentence}"
    if not steps:
        yield "Nothing is left to happen."


def counted() -> str:
    found = queries.timer_health(clock.now())
    return f"waiting {found.waiting}, late {found.late}, lost {found.lost}"
