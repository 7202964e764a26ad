"""What we change in psycopg: an update that moves it must not undo it in silence."""

import time
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection
from psycopg import _queries, postgres
from psycopg.pq import Format
from psycopg_pool import ConnectionPool

from goodword.kit import apps


@pytest.mark.django_db
@pytest.mark.parametrize(("letters", "values"), [(21_000, 8), (400, 88)])
def test_the_slots_of_a_long_statement_are_looked_for_once(letters, values):
    statement = f"SELECT {', '.join(['%s::int'] * values)} /*{time.time_ns():{letters}}*/"  # fresh
    _queries._query2pg.cache_clear()
    for _ in range(3):
        with connection.cursor() as cursor:
            cursor.execute(statement, range(values))
            assert cursor.fetchone() == tuple(range(values))
    found = _queries._query2pg.cache_info()
    assert (found.misses, found.hits) == (1, 2)


MOMENTS = [
    datetime(2026, 11, 1, 9, tzinfo=UTC),
    datetime(2026, 11, 1, 9, 0, 0, 500_000, tzinfo=UTC),
    datetime(2026, 11, 1, 9, 0, 0, 7, tzinfo=UTC),
    datetime(1900, 2, 28, 23, 59, 59, tzinfo=timezone(timedelta(hours=5, minutes=53))),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_is_read_as_it_was_written_in_utc(moment):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        ((read,),) = cursor.fetchall()
        assert isinstance(loader(cursor), apps.Moments)
    assert (read, read.tzinfo) == (moment, UTC)


def loader(cursor):
    """What reads moments in a session of Django's."""
    return cursor.cursor._tx.get_loader(postgres.types["timestamptz"].oid, Format.TEXT)


@pytest.mark.django_db
def test_a_lent_connection_that_the_server_ended_is_found_out():
    lent = psycopg.connect(**connection.get_connection_params())
    with lent, connection.cursor() as cursor:
        ConnectionPool.check_connection(lent)
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [lent.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            ConnectionPool.check_connection(lent)


def test_over_a_network_the_server_is_asked_each_time(monkeypatch):
    asked = []
    monkeypatch.setattr(apps, "ask_the_server", asked.append)
    far = SimpleNamespace(info=SimpleNamespace(host="db.example"))
    ConnectionPool.check_connection(far)
    assert asked == [far]
