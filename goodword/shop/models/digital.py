from django.db import models
from django.db.models import Q

from goodword.kit.files.models import FileRow

from .catalogue import Listing, member, of

TEXT = 2000  # characters


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
