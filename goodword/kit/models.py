from django.db import models

from .ids import new_id


class Row(models.Model):
    """A row with a time-ordered id of our own making."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class HouseRule(Row):
    """One value the operator set, from a time on. Defaults and reading: `house`."""

    name = models.CharField(max_length=60)
    value = models.BigIntegerField(null=True)  # a count, a percentage, seconds; None: the default
    since = models.DateTimeField()
    actor = models.UUIDField(null=True)  # the operator; members live on a floor above

    class Meta:
        indexes = [models.Index(fields=["name", "-since"])]


class RateBucket(models.Model):
    """How much of an allowance was used: a leaky bucket per key (GCRA), one row, one statement."""

    key = models.CharField(max_length=200, primary_key=True)
    full_until = models.DateTimeField()  # the theoretical arrival time
