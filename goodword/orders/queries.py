"""Reads of orders; the viewer comes first. Only an order's two parties know that it exists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, F, Min, Q

from goodword.circle.cards import Person
from goodword.kit import clock
from goodword.kit.cursors import answered
from goodword.kit.money import Money
from goodword.kit.rows import built, find, select_statement
from goodword.kit.together import ask
from goodword.people.models import Member
from goodword.shop import rules as shop_rules
from goodword.shop.cards import Picture
from goodword.shop.models import Variant
from goodword.shop.parcels import Piece, Template
from goodword.shop.sellers import clocks
from goodword.shop.sellers.rules import Declared
from goodword.shop.snapshots import pairs
from goodword.shop.visibility import listing_offered, listing_visible, variant_open

from .models import CartLine, Handover, Order, OrderLine, Shipment, Timer
from .refusals import OrderMissing
from .states import TRIES, LineState

PAGE = 20

# What the viewer could buy now, with all that a cart or a checkout shows of it.
OFFERS = f"""
SELECT v.id, v.options, v.price_minor, v.stock, l.currency, l.id, l.title, l.shipping_minor,
       l.ship_within_hours, l.made_to_order OR v.lead_days IS NOT NULL,
       coalesce(v.lead_days, l.lead_days), l.returns_days, s.id, s.name,
       o.id, o.handle, coalesce(nullif(k.nickname, ''), o.display_name), o.avatar_version,
       v.retired_at IS NULL AND {listing_offered("l", "s")} AND {variant_open("v")},
       (SELECT json_build_array(p.id, p.width, p.height, p.colour, p.alt)
          FROM shop_listingpicture p WHERE p.listing_id = l.id AND p.removed_at IS NULL
         ORDER BY p.position LIMIT 1),
       l.grams, (SELECT json_build_object('id', t.id, 'name', t.name, 'zones', t.zones)
                   FROM shop_shippingtemplate t WHERE t.id = l.template_id),
       l.digital, s.level, s.level_at
  FROM shop_variant v JOIN shop_listing l ON l.id = v.listing_id
  JOIN shop_shop s ON s.id = l.shop_id JOIN people_member o ON o.id = l.seller_id
  LEFT JOIN circle_friendship k ON k.owner_id = %(viewer)s::uuid AND k.friend_id = l.seller_id
 WHERE v.id = ANY (%(variants)s) AND {listing_visible("l", "s")}
   AND (v.buyer_id IS NULL OR v.buyer_id = %(viewer)s)"""


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant as the viewer could buy it now."""

    variant: UUID
    name: str  # its chosen values
    price: Money
    stock: int
    listing: UUID
    title: str
    shipping: Money
    ship_within: timedelta
    returns_days: int
    made_to_order: bool
    shop: UUID
    shop_name: str
    seller: Person
    on_sale: bool
    picture: Picture | None
    grams: int
    template: Template | None
    digital: str  # of `shop.states.Digital`
    declared: Declared

    @property
    def url(self) -> str:
        return f"/listings/{self.listing}"

    def piece(self, quantity: int) -> Piece:
        """So many of it, as a parcel meets them."""
        return Piece(
            self.listing, quantity, self.grams, self.price.minor * quantity,
            self.shipping.minor, self.template,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CartItem:
    """A cart line with what it could be bought for now; `offer` None: it is not there any more."""

    variant: UUID
    quantity: int
    seen: Money
    offer: Offer | None

    @property
    def can_buy(self) -> bool:
        offer = self.offer
        return offer is not None and offer.on_sale and offer.stock >= self.quantity

    @property
    def price_changed(self) -> bool:
        return self.offer is not None and self.offer.price != self.seen


def went_from_cart(viewer: UUID, variants: Sequence[UUID], *, key: str) -> bool:
    """Whether none of it is in the viewer's cart, though no order under this key took it out."""
    if CartLine.objects.filter(buyer=viewer, variant__in=variants).exists():
        return False
    return not Order.objects.filter(buyer=viewer, key=key).exists()


def offers(viewer: UUID, variants: Sequence[UUID]) -> dict[UUID, Offer]:
    """What the viewer may see of these variants, in one statement."""
    if not variants:
        return {}
    values = {"viewer": viewer, "variants": list(variants), "now": clock.now()}
    return {row[0]: offer(row) for row in answered(OFFERS, values)[1]}


def offer(row: Sequence[Any]) -> Offer:
    (variant, options, price, stock, currency, listing, title, shipping, hours, made, lead,
     returns, shop, shop_name, seller, handle, display, avatar, on_sale, picture, grams,
     template, digital, level, level_at) = row  # fmt: skip
    return Offer(
        variant=variant, name=shop_rules.variant_name(pairs(options)),
        price=Money(price, currency), stock=stock, listing=listing, title=title,
        shipping=Money(shipping, currency),
        ship_within=shop_rules.time_to_ship(
            made_to_order=made, lead_days=lead, ship_within_hours=hours
        ),
        returns_days=returns, made_to_order=made, shop=shop, shop_name=shop_name,
        seller=Person(seller, handle, display, avatar), on_sale=on_sale,
        picture=Picture(*picture) if picture else None, grams=grams,
        template=Template.read(template, currency=currency) if template else None,
        digital=digital, declared=Declared(level, level_at),
    )  # fmt: skip


def cart(viewer: UUID, *, known: Sequence[Offer] = ()) -> list[CartItem]:
    """What the viewer has put aside, in two statements; offers just read are not read again."""
    aside = sorted(find(CartLine, buyer_id=viewer), key=lambda line: line.added_at)
    found = {offer.variant: offer for offer in known}
    found |= offers(viewer, [line.variant_id for line in aside if line.variant_id not in found])
    return [
        CartItem(
            line.variant_id, line.quantity, Money(line.seen_minor, line.seen_currency),
            found.get(line.variant_id),
        )
        for line in aside
    ]  # fmt: skip


def cart_count(viewer: UUID) -> int:
    return CartLine.objects.filter(buyer=viewer).count()


def sums_of(variants: Collection[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Who sells which variant, and in which currency."""
    rows = Variant.objects.filter(id__in=variants)
    found = rows.values_list("id", "seller_id", "listing__currency")
    return {id_: (seller, currency) for id_, seller, currency in found}


COMPLETED = """
SELECT count(*) FROM (
  SELECT FROM orders_order WHERE seller_id = %s AND completed_at IS NOT NULL LIMIT %s) done"""


def completed_sales(seller: UUID, *, at_most: int) -> int:
    """How many orders the seller has completed, counted no further than `at_most`."""
    ((count,),) = ask("orders_order", COMPLETED, [seller, at_most])
    return int(count)


def running(order: UUID) -> list[Timer]:
    """The clocks of an order that still run, the soonest first."""
    names, statement, _key = select_statement(Timer)
    asked = f"{statement} WHERE order_id = %s AND done_at IS NULL ORDER BY due_at, id"
    return [built(Timer, names, row) for row in ask("orders_timer", asked, [order])]


def orders_with_late_timers(before: datetime, *, limit: int = 500) -> list[UUID]:
    """Orders with a timer that should have rung before `before`, the latest first."""
    rows = Timer.objects.filter(done_at=None, due_at__lt=before).order_by("due_at")
    return list(dict.fromkeys(rows.values_list("order_id", flat=True)[:limit]))


LOST = """
SELECT DISTINCT ON (t.order_id) t.id, t.order_id
  FROM orders_timer t
 WHERE t.done_at IS NULL AND t.due_at < %(before)s
   AND NOT EXISTS (
     SELECT FROM orders_timer o JOIN procrastinate_jobs j ON j.id = o.job
      WHERE o.order_id = t.order_id AND o.done_at IS NULL AND j.status = 'todo')
 ORDER BY t.order_id, t.due_at LIMIT %(limit)s"""


def timers_without_job(before: datetime, *, limit: int = 500) -> list[Timer]:
    """The first timer of each order that should have rung before `before` and has no job left."""
    return list(Timer.objects.raw(LOST, {"before": before, "limit": limit}))


def placed(viewer: UUID, key: str) -> list[Order]:
    """The orders that the viewer's `key` made."""
    return list(Order.objects.filter(buyer=viewer, key=key).order_by("id"))


def order(viewer: UUID, id_: UUID) -> Order:
    """An order of the viewer's, as buyer or as seller. Raises OrderMissing."""
    found = Order.objects.filter(Q(buyer=viewer) | Q(seller=viewer), id=id_).first()
    if found is None:
        raise OrderMissing
    return found


@dataclass(frozen=True, slots=True)
class TimerHealth:
    """How the clocks are: all that wait, those that should have rung, and those with no job."""

    waiting: int
    late: int
    lost: int
    next_at: datetime | None
    late_orders: list[UUID]


LATE_AFTER = timedelta(minutes=2)


def timer_health(now: datetime) -> TimerHealth:
    """For operators: of orders and of sellers. A timer is late two minutes after its time, and lost
    when no job will ring it."""
    waiting = Timer.objects.filter(done_at=None)
    late = waiting.filter(due_at__lt=now - LATE_AFTER)
    next_at = waiting.filter(due_at__gte=now).aggregate(at=Min("due_at"))["at"]
    shops = clocks.health(late_before=now - LATE_AFTER, now=now)
    return TimerHealth(
        waiting=waiting.count() + shops.waiting,
        late=late.count() + shops.late,
        lost=len(timers_without_job(now - LATE_AFTER)) + shops.lost,
        next_at=min((at for at in (next_at, shops.next_at) if at), default=None),
        late_orders=orders_with_late_timers(now - LATE_AFTER, limit=20),
    )


def timers_late(now: datetime) -> int:
    """How many should have rung by now and did not. For operators."""
    return Timer.objects.filter(done_at=None, due_at__lt=now - LATE_AFTER).count()


def handover(order: UUID, now: datetime) -> Handover | None:
    """The order's code, while it can be used."""
    rows = Handover.objects.filter(order=order, used_at=None, until__gt=now, wrong__lt=TRIES)
    return rows.first()


def parcel(viewer: UUID, id_: UUID) -> Shipment:
    """A parcel of an order of the viewer's. Raises OrderMissing."""
    row = Shipment.objects.filter(Q(buyer=viewer) | Q(seller=viewer), id=id_).first()
    if row is None:
        raise OrderMissing
    return row


def line(viewer: UUID, id_: UUID) -> OrderLine:
    """A line that the viewer bought. Raises OrderMissing."""
    row = OrderLine.objects.filter(buyer=viewer, id=id_).first()
    if row is None:
        raise OrderMissing
    return row


def lines(order: Order) -> list[OrderLine]:
    """The lines of an order that the viewer may see, with their parcels."""
    return list(OrderLine.objects.filter(order=order).select_related("shipment").order_by("id"))


def lines_of(orders: Sequence[Order]) -> dict[UUID, list[OrderLine]]:
    """The lines of several orders that the viewer may see, by order, in one statement."""
    found: dict[UUID, list[OrderLine]] = {one.id: [] for one in orders}
    for line in find(OrderLine, order_id=list(found)):
        found[line.order_id].append(line)
    return found


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of orders; `next` is the id to ask for what comes before it, None at the end."""

    orders: list["Summary"]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class Summary:
    """One order of a list, as one of its parties sees it."""

    order: Order
    lines: list[OrderLine]
    other: Member


MINE: dict[str, frozenset[LineState]] = {
    "all": frozenset(LineState),
    "pay": frozenset({LineState.AWAITING_PAYMENT}),
    "ship": frozenset({LineState.HELD}),
    "receive": frozenset({LineState.SHIPPED}),
    "done": frozenset(LineState) - {LineState.AWAITING_PAYMENT, LineState.HELD, LineState.SHIPPED},
}


def my_orders(
    viewer: UUID, *, only: str = "all", before: UUID | None = None, limit: int = PAGE
) -> Shelf:
    """What the viewer ordered, newest first, in three statements. `only` is a key of MINE."""
    mine = OrderLine.objects.filter(buyer=viewer)
    return shelf(mine, "seller_id", newest(mine, only, before), limit)


def my_sales(
    viewer: UUID, *, only: str = "all", before: UUID | None = None, limit: int = PAGE
) -> Shelf:
    """What was ordered of the viewer, newest first, in three statements; what is to be shipped
    comes by its deadline, the soonest first, from the second page on in four.
    """
    mine = OrderLine.objects.filter(seller=viewer)
    found = soonest(mine, before) if only == "ship" else newest(mine, only, before)
    return shelf(mine, "buyer_id", found, limit)


def newest(mine: Any, only: str, before: UUID | None) -> Any:
    rows = mine.filter(state__in=[state.value for state in MINE.get(only, MINE["all"])])
    if before:
        rows = rows.filter(order__lt=before)
    return rows.order_by("-order").values_list("order", flat=True).distinct()


def soonest(mine: Any, after: UUID | None) -> Any:
    """Orders to be shipped, by the earliest deadline among their lines."""
    due = Min(F("paid_at") + F("ship_within"), output_field=DateTimeField())
    rows = mine.filter(state=LineState.HELD.value).values("order").annotate(due=due)
    # The order where the last page ended has a deadline even if it has left in the meantime.
    last = mine.filter(order=after).aggregate(due=due)["due"] if after else None
    if last:
        rows = rows.filter(Q(due__gt=last) | Q(due=last, order__gt=after))
    return rows.order_by("due", "order").values_list("order", flat=True)


def shelf(mine: Any, other: str, found: Any, limit: int) -> Shelf:
    ids = list(found[: limit + 1])
    shown = ids[:limit]
    lines: dict[UUID, list[OrderLine]] = {}
    for line in mine.filter(order__in=shown).select_related("order", "shipment").order_by("id"):
        lines.setdefault(line.order_id, []).append(line)
    people = Member.objects.in_bulk({getattr(lines[one][0].order, other) for one in shown})
    return Shelf(
        [
            Summary(lines[one][0].order, lines[one], people[getattr(lines[one][0].order, other)])
            for one in shown
        ],
        shown[-1] if len(ids) > limit else None,
    )


def counts(viewer: UUID, role: str) -> dict[str, int]:
    """How many of the viewer's orders stand in each part of MINE; `role` is buyer or seller."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT state, count(DISTINCT order_id) FROM orders_orderline
                 WHERE {"buyer_id" if role == "buyer" else "seller_id"} = %s
                   AND ended_at IS NULL GROUP BY state""",
            [viewer],
        )
        found = dict(cursor.fetchall())
    return {
        name: sum(found.get(state.value, 0) for state in states)
        for name, states in MINE.items()
        if name in ("pay", "ship", "receive")
    }
