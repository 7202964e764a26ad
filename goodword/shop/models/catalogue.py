from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from goodword.kit.interests import OF_A_LISTING
from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.pictures.models import PictureRow
from goodword.kit.states import among, choices
from goodword.people.models import Member

from ..rules import variant_name
from ..states import (
    Condition,
    Digital,
    EvidenceFor,
    EvidenceKind,
    Level,
    ListingState,
    ReservationState,
)

TITLE = 120  # characters
MAX_STOCK = 1_000_000
MAX_PRICE = 10**12  # minor units
MAX_GRAMS = 1_000_000


def member(**options: Any) -> Any:
    """The member whose row it is, or who takes part; indexed only where a read asks by it."""
    return models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", db_index=False, **options
    )


def of(parent: Any, related_name: str = "+", on_delete: Any = models.PROTECT) -> Any:
    """What the row belongs to; a composite index serves the reads that ask by it."""
    return models.ForeignKey(parent, on_delete=on_delete, related_name=related_name, db_index=False)


def between(field: str, low: int, high: int, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}), name=name
    )


class Shop(Row):
    """A member's shop; a member has one open shop at a time."""

    owner = member()
    name = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    promise = models.CharField(max_length=300, blank=True)  # a sentence on each of its listings
    public = models.BooleanField(default=True)  # False: only the owner's friends
    level = models.CharField(max_length=10, choices=choices(Level), default=Level.NONE)
    level_at = models.DateTimeField(null=True)  # when it was declared, or checked
    followable = models.BooleanField(default=False)  # strangers may follow it while it is public
    opened_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)  # no new orders until its seller is registered
    closing_at = models.DateTimeField(null=True)  # no new orders; from then on it may end for good
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(closed_at__isnull=True), name="shop_one_open"
            ),
            among("level", Level, "shop_level"),
        ]
        indexes = [models.Index(fields=["name"], name="shop_by_name")]

    def __str__(self) -> str:
        return self.name


class ShippingTemplate(Row):
    """What parcels cost by region and weight; listings name it (`parcels`)."""

    seller = member()
    name = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    zones = models.JSONField()  # as `parcels.stored` has them
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # no listing may name it any more

    class Meta:
        indexes = [models.Index(fields=["seller", "name"], name="shop_templates")]

    def __str__(self) -> str:
        return self.name


class Listing(Row):
    """What is offered, with every promise that an order will keep."""

    shop = of(Shop, "listings")
    seller = member()
    title = models.CharField(max_length=TITLE)
    description = models.TextField(blank=True)
    currency = models.CharField(max_length=3)  # fixed: the price history is in it
    state = models.CharField(
        max_length=10, choices=choices(ListingState), default=ListingState.DRAFT
    )
    condition = models.CharField(max_length=10, choices=choices(Condition), default=Condition.NEW)
    brand = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=80, blank=True)  # where it comes from
    returns_days = models.PositiveSmallIntegerField(default=7)
    ship_within_hours = models.PositiveSmallIntegerField(default=48)
    shipping_minor = models.BigIntegerField(default=0)
    shipping_days_min = models.PositiveSmallIntegerField(default=0)
    shipping_days_max = models.PositiveSmallIntegerField(default=0)  # 0: not said yet
    template = models.ForeignKey(  # None: `shipping_minor`, wherever it goes
        ShippingTemplate, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    digital = models.CharField(max_length=10, choices=choices(Digital), blank=True)
    grams = models.PositiveIntegerField(default=0)  # of one piece, packed; 0: not said
    customs_code = models.CharField(max_length=10, blank=True)  # its Harmonised System code
    customs_note = models.CharField(max_length=200, blank=True)  # how it came into the country
    made_to_order = models.BooleanField(default=False)
    lead_days = models.PositiveSmallIntegerField(default=0)  # to make it, before it ships
    asks = models.JSONField(default=list)  # what a buyer chooses to get a quote (`asking`)
    source_key = models.CharField(max_length=200, blank=True)  # which item of the old shop
    source_digest = models.CharField(max_length=64, blank=True)  # what the file last said of it
    contacts_flagged = models.BooleanField(default=False)  # contact details were masked
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True)  # when it was first on sale

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "source_key"],
                condition=~Q(source_key=""),
                name="shop_source_once",
            ),
            among("state", ListingState, "shop_listing_state"),
            among("condition", Condition, "shop_listing_condition"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="shop_currency"
            ),
            among("digital", Digital, "shop_digital"),
            models.CheckConstraint(
                condition=Q(digital="")
                | Q(grams=0, shipping_minor=0, template=None, customs_code="", returns_days=0),
                name="shop_digital_is_not_sent",
            ),
            between("shipping_minor", 0, MAX_PRICE, "shop_shipping_cost"),
            between("returns_days", 0, 365, "shop_returns_days"),
            between("ship_within_hours", 1, 24 * 90, "shop_ship_within"),
            between("lead_days", 0, 730, "shop_lead_days"),
            between("grams", 0, MAX_GRAMS, "shop_grams"),
            models.CheckConstraint(
                condition=Q(shipping_days_min__lte=F("shipping_days_max")),
                name="shop_shipping_days",
            ),
            models.CheckConstraint(
                condition=Q(made_to_order=True, lead_days__gt=0)
                | Q(made_to_order=False, lead_days=0),
                name="shop_lead_when_made",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListingState.ACTIVE) | Q(listed_at__isnull=False),
                name="shop_active_is_listed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-listed_at", "-id"], condition=Q(state="active"), name="shop_market"
            ),
            models.Index(fields=["shop", "state", "-listed_at"], name="shop_window"),
            models.Index(fields=["seller", "-changed_at"], name="shop_mine"),
            models.Index(
                fields=["template"], condition=Q(template__isnull=False), name="shop_by_template"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shipping(self) -> Money:
        return Money(self.shipping_minor, self.currency)


class Variant(Row):
    """One thing that can be bought. `stock` is what is left after every reservation."""

    listing = of(Listing, "variants")
    seller = member()
    options = models.JSONField(default=list)  # [[option, value], …] in the seller's order
    seller_code = models.CharField(max_length=100, blank=True)
    price_minor = models.BigIntegerField()
    stock = models.IntegerField(default=0)  # of a made-to-order listing: how many orders it takes
    keyed = models.BooleanField(default=False)  # each piece gets a key; `digital.keys` counts it
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)  # not offered any more
    buyer = models.ForeignKey(  # whom it was quoted to, None: everybody's
        Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    until = models.DateTimeField(null=True)  # as long as the quote holds
    lead_days = models.PositiveSmallIntegerField(null=True)  # as quoted; None: the listing's

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stock__gte=0, stock__lte=MAX_STOCK), name="shop_stock"
            ),
            models.CheckConstraint(
                condition=Q(price_minor__gt=0, price_minor__lte=MAX_PRICE), name="shop_price"
            ),
            models.UniqueConstraint(
                fields=["listing", "options"],
                condition=Q(retired_at__isnull=True, buyer__isnull=True),
                name="shop_variant_once",
            ),
            models.CheckConstraint(
                condition=Q(buyer__isnull=True, until__isnull=True)
                | Q(buyer__isnull=False, until__isnull=False),
                name="shop_variant_quoted",
            ),
        ]
        indexes = [models.Index(fields=["listing", "position"], name="shop_variant_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its chosen values; empty when there is nothing to choose."""
        return variant_name(self.options)


class ListingWords(models.Model):
    """What a listing can be found by. Apart from it, so that reading a window stays light."""

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    seller = member()
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="shop_words")]


