"""Stock for orders: taken out before the payment, given back when it does not come.

Several buyers at once queue on the variant's row alone, each variant in the order of its id, and
PostgreSQL asks `stock >= quantity` again for whoever waited. So the last piece has one buyer.
"""

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.kit.cursors import answered
from goodword.kit.money import Money
from goodword.kit.rows import change_all, find, insert, joined
from goodword.kit.together import Write, do

from .. import parcels, rules, snapshots
from ..models import Reservation
from ..parcels import Piece
from ..regions import HOME
from ..states import RESERVATION_MOVES, ReservationState
from ..visibility import listing_offered, listing_visible, variant_open
from .refusals import (
    BadQuantity,
    BoughtFromOneself,
    NotForSale,
    NothingChosen,
    NotSentThere,
    OutOfStock,
    PriceChanged,
    ReservationEnded,
    VariantMissing,
)

MOST = 999  # pieces of one variant in one order


@dataclass(frozen=True, slots=True)
class Item:
    """What a buyer wants; `expected_price` is what her page showed, None asks nothing."""

    variant: UUID
    quantity: int
    expected_price: Money | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What the seller promises for one line of an order.

    `shipping` is the line's share of its parcel's cost (`parcels`); of a listing with a flat price
    the first of its lines carries all of it.
    `snapshot` is the listing as it is offered now, JSON-able (see `snapshots`); `ship_within` is
    the promised time from payment to the parcel's leaving.
    """

    variant: UUID
    listing: UUID
    shop: UUID
    seller: UUID
    quantity: int
    unit_price: Money
    shipping: Money
    snapshot: dict[str, Any]
    ship_within: timedelta
    piece: Piece


TAKE = f"""
UPDATE shop_variant v
   SET stock = v.stock - CASE WHEN l.digital <> '' AND v.stock = {rules.ENDLESS}
                              THEN 0 ELSE %(quantity)s END
  FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
 WHERE v.id = %(variant)s AND l.id = v.listing_id AND v.retired_at IS NULL
   AND v.stock >= %(quantity)s AND l.seller_id <> %(viewer)s
   AND (%(minor)s::bigint IS NULL OR (v.price_minor, l.currency) = (%(minor)s, %(currency)s))
   AND {listing_offered("l", "s")} AND {variant_open("v")}
