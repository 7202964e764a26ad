"""The sandbox's own memory. Nothing else in the house reads it: it stands for another company's."""

from django.db import models
from django.db.models import F, Q

from goodword.kit.money import Money
from goodword.kit.rows import locked

from ...states import AnswerKind

UNPLAYED = AnswerKind.REINSTATED  # no sandbox bank gives back what it took


class SandboxCharge(models.Model):
    """A charge as the outside machine sees it; without a state, it was not listening yet."""

    key = models.CharField(max_length=120, primary_key=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=40)
    return_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, blank=True)
    calls = models.JSONField(default=dict)  # how often it was asked what
    taken = models.BigIntegerField(default=0)  # what it has moved to us
    refunded = models.BigIntegerField(default=0)
    reversed = models.BigIntegerField(default=0)  # what it took back by itself
    settles_at = models.DateTimeField(null=True)  # when a pending charge is captured
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded__gte=0, reversed__gte=0)
                & Q(refunded__lte=F("taken") - F("reversed")),
                name="money_sandbox_refunds",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["", *(one.value for one in AnswerKind if one != UNPLAYED)]),
                name="money_sandbox_state",
            ),
        ]

    @property
    def asked(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def money(self) -> Money:
        """What it moved, or would move; what it took back, once it did."""
        return Money(self.reversed or self.taken or self.amount, self.currency)

    @property
    def left(self) -> int:
        """What of it stands with us still, in minor units."""
        return self.taken - self.refunded - self.reversed

    @classmethod
    def known(cls, key: str) -> "SandboxCharge | None":
        """The charge under that key, locked."""
        return locked(cls, key)


class SandboxAccount(models.Model):
    """A seller's account there, opened on a page of the sandbox's own."""

    key = models.CharField(max_length=120, primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    ready = models.BooleanField(default=False)


class SandboxShare(models.Model):
    """What of a charge was handed on to a seller's account; `returns` by key, in minor units."""

    key = models.CharField(max_length=120, primary_key=True)
    charge = models.ForeignKey(SandboxCharge, on_delete=models.PROTECT, related_name="shares")
    account = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    returns = models.JSONField(default=dict)

    @property
    def left(self) -> int:
        return self.amount - sum(self.returns.values())


class SandboxRefund(models.Model):
    key = models.CharField(max_length=120, primary_key=True)
    charge = models.ForeignKey(SandboxCharge, on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, default="done")
    reason = models.CharField(max_length=40, blank=True)
    ends_at = models.DateTimeField(null=True)  # when a pending refund ends
    created_at = models.DateTimeField()

    @classmethod
    def known(cls, key: str) -> "SandboxRefund | None":
        return locked(cls, key)
