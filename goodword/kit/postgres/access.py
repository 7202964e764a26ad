"""Who may sign in: the two passwords in the data folder, the URLs, the app's role and database."""

import os
import secrets
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

import psycopg
from psycopg import sql

from goodword.kit.postgres.errors import ClusterDown, NotWritable, PostgresError
from goodword.kit.postgres.place import Place, write_private

APP = "goodword"  # the role the app signs in as, and the name of its database
ADMIN = "postgres"  # the superuser: for this package and the operator's tools only
PASSWORD_FILES = {APP: "password", ADMIN: "admin-password"}


def make_password(folder: Path, role: str) -> str:
    """The password of `role`: made at first use, kept in `folder`, mode 0600."""
    path = folder / PASSWORD_FILES[role]
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text()


def url(place: Place, role: str, database: str) -> str:
    """The libpq URL by which `role` reaches `database` through the private socket.

    Raises ClusterDown when no cluster was made yet, NotWritable when the
    password is not ours to read.
    """
    path = place.folder / PASSWORD_FILES[role]
    try:
        password = path.read_text()
    except FileNotFoundError:
        raise ClusterDown(
            f"There is no database in {place.folder.parent} yet: make it with `goodword up`."
        ) from None
    except PermissionError:
        raise NotWritable(f"{path} may be read by its owner only: run this as its owner.") from None
    host = quote(os.fsencode(place.socket), safe="")
    return f"postgresql://{role}:{password}@/{quote(database, safe='')}?host={host}&port=5432"


def ensure_database(place: Place) -> None:
    """Make the app's role and database if they are missing. Raises PostgresError."""
    password = make_password(place.folder, APP)
    try:
        psycopg.connect(url(place, APP, APP), connect_timeout=10).close()
        return
    except psycopg.OperationalError:
        pass  # the first start, or one that was killed before it came to this
    try:
        with psycopg.connect(url(place, ADMIN, ADMIN), autocommit=True) as admin:
            _ensure_role(admin, password)
            if not _exists(admin, "SELECT 1 FROM pg_database WHERE datname = %s"):
                admin.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(APP)))
    except psycopg.Error as error:
        raise PostgresError(
            f"The database refuses the passwords in {place.folder}: "
            f"bring back the ones it was made with from a backup. It said: {error}"
        ) from error


def _ensure_role(admin: psycopg.Connection, password: str) -> None:
    known = _exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = %s")
    # An ordinary role, as on a server behind DATABASE_URL; a superuser would pass every guard.
    admin.execute(
        sql.SQL("{} {} LOGIN CREATEDB PASSWORD {}").format(
            sql.SQL("ALTER ROLE" if known else "CREATE ROLE"),
            sql.Identifier(APP),
            sql.Literal(password),
        )
    )


def _exists(admin: psycopg.Connection, question: LiteralString) -> bool:
    return admin.execute(question, [APP]).fetchone() is not None
