"""The sandbox's own memory. Nothing else in the house reads it: it stands for another company's."""

from django.db import models
from django.db.models import F, Q

from goodword.kit.money import Money

from ...states import AnswerKind


class SandboxCharge(models.Model):
    """A charge as the outside machine sees it; without a state, it was not listening yet."""

    key = models.CharField(max_length=120, primary_key=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=40)
    return_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, blank=True)
    tries = models.SmallIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    settles_at = models.DateTimeField(null=True)  # when a pending charge is captured
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded__gte=0) & Q(refunded__lte=F("amount")),
                name="money_sandbox_refunds",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["", *(kind.value for kind in AnswerKind)]),
                name="money_sandbox_state",
            ),
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @classmethod
    def known(cls, key: str) -> "SandboxCharge | None":
        """The charge under that key, locked."""
        return cls.objects.select_for_update().filter(key=key).first()


class SandboxRefund(models.Model):
    key = models.CharField(max_length=120, primary_key=True)
    charge = models.ForeignKey(SandboxCharge, on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    created_at = models.DateTimeField()

    @classmethod
    def known(cls, key: str) -> "SandboxRefund | None":
        return cls.objects.filter(key=key).first()