RETURNING {snapshots.COLUMNS}"""

WHY = f"""
SELECT l.title, v.options, v.stock, v.price_minor, l.currency, l.seller_id, l.made_to_order,
       v.retired_at IS NULL AND {listing_offered("l", "s")} AND {variant_open("v")}
  FROM shop_variant v JOIN shop_listing l ON l.id = v.listing_id
  JOIN shop_shop s ON s.id = l.shop_id
 WHERE v.id = %(variant)s AND {listing_visible("l", "s")}
   AND (v.buyer_id IS NULL OR v.buyer_id = %(viewer)s)"""


@joined
def reserve(
    *,
    order: UUID,
    buyer: UUID,
    items: Sequence[Item],
    region: str = HOME,
    until: datetime,
    now: datetime,
) -> list[Promise]:
    """Take the items out of stock for `order` until `until`, all of them or none.

    Answers one promise an item, in the order of `items`; the same variant twice is one item.
    The items are one seller's; their parcels go to `region`. Raises OutOfStock, PriceChanged,
    NotForSale, BoughtFromOneself, VariantMissing (also for what the buyer may not see),
    BadQuantity, NothingChosen, NotSentThere.
    """
    wanted = _merged(items)
    # One item is refused before anything is written; of several, some were taken by then.
    with transaction.atomic() if len(wanted) > 1 else nullcontext():
        taken = {variant: _take(wanted[variant], buyer, now) for variant in sorted(wanted)}
    promises = _packed([taken[variant] for variant in wanted], region)
    insert([
        Reservation(
            order=order, variant_id=one.variant, listing_id=one.listing, seller_id=one.seller,
            buyer_id=buyer, quantity=one.quantity, at=now, until=until,
        )
        for one in taken.values()
    ])  # fmt: skip
    return promises


def _merged(items: Sequence[Item]) -> dict[UUID, Item]:
    wanted: dict[UUID, Item] = {}
    for item in items:
        before = wanted.get(item.variant)
        quantity = item.quantity + (before.quantity if before else 0)
        if item.quantity < 1 or quantity > MOST:
            raise BadQuantity(MOST)
        wanted[item.variant] = Item(item.variant, quantity, item.expected_price)
    if not wanted:
        raise NothingChosen
    return wanted


def _take(item: Item, buyer: UUID, now: datetime) -> Promise:
    price = item.expected_price
    params: dict[str, Any] = {
        "variant": item.variant, "quantity": item.quantity, "viewer": buyer, "now": now,
        "minor": price.minor if price else None, "currency": price.currency if price else None,
    }  # fmt: skip
    _count, taken = answered(TAKE, params)
    if not taken:
        raise _why(item, buyer, next(iter(answered(WHY, params)[1]), None))
    seen = snapshots.read(taken[0], now=now)
    return Promise(
        variant=item.variant, listing=seen.listing, shop=seen.shop, seller=seen.seller,
        quantity=item.quantity, unit_price=seen.price, shipping=seen.shipping,
        snapshot=seen.facts, ship_within=seen.ship_within,
        piece=Piece(
            seen.listing, item.quantity, seen.grams, seen.price.minor * item.quantity,
            seen.shipping.minor, seen.template,
        ),
    )  # fmt: skip


def _why(item: Item, buyer: UUID, row: tuple[Any, ...] | None) -> Exception:
    if row is None:
        return VariantMissing()
    title, options, stock, minor, currency, seller, made, offered = row
    chosen = rules.variant_name(snapshots.pairs(options))
    name = f"{title} · {chosen}" if chosen else title
    if seller == buyer:
        return BoughtFromOneself()
    if not offered:
        return NotForSale(name)
    if stock < item.quantity:
        return OutOfStock(name, variant=item.variant, left=stock, made_to_order=made)
    price = Money(minor, currency)
    return PriceChanged(name, variant=item.variant, before=item.expected_price, price=price)


def _packed(promises: Sequence[Promise], region: str) -> list[Promise]:
    """With what each parcel costs, shared among its lines; the promise says which parcel."""
    try:
        found = parcels.parcels([one.piece for one in promises], region)
    except parcels.Undelivered as error:
        title = promises[error.place].snapshot["title"]
        raise NotSentThere(title, region) from error
    result = list(promises)
    for parcel in found:
        for place, share in zip(parcel.lines, parcel.shares, strict=True):
            result[place] = _sent(promises[place], parcel, share, region)
    return result


def _sent(one: Promise, parcel: parcels.Parcel, share: int, region: str) -> Promise:
    cost = Money(share, one.shipping.currency)
    facts = {**one.snapshot, "shipping": {"minor": share, "currency": cost.currency}}
    if parcel.zone and one.piece.template:
        facts["shipping_days"] = list(parcel.zone.days)
        facts["parcel"] = {
            "template": one.piece.template.name, "region": region, "grams": parcel.grams,
            "minor": parcel.cost, "lines": len(parcel.lines),
        }  # fmt: skip
    return replace(one, shipping=cost, snapshot=facts)


SELL = f"""
UPDATE shop_reservation SET state = '{ReservationState.SOLD}', ended_at = %s
 WHERE "order" = %s AND state = '{ReservationState.HELD}'"""


@joined
def sell(*, order: UUID, now: datetime) -> None:
    """The order is paid: its pieces are gone for good. Again changes nothing.

    Raises ReservationEnded when the pieces went back into stock before the payment came.
    """
    sold, _rows = do(Write("shop_reservation", SELL, [now, order]))
    if sold:
        return
    rows = _locked(order)
    if not rows or any(row.state == ReservationState.RELEASED for row in rows):
        raise ReservationEnded


@joined
def release_reservation(*, order: UUID, now: datetime) -> int:
    """Not paid: the pieces go back into stock. Answers how many lines did; again none."""
    return _give_back([row for row in _locked(order) if row.state == ReservationState.HELD], now)


@joined
def restock(*, order: UUID, variants: Collection[UUID] | None = None, now: datetime) -> int:
    """Paid, then called off before it was shipped: its pieces, or those of `variants`, go back."""
    rows = _locked(order)
    return _give_back([r for r in rows if variants is None or r.variant_id in variants], now)


@joined
def keep_reservation(*, order: UUID, until: datetime) -> None:
    """Keep what is reserved for `order` until `until`, if that is longer than it was."""
    Reservation.objects.filter(order=order, state=ReservationState.HELD, until__lt=until).update(
        until=until
    )


@joined
def expire_reservation(*, order: UUID, now: datetime) -> int:
    """What the sweep hands out: release the order's pieces if their time is really over."""
    held = [row for row in _locked(order) if row.state == ReservationState.HELD]
    return _give_back([row for row in held if row.until <= now], now)


def _locked(order: UUID) -> list[Reservation]:
    rows = find(Reservation, order=order, how="FOR NO KEY UPDATE")
    return sorted(rows, key=lambda row: row.variant_id)


# A seller who has typed nearly as many as can be must not stand in the way of a refund.
RESTOCK = f"""
UPDATE shop_variant SET stock = least(stock + %s, {rules.ENDLESS - 1})
 WHERE id = %s AND stock < {rules.ENDLESS}"""


def _give_back(rows: Sequence[Reservation], now: datetime) -> int:
    freed = _end(rows, ReservationState.RELEASED, now)
    for row in freed:  # now, not with what comes: before the buyer's journal, as ordering does
        do(Write("shop_variant", RESTOCK, [row.quantity, row.variant_id]))
    return len(freed)


def _end(rows: Sequence[Reservation], to: ReservationState, now: datetime) -> list[Reservation]:
    moved = [row for row in rows if to in RESERVATION_MOVES[ReservationState(row.state)]]
    change_all(moved, state=to, ended_at=now)
    return moved
