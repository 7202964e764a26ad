from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from goodword.kit.files.models import FileRow
from goodword.kit.models import Row

from .catalogue import Listing, Variant, member, of

TEXT = 2000  # characters
KEY = 200  # characters


class DigitalItem(FileRow):
    """What a buyer of a digital listing gets: a file, or a text such as a key or a link.

    Taken off, it stays for those who bought by it.
    """

    listing = of(Listing)
    seller = member()
    text = models.CharField(max_length=TEXT, blank=True)
    line = models.UUIDField(null=True)  # made for one order line; None: whoever buys gets it
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta(FileRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(key="", size=0, name="") & ~Q(text=""))
                | (~Q(key="") & ~Q(name="") & Q(size__gt=0, text="")),
                name="shop_item_file_or_text",
            )
        ]
        indexes = [models.Index(fields=["listing"], name="shop_items_of")]


class LicenceKey(Row):
    """A key of a variant that gives each piece its own. Sold, only that it was one is kept here:
    its text is then a `DigitalItem` of that order line.
    """

    listing = of(Listing)
    variant = of(Variant)
    seller = member()
    text = models.CharField(max_length=KEY, blank=True)
    digest = models.BinaryField(max_length=32)  # SHA-256 of the text, so that none comes twice
    added_at = models.DateTimeField()
    line = models.UUIDField(null=True)  # the order line that has it
    sold_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "digest"], name="shop_key_once"),
            models.CheckConstraint(
                condition=(Q(line=None, sold_at=None) & ~Q(text=""))
                | Q(line__isnull=False, sold_at__isnull=False, text=""),
                name="shop_key_sold_or_not",
            ),
        ]
        indexes = [
            models.Index(fields=["variant", "id"], condition=Q(line=None), name="shop_keys_left"),
            models.Index(fields=["listing"], name="shop_keys_of"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="sold_once",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.line IS NOT NULL"),
            )
        ]
