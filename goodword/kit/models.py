from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from .ids import new_id


class Row(models.Model):
    """A row with a time-ordered id of our own making."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


IN_FORCE = """
SELECT DISTINCT ON (name) name, value FROM kit_houserule WHERE since <= %s
 ORDER BY name, since DESC"""


class HouseRule(Row):
    """One value the operator set, from a time on. Defaults live in `house.HouseRules`."""

    name = models.CharField(max_length=60)
    value = models.BigIntegerField()  # a count, a percentage, or seconds
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "-since"])]

    @classmethod
    def in_force(cls, now: datetime) -> dict[str, Any]:
        from .house import HouseRules

        kinds = {f.name: type(f.default) for f in HouseRules.__dataclass_fields__.values()}
        # Nearly every request asks; the same through a queryset takes four times as long.
        with connection.cursor() as cursor:
            cursor.execute(IN_FORCE, [now])
            rows = cursor.fetchall()
        return {
            name: timedelta(seconds=value) if kinds[name] is timedelta else value
            for name, value in rows
            if name in kinds
        }


class RateBucket(models.Model):
    """How much of an allowance was used: a leaky bucket per key (GCRA), one row, one statement."""

    key = models.CharField(max_length=200, primary_key=True)
    full_until = models.DateTimeField()  # the theoretical arrival time
