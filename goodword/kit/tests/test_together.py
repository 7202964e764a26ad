import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goodword.kit import apps, clock, jobs, rows
from goodword.kit.models import HouseRule, RateBucket
from goodword.kit.together import Write, ask, do, soon, together

pytestmark = pytest.mark.django_db
NOW = clock.now()


def rule(name: str, value: int = 1) -> HouseRule:
    return HouseRule(name=name, value=value, since=NOW)


def bucket(key: str) -> RateBucket:
    return RateBucket(key=key, full_until=NOW)


def counted() -> tuple[int, int]:
    return HouseRule.objects.count(), RateBucket.objects.count()


def test_what_is_written_together_is_one_statement():
    with CaptureQueriesContext(connection) as asked, together():
        rows.insert([rule("fee_percent"), rule("market_every")])
        rows.insert([bucket("a")])
    assert len(asked) == 1
    assert counted() == (2, 1)


def test_whoever_reads_finds_what_was_written_before():
    with together():
        rows.insert([bucket("a")])
        assert RateBucket.objects.filter(key="a").exists()
        assert not rows.insert_new(bucket("a"))


def test_a_row_that_waits_is_there_before_it_is_changed():
    made = rule("fee_percent")
    with together():
        rows.insert([made])
        rows.change(made, value=2)
        rows.change_all([made], value=3)
    assert HouseRule.objects.get().value == 3


def test_what_must_be_known_takes_along_what_waits():
    with CaptureQueriesContext(connection) as asked, together():
        rows.insert([rule("fee_percent")])
        assert rows.insert_new(bucket("a"))
    assert len(asked) == 1
    with together():
        rows.insert([rule("market_every")])
        statement = "DELETE FROM kit_ratebucket WHERE key = %s RETURNING key"
        assert do(Write("kit_ratebucket", statement, ["a"])) == (1, [("a",)])
    assert counted() == (2, 0)


def test_what_is_read_of_another_table_takes_along_what_waits():
    buckets = "SELECT count(*) FROM kit_ratebucket WHERE key = %s"
    with together():
        rows.insert([rule("fee_percent")])
        with CaptureQueriesContext(connection) as asked:
            assert ask("kit_ratebucket", buckets, ["a"]) == [(0,)]
        assert len(asked) == 1
        rows.insert([bucket("a")])
        assert ask("kit_ratebucket", buckets, ["a"]) == [(1,)]
    assert counted() == (1, 1)


def test_values_come_by_place_or_by_name():
    named = "given AS (SELECT %(key)s::text AS key)"
    statement = """INSERT INTO kit_ratebucket (key, full_until)
                   SELECT key || %(more)s || key || %(more)s, %(at)s::timestamptz FROM given"""
    with together():
        rows.insert([rule("fee_percent")])
        write = Write("kit_ratebucket", statement, {"at": NOW, "more": "b", "key": "a"}, named)
        assert do(write) == (1, [])
    assert RateBucket.objects.get().key == "abab"
    assert HouseRule.objects.count() == 1


def test_parts_of_a_statement_read_what_they_name():
    named = f"job AS ({jobs.QUEUE} RETURNING id)"
    values = jobs.values("money.sweep", {}, at=NOW)
    statement = """INSERT INTO kit_ratebucket (key, full_until)
                   SELECT %s || count(*), %s::timestamptz FROM job"""
    with together():
        rows.insert([rule("fee_percent")])
        soon(Write("kit_ratebucket", statement, [*values, "jobs ", NOW], named=named))
    assert RateBucket.objects.get().key == "jobs 1"


def test_a_fault_writes_nothing_of_it():
    @transaction.atomic
    def act(*keys: str, stumbling: bool = False) -> None:
        with together():
            rows.insert([rule("fee_percent")])
            rows.insert([bucket(key) for key in keys])
            if stumbling:
                raise LookupError

    with pytest.raises(IntegrityError):
        act("a", "a")
    with pytest.raises(LookupError):
        act("b", stumbling=True)
    assert counted() == (0, 0)
    act("c")
    assert counted() == (1, 1)


def test_what_waits_goes_with_the_savepoint_that_is_rolled_back():
    @transaction.atomic
    def stumble() -> None:
        rows.insert([bucket("within")])
        raise LookupError

    with together():
        rows.insert([bucket("before")])
        with pytest.raises(LookupError):
            stumble()
    assert RateBucket.objects.get().key == "before"


def test_a_connection_that_the_server_ended_is_not_lent_again():
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        apps.check(other)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            apps.check(other)
