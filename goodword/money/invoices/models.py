"""Papers that were issued. What is written stays: the database refuses to change or delete it."""

from django.db import models
from django.db.models import Q

from goodword.kit.models import Row
from goodword.kit.states import among, choices
from goodword.people.models import Member

from ..guards import unchecked_member
from .states import Kind


class PaperCounter(models.Model):
    """The last number that a seller has given; locked while a paper is issued, so no gap arises."""

    seller = models.UUIDField(primary_key=True)
    last = models.PositiveIntegerField()


class PaperHead(Row):
    """Where a seller is, as she wants it on her papers."""

    seller = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)  # one to three lines
    country = models.CharField(max_length=2)
    changed_at = models.DateTimeField()


class IssuedPaper(Row):
    """An invoice, a receipt or a credit note, as it was issued."""

    seller = unchecked_member()
    buyer = unchecked_member()
    order = models.UUIDField()
    number = models.PositiveIntegerField()  # of this seller, from 1
    reference = models.CharField(max_length=30)  # as people write it
    kind = models.CharField(max_length=10, choices=choices(Kind))
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="credits")
    issued_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()  # minor units
    content = models.JSONField()  # `shapes.Bill`
    digest = models.CharField(max_length=64)  # SHA-256 of what it says

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "number"], name="money_paper_number"),
            among("kind", Kind, "money_paper_kind"),
            models.CheckConstraint(condition=Q(total__gt=0), name="money_paper_total"),
            models.CheckConstraint(
                condition=Q(kind=Kind.CREDIT, of__isnull=False)
                | (~Q(kind=Kind.CREDIT) & Q(of__isnull=True)),
                name="money_paper_of",
            ),
        ]
        indexes = [
            models.Index(fields=["order"], name="money_papers_of_order"),
            models.Index(fields=["buyer", "-issued_at"], name="money_papers_of_buyer"),
        ]


class PaperLine(Row):
    """How much of an order's line a paper is about; a line is invoiced once."""

    paper = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, related_name="lines")
    seller = unchecked_member()
    line = models.UUIDField()
    credit = models.BooleanField()
    minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(credit=False), name="money_line_invoiced_once"
            ),
            models.CheckConstraint(condition=Q(minor__gt=0), name="money_paper_line_some"),
        ]
        indexes = [models.Index(fields=["line"], name="money_paper_lines")]


class PaperFile(Row):
    """The PDF of a paper in one language, made after its transaction committed."""

    paper = models.ForeignKey(
        IssuedPaper, on_delete=models.PROTECT, related_name="files", db_index=False
    )
    seller = unchecked_member()
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=60)  # in the store of content files
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "language"], name="money_paper_file")
        ]