class ListingInterests(models.Model):
    """What a listing is for, as keys of `kit.interests`; apart from it as `ListingWords` are."""

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    seller = member()
    keys = ArrayField(models.CharField(max_length=20))
    said = models.BooleanField(default=False)  # by the seller; else guessed from the title

    class Meta:
        verbose_name_plural = "listing interests"
        constraints = [
            models.CheckConstraint(
                condition=Q(keys__len__lte=OF_A_LISTING), name="shop_interests_few"
            )
        ]


class PriceChange(Row):
    """From `at` on the variant cost this. Never changed, never deleted: the history is public."""

    variant = of(Variant)
    listing = of(Listing)
    seller = member()
    price_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="shop_past_price")
        ]
        indexes = [models.Index(fields=["listing", "at"], name="shop_price_history")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Reservation(Row):
    """Pieces taken out of the stock for one order until `until`."""

    order = models.UUIDField()
    variant = of(Variant)
    listing = of(Listing)
    seller = member()
    buyer = member()
    quantity = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=choices(ReservationState), default=ReservationState.HELD
    )
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "variant"], name="shop_reserved_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="shop_reserved_some"),
            among("state", ReservationState, "shop_reservation_state"),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(state="held"), name="shop_reserved_until"),
            models.Index(
                fields=["buyer", "listing"], condition=Q(state="sold"), name="shop_bought"
            ),
        ]


class Sale(Row):
    """One sold order line, or its reversal (negative). Units sold are the sum; none can edit it."""

    line = models.UUIDField()
    listing = of(Listing)
    variant = of(Variant)
    seller = member()
    quantity = models.IntegerField()
    reversal = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "reversal"], name="shop_line_once"),
            models.CheckConstraint(
                condition=Q(reversal=False, quantity__gt=0) | Q(reversal=True, quantity__lt=0),
                name="shop_sale_sign",
            ),
        ]
        indexes = [models.Index(fields=["listing"], include=["quantity"], name="shop_units_sold")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class ListingPicture(PictureRow):
    listing = of(Listing, "pictures", models.CASCADE)
    seller = member()

    removed_at = models.DateTimeField(null=True)  # out of the window; buyers keep it

    class Meta(PictureRow.Meta):
        constraints = [
            *PictureRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["listing", "position"],
                name="shop_picture_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]


class Evidence(PictureRow):
    """A paper or a picture that backs what the listing claims."""

    listing = of(Listing, "evidence", models.CASCADE)
    seller = member()
    kind = models.CharField(max_length=15, choices=choices(EvidenceKind))
    audience = models.CharField(
        max_length=10, choices=choices(EvidenceFor), default=EvidenceFor.EVERYONE
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # not shown any more; buyers keep it
    looked_at = models.DateTimeField(null=True)  # when an operator looked at what is for them
    hidden_at = models.DateTimeField(null=True)  # taken from buyers; who had bought keeps it

    class Meta(PictureRow.Meta):
        verbose_name_plural = "evidence"
        constraints = [
            *PictureRow.Meta.constraints,
            among("kind", EvidenceKind, "shop_evidence_kind"),
            among("audience", EvidenceFor, "shop_evidence_audience"),
        ]
        indexes = [
            models.Index(fields=["listing"], name="shop_evidence_of"),
            models.Index(
                fields=["-added_at"],
                name="shop_papers_for_house",
                condition=Q(audience=EvidenceFor.OPERATORS),
            ),
        ]
