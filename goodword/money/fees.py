"""The house's fee by amount and currency: a table that the operator writes anew as a whole."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Invalid
from goodword.kit.ids import new_id
from goodword.kit.rows import joined

from .models import FeeBand
from .rules import Band

MOST = 24  # bands of one table
IN_FORCE = """
SELECT currency, above, basis_points, fixed FROM money_feeband
 WHERE since = (SELECT max(since) FROM money_feeband WHERE since <= %s)
 ORDER BY currency = '', currency, above
"""


def in_force(at: datetime) -> list[Band]:
    """The table that held at `at` (UTC); empty while none was written."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [at])
        return [Band(*row) for row in cursor.fetchall()]


@joined
def write_table(*, operator: UUID, bands: Sequence[Band], now: datetime) -> None:
    """Put `bands` in force from now on; orders placed before keep the fee of their day.

    Raises Invalid for a table that says two things of one amount, or more than all of it.
    """
    check(bands)
    kept = bands or [Band("", 0, 0, 0)]  # an empty table takes nothing, and says so
    FeeBand.objects.bulk_create(
        FeeBand(
            id=new_id(), actor_id=operator, currency=band.currency, above=band.above,
            basis_points=band.basis_points, fixed=band.fixed, since=now,
        )
        for band in kept
    )  # fmt: skip
    journal.record(
        owner=operator, actor=operator, verb="money.fees", subject=operator, now=now,
        bands=[[band.currency, band.above, band.basis_points, band.fixed] for band in kept],
    )  # fmt: skip


def check(bands: Sequence[Band]) -> None:
    if len(bands) > MOST:
        raise Invalid(_("A table has at most %(most)s lines.") % {"most": MOST})
    if len({(band.currency, band.above) for band in bands}) < len(bands):
        raise Invalid(_("Two lines begin at the same amount. Take one of them out."))
    for band in bands:
        if not 0 <= band.basis_points <= 10_000 or band.above < 0 or band.fixed < 0:
            raise Invalid(_("A fee is between 0 and 100 percent, and no amount is below zero."))
        if (band.fixed or band.above) and not band.currency:
            raise Invalid(_("An amount needs its currency. Leave it empty for any other."))
