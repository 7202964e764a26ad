from django.db import models
from django.db.models import Q

from goodword.kit.models import Row
from goodword.kit.states import among, choices

from ..states import PlanEnd, Planned
from .catalogue import Listing, member, of


class ListingTimer(Row):
    """At `due_at` the listing goes on sale, or off it; a job rings it and asks the rule again."""

    listing = of(Listing, "timers")
    seller = member()
    kind = models.CharField(max_length=10, choices=choices(Planned))
    due_at = models.DateTimeField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=choices(PlanEnd), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "kind"],
                condition=Q(ended_at__isnull=True),
                name="shop_plan_once",
            ),
            among("kind", Planned, "shop_plan_kind"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="shop_plan_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="shop_plans_due"),
            models.Index(fields=["listing", "-set_at"], name="shop_plans_of"),
        ]
