"""The columns of a kept picture, for the domains' own tables: a moment's, a listing's, a face."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from goodword.kit.models import Row

from .admission import Readable
from .keeping import save_picture
from .shapes import FEED, Variant


class PictureRow(Row):
    """One picture, kept as the files `key` + suffix for each of `variants`.

    A domain's table subclasses this and adds whose picture it is; a subclass that has its own Meta
    inherits it from `PictureRow.Meta`. Width and height are the largest variant's, in pixels.
    """

    variants: ClassVar[tuple[Variant, ...]] = FEED

    key = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    colour = models.CharField(max_length=7)  # #rrggbb, shown while the picture loads
    sha256 = models.BinaryField(max_length=32)  # of the file as it was sent
    dhash = models.BigIntegerField()  # see likeness.dhash
    total_bytes = models.PositiveIntegerField()  # of all variants
    alt = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, total_bytes__gt=0),
                name="%(app_label)s_%(class)s_has_pixels",
            ),
        ]

    @classmethod
    def values(cls, raw: bytes | Readable) -> dict[str, Any]:
        """Let a picture in, keep its files, and give the columns: `Model(owner=…, **values)`.

        Call it before the transaction that writes the row. Raises what `admit` raises.
        """
        return save_picture(raw, variants=cls.variants)
