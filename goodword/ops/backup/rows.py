"""The database's share of a restore, once Django can speak to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from .. import tables
from ..errors import Stop
from ..instance import is_embedded
from ..models import Archive
from ..states import ArchiveState
from . import tools
from .manifest import Counting, Manifest, Unfit, pieces


def refuse(manifest: Manifest) -> None:
    """Raises Stop for a database that is not empty or cannot hold what is in the backup."""
    if not tables.is_empty():
        raise Stop("There is something in the database in DATABASE_URL: restore into an empty one.")
    if (here := tools.server()) < manifest.postgresql:
        raise Stop(
            f"The backup is of PostgreSQL {manifest.postgresql} and this server is {here}: restore "
            f"into PostgreSQL {manifest.postgresql} or newer."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if newer := [name for name in manifest.migrations if name not in known]:
        raise Unfit(
            f"The backup was made by a newer Goodword, which has {newer[0]}: restore it with that."
        )


def bring_back(source: Counting, manifest: Manifest) -> None:
    """Every row, index, trigger and right; then this release's tables. Raises Stop."""
    at_least = max(manifest.postgresql, manifest.tools, tools.server())
    with tools.loading(at_least=at_least) as out:
        out.writelines(pieces(source))
    with filled():
        source.drain()
        deny(manifest)
        tables.bring_up()
        begin_anew()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]


@contextmanager
def filled() -> Iterator[None]:
    """What fails in here leaves rows in a database that is not ours to empty."""
    try:
        yield
    except (DatabaseError, Stop) as error:
        if is_embedded():
            raise
        raise Stop(
            f"{str(error).strip()} The rows are in the database in DATABASE_URL already: empty it "
            "before you try again."
        ) from error


def deny(manifest: Manifest) -> None:
    """Take from the house's role the rights that it had denied itself, whatever its name was."""
    with connection.cursor() as cursor:
        for table, right in manifest.withheld:
            cursor.execute(
                sql.SQL("REVOKE {} ON TABLE {} FROM CURRENT_USER").format(
                    sql.SQL(right), sql.Identifier(table)
                )
            )


def begin_anew() -> None:
    """End every session, which may have been ended since; forget archives, which no backup has."""
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    Archive.objects.filter(state=ArchiveState.READY).delete()
