"""What an auditor asks the database, across all domains; for operators only."""

from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from django.conf import settings as django_settings
from django.db import connection
from django.db.models import Min

from goodword.money.gateways import GATEWAYS
from goodword.orders import sealed
from goodword.orders.models import OrderLine
from goodword.people.models import Member

from .models import Town

# `datlocale` is called otherwise before PostgreSQL 17.
SETTINGS: LiteralString = """
SELECT current_setting('fsync'), current_setting('synchronous_commit'),
       current_setting('full_page_writes'), pg_encoding_to_char(d.encoding), d.datlocprovider,
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
       current_setting('server_version'),
       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
  FROM pg_database d WHERE d.datname = current_database()
"""
UNBALANCED: LiteralString = """
SELECT transfer_id, currency FROM money_entry
 GROUP BY transfer_id, currency HAVING sum(amount * direction) <> 0 LIMIT 20
"""
OWNERS: LiteralString = "SELECT DISTINCT owner FROM journal_entry ORDER BY owner"
LATEST_DEED: LiteralString = "SELECT max(at) FROM journal_entry"
STUCK: LiteralString = """
SELECT count(*) FILTER (WHERE j.status = 'doing' AND
                        (w.id IS NULL OR w.last_heartbeat < now() - %(quiet)s::interval)),
       count(*) FILTER (WHERE j.status = 'todo' AND
                        coalesce(j.scheduled_at, '-infinity') < now() - %(late)s::interval),
       count(*) FILTER (WHERE j.status = 'failed')
  FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.status IN ('doing', 'todo', 'failed')
"""
ABANDONED: LiteralString = """
SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.status = 'doing'
   AND (w.id IS NULL OR w.last_heartbeat < now() - %(quiet)s::interval)
"""


ONLY_PLAYED = "The only gateway is the sandbox: payments are played, nobody’s money moves."


PLAYED_TOO = (
    "The sandbox is offered beside {real}: buyers get real goods for played money. Take it out of "
    "GOODWORD_PAY_WITH."
)


def real_gateways() -> list[str]:
    """The names of the offered gateways through which somebody's money moves."""
    return [name for name in offered_gateways() if name != "sandbox"]


def offered_gateways() -> list[str]:
    return [name for name in django_settings.PAYING.offered if name in GATEWAYS]


def paying() -> tuple[bool, str]:
    """Whether buyers pay in earnest, or nobody does; and which, in a sentence."""
    real = real_gateways()
    if not real:
        return True, ONLY_PLAYED
    if "sandbox" in offered_gateways() and not django_settings.CONFIG.demo:
        return False, PLAYED_TOO.format(real=", ".join(real))
    return True, f"Money moves through {', '.join(real)}."


def one(query: LiteralString, **values: Any) -> tuple[Any, ...]:
    return many(query, **values)[0]


def many(query: LiteralString, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def settings() -> tuple[Any, ...]:
    """fsync, synchronous_commit, full_page_writes, encoding, provider, locale, version, super?"""
    return one(SETTINGS)


def unbalanced_transfers() -> list[tuple[Any, str]]:
    """Up to 20 transfers whose entries do not sum to zero, with the currency."""
    return [(row[0], row[1]) for row in many(UNBALANCED)]


def chain_owners() -> list[Any]:
    """Everybody who has a chain in the journal."""
    return [row[0] for row in many(OWNERS)]


def latest_deed() -> datetime | None:
    return one(LATEST_DEED)[0]


def broken_promises() -> tuple[int, list[UUID]]:
    """How many order lines the house has signed, and which are not what it signed."""
    count, broken = 0, []
    for count, line in enumerate(OrderLine.objects.exclude(signature="").iterator(), 1):  # noqa: B007
        if not sealed.holds(line):
            broken.append(line.id)
    return count, broken


def is_demo() -> bool:
    """Whether its people are made up."""
    return Town.objects.exists()


def begun_at() -> datetime | None:
    """When the first member joined; None while there is none."""
    found: datetime | None = Member.objects.aggregate(at=Min("joined_at"))["at"]
    return found


def troubled_jobs(*, quiet: timedelta, late: timedelta) -> tuple[int, int, int]:
    """How many jobs are held by dead workers, wait too long, have failed for good."""
    abandoned, waiting, failed = one(STUCK, quiet=str(quiet), late=str(late))
    return abandoned, waiting, failed


def abandoned_jobs(*, quiet: timedelta) -> list[int]:
    """Jobs whose worker has given no sign of life for `quiet`."""
    return [row[0] for row in many(ABANDONED, quiet=str(quiet))]
