"""Ringing the clocks of sellers: the shop is locked, and the rule is asked again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from goodword.kit import jobs
from goodword.shop.sellers import clocks, ringing

from ..actions.ringing import OVERDUE
from . import queries


@transaction.atomic
def ring_shop(*, owner: UUID, now: datetime) -> int:
    """Let every clock of the seller's that is due do its work; answers how many rang.

    Early or doubled calls change nothing.
    """
    return ringing.ring(owner=owner, open_orders=lambda: queries.open_sales(owner), now=now)


def sweep(*, now: datetime) -> int:
    """Hand out one job for each seller with a clock whose job did not come."""
    late = clocks.without_job(now - OVERDUE)
    for clock in late:
        job = jobs.defer("orders.ring_shop", owner=str(clock.owner_id))
        clocks.given(clock.id, job)
    return len(late)
