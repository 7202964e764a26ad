"""Clocks of sellers: a row says when, a job rings, and the rule is asked again under the lock.

Whether an order is open is `orders`' to know, so the job is declared there, by its name
(docs/decisions/0008-jobs-by-name.md).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from goodword.kit import jobs
from goodword.kit.rows import insert_new

from ..models import ShopClock
from .states import ClockKind


def wind(*, owner: UUID, kind: ClockKind, due_at: datetime, shop: UUID | None = None) -> None:
    """Start the clock, or set the one that runs to another time."""
    job = jobs.defer("orders.ring_shop", at=due_at, owner=str(owner))
    clock = ShopClock(owner_id=owner, shop_id=shop, kind=kind, due_at=due_at, job=job)
    if not insert_new(clock):
        running = ShopClock.objects.filter(owner=owner, kind=kind, done_at=None)
        running.update(due_at=due_at, job=job, shop=shop)


def stop(*, owner: UUID, kind: ClockKind, now: datetime) -> None:
    ShopClock.objects.filter(owner=owner, kind=kind, done_at=None).update(done_at=now)


def due(owner: UUID, now: datetime) -> list[ShopClock]:
    """The seller's clocks that should have rung, the earliest first, locked."""
    running = ShopClock.objects.select_for_update(no_key=True, of=("self",)).filter(
        owner=owner, done_at=None, due_at__lte=now
    )
    return list(running.order_by("due_at", "id"))


WITHOUT_JOB = """
SELECT c.* FROM shop_shopclock c
 WHERE c.done_at IS NULL AND c.due_at < %(before)s
   AND NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.id = c.job AND j.status = 'todo')
 ORDER BY c.due_at LIMIT %(limit)s"""


def without_job(before: datetime, *, limit: int = 500) -> list[ShopClock]:
    """Clocks that should have rung before `before` and that no job will ring."""
    return list(ShopClock.objects.raw(WITHOUT_JOB, {"before": before, "limit": limit}))


def given(clock: UUID, job: int) -> None:
    """The clock has a new job."""
    ShopClock.objects.filter(id=clock).update(job=job)


@dataclass(frozen=True, slots=True)
class Health:
    """How sellers' clocks are: all that wait, those that should have rung, those with no job."""

    waiting: int
    late: int
    lost: int
    next_at: datetime | None


def health(*, late_before: datetime, now: datetime) -> Health:
    """For operators."""
    waiting = ShopClock.objects.filter(done_at=None)
    return Health(
        waiting=waiting.count(),
        late=waiting.filter(due_at__lt=late_before).count(),
        lost=len(without_job(late_before)),
        next_at=waiting.filter(due_at__gte=now).aggregate(at=Min("due_at"))["at"],
    )
