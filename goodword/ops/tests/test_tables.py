"""A new house's tables come from the snapshot, and are what the migrations make of an empty one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from goodword.ops import tables
from goodword.ops.tables.snapshot import Snapshot, present
from goodword.ops.tables.writing import dumped_again
from tests.house import living_in, url_of

NEWER = 10  # migrations that a new house may run after the snapshot
NAME = f"tables_{os.environ['GOODWORD_TEST_RUN']}_{os.environ.get('PYTEST_XDIST_WORKER', '')}"


@contextmanager
def copy(template: str = "template0") -> Iterator[str]:
    """A database for one look; asking the template itself would keep others from copying it."""
    with connection._nodb_cursor() as admin:
        admin.execute(f'CREATE DATABASE "{NAME}" TEMPLATE "{template}"')
    try:
        with living_in(NAME=NAME):
            yield url_of(NAME)
    finally:
        with connection._nodb_cursor() as admin:
            admin.execute(f'DROP DATABASE "{NAME}"')


def content(template: str) -> tuple[set[tuple[str, str]], list[str]]:
    """The migrations that it says it has, and every thing and every other row in it."""
    with copy(template) as url:
        noted = set(MigrationRecorder(connection).applied_migrations())
        all_ = dumped_again(url, "--inserts", "--exclude-table-data=django_migrations*")
        return noted, all_.splitlines()


@pytest.mark.timeout(900)  # where migrating is slow, all the more
def test_the_snapshot_makes_what_the_migrations_make(
    template_database, migrated_database, django_db_blocker
):
    with django_db_blocker.unblock():
        noted, made = content(template_database)
        done, migrated = content(migrated_database)
    assert noted == done
    assert made == migrated, "run script/snapshot"
    assert sum(line.startswith("CREATE TABLE") for line in made) > 100


@pytest.mark.django_db
def test_it_is_of_this_release_and_not_far_behind():
    known = MigrationLoader(connection)
    if not os.environ["GOODWORD_TEST_DATABASE_URL"]:  # else perhaps of another version
        assert present().fits(known), "run script/snapshot"
    assert len(known.disk_migrations.keys() - present().holds.keys()) <= NEWER, (
        "run script/snapshot"
    )


@pytest.mark.django_db
def test_one_of_other_migrations_or_other_programs_is_left_alone():
    known = MigrationLoader(connection)
    ours = replace(present(), made_with=tables.snapshot.tools())
    (first, mark), *rest = ours.holds.items()
    others = {
        "an edited migration": replace(ours, holds=ours.holds | {first: mark[::-1]}),
        "one that is gone": replace(ours, holds=ours.holds | {("circle", "0001_gone"): mark}),
        "another Django": replace(ours, made_with=ours.made_with.replace("Django ", "Django 1")),
    }
    assert [what for what, other in others.items() if other.fits(known)] == []
    assert replace(ours, holds=dict(rest)).fits(known), "a newer migration is no reason"
    assert Snapshot.parse(ours.text()) == ours


def test_it_goes_into_an_empty_database_only(django_db_blocker):
    with django_db_blocker.unblock(), copy():
        assert tables.is_empty()
        with connection.cursor() as cursor:
            cursor.execute("SET search_path = pg_temp")
            assert not tables.is_empty()  # nobody knows where its tables would be
            cursor.execute("SET search_path = public; CREATE TABLE somebodys (id int)")
            assert not tables.is_empty()
