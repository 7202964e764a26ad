"""What must be there before the doors open: tables, static files, on request the demo town.

It runs in a child of the supervisor, which must not open database connections itself.
"""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console

from .. import tables

STAMP = ".complete"  # in the folder of collected files: what they were collected from


def prepare(console: Console) -> None:
    """Bring the database and the data folder up to what this release needs."""
    migrate(console)
    collect_static()


def pending() -> int:
    """How many migrations are still to be applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(console: Console) -> None:
    if count := pending():
        with console.status(f"Preparing the database ({count} migrations)…"):
            tables.bring_up()


def collect_static() -> None:
    """Gather and compress the static files, unless that was done for exactly these."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = sources_digest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)


def sources_digest() -> str:
    """Stands for all static files by their names, sizes and times."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()
