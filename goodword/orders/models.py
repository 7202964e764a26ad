from datetime import datetime, timedelta
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.states import choices
from goodword.people.models import Member
from goodword.shop.models import Listing, Shop, Variant

from . import rules
from .states import FINAL, Delivery, LineState, TimerKind, pairs


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
    """What one buyer ordered of one seller in one go. Its row is the lock of all that happens."""

    buyer = party()
    seller = party()
    shop = promised(Shop)
    key = models.CharField(max_length=64)  # the buyer's; one order of each seller under it
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
            models.UniqueConstraint(fields=["buyer", "key", "seller"], name="orders_once"),
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
        return rules.reference(self.id)

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
    def parcel(self) -> str:
        """What its shipping pays for together with others: a template's parcel, or a listing's."""
        packed = self.snapshot.get("parcel") or {}
        return packed.get("template") or str(self.listing_id)

    @property
    def total(self) -> Money:
        """What is paid for it, its shipping included."""
        return self.goods + Money(self.shipping_minor, self.currency)


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
