from django.db import models
from django.db.models import Q

from goodword.kit.models import Row
from goodword.kit.pictures.models import PictureRow
from goodword.kit.states import among, choices
from goodword.people.models import Member

from ..sellers.states import ClockKind, DeclarationState, Kind, Scheme
from .catalogue import Shop


def seller() -> models.ForeignKey[Member]:
    """Whose row it is; it goes with her."""
    return models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)


class Declaration(Row):
    """What a seller says she is. At most one is in force, at most one waits for an operator."""

    owner = seller()
    kind = models.CharField(max_length=10, choices=choices(Kind))
    state = models.CharField(max_length=10, choices=choices(DeclarationState))
    scheme = models.CharField(max_length=10, choices=choices(Scheme), blank=True)
    name = models.CharField(max_length=120, blank=True)  # as the register has it
    number = models.CharField(max_length=24, blank=True)  # as the scheme writes it
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)  # the operator
    reason = models.CharField(max_length=500, blank=True)  # of a refusal or a withdrawal
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            among("kind", Kind, "shop_declaration_kind"),
            among("state", DeclarationState, "shop_declaration_state"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(state="in_force"), name="shop_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(state="asked"), name="shop_one_asked"
            ),
            models.CheckConstraint(
                condition=(Q(kind="individual") & Q(scheme="", name="", number=""))
                | (Q(kind="registered") & ~Q(scheme="") & ~Q(name="") & ~Q(number="")),
                name="shop_declaration_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-at"], name="shop_declarations"),
            models.Index(fields=["at"], condition=Q(state="asked"), name="shop_to_check"),
            models.Index(fields=["number"], condition=Q(state="in_force"), name="shop_by_licence"),
        ]


class DeclarationPage(PictureRow):
    """A page of the papers of a business, for operators' eyes alone."""

    owner = seller()
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="pages")


class Overrun(Row):
    """A seller without a checked business sold for more in a year than the house rule says.

    `limit_minor` and `sum_minor` (minor units) are those of the moment when she passed it.
    """

    owner = seller()
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    limit_minor = models.BigIntegerField()
    sum_minor = models.BigIntegerField()
    passed_at = models.DateTimeField()
    stops_at = models.DateTimeField()  # then no new orders come in
    stopped_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)  # she was registered, or the sum fell below it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "year"], name="shop_one_overrun_a_year")
        ]


class ShopClock(Row):
    """A clock of a seller's. Whoever rings it locks her shop and asks the rule again."""

    owner = seller()
    shop = models.ForeignKey(
        Shop, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=choices(ClockKind))
    due_at = models.DateTimeField()
    job = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)  # when it rang, or was not needed any more
    rang = models.BooleanField(default=False)

    class Meta:
        constraints = [
            among("kind", ClockKind, "shop_clock_kind"),
            models.UniqueConstraint(
                fields=["owner", "kind"], condition=Q(done_at__isnull=True), name="shop_one_clock"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(done_at__isnull=True), name="shop_clocks_due"
            )
        ]


class Follow(Row):
    """A member who asked for what a public shop offers. Its owner reads only how many there are."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "shop"], name="shop_follow_once")]
