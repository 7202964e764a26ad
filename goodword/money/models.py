from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.states import choices
from goodword.people.models import Member

from .banking.models import (
    BankDetails,
    BankLine,
    BankStatement,
    Claim,
    FeeBand,
    HouseAccount,
    LastLook,
    Payout,
    PayoutFile,
)
from .fields import CurrentTransaction, TransactionNumber
from .gateways.memory import OutsideCharge, OutsideDay, OutsideMove, OutsideReport
from .gateways.sandbox.store import (
    SandboxAccount,
    SandboxCharge,
    SandboxRefund,
    SandboxShare,
)
from .gateways.transfer.store import AwaitedTransfer, TransferRefund
from .guards import only_along, unchecked_member
from .invoices.models import IssuedPaper, PaperCounter, PaperFile, PaperHead, PaperLine
from .sharing.models import SellerAccount, Share
from .states import (
    CHART,
    ENDED_PAYMENTS,
    HOLD_MOVES,
    OPEN_REFUNDS,
    PAYMENT_MOVES,
    REFUND_MOVES,
    AccountKind,
    HoldState,
    PaymentState,
    RefundState,
    Side,
    TransferKind,
    Whose,
)

__all__ = [
    "Account",
    "AwaitedTransfer",
    "BankDetails",
    "BankLine",
    "BankStatement",
    "Claim",
    "Entry",
    "FeeBand",
    "Heard",
    "Hold",
    "HouseAccount",
    "IssuedPaper",
    "LastLook",
    "OutsideCharge",
    "OutsideDay",
    "OutsideMove",
    "OutsideReport",
    "PaperCounter",
    "PaperFile",
    "PaperHead",
    "PaperLine",
    "Payment",
    "Payout",
    "PayoutFile",
    "Refund",
    "SandboxAccount",
    "SandboxCharge",
    "SandboxRefund",
    "SandboxShare",
    "SellerAccount",
    "Share",
    "Snapshot",
    "Transfer",
    "TransferRefund",
]


def named_by_chart() -> models.CheckConstraint:
    """An account names its holder, order and gateway exactly as the chart says for its kind."""
    shapes = {
        Whose.HOUSE: Q(holder__isnull=True, order__isnull=True, gateway=""),
        Whose.GATEWAY: Q(holder__isnull=True, order__isnull=True) & ~Q(gateway=""),
        Whose.MEMBER: Q(holder__isnull=False, order__isnull=True, gateway=""),
        # Its id is its order's, so there is one.
        Whose.ORDER: Q(holder__isnull=False, gateway="", order=F("id")),
    }
    whole = Q()
    for whose, shape in shapes.items():
        kinds = [kind.value for kind in CHART if CHART[kind].whose == whose]
        whole |= Q(kind__in=kinds) & shape
    return models.CheckConstraint(condition=whole, name="money_account_chart")


class Account(models.Model):
    """A line of the books; `rules.AccountRef` names it and makes its id. It never changes."""

    id = models.UUIDField(primary_key=True, editable=False)
    holder = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(AccountKind))
    currency = models.CharField(max_length=3)
    order = models.UUIDField(null=True)
    gateway = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [named_by_chart()]
        indexes = [
            models.Index(
                fields=["holder", "kind"],
                name="money_account_holder",
                condition=Q(order__isnull=True),
            )
        ]


class Transfer(Row):
    """Money that moved at once, as entries that sum to zero; `owner` (None: house) gave its key."""

    owner = models.UUIDField(null=True)
    key = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)  # of what was asked under that key
    kind = models.CharField(max_length=12, choices=choices(TransferKind))
    order = models.UUIDField(null=True)
    lines = models.SmallIntegerField()  # how many entries it has
    reason = models.CharField(max_length=300, blank=True)
    corrects = models.UUIDField(null=True)  # the earlier transfer that this one undoes, in part
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key"], name="money_transfer_key", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(
                fields=["order"], name="money_transfer_order", condition=Q(order__isnull=False)
            )
        ]


class Entry(models.Model):
    """One side of a transfer. Appending locks no account: keys are checked by trigger, unlocked."""

    pk = models.CompositePrimaryKey("transfer_id", "line")
    owner = models.UUIDField(null=True)
    transfer = models.ForeignKey(
        Transfer,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="entries",
        db_index=False,
    )
    account = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="entries",
        db_index=False,
    )
    line = models.SmallIntegerField()  # its number in the transfer, from 1
    direction = models.SmallIntegerField(choices=choices(Side))
    amount = models.BigIntegerField()  # minor units, above zero
    currency = models.CharField(max_length=3)
    txid = TransactionNumber(db_default=CurrentTransaction(), editable=False)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_entry_positive"),
            models.CheckConstraint(
                condition=Q(direction__in=[side.value for side in Side]), name="money_entry_side"
            ),
        ]
        indexes = [
            # A balance is one range of this index; the table itself is not touched.
            models.Index(
                fields=["account", "txid"],
                include=["direction", "amount"],
                name="money_entry_balance",
            ),
        ]


