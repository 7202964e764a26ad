"""What is awaited on the house's account, and what has to go back from it."""

from django.db import models
from django.db.models import Q

from goodword.kit.money import Money
from goodword.kit.states import among

from .states import TransferRefundState, TransferState


class AwaitedTransfer(models.Model):
    """A buyer was asked to transfer `amount` with `reference`; `arrived` is what has come."""

    key = models.CharField(max_length=120, primary_key=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=25, unique=True)
    state = models.CharField(max_length=10, default=TransferState.AWAITED)
    taken = models.BigIntegerField(default=0)  # what came first, which decided the payment
    arrived = models.BigIntegerField(default=0)  # all that came
    payer = models.CharField(max_length=140, blank=True)  # who paid first, and from which account
    account = models.CharField(max_length=140, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [among("state", TransferState, "money_transfer_in_state")]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def left(self) -> int:
        """What has come and is not on its way back, in minor units."""
        sent = self.refunds.exclude(state=TransferRefundState.FAILED)
        return self.arrived - (sent.aggregate(sum=models.Sum("amount"))["sum"] or 0)


class TransferRefund(models.Model):
    """Money that an operator's bank file takes back to whom it came from."""

    key = models.CharField(max_length=120, primary_key=True)
    transfer = models.ForeignKey(AwaitedTransfer, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    number = models.CharField(max_length=16, unique=True)  # its end-to-end id
    state = models.CharField(max_length=10, default=TransferRefundState.WAITS)
    holder = models.CharField(max_length=140)
    account = models.CharField(max_length=140)
    file = models.UUIDField(null=True)  # the bank file in which it stands
    filed_at = models.DateTimeField(null=True)
    house = models.JSONField(default=dict)  # the house's account when it was put into the file
    created_at = models.DateTimeField()

    class Meta:
        constraints = [among("state", TransferRefundState, "money_transfer_back_state")]
        indexes = [
            models.Index(
                fields=["currency", "created_at"],
                name="money_transfer_back_waits",
                condition=Q(state=TransferRefundState.WAITS),
            )
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)
