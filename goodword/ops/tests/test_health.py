"""What machines ask: alive, ready, how much."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from prometheus_client.parser import text_string_to_metric_families

from goodword.kit import clock, jobs
from goodword.money.tests.town import Town, yuan
from goodword.ops import figures, health
from goodword.ops.backup.note import NAME
from goodword.people import actions as people

pytestmark = pytest.mark.django_db
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def client():
    """A caller on this machine."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture(autouse=True)
def _fresh():
    health.migrated = False
    figures.kept.clear()
    yield
    health.migrated = False
    figures.kept.clear()


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
    chen = people.register(handle="chen", display_name="Chen", now=clock.now())
    member = Client(**ELSEWHERE)
    member.force_login(chen)
    assert member.get("/metrics").status_code == 404
    chen.is_operator = True
    chen.save()
    assert member.get("/metrics").status_code == 200


def figures_of(client):
    """The house's own figures as a machine reads them."""
    families = text_string_to_metric_families(client.get("/metrics").content.decode())
    return {
        (one.name, *one.labels.values()): one.value
        for family in families for one in family.samples if one.name.startswith("goodword_")
    }  # fmt: skip


def test_the_house_s_own_figures(client, settings, tmp_path, django_assert_num_queries):
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    Town.founded(clock.now()).pay(yuan(50))
    jobs.defer("ops.tidy", at=clock.now() - timedelta(hours=1))
    jobs.defer("ops.tidy", at=clock.now() + timedelta(hours=1))
    found = figures_of(client)
    assert found.pop(("goodword_jobs_due",)) >= 1
    assert found == {
        ("goodword_database_answers",): 1, ("goodword_books_difference", "CNY"): 0,
        ("goodword_timers_overdue",): 0, ("goodword_jobs_failed",): 0,
        ("goodword_letters_waiting",): 0, ("goodword_letters_lost",): 0,
        ("goodword_backup_failed",): 0,
    }  # fmt: skip
    with django_assert_num_queries(0):
        assert figures_of(client)

    made_at = (clock.now() - timedelta(hours=2)).isoformat()
    (tmp_path / NAME).write_text(json.dumps({"made_at": made_at, "file": "/backups/house.zip"}))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE money_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE money_entry SET amount = amount + 7 WHERE direction = 1")
        cursor.execute("ALTER TABLE money_entry ENABLE TRIGGER USER")
    figures.kept.clear()
    found = figures_of(client)
    assert found["goodword_backup_age_seconds",] == pytest.approx(7200, abs=60)
    assert found["goodword_books_difference", "CNY"] != 0


def test_without_a_database_the_other_figures_are_still_there(client):
    with connection.cursor() as cursor, pytest.raises(Exception, match="terminat"):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert figures_of(client) == {("goodword_database_answers",): 0}
    assert b"django_http" in client.get("/metrics").content


@pytest.mark.parametrize(
    "caller",
    [
        {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_HOST": "demo.example"},
        {"HTTP_X_REAL_IP": "203.0.113.9"},
        {"HTTP_FORWARDED": "for=203.0.113.9"},
        {"HTTP_VIA": "1.1 caddy"},
        {"HTTP_CF_CONNECTING_IP": "203.0.113.9"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},
        {"HTTP_HOST": "demo.example"},
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": ""},
    ],
    ids="".join,
)
def test_a_proxy_on_this_machine_is_not_its_caller(settings, client, caller):
    settings.ALLOWED_HOSTS = ["demo.example", "localhost"]
    here = RequestFactory(SERVER_NAME="localhost")
    assert health.is_loopback(here.get("/"))
    assert not health.is_loopback(here.get("/", **caller))
    assert client.get("/metrics", **caller).status_code == 404


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_by_all_its_names(host, address, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    request = RequestFactory().get("/", HTTP_HOST=host, REMOTE_ADDR=address)
    assert health.is_loopback(request)
