"""`script/snapshot`: run every migration on an empty database and write down what came of it."""

import re
import subprocess
import tempfile
from pathlib import Path

from goodword.kit.postgres import Cluster, binaries

from ..instance import load, settle

# pg_dump's own words: what it sets for its session, and a headline above each thing.
FRAME = re.compile(
    r"\A.*?SET row_security = off;\n|--\n-- PostgreSQL database dump complete.*", re.DOTALL
)
SETTINGS = re.compile(r"SET default_(?:tablespace = ''|table_access_method = heap);\n+")
HEADLINE = re.compile(r"--\n-- Name: .*; Type: .*; Schema: .*\n--\n\n")


def write() -> None:
    from .snapshot import FILE

    with tempfile.TemporaryDirectory(prefix="goodword-snapshot-") as folder:
        cluster = Cluster(Path(folder), durable=False)
        try:
            settle(Path(folder), DATABASE_URL=cluster.start())
            load()
            text = made(cluster.dsn())
        finally:
            cluster.destroy()
    FILE.write_text(text)
    print(f"{FILE.name}: {len(text) // 1024} KB")  # noqa: T201 - for the terminal


def made(url: str) -> str:
    """The snapshot, by migrating the empty database at `url`, which is also Django's."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from .snapshot import Snapshot, fingerprint, tools

    call_command("migrate", verbosity=0, interactive=False)
    known = MigrationLoader(connection)
    holds = {name: fingerprint(known.disk_migrations[name]) for name in known.applied_migrations}
    tables = dumped_again(url, "--schema-only")
    return Snapshot(made_with=tools(), holds=holds, tables=tables).text()


def dumped_again(url: str, *options: str) -> str:
    """As `dumped`, after making everything once more from that.

    PostgreSQL reads some conditions in one form and tells them in another; those then stay.
    """
    from django.db import connection

    from .snapshot import run

    said = dumped(url, *options)
    with connection.cursor() as cursor:
        cursor.execute("DROP OWNED BY CURRENT_USER")
    run(said)
    return dumped(url, *options)


def dumped(url: str, *options: str) -> str:
    """SQL that makes all there is in the database at `url`, by pg_dump with `options`."""
    tool = binaries.bundled().tool("pg_dump")
    said = subprocess.run(  # noqa: S603 - the wheel's own program
        [tool, "--no-owner", "--no-privileges", *options, url],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for words in (FRAME, SETTINGS, HEADLINE):
        said = words.sub("", said)
    return said.strip() + "\n"


if __name__ == "__main__":
    write()
