from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.states import among, choices
from goodword.people.models import Member

from ..bank import Direction
from ..guards import only_along
from .states import (
    CLAIM_MOVES,
    OPEN_CLAIMS,
    OPEN_PAYOUTS,
    PAYOUT_MOVES,
    ClaimKind,
    ClaimState,
    DetailKind,
    PayoutState,
    Taken,
)


class LastLook(models.Model):
    """What the last whole reconciliation found: so many differences, one row for the house."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()
    differences = models.PositiveIntegerField()


class HouseAccount(models.Model):
    """The house's account at a bank, one a currency: buyers pay into it, payouts leave it."""

    currency = models.CharField(max_length=3, primary_key=True)
    holder = models.CharField(max_length=70)
    number = models.CharField(max_length=34)  # an IBAN, or digits
    bic = models.CharField(max_length=11, blank=True)
    bank = models.CharField(max_length=70, blank=True)
    changed_at = models.DateTimeField()


class FeeBand(Row):
    """A line of the table of fees; the lines with one `since` are one table, the newest holds."""

    actor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3, blank=True)  # empty: any other
    above = models.BigIntegerField()  # minor units
    basis_points = models.IntegerField()  # hundredths of a percent
    fixed = models.BigIntegerField()  # minor units
    since = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["since", "currency", "above"], name="money_feeband_once"
            ),
            models.CheckConstraint(
                condition=Q(basis_points__range=(0, 10_000), above__gte=0, fixed__gte=0),
                name="money_feeband_range",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class BankDetails(Row):
    """Where a member's payouts of one currency go; who reads the database alone reads a hint."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=4, choices=choices(DetailKind))
    sealed = models.TextField()  # holder, number, bic and bank, as JSON
    hint = models.CharField(max_length=4)  # the number's end
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "bank details"
        constraints = [
            models.UniqueConstraint(fields=["member", "currency"], name="money_details_one"),
            among("kind", DetailKind, "money_details_kind"),
        ]


class PayoutFile(Row):
    """A bank file that an operator made; its bytes are made anew from its payouts."""

    currency = models.CharField(max_length=3)
    actor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    # The house's account as it stands in the file, holder, number and bic.
    house = models.JSONField()
    count = models.IntegerField()
    total = models.BigIntegerField()
    created_at = models.DateTimeField()

    @property
    def money(self) -> Money:
        return Money(self.total, self.currency)


class Payout(Row):
    """Money on its way from a member's balance to her bank; the details are those it began with."""

    seller = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    number = models.CharField(max_length=16, unique=True)  # what banks call it: its end-to-end id
    state = models.CharField(max_length=10, choices=choices(PayoutState), default=PayoutState.ASKED)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=choices(DetailKind))
    sealed = models.TextField(blank=True)  # as in BankDetails
    hint = models.CharField(max_length=4)
    file = models.ForeignKey(
        PayoutFile, on_delete=models.PROTECT, null=True, related_name="payouts"
    )
    reference = models.CharField(max_length=140, blank=True)  # the bank's own, or the operator's
    reason = models.CharField(max_length=300, blank=True)  # why it came back
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "key"], name="money_payout_key"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_payout_positive"),
        ]
        indexes = [
            models.Index(fields=["seller", "-id"], name="money_payout_seller"),
            models.Index(
                fields=["created_at"],
                name="money_payout_open",
                condition=Q(state__in=sorted(OPEN_PAYOUTS)),
            ),
        ]
        triggers: ClassVar = [
            only_along(PAYOUT_MOVES),
            pgtrigger.ReadOnly(
                name="terms", fields=["seller", "amount", "currency", "number", "kind", "hint"]
            ),
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class Claim(Row):
    """What a seller owes a buyer by a decision: it cannot be taken out, and is paid as she can."""

    seller = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    order = models.UUIDField()
    kind = models.CharField(max_length=12, choices=choices(ClaimKind))
    state = models.CharField(max_length=6, choices=choices(ClaimState))
    key = models.CharField(max_length=120, unique=True)  # of whoever decided
    amount = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=300, blank=True)  # as both sides read it
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            among("kind", ClaimKind, "money_claim_kind"),
            among("state", ClaimState, "money_claim_state"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, paid__gte=0, paid__lte=F("amount")),
                name="money_claim_within",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.PAID) | Q(paid=F("amount")), name="money_claim_paid"
            ),
        ]
        indexes = [
            models.Index(
                fields=["seller", "currency"],
                name="money_claim_open",
                condition=Q(state__in=sorted(OPEN_CLAIMS)),
            ),
            models.Index(fields=["buyer"], name="money_claim_buyer"),
        ]
        triggers: ClassVar = [
            only_along(CLAIM_MOVES),
            pgtrigger.ReadOnly(
                name="terms",
                fields=["seller", "buyer", "order", "kind", "key", "amount", "currency"],
            ),
        ]

    @property
    def rest(self) -> Money:
        return Money(self.amount - self.paid, self.currency)


class BankStatement(Row):
    """A statement that was taken in: the house's account between two balances."""

    actor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    account = models.CharField(max_length=140)
    number = models.CharField(max_length=140)
    digest = models.CharField(max_length=64, unique=True)  # of its lines and balances
    opened = models.BigIntegerField(null=True)
    closed = models.BigIntegerField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    lines = models.IntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["currency", "closed_on"], name="money_statement_latest")]


class BankLine(Row):
    """One booked movement on the house's account, and what it turned out to be."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    booked_on = models.DateField()
    direction = models.CharField(max_length=3, choices=choices(Direction))
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    counterparty = models.CharField(max_length=140, blank=True)
    account = models.CharField(max_length=140, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    reference = models.CharField(max_length=140, blank=True)
    bank_id = models.CharField(max_length=140, blank=True)
    reversal = models.BooleanField(default=False)
    taken = models.CharField(max_length=10, choices=choices(Taken), default=Taken.OPEN)
    subject = models.UUIDField(null=True)  # of the payment or payout
    actor = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_line_positive"),
            among("taken", Taken, "money_line_taken"),
            among("direction", Direction, "money_line_direction"),
        ]
        indexes = [
            models.Index(
                fields=["currency", "booked_on"],
                name="money_line_open",
                condition=Q(taken=Taken.OPEN),
            )
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="said",
                fields=[
                    "key", "booked_on", "direction", "amount", "currency", "text", "reference",
                    "counterparty", "account", "bank_id",
                ],
            ),
            pgtrigger.Protect(
                name="taken_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.taken <> 'open' AND OLD.taken <> NEW.taken"),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]  # fmt: skip

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)
