"""Writing a house rule: it holds for what starts from then on, in every process at once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house
from goodword.kit.errors import Conflict
from goodword.kit.models import HouseRule

from . import queries, rules
from .words import value_words

LOCK = "SELECT pg_advisory_xact_lock(hashtext('house.rules'))"


class Changed(Conflict):
    """Somebody else wrote the rule since this page was opened."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__(
            _("This rule was changed meanwhile. It is %(value)s now; look at it again.")
            % {"value": value_words(name, value)}
        )


@transaction.atomic
def write(*, name: str, value: Any, before: Any, operator: UUID, now: datetime) -> None:
    """Put the rule in force as `value`, or as it is by default (None); `before` is what it was.

    What it is already is not written again. Raises NotFound, Changed, and Invalid beyond its limits
    or where it does not go together with another.
    """
    default = queries.one(name, now).default
    now = alone(now)
    held = house.rules(now)
    present, wanted = getattr(held, name), default if value is None else value
    if wanted == present:
        return
    if before != present:
        raise Changed(name, present)
    rules.check(name, wanted, now=held)
    row = HouseRule.objects.create(
        name=name, value=None if value is None else house.plain(value), since=now, actor=operator
    )
    journal.record(
        owner=operator, actor=operator, verb="house.rule", subject=row.id, now=now,
        name=name, value=row.value, before=house.plain(present),
    )  # fmt: skip


def alone(now: datetime) -> datetime:
    """One at a time, since a rule must go together with the others; when that is this one's turn.

    Whoever waited comes after the one that it waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    near = HouseRule.objects.filter(since__lt=now + timedelta(minutes=1))
    latest = near.aggregate(latest=Max("since"))["latest"]
    return max(now, latest + timedelta(microseconds=1)) if latest else now
