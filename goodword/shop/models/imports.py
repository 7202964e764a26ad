"""Files of old shops: what was read of them, and what became of each item."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from goodword.kit.models import Row
from goodword.kit.states import among, choices

from ..states import ImportState, RowOutcome, TakenBack
from .catalogue import Listing, Shop, member, of


class ImportRun(Row):
    """A file of an old shop: read and shown first, carried out once."""

    owner = member()
    shop = of(Shop)
    state = models.CharField(
        max_length=10, choices=choices(ImportState), default=ImportState.PREVIEW
    )
    file_name = models.CharField(max_length=200)
    format = models.CharField(max_length=40)
    encoding = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)  # totals and messages of the file as a whole
    choices = models.JSONField(default=dict)  # currency, columns and corrected cells, by the seller
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    written = models.PositiveIntegerField(default=0)  # items so far, while it is carried out
    trouble = models.CharField(max_length=500, blank=True)  # why it could not be, as a sentence

    class Meta:
        constraints = [among("state", ImportState, "shop_import_state")]
        indexes = [models.Index(fields=["owner", "-created_at"], name="shop_imports")]


class ImportSource(models.Model):
    """The file of a preview, compressed, as long as the seller may still correct how it is read."""

    run = models.OneToOneField(
        ImportRun, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    owner = member()
    data = models.BinaryField()


class ImportRow(Row):
    """One item of the file: what it will become, or why it could not be read."""

    run = of(ImportRun, "rows", models.CASCADE)
    owner = member()
    position = models.PositiveIntegerField()
    row = models.PositiveIntegerField()  # as a spreadsheet counts, from 1
    outcome = models.CharField(max_length=10, choices=choices(RowOutcome))
    key = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    flagged = models.BooleanField(default=False)
    messages = models.JSONField(default=list)
    payload = models.JSONField(default=dict)  # the listing as it will be; empty when refused
    digest = models.CharField(max_length=64, blank=True)
    listing = models.ForeignKey(
        Listing, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    picture_names = ArrayField(models.TextField(), default=list)
    changes = models.JSONField(default=list)  # field by field, what a listing becomes
    before = models.JSONField(null=True)  # the listing as it was, once it is changed
    imprint = models.CharField(max_length=64, blank=True)  # of the listing, right after
    taken_back = models.CharField(max_length=10, blank=True, choices=choices(TakenBack))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="shop_import_place"),
            among("outcome", RowOutcome, "shop_import_outcome"),
            among("taken_back", TakenBack, "shop_import_taken_back"),
        ]
        indexes = [models.Index(fields=["run", "outcome", "position"], name="shop_import_rows")]
