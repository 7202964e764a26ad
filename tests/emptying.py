"""Emptying the tests' own database by TRUNCATE, for which it takes a privilege that nobody has."""

from django.core.management import call_command
from django.db import connection, transaction

from goodword.ops.tables.privileges import forbid_emptying


def flush(*, inhibit_post_migrate: bool = False) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO CURRENT_USER")
        call_command(
            "flush", verbosity=0, interactive=False, inhibit_post_migrate=inhibit_post_migrate
        )
        forbid_emptying()
