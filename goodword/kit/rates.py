"""Rate limits in PostgreSQL: the generic cell rate algorithm (ITU-T I.371), one statement a hit."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from .errors import TooMany
from .models import RateBucket

# The row moves on only while the burst is not used up; no row back means: too many.
HIT = """
INSERT INTO kit_ratebucket AS b (key, full_until) VALUES (%(key)s, %(now)s + %(step)s::interval)
ON CONFLICT (key) DO UPDATE
   SET full_until = greatest(b.full_until, %(now)s) + %(step)s::interval
 WHERE greatest(b.full_until, %(now)s) + %(step)s::interval <= %(now)s + %(per)s::interval
RETURNING full_until
"""


def hit(key: str, *, limit: int, per: timedelta, now: datetime) -> None:
    """Count one use of `key`; at most `limit` at once, refilling evenly over `per`.

    Raises TooMany with the seconds to wait.
    """
    step = per / limit
    with connection.cursor() as cursor:
        cursor.execute(HIT, {"key": key, "now": now, "step": str(step), "per": str(per)})
        if cursor.fetchone():
            return
    wait = max(1, round(step.total_seconds()))
    raise TooMany(
        _("Too many tries in a short time. Wait %(seconds)s seconds and try again.")
        % {"seconds": wait},
        retry_after=wait,
    )


def sweep(now: datetime) -> int:
    """Forget buckets that have run empty."""
    return RateBucket.objects.filter(full_until__lt=now).delete()[0]
