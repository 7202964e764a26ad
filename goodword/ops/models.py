from django.contrib.postgres.fields import ArrayField
from django.db import models

from goodword.kit.models import Row


class Town(Row):
    """The demo town that was built into this instance: one row, and it is a demo for good."""

    language = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True)  # empty: the building was cut short
    cast = ArrayField(models.UUIDField(), default=list)  # whom anybody here may sign in as
