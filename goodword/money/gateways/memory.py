"""What the house asked of machines outside: written before it is asked, so a crash forgets nothing.

It also refuses a key that is used for something else, whatever the machine itself would do.
"""

from datetime import datetime

from django.db import models

from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.rows import insert_new

from .base import ChargeRequest, RefundRequest, ShareRequest


class OutsideCharge(models.Model):
    """A charge that was asked of a gateway under our key, and what the gateway calls it."""

    key = models.CharField(max_length=120, primary_key=True)
    gateway = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=40)
    return_url = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=120, blank=True)  # the gateway's own for the try
    reference = models.CharField(max_length=120, blank=True)  # and for the money that came of it
    page = models.CharField(max_length=4000, blank=True)  # where the payer goes on
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["gateway", "reference"],
                condition=~models.Q(reference=""),
                name="money_outside_reference",
            )
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def request(self) -> ChargeRequest:
        return ChargeRequest(self.key, self.money, self.method, self.return_url)

    def learn(self, **facts: str) -> None:
        """Keep what the gateway said, where that is news."""
        news = {name: value for name, value in facts.items() if getattr(self, name) != value}
        if news:
            OutsideCharge.objects.filter(key=self.key).update(**news)
            for name, value in news.items():
                setattr(self, name, value)


class OutsideMove(models.Model):
    """A refund or share that was asked of a gateway under our key; `tries` counts failures."""

    key = models.CharField(max_length=120, primary_key=True)
    charge = models.ForeignKey(OutsideCharge, on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    number = models.CharField(max_length=120, blank=True)
    tries = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()

    @property
    def try_key(self) -> str:
        """A machine that remembers a failure under its key would fail for ever."""
        return f"{self.key}-{self.tries}" if self.tries else self.key

    def learn(self, *, number: str, failed: bool = False) -> None:
        self.number, self.tries = ("", self.tries + 1) if failed else (number, self.tries)
        self.save()


class OutsideReport(models.Model):
    """What a gateway's own account said when it was asked last, for reconciling."""

    gateway = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField()  # it tells of what moved from then on
    taken_at = models.DateTimeField()
    stands = models.JSONField()  # by our key of the charge: minor units and currency
    strange = models.JSONField()  # the same by the gateway's own numbers


class OutsideDay(Row):
    """What a gateway's file of one day said, its clock's; a day that is over does not change."""

    gateway = models.CharField(max_length=20)
    day = models.DateField()
    read_at = models.DateTimeField()
    stands = models.JSONField()  # as of OutsideReport
    strange = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "day"], name="money_outside_day_once")
        ]


def known(gateway: str, key: str) -> OutsideCharge | None:
    return OutsideCharge.objects.filter(gateway=gateway, key=key).first()


def remember(gateway: str, request: ChargeRequest, *, now: datetime) -> OutsideCharge:
    """The charge under the request's key, from now or before. Raises ValueError for another one."""
    fresh = OutsideCharge(
        key=request.key, gateway=gateway, amount=request.amount.minor,
        currency=request.amount.currency, method=request.method, return_url=request.return_url,
        created_at=now,
    )  # fmt: skip
    if insert_new(fresh):
        return fresh
    row = OutsideCharge.objects.get(key=request.key)
    if (row.gateway, row.money) != (gateway, request.amount):
        raise ValueError(f"{request.key} was charged with {row.money}")
    return row


def remember_move(
    charge: OutsideCharge, request: RefundRequest | ShareRequest, *, now: datetime
) -> OutsideMove:
    """What is moved under the request's key. Raises ValueError when that was another one."""
    fresh = OutsideMove(key=request.key, charge=charge, amount=request.amount.minor, created_at=now)
    if insert_new(fresh):
        return fresh
    row = OutsideMove.objects.get(key=request.key)
    if (row.charge_id, row.amount) != (charge.key, request.amount.minor):
        raise ValueError(f"{request.key} refunded {row.amount} of {row.charge_id}")
    return row
