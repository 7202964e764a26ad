"""From a cart or a listing to orders: one of each seller and currency, all of them or none."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from goodword.kit import house, rates, rows
from goodword.kit.errors import Refused
from goodword.kit.house import HouseRules
from goodword.kit.ids import new_id
from goodword.kit.money import LIMIT, Money, total
from goodword.kit.together import Write, soon, together
from goodword.money import queries as money
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop.actions import Item, Promise

from .. import queries, rules, sealed
from ..addresses import Address
from ..models import Order, OrderLine
from ..refusals import ConsentNeeded, KeyReused, NotOffered, ShippingChanged, TooMuch
from ..states import STOCK_SLACK, Delivery
from .common import Locked, custodian_name, note, wind

AN_HOUR = 120  # orders of one buyer: unpaid ones hold a seller's stock for a while


def place(
    *,
    buyer: Member,
    items: Sequence[Item],
    address: Address,
    note: str = "",
    key: str,
    gateway: str = "",
    from_cart: bool = False,
    shipping_seen: Collection[tuple[UUID, Money]] | None = None,
    paying: str = "",
    agreed: str = "",
    then: Callable[[Order, Sequence[OrderLine], HouseRules], None] = lambda *_fresh: None,
    now: datetime,
) -> list[Order]:
    """Order the items: their pieces are reserved, and the time to pay begins.

    One order for each seller and currency. The same `key` of the same buyer with the same items
    answers the orders it made the first time. `expected_price` of an item is what the buyer's page
    showed, `shipping_seen` what it said of each seller's shipping (None asks nothing);
    `agreed` is the sentence by which the buyer of digital goods wants them at once (`words.AGREE`).
    `then` is done with each fresh order in the transaction that makes it; `paying` says how, so
    that the key stands for that too.
    Raises what `shop.actions.reserve` raises, ShippingChanged, BadAddress, ConsentNeeded,
    TooMuch, NotOffered, KeyReused, TooMany.
    """
    address.check(digital=True)  # what is sent asks for more
    asked = sealed.digest(
        {"items": items, "address": address, "note": note, "gateway": gateway, "paying": paying}
    )
    try:
        with transaction.atomic(), together():
            # In here: what is refused holds nobody's stock, so it does not count.
            rates.hit(f"order:{buyer.id}", limit=AN_HOUR, per=timedelta(hours=1), now=now)
            in_force = house.rules(now)
            placed = [
                place_one(
                    buyer=buyer, items=part, address=address, note=note, key=key, digest=asked,
                    gateway=gateway, shipping_seen=shipping_seen, agreed=agreed,
                    in_force=in_force, now=now,
                )
                for part in by_sum(items)
            ]  # fmt: skip
            # Stock before the journal, as everybody takes their locks.
            for one in placed:
                record_placed(one, now)
            orders = [one.order for one in placed]
            if from_cart:
                take_out(buyer, items)
            for one in placed:
                then(one.order, one.lines, in_force)
            return orders
    except (IntegrityError, Refused):
        # The other half of a double tap is told by what the first half has made.
        made = placed_before(buyer, key, asked)
        if not made:
            raise
        return made


def place_one(
    *,
    buyer: Member,
    items: Sequence[Item],
    address: Address,
    note: str,
    key: str,
    digest: bytes,
    gateway: str,
    shipping_seen: Collection[tuple[UUID, Money]] | None,
    agreed: str,
    in_force: HouseRules,
    now: datetime,
) -> Locked:
    """One seller's order in one currency; `place`, whose transaction it is, journals it."""
    order = new_id()
    promises = shop.reserve(
        order=order, buyer=buyer.id, items=items, region=address.region,
        until=now + in_force.pay_within + STOCK_SLACK, now=now,
    )  # fmt: skip
    seller, cost = promises[0].seller, sums(promises)
    check_shipping(promises, shipping_seen)
    promises = [agree(one, agreed, now) for one in promises]
    if all(is_digital(one) for one in promises):
        address = address.country_alone
    else:
        address.check()
    terms = rules.Terms.of(
        in_force,
        seller_completed=queries.completed_sales(seller, at_most=in_force.new_seller_orders),
    )
    gateway = gateway_for(gateway, promises[0].unit_price)
    if money.is_slow(gateway):
        terms = replace(terms, pay_within=in_force.pay_within_transfer)
        shop.keep_reservation(order=order, until=now + terms.pay_within + STOCK_SLACK)
    row = Order(
        id=order, buyer=buyer, seller_id=seller, shop_id=promises[0].shop, key=key, digest=digest,
        **cost, gateway=gateway, custodian=custodian_name(gateway),
        address=address.stored(), note=note.strip()[:300], terms=terms.stored(), placed_at=now,
    )  # fmt: skip
    lines = [line(row, promise) for promise in promises]
    rows.insert([row])
    rows.insert(lines)
    locked = Locked(row, lines, terms)
    wind(locked, lines, now)
    return locked


