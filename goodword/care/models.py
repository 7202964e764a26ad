from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from goodword.kit.models import Row
from goodword.kit.money import Money
from goodword.kit.pictures.models import PictureRow
from goodword.kit.states import among, choices
from goodword.orders.models import Order, OrderLine
from goodword.people.models import Member

from . import rules
from .states import FINAL, CaseState, Party, Reason, Stays, Vote, pairs


def party() -> Any:
    return models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)


class Case(Row):
    """A return or a dispute about one line. The order's row is its lock."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="cases")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="cases")
    buyer = party()
    seller = party()
    reason = models.CharField(max_length=16, choices=choices(Reason))
    words = models.CharField(max_length=500, blank=True)  # the buyer's
    state = models.CharField(max_length=14, choices=choices(CaseState), default=CaseState.ASKED)
    asked_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    terms = models.JSONField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # when its state runs out
    ended_at = models.DateTimeField(null=True)
    no = models.CharField(max_length=500, blank=True)  # why the seller refused
    objection = models.CharField(max_length=500, blank=True)  # what is wrong with what came back
    return_address = models.CharField(max_length=300, blank=True)
    carrier = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=30, blank=True)
    offer_minor = models.BigIntegerField(null=True)  # of what is asked for
    offer_by = models.CharField(max_length=8, blank=True)
    secret = models.CharField(max_length=64)  # published when the panel is drawn
    seed = models.CharField(max_length=64, blank=True)
    drawn_from = models.JSONField(default=list)  # the tokens of all who could be drawn
    left_out = models.JSONField(default=dict)  # and of who could not: a list for each LeftOut
    decision_minor = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=1000, blank=True)  # the operator's reason
    decided_by = models.CharField(max_length=8, blank=True)
    stays = models.CharField(max_length=10, choices=choices(Stays), blank=True)  # with the buyer
    again_at = models.DateTimeField(null=True)  # what came back by a decision is disputed
    compensation_minor = models.BigIntegerField(default=0)  # decided: it was a fake
    appealed = models.BooleanField(default=False)
    given_minor = models.BigIntegerField(default=0)  # of what goes back, while the seller is short
    back_minor = models.BigIntegerField(null=True)  # how it ended

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(ended_at__isnull=True), name="care_one_at_a_time"
            ),
            among("state", CaseState, "care_state"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, state__in=sorted(FINAL))
                | (Q(ended_at__isnull=True) & ~Q(state__in=sorted(FINAL))),
                name="care_ended",
            ),
            models.CheckConstraint(condition=Q(asked_minor__gt=0), name="care_asked"),
        ]
        indexes = [
            models.Index(fields=["buyer"], name="care_buyer"),
            models.Index(fields=["seller"], name="care_seller"),
            models.Index(
                fields=["due_at"],
                name="care_operators",
                condition=Q(state__in=[CaseState.OPERATOR, CaseState.SHORT]),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="moves", field="state", transitions=pairs()),
            pgtrigger.ReadOnly(
                name="terms",
                fields=["order", "line", "buyer", "seller", "asked_minor", "currency", "secret"],
            ),
        ]

    @property
    def asked(self) -> Money:
        return Money(self.asked_minor, self.currency)

    @property
    def price(self) -> Money:
        return min(self.line.goods, self.asked)

    @property
    def is_digital(self) -> bool:
        return self.line.is_digital

    @property
    def compensation(self) -> Money:
        return Money(self.compensation_minor, self.currency)

    def compensates(self, line: OrderLine) -> Money:
        """What the seller owes besides the refund if `line`, the case's own, is a fake."""
        terms = self.holds
        return rules.compensation(line.goods, times=terms.fake_times, least=terms.fake_least)

    @property
    def missing(self) -> Money:
        """What of the decision has not gone back yet."""
        return Money((self.decision_minor or 0) - self.given_minor, self.currency)

    @property
    def holds(self) -> rules.Terms:
        return rules.Terms.read(self.terms)

    @property
    def title(self) -> str:
        return self.line.name


class Statement(Row):
    """What one side says: once what happened, once what came back, and once what is new."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statements")
    buyer = party()
    by = models.CharField(max_length=8, choices=choices(Party))
    words = models.CharField(max_length=2000)
    at = models.DateTimeField()
    is_appeal = models.BooleanField(default=False)
    of_return = models.BooleanField(default=False)  # about what came back by a decision

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "by", "is_appeal", "of_return"], name="care_says_once"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="said", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class CasePicture(PictureRow):
    """A picture that one side shows, with the opening or with a statement."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pictures")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="pictures", null=True
    )
    buyer = party()
    by = models.CharField(max_length=8, choices=choices(Party))

    @property
    def url(self) -> str:
        return f"/cases/pictures/{self.id}/large"

    @property
    def thumb_url(self) -> str:
        return f"/cases/pictures/{self.id}/thumb"


class Juror(Row):
    """A seat of a panel; who sits there is told to nobody but the member."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="jurors")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=8, choices=choices(Vote), blank=True)
    stays = models.CharField(max_length=10, choices=choices(Stays), blank=True)  # why, by this vote
    voted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="care_sits_once"),
            models.CheckConstraint(
                condition=Q(vote=Vote.KEEP) & ~Q(stays="") | ~Q(vote=Vote.KEEP) & Q(stays=""),
                name="care_kept_for",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="votes_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.vote <> ''"),
            )
        ]
