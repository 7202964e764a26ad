"""Digital goods: put where their buyer fetches them, by the house at once or by the seller."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from goodword.people.models import Member
from goodword.shop.digital import actions as shelf
from goodword.shop.digital import queries as shelves
from goodword.shop.digital.refusals import NothingToDeliver
from goodword.shop.models import DigitalItem
from goodword.shop.states import Digital

from ..models import DeliveredItem, OrderLine
from ..states import Role, Verb
from .common import Locked, lock, note, pick, shift, wind

Values = Mapping[str, Any]  # of a saved file, or a text


def at_once(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Those that were promised at once, and of which something is there to be delivered."""
    return [
        line
        for line in lines
        if line.is_digital
        and line.snapshot["digital"]["delivery"] == Digital.AT_ONCE
        and line.snapshot["digital"]["items"]
    ]


def deliver_at_once(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    """What was promised is the buyer's in the moment in which it is paid."""
    if lines:
        chosen = pick(locked, Verb.DELIVER, Role.HOUSE, now, [line.id for line in lines])
        _hand_in(locked, chosen, now, actor=None)


@transaction.atomic
def deliver(
    *,
    seller: Member,
    order: UUID,
    lines: Collection[UUID] | None = None,
    goods: Sequence[Values] = (),
    now: datetime,
) -> None:
    """By the seller's hand: `goods` (saved files, texts) made for these lines alone, and what is
    attached to their listings for every buyer.

    Raises OrderMissing, NotYours, NotPossible, NothingToDeliver, TooMany.
    """
    locked = lock(order)
    chosen = pick(locked, Verb.DELIVER, locked.role_of(seller.id), now, lines)
    for line in chosen:
        for values in goods:
            shelf.keep(line.listing_id, line.seller_id, values, line=line.id, now=now)
    _hand_in(locked, chosen, now, actor=seller.id)


def _hand_in(
    locked: Locked, lines: Sequence[OrderLine], now: datetime, *, actor: UUID | None
) -> None:
    for line in lines:
        items = goods_of(line)
        if not items:
            raise NothingToDeliver
        DeliveredItem.objects.bulk_create(
            DeliveredItem(
                line=line, order=locked.order, buyer_id=line.buyer_id, seller_id=line.seller_id,
                item=item, at=now,
            )
            for item in items
        )  # fmt: skip
    shift(lines, Verb.DELIVER, now, shipped_at=now)
    wind(locked, lines, now)
    note(locked, "provided", now, actor=actor, lines=lines, tell=[locked.order.buyer_id])


def goods_of(line: OrderLine) -> list[DigitalItem]:
    """What was promised when it was ordered, and what was made for this line."""
    promised = [UUID(one["id"]) for one in line.snapshot["digital"]["items"]]
    return shelves.of_line(line.id, promised, line.listing_id)


@transaction.atomic
def count_fetched(*, goods: DeliveredItem, now: datetime) -> None:
    """The buyer fetched a file of hers: counted each time, told in the story the first time."""
    locked = lock(goods.order_id)
    first = not DeliveredItem.objects.filter(line=goods.line_id, fetched_at__isnull=False).exists()
    DeliveredItem.objects.filter(id=goods.id).update(
        downloads=F("downloads") + 1, fetched_at=goods.fetched_at or now
    )
    if first:
        lines = [line for line in locked.lines if line.id == goods.line_id]
        note(locked, "fetched", now, actor=goods.buyer_id, lines=lines)
