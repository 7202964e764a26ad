"""What is in `snapshot.sql`, whether it is this release's, and how it gets into a database."""

import hashlib
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FILE = Path(__file__).with_name("snapshot.sql")
TITLE = """\
-- Every table as the migrations below make them of an empty database, so that a new house need not
-- run them. Written by script/snapshot, never by hand. docs/decisions/0087-snapshot.md
"""
MADE_WITH = "-- made with "
HOLDS = "-- holds "
# Their migrations are run too, or they turn ours into SQL.
PACKAGES = ("Django", "django-allauth", "django-pgtrigger", "procrastinate")

Name = tuple[str, str]  # of a migration: its app's and its own


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`holds` has the fingerprint of each migration that was run to make `tables`."""

    made_with: str
    holds: dict[Name, str]
    tables: str

    @classmethod
    def parse(cls, text: str) -> "Snapshot":
        head, _, tables = text.removeprefix(TITLE).partition("\n\n")
        made_with, *held = head.splitlines()
        rows = (line.removeprefix(HOLDS).split() for line in held)
        return cls(
            made_with=made_with.removeprefix(MADE_WITH),
            holds={(app, name): mark for app, name, mark in rows},
            tables=tables,
        )

    def text(self) -> str:
        held = (f"{HOLDS}{app} {name} {mark}" for (app, name), mark in sorted(self.holds.items()))
        return TITLE + "\n".join([f"{MADE_WITH}{self.made_with}", *held]) + "\n\n" + self.tables

    def fits(self, loader: MigrationLoader) -> bool:
        """Whether all that it was made of and with is still what stands here.

        Migrations that are newer do not matter: they are run after it.
        """
        return self.made_with == tools() and self.holds == {
            name: fingerprint(loader.disk_migrations[name])
            for name in self.holds
            if name in loader.disk_migrations
        }


def present() -> Snapshot:
    return Snapshot.parse(FILE.read_text())


def tools() -> str:
    """The programs of which each could write a migration's SQL another way."""
    server = f"PostgreSQL {connection.pg_version // 10_000}"  # type: ignore[attr-defined]
    return ", ".join([server, *(f"{name} {version(name)}" for name in PACKAGES)])


def fingerprint(migration: Migration) -> str:
    source = sys.modules[type(migration).__module__].__file__
    assert source
    return hashlib.sha256(Path(source).read_bytes()).hexdigest()[:12]


def load(snapshot: Snapshot) -> None:
    """Make its tables in the database, which must be empty, and note its migrations as run."""
    done = MigrationRecorder(connection)
    with transaction.atomic():
        run(snapshot.tables)
        done.migration_qs.bulk_create(
            done.Migration(app=app, name=name) for app, name in snapshot.holds
        )


def run(statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = off")  # they speak of tables to come
        cursor.execute(statements)
