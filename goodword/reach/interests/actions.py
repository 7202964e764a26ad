"""Choosing, and taking it all back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from goodword.journal.actions import record
from goodword.kit import interests as vocabulary

from ..models import Interest
from ..pacing.actions import LOCK
from . import queries


@transaction.atomic
def choose(*, member: UUID, interests: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The member likes exactly these from now on (keys of the vocabulary); again changes nothing.

    The journal, which is kept for good, says that something was chosen and not what. Returns the
    keys in the vocabulary's order. Raises Invalid for a key that is not in it.
    """
    wanted = vocabulary.chosen(interests)
    # Behind the reader's row, so that two forms at once leave one of the two choices.
    with connection.cursor() as db:
        db.execute(LOCK, {"reader": member})
    before = queries.chosen(member)
    if before == wanted:
        return wanted
    rows = Interest.objects.filter(owner=member)
    rows.exclude(interest__in=wanted).delete()
    fresh = [key for key in wanted if key not in before]
    Interest.objects.bulk_create([Interest(owner_id=member, interest=key) for key in fresh])
    record(owner=member, actor=member, verb="reach.interests_chosen", subject=member, now=now)
    return wanted


def forget(*, member: UUID, now: datetime) -> None:
    """The member takes back all that they chose."""
    choose(member=member, interests=(), now=now)
