from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.states import among, choices
from goodword.people.models import Member

from ..guards import only_along
from .states import SHARE_MOVES, ShareState


class SellerAccount(Row):
    """A seller's own account with a gateway; the row's id is the key under which it was opened."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    gateway = models.CharField(max_length=20)
    number = models.CharField(max_length=80, blank=True)  # as the gateway calls it
    ready = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "gateway"], name="money_account_there")
        ]


class Share(Row):
    """The seller's part of one release, handed on by the gateway; `back` is what came back."""

    seller = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    release = models.UUIDField(unique=True)  # the transfer
    order = models.UUIDField()
    payment = models.UUIDField()
    gateway = models.CharField(max_length=20)
    account = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=6, choices=choices(ShareState), default=ShareState.ASKED)
    back = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            among("state", ShareState, "money_share_state"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, back__gte=0, back__lte=F("amount")),
                name="money_share_within",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "-id"], name="money_share_seller"),
            models.Index(fields=["order"], name="money_share_order"),
            models.Index(
                fields=["created_at"],
                name="money_share_open",
                condition=Q(state=ShareState.ASKED),
            ),
        ]
        triggers: ClassVar = [
            only_along(SHARE_MOVES),
            pgtrigger.ReadOnly(
                name="terms",
                fields=["seller", "release", "order", "payment", "account", "amount", "currency"],
            ),
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)
