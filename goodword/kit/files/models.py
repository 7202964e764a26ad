"""The columns of a kept file, for the domains' own tables."""

from django.db import models

from goodword.kit.models import Row

from .admission import NAME, SUFFIX


class FileRow(Row):
    """One file, kept as `key` + SUFFIX; a row without a file has an empty `key`."""

    name = models.CharField(max_length=NAME, blank=True)  # as it is saved where it is fetched
    key = models.CharField(max_length=32, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.BinaryField(max_length=32, default=bytes)

    class Meta:
        abstract = True

    @property
    def stored_as(self) -> str:
        return f"{self.key}{SUFFIX}"
