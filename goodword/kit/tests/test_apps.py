"""What we change in psycopg: an update that moves it must not undo it in silence."""

import time
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection
from psycopg import _queries
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