class Snapshot(models.Model):
    """What stood on an account in all entries with a txid below `horizon`, which is final."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True)
    debits = models.DecimalField(max_digits=30, decimal_places=0)
    credits = models.DecimalField(max_digits=30, decimal_places=0)
    horizon = TransactionNumber()
    # Transaction numbers mean nothing to another server: a restored copy counts anew.
    server = models.BigIntegerField()
    rolled_at = models.DateTimeField()


class Payment(Row):
    """A buyer's try to pay for an order through a gateway."""

    order = models.UUIDField()
    buyer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    seller = unchecked_member()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    fee_percent = models.SmallIntegerField()
    fee = models.BigIntegerField(null=True)  # by the table of fees; None: fee_percent holds
    gateway = models.CharField(max_length=20)
    method = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    return_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=choices(PaymentState), default=PaymentState.CREATED
    )
    parts = models.JSONField(default=list)  # [line, minor units] of each; empty: the order's one
    reference = models.CharField(max_length=80, blank=True)  # the gateway's own
    next_url = models.CharField(max_length=4000, blank=True)  # where the buyer confirms
    reason = models.CharField(max_length=40, blank=True)  # why it was declined, as a code
    final = models.BooleanField(default=False)  # the gateway has said its last word
    look = models.BigIntegerField(null=True)  # the job that will ask the gateway what became of it
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["buyer", "key"], name="money_payment_key"),
            models.UniqueConstraint(
                fields=["order"],
                name="money_payment_live",
                condition=~Q(state__in=sorted(ENDED_PAYMENTS)),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_payment_positive"),
            models.CheckConstraint(
                condition=Q(fee_percent__range=(0, 100)), name="money_payment_fee"
            ),
        ]
        indexes = [
            models.Index(fields=["order"], name="money_payment_order"),
            models.Index(
                fields=["created_at"], name="money_payment_unsettled", condition=Q(final=False)
            ),
        ]
        triggers: ClassVar = [
            only_along(PAYMENT_MOVES),
            pgtrigger.ReadOnly(
                name="terms",
                fields=[
                    "order",
                    "buyer",
                    "seller",
                    "amount",
                    "currency",
                    "fee_percent",
                    "fee",
                    "gateway",
                ],
            ),
            pgtrigger.Protect(
                name="parts",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.parts <> NEW.parts AND OLD.parts <> '[]'::jsonb"
                ),
            ),
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class Heard(models.Model):
    """A gateway's message that was heard, so that its repetition is known."""

    key = models.CharField(max_length=160, primary_key=True)  # gateway/number
    at = models.DateTimeField(db_index=True)


class Hold(models.Model):
    """What escrow took and gave for one line of an order, whose id it has. Resolved once.

    The holds of one order stand on that order's escrow account together; their rows are its lock.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    order = models.UUIDField()
    buyer = unchecked_member()
    seller = unchecked_member()
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="holds", db_index=False
    )
    currency = models.CharField(max_length=3)
    fee = models.BigIntegerField()  # the house's, if nothing of it goes back
    captured = models.BigIntegerField()
    released = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=choices(HoldState), default=HoldState.HELD)
    release_transfer = models.UUIDField(null=True)
    held_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fee__gte=0, fee__lte=F("captured")), name="money_hold_fee"
            ),
            models.CheckConstraint(
                condition=Q(captured__gt=0, released__gte=0, refunded__gte=0)
                & Q(captured__gte=F("released") + F("refunded")),
                name="money_hold_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(state=HoldState.HELD, released=0, captured__gt=F("refunded"))
                | Q(state=HoldState.RELEASED, captured=F("released") + F("refunded"))
                | Q(state=HoldState.REFUNDED, released=0, captured=F("refunded")),
                name="money_hold_resolved_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["seller", "currency"],
                include=["captured", "refunded"],
                name="money_hold_waiting",
                condition=Q(state=HoldState.HELD),
            ),
            models.Index(fields=["seller", "-order"], name="money_hold_sales"),
            models.Index(fields=["order"], name="money_hold_order"),
        ]
        triggers: ClassVar = [
            only_along(HOLD_MOVES),
            pgtrigger.ReadOnly(
                name="terms",
                fields=["order", "buyer", "seller", "currency", "captured", "fee"],
            ),
        ]

    @property
    def held(self) -> Money:
        return Money(self.captured - self.released - self.refunded, self.currency)


class Refund(Row):
    """Money on its way back to a buyer through the gateway it came by."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    buyer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    transfer = models.UUIDField(unique=True)  # the posting that decided it, or that covered it
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(
        max_length=10, choices=choices(RefundState), default=RefundState.CREATED
    )
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=40, blank=True)  # why the gateway cannot send it
    bounces = models.SmallIntegerField(default=0)  # how often it was sent and came back
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_refund_positive")
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="money_refund_unsettled",
                condition=Q(state__in=sorted(OPEN_REFUNDS)),
            )
        ]
        triggers: ClassVar = [
            only_along(REFUND_MOVES),
            pgtrigger.ReadOnly(name="terms", fields=["payment", "buyer", "amount", "currency"]),
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)
