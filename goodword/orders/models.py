from datetime import datetime, timedelta
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from goodword.kit.ids import spoken
from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.states import among, choices
from goodword.people.models import Member
from goodword.shop.models import DigitalItem, Listing, Shop, Variant

from . import rules
from .states import FINAL, Delivery, LineState, Scanned, Stray, TimerKind, pairs


def party() -> Any:
    """Buyer or seller. Unchecked: the check of a key locks the member's row, and a shop is hot."""
    return models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )


def promised(model: Any) -> Any:
    """What was ordered; the promise itself is in the snapshot. Unchecked, for the same reason."""
    return models.ForeignKey(
        model, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )


class CartLine(Row):
    """Something a buyer has put aside; it promises nothing and reserves nothing."""

    buyer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    seen_minor = models.BigIntegerField()  # what it cost when it was put in, in minor units
    seen_currency = models.CharField(max_length=3)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["buyer", "variant"], name="orders_cart_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_cart_some"),
        ]


class SavedAddress(Row):
    """Where the owner's parcels go; for their own next orders, nobody else reads it."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    address = models.JSONField()  # as an order keeps it
    is_default = models.BooleanField(default=False)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="orders_one_default_address"
            )
        ]


class Order(Row):
    """What one buyer ordered of one seller in one go, in one currency. Its row is the lock of all
    that happens.
    """

    buyer = party()
    seller = party()
    shop = promised(Shop)
    key = models.CharField(max_length=64)  # the buyer's; one order of each seller and currency
    digest = models.BinaryField(max_length=32)  # of what was asked under that key
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    gateway = models.CharField(max_length=20)
    custodian = models.CharField(max_length=80)
    address = models.JSONField()  # name, phone, region, city, street, postcode
    note = models.CharField(max_length=300, blank=True)  # the buyer's, to the seller
    terms = models.JSONField()  # the house rules that hold for it, in seconds
    placed_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)  # set when a line of it was completed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "key", "seller", "currency"], name="orders_once"
            ),
            models.CheckConstraint(
                condition=Q(goods_minor__gt=0, shipping_minor__gte=0), name="orders_sum"
            ),
        ]
        indexes = [
            models.Index(
                fields=["seller"],
                name="orders_seller_completed",
                condition=Q(completed_at__isnull=False),
            )
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="promise",
                fields=[
                    "buyer", "seller", "shop", "key", "goods_minor", "shipping_minor", "currency",
                    "placed_at",
                ],
            ),
            # Only the time to pay follows the way in which the buyer pays.
            pgtrigger.Protect(
                name="terms",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((NEW.terms - 'pay_within') IS DISTINCT FROM (OLD.terms - 'pay_within'))"
                ),
            ),
            # Where a person was, nothing may stand one day: see `leaving`.
            pgtrigger.Protect(
                name="address",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((NEW.address IS DISTINCT FROM OLD.address AND NEW.address <> '{}'::jsonb)"
                    " OR (NEW.note IS DISTINCT FROM OLD.note AND NEW.note <> ''))"
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return spoken(self.id)

    @property
    def total(self) -> Money:
        return Money(self.goods_minor + self.shipping_minor, self.currency)

    @property
    def holds(self) -> rules.Terms:
        """The terms that hold for it."""
        return rules.Terms.read(self.terms)


class Shipment(Row):
    """A parcel: which carrier has it, under which number, since when."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shipments")
    buyer = party()
    seller = party()
    carrier = models.CharField(max_length=10)
    number = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["number"], name="orders_parcel_number")]


class Scan(Row):
    """What a carrier said of a parcel, once: it may say the same again, and out of order."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="scans")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", db_index=False)
    buyer = party()
    number = models.CharField(max_length=30)  # the parcel's then; its seller may mend it
    kind = models.CharField(max_length=10, choices=choices(Scanned))
    said_at = models.DateTimeField()  # the time that the carrier wrote
    at = models.DateTimeField()  # the time that can be: a clock ahead of ours is not believed
    place = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "number", "kind", "said_at", "place"], name="orders_said_once"
            ),
            among("kind", Scanned, "orders_scan_kind"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="said", operation=pgtrigger.Update)]


class StrayScan(Row):
    """What a carrier said and nobody's parcel fits, or what could not be read."""

    why = models.CharField(max_length=10, choices=choices(Stray))
    unread = models.CharField(max_length=12, blank=True)  # a key of `words.UNREAD`
    source = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32, unique=True)  # of what was said
    carrier = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    said_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # a parcel was found for it, or it was put away

    class Meta:
        constraints = [among("why", Stray, "orders_stray_why")]
        indexes = [
            models.Index(
                fields=["number"], name="orders_strays_open", condition=Q(ended_at__isnull=True)
            )
        ]


