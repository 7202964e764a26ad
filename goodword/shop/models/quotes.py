from django.db import models
from django.db.models import Q

from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.states import among, choices

from ..states import QuoteState
from .catalogue import MAX_PRICE, Listing, Variant, between, member, of


class Quote(Row):
    """One buyer's question about something made for her, and the seller's answer.

    An accepted one becomes a variant that only this buyer sees, and only while the answer holds.
    """

    listing = of(Listing)
    seller = member()
    buyer = member()
    state = models.CharField(max_length=10, choices=choices(QuoteState), default=QuoteState.ASKED)
    wishes = models.JSONField()  # [[question, answer], …]
    quantity = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=500, blank=True)  # the buyer's
    asked_at = models.DateTimeField()
    waits_until = models.DateTimeField()  # without an answer it is over then
    price_minor = models.BigIntegerField(null=True)  # of all pieces together
    currency = models.CharField(max_length=3)
    lead_days = models.PositiveSmallIntegerField(null=True)
    valid_until = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)  # the seller's words
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    variant = models.OneToOneField(
        Variant, on_delete=models.PROTECT, null=True, related_name="quote"
    )

    class Meta:
        constraints = [
            among("state", QuoteState, "shop_quote_state"),
            between("quantity", 1, 9999, "shop_quote_pieces"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "accepted"])
                | Q(price_minor__gt=0, price_minor__lte=MAX_PRICE, valid_until__isnull=False),
                name="shop_quote_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "-asked_at"], name="shop_quotes_asked"),
            models.Index(fields=["seller", "state", "-asked_at"], name="shop_quotes_to_answer"),
        ]

    @property
    def price(self) -> Money | None:
        return None if self.price_minor is None else Money(self.price_minor, self.currency)
