"""An instance as a command meets it: its data folder, its environment, its database, Django."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .errors import Silent, Stop

RESTORING = "restoring"  # stands in a data folder until a backup is all in it
PATIENCE = 3  # seconds in which a server elsewhere must answer, for each address of its name


def settle(data: Path, **settings: str) -> Path:
    """Tell Django's settings, read later from the environment, which instance this is.

    Raises Stop for a folder in which there is half a house.
    """
    data = data.absolute()
    if (data / RESTORING).exists():
        raise Stop(f"A restore into {data} is at work or was cut short: let it end, or repeat it.")
    aim(data)
    os.environ.update(settings)
    return data


def aim(data: Path) -> None:
    os.environ["GOODWORD_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.site.settings")


def is_embedded() -> bool:
    """Whether the database is ours to start; DATABASE_URL names a server that somebody runs."""
    return not os.environ.get("DATABASE_URL")


def knock() -> None:
    """See that the server in DATABASE_URL answers, before anything waits for it. Raises Silent."""
    import psycopg

    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=PATIENCE).close()
    except psycopg.ProgrammingError as error:
        # Its own words may quote the password.
        raise Silent(
            "DATABASE_URL is no address that PostgreSQL understands. "
            "It looks like postgresql://user:password@host/database."
        ) from error
    except psycopg.Error as error:
        why = str(error).strip().splitlines()[0]
        raise Silent(f"The database in DATABASE_URL does not answer: {why}") from error


@contextmanager
def opened(data: Path, *, make: bool = False) -> Iterator[None]:
    """Django, ready to work on the instance, for one command.

    A database that had to be started for it is stopped again, unless `goodword up` took it over
    meanwhile. Raises Stop when there is no instance and `make` is not set.
    """
    from goodword.kit.errors import Refused
    from goodword.kit.postgres import PostgresError

    try:
        with database(data, make=make):
            load()
            yield
    except (PostgresError, Refused) as error:
        raise Stop(str(error)) from error


@contextmanager
def opened_for_the_doctor(data: Path) -> Iterator[str]:
    """As `opened`, but a database that does not start is a finding: gives its sentence, or ""."""
    from goodword.kit.postgres import ClusterDown, PostgresError

    with ExitStack() as stack:
        trouble = ""
        try:
            stack.enter_context(database(data))
        except (PostgresError, Silent) as error:
            trouble = str(error)
        try:
            load()
        except ClusterDown as error:
            raise Stop(trouble or str(error)) from error
        yield trouble


def load() -> None:
    import django

    django.setup()


@contextmanager
def database(data: Path, *, make: bool = False) -> Iterator[None]:
    """The instance's database is running inside the block."""
    from goodword.kit.postgres import Cluster

    if not is_embedded():
        knock()
        yield
        return
    cluster = Cluster(data)
    if not make and not cluster.folder.is_dir():
        raise Stop(f"There is no Goodword in {data}: make it with `goodword up`, or say --data.")
    ran_before = cluster.is_running()
    cluster.start()
    try:
        yield
    finally:
        if not ran_before and not is_up(data):
            cluster.stop()


def lock_path(data: Path) -> Path:
    return data / "up.lock"


def is_up(data: Path) -> bool:
    """Whether a `goodword up` looks after the instance at this moment."""
    try:
        handle = os.open(lock_path(data), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
