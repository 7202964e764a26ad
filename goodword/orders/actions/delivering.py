"""Digital goods: put where their buyer fetches them, by the house at once or by the seller."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from goodword.people.models import Member
from goodword.shop.digital import actions as shelf
from goodword.shop.digital import keys
from goodword.shop.digital import queries as shelves
from goodword.shop.digital.refusals import NothingToDeliver
from goodword.shop.models import DigitalItem
from goodword.shop.states import Digital

from ..models import DeliveredItem, OrderLine
from ..refusals import CorrectedBefore, GoodsMissing
from ..states import LineState, Role, Verb
from .common import Locked, lock, note, pick, shift, wind

Values = Mapping[str, Any]  # of a saved file, or a text


def at_once(lines: Sequence[OrderLine], now: datetime) -> list[OrderLine]:
    """Those that were promised at once, and of which something is there to be delivered.

    What was promised with keys gets them here; without enough of them it is left to the seller.
    """
    return [line for line in lines if line.is_digital and _is_there(line, now)]


def _is_there(line: OrderLine, now: datetime) -> bool:
    promised = line.snapshot["digital"]
    if promised["delivery"] != Digital.AT_ONCE:
        return False
    if promised.get("keys"):
        return keys.hand_out(
            line=line.id, listing=line.listing_id, variant=line.variant_id, seller=line.seller_id,
            quantity=line.quantity, now=now,
        )  # fmt: skip
    return bool(promised["items"])


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


@transaction.atomic
def put_right(*, seller: Member, goods: UUID, values: Values, now: datetime) -> None:
    """Give the buyer a corrected file or text for one that was wrong, which stays where it is.

    While the line's time to receive it runs, she has some days more to look at it. Raises
    GoodsMissing, NotYours, NotPossible, CorrectedBefore, NothingToDeliver, TooMany.
    """
    found = DeliveredItem.objects.filter(id=goods, seller=seller).select_related("item").first()
    if found is None:
        raise GoodsMissing
    locked = lock(found.order_id)
    (line,) = pick(locked, Verb.PUT_RIGHT, Role.SELLER, now, [found.line_id])
    if DeliveredItem.objects.filter(corrects=found).exists():
        raise CorrectedBefore
    item = shelf.keep(line.listing_id, line.seller_id, values, line=line.id, now=now)
    DeliveredItem.objects.create(
        line=line, order=locked.order, buyer_id=line.buyer_id, seller_id=line.seller_id,
        item=item, corrects=found, at=now,
    )  # fmt: skip
    if line.state == LineState.SHIPPED:
        shift([line], Verb.PUT_RIGHT, now, delivered_at=now)
        if not line.paused_at:
            wind(locked, [line], now)
    note(
        locked, "put_right", now, actor=seller.id, lines=[line], tell=[locked.order.buyer_id],
        was=_named(found.item), became=_named(item),
    )  # fmt: skip


def _named(item: DigitalItem) -> dict[str, str]:
    """A file by its name and digest; of a text the digest alone, for it is read elsewhere."""
    return {
        "name": item.name,
        "sha256": bytes(item.sha256).hex() or sha256(item.text.encode()).hexdigest(),
    }


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
