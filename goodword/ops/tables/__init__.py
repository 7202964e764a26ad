"""The tables of the house: at once where there are none yet, by migrations ever after.

Migrating an empty database costs ten seconds of processor, nearly all of it for models as they once
were. `snapshot.sql` is what comes of it, and a test holds the two equal; a database in which there
is anything is never touched by it. See docs/decisions/0087-snapshot.md.
"""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .snapshot import load, present

# Of the schema that the snapshot names, whatever the connection prefers.
IS_EMPTY = """
SELECT current_schema() = 'public' AND NOT EXISTS (
    SELECT FROM pg_class WHERE relnamespace = to_regnamespace('public'))"""


def bring_up() -> None:
    """Make or change every table as this release has it."""
    if is_empty() and (snapshot := present()).fits(MigrationLoader(connection)):
        load(snapshot)
    # What is newer than the snapshot, and what Django keeps about models in tables of its own.
    call_command("migrate", verbosity=0, interactive=False)


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_EMPTY)
        return bool(cursor.fetchone()[0])
