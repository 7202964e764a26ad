"""Jobs commit or vanish with the data, and what runs at once runs exactly once."""

from contextlib import closing
from datetime import timedelta
from itertools import takewhile

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from goodword.kit import clock, jobs

RAN = []


@jobs.task(name="kit.test_note")
def note(word: str) -> None:
    RAN.append(word)


@jobs.task(name="kit.test_fail")
def fail() -> None:
    RAN.append("tried")
    raise RuntimeError("broken on purpose")


@pytest.fixture(autouse=True)
def nothing_ran():
    RAN.clear()


def waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_job_vanishes_with_a_transaction_that_is_rolled_back():
    with transaction.atomic():
        jobs.defer("kit.test_note", word="never")
        jobs.defer_now("kit.test_note", word="never")
        transaction.set_rollback(True)
    assert waiting() == 0
    assert RAN == []


@pytest.mark.django_db(transaction=True)
def test_a_job_commits_with_its_data_and_waits_for_the_worker():
    with transaction.atomic():
        jobs.defer("kit.test_note", word="later")
    assert (waiting(), RAN) == (1, [])
    assert jobs.run_due() == 1
    assert (waiting(), RAN) == (0, ["later"])


@pytest.mark.django_db(transaction=True)
def test_defer_now_runs_right_after_the_commit_and_not_before():
    with transaction.atomic():
        jobs.defer_now("kit.test_note", word="now")
        assert RAN == []
    assert (waiting(), RAN) == (0, ["now"])
    assert jobs.run_due() == 0


@pytest.mark.django_db(transaction=True)
def test_what_fails_at_once_is_left_to_the_worker():
    with transaction.atomic():
        jobs.defer_now("kit.test_fail")
    assert (waiting(), RAN) == (1, ["tried"])


@pytest.mark.django_db(transaction=True)
def test_a_claimed_job_is_not_run_by_another():
    with transaction.atomic():
        number = jobs.defer("kit.test_note", word="once")
    assert jobs._run(number, "kit.test_note", {"word": "once"})
    assert not jobs._run(number, "kit.test_note", {"word": "once"})
    assert RAN == ["once"]


def test_every_deferred_name_is_a_task():
    import re

    from goodword.kit.i18n import PACKAGE

    names = set()
    for file in PACKAGE.glob("*/**/*.py"):
        if "tests" not in file.parts:
            names |= set(re.findall(r"defer(?:_now)?\(\s*\"([a-z_.]+)\"", file.read_text()))
    assert names
    assert names <= set(app.tasks)


@pytest.mark.django_db(transaction=True)
def test_only_a_job_that_may_run_at_once_wakes_the_worker():
    with psycopg.connect(**listener_options(), autocommit=True) as listening:
        listening.execute("LISTEN procrastinate_any_queue_v1")
        jobs.defer("kit.test_note", at=clock.now() + timedelta(hours=1), word="later")
        jobs.defer_now("kit.test_note", word="now")
        assert calls(listening) == 0
        jobs.defer("kit.test_note", word="soon")
        assert calls(listening) == 1


def calls(listening):
    """How often the worker was called since it was asked last."""
    listening.execute("NOTIFY procrastinate_any_queue_v1, 'enough'")
    with closing(listening.notifies()) as notes:
        return sum(1 for _ in takewhile(lambda note: note.payload != "enough", notes))


def listener_options():
    return {
        key: value
        for key, value in connection.get_connection_params().items()
        if key in ("dbname", "user", "password", "host", "port")
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_jobs_end_with_the_test_that_left_them(time):
    assert waiting() == 0
    jobs.defer("kit.test_note", word=time)
