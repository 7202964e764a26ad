"""Making digests: at most one a day for each reader, and only when something is in it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goodword.kit import house, jobs
from goodword.notices import actions as notices

from ..models import Digest
from . import queries

KEPT = timedelta(days=30)


def start_due(*, now: datetime) -> int:
    """Have a digest made for each reader whose day has come; returns for how many."""
    local = timezone.localtime(now)
    # The day keeps the rule that it began with.
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if local.hour < house.rules(day).digest_hour:
        return 0
    readers = queries.due(local.date(), now=now)
    for reader in readers:
        jobs.defer("reach.make_digest", lock=f"digest:{reader}", reader=str(reader))
    return len(readers)


@transaction.atomic
def make(*, reader: UUID, now: datetime) -> Digest | None:
    """Put together what came since the last one, and tell the reader; None where there is nothing.

    Twice on one day is once.
    """
    day = timezone.localtime(now).date()
    last = queries.latest(reader)
    if last and last.day >= day:
        return None
    earliest = now - queries.REACHES
    since = max(last.until, earliest) if last else earliest
    kinds = [
        kind
        for kind, find in (("reach.digest", queries.between), ("reach.in_vain", queries.in_vain))
        if find(reader, since=since, until=now, now=now, limit=1)
    ]
    if not kinds:
        return None
    made, fresh = Digest.objects.get_or_create(
        reader_id=reader, day=day, defaults={"since": since, "until": now}
    )
    if fresh:
        if last:
            # A reader who is away is not to find a line for each day of it.
            notices.withdraw(subject=last.id, kind="reach.in_vain")
        for kind in kinds:
            notices.tell(member=reader, kind=kind, subject=made.id, now=now)
        forget_old(reader=reader, now=now)
    return made


def forget_old(*, reader: UUID, now: datetime) -> None:
    """Let go of digests that nobody opens any more, and of what was told of them."""
    old = Digest.objects.filter(reader=reader, until__lt=now - KEPT)
    for digest in old:
        notices.withdraw(subject=digest.id)
    old.delete()