def check_shipping(
    promises: Sequence[Promise], seen: Collection[tuple[UUID, Money]] | None
) -> None:
    cost, seller = total([promise.shipping for promise in promises]), promises[0].seller
    if seen is None or (seller, cost) in seen:
        return
    told = (sum_ for one, sum_ in seen if (one, sum_.currency) == (seller, cost.currency))
    raise ShippingChanged(before=next(told, None), now=cost)


def is_digital(promise: Promise) -> bool:
    return promise.snapshot["digital"] is not None


def agree(promise: Promise, words: str, now: datetime) -> Promise:
    """Digital goods are promised together with what their buyer agreed to (2011/83/EU, art. 16 m).

    Raises ConsentNeeded.
    """
    if not is_digital(promise):
        return promise
    if not words:
        raise ConsentNeeded
    said = {**promise.snapshot["digital"], "agreed": {"at": now.isoformat(), "words": words}}
    return replace(promise, snapshot={**promise.snapshot, "digital": said})


def gateway_for(asked: str, price: Money) -> str:
    """The gateway that was asked for, or the usual one. Raises NotOffered, Invalid."""
    if not asked:
        return money.usual_gateway(price)
    if asked not in {one.name for one in money.offered(price)}:
        raise NotOffered
    return asked


TAKE_OUT = "DELETE FROM orders_cartline WHERE buyer_id = %s AND variant_id = ANY (%s)"


def take_out(buyer: Member, items: Sequence[Item]) -> None:
    """What is ordered is not put aside any more."""
    soon(Write("orders_cartline", TAKE_OUT, [buyer.id, [item.variant for item in items]]))


def record_placed(locked: Locked, now: datetime) -> None:
    order = locked.order
    facts: dict[str, Any] = {"amount": rules.facts_of(order.total)}
    digital = [one.snapshot["digital"]["agreed"]["words"] for one in locked.lines if one.is_digital]
    if digital:
        facts["agreed"] = digital[0]
    note(locked, "placed", now, actor=order.buyer_id, **facts)


def by_sum(items: Sequence[Item]) -> list[list[Item]]:
    """The items in one part for each sum that is paid: of one seller, in one currency.

    The parts are in a fixed order, so that two carts of the same shops lock their stock in the
    same order. What nobody sells any more comes first, so that the refusal names it.
    """
    if len(items) < 2:
        return [list(items)]
    found = queries.sums_of([item.variant for item in items])
    parts: dict[tuple[UUID, str], list[Item]] = {}
    for item in items:
        parts.setdefault(found.get(item.variant, (UUID(int=0), "")), []).append(item)
    return [parts[one] for one in sorted(parts)]


def sums(promises: Sequence[Promise]) -> dict[str, Any]:
    """Raises TooMuch."""
    goods = total([promise.unit_price * promise.quantity for promise in promises])
    shipping = total([promise.shipping for promise in promises])
    if goods.minor + shipping.minor > LIMIT:
        raise TooMuch
    return {
        "goods_minor": goods.minor, "shipping_minor": shipping.minor, "currency": goods.currency,
    }  # fmt: skip


def line(order: Order, promise: Promise) -> OrderLine:
    made = OrderLine(
        order=order, buyer_id=order.buyer_id, seller_id=promise.seller, listing_id=promise.listing,
        variant_id=promise.variant, quantity=promise.quantity,
        unit_minor=promise.unit_price.minor, shipping_minor=promise.shipping.minor,
        currency=promise.unit_price.currency, snapshot=promise.snapshot,
        digest=sealed.digest(promise.snapshot).hex(), ship_within=promise.ship_within,
        placed_at=order.placed_at,
        delivery=Delivery.DIGITAL if is_digital(promise) else Delivery.COURIER,
    )  # fmt: skip
    made.signature = sealed.sign(made)
    return made


def placed_before(buyer: Member, key: str, asked: bytes) -> list[Order]:
    """The orders that `key` made, if it did. Raises KeyReused when it was for something else."""
    made = list(Order.objects.filter(buyer=buyer, key=key).order_by("seller", "currency"))
    if made and bytes(made[0].digest) != asked:
        raise KeyReused
    return made
