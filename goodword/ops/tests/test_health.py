"""What machines ask: alive, ready, how much."""

import pytest
from django.db import connection
from django.test import Client

from goodword.kit import clock
from goodword.ops import health
from goodword.people import actions as people

pytestmark = pytest.mark.django_db
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def _fresh():
    health.migrated = False
    yield
    health.migrated = False


def test_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_looks_once_for_tables_and_then_only_for_the_database(
    client, django_assert_num_queries
):
    assert client.get("/readyz").json() == {"status": "ready"}
    with django_assert_num_queries(1):
        assert client.get("/readyz").status_code == 200


def test_not_ready_while_a_migration_waits(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'ops'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The database waits for its migrations."


def test_not_ready_without_a_database(client):
    with connection.cursor() as cursor, pytest.raises(Exception, match="terminat"):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The database does not answer."


def test_metrics_are_for_this_machine_and_for_operators(client):
    assert b"django_http" in client.get("/metrics").content
    assert client.get("/metrics", **ELSEWHERE).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    chen = people.register(handle="chen", display_name="Chen", now=clock.now())
    member = Client(**ELSEWHERE)
    member.force_login(chen)
    assert member.get("/metrics").status_code == 404
    chen.is_operator = True
    chen.save()
    assert member.get("/metrics").status_code == 200