class TrackingSource(models.Model):
    """How far a carrier's source was read; with the same mark there is nothing new in it."""

    name = models.CharField(max_length=240, primary_key=True)
    mark = models.CharField(max_length=80)
    whole = models.BooleanField(default=True)
    read_at = models.DateTimeField()
    said = models.PositiveIntegerField(default=0)
    strays = models.PositiveIntegerField(default=0)


class OrderLine(Row):
    """One variant of an order, with its own state and its own clocks."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    buyer = party()
    seller = party()
    listing = promised(Listing)
    variant = promised(Variant)
    state = models.CharField(
        max_length=16, choices=choices(LineState), default=LineState.AWAITING_PAYMENT
    )
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()  # its share of its parcel's cost
    currency = models.CharField(max_length=3)
    snapshot = models.JSONField()  # the listing as it was promised
    digest = models.CharField(max_length=64)  # SHA-256 of the snapshot's canonical JSON
    signature = models.TextField(blank=True)  # the house's, see `sealed`; not of what is older
    ship_within = models.DurationField()
    placed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    delivery = models.CharField(max_length=10, choices=choices(Delivery), default=Delivery.COURIER)
    shipment = models.ForeignKey(
        Shipment, on_delete=models.PROTECT, null=True, related_name="lines"
    )
    extended = models.BooleanField(default=False)
    cancel_asked_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)  # when the seller said no to that
    paused_at = models.DateTimeField(null=True)  # since when a case makes its clocks stand still
    paused_for = models.DurationField(default=timedelta(0))  # how long cases did so before
    delivered_at = models.DateTimeField(null=True)  # says the carrier; a corrected file was sent

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in LineState]), name="orders_state"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_minor__gt=0, shipping_minor__gte=0),
                name="orders_line_sum",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, state__in=[s.value for s in sorted(FINAL)])
                | (Q(ended_at__isnull=True) & ~Q(state__in=[s.value for s in sorted(FINAL)])),
                name="orders_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "-order"], name="orders_mine"),
            models.Index(fields=["seller", "-order"], name="orders_sold"),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="moves", field="state", transitions=pairs()),
            pgtrigger.ReadOnly(
                name="promise",
                fields=[
                    "order", "buyer", "seller", "listing", "variant", "quantity", "unit_minor",
                    "shipping_minor", "currency", "snapshot", "digest", "signature",
                    "ship_within",
                ],
            ),
        ]  # fmt: skip

    @property
    def name(self) -> str:
        """What it is, as it was promised: “Celadon cup · small”."""
        parts = (self.snapshot["title"], self.snapshot.get("variant_name", ""))
        return " · ".join(part for part in parts if part)

    @property
    def unit(self) -> Money:
        return Money(self.unit_minor, self.currency)

    @property
    def goods(self) -> Money:
        return self.unit * self.quantity

    @property
    def is_digital(self) -> bool:
        return self.delivery == Delivery.DIGITAL

    @property
    def parcel(self) -> str:
        """What its shipping pays for together with others: a template's parcel, or a listing's."""
        packed = self.snapshot.get("parcel") or {}
        return packed.get("template") or str(self.listing_id)

    @property
    def total(self) -> Money:
        """What is paid for it, its shipping included."""
        return self.goods + Money(self.shipping_minor, self.currency)


class DeliveredItem(Row):
    """A file or a text that a line's buyer got, and how often she has fetched it."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="delivered")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    buyer = party()
    seller = party()
    item = promised(DigitalItem)
    corrects = models.OneToOneField(  # the one that was wrong; it stays, as it was delivered
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    at = models.DateTimeField()
    downloads = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)  # the first time

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "item"], name="orders_delivered_once")
        ]


class Handover(models.Model):
    """The code with which a buyer proves that she was given what she ordered. Works once."""

    order = models.OneToOneField(
        Order, on_delete=models.PROTECT, primary_key=True, related_name="handover"
    )
    buyer = party()
    code = models.CharField(max_length=6)
    until = models.DateTimeField()
    wrong = models.SmallIntegerField(default=0)  # how often another one was entered
    used_at = models.DateTimeField(null=True)


class Timer(Row):
    """A clock of one order line. Whoever rings it locks the order and asks the rule again."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="timers")
    line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, related_name="timers", db_index=False
    )
    buyer = party()
    kind = models.CharField(max_length=12, choices=choices(TimerKind))  # of a case: CARE
    due_at = models.DateTimeField()
    job = models.BigIntegerField(null=True)  # the job that will ring it, None: an earlier one does
    done_at = models.DateTimeField(null=True)  # when it rang, or was not needed any more
    rang = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="orders_timers_due", condition=Q(done_at__isnull=True)
            )
        ]

    def is_due(self, now: datetime) -> bool:
        return self.done_at is None and self.due_at <= now
