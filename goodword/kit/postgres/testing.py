"""One server for all the tests of one user: started once, attached ever after."""

import os
from pathlib import Path

import psycopg
from psycopg import sql

from goodword.kit.postgres import binaries
from goodword.kit.postgres.access import ADMIN, APP
from goodword.kit.postgres.cluster import Cluster
from goodword.kit.postgres.errors import StartFailed
from goodword.kit.postgres.place import locked, make_folder, write_private

LAYOUT = 1  # count up when a cluster made by older code would not do any more


def shared_test_cluster() -> Cluster:
    """The running, forgetful cluster in this user's cache folder.

    Safe when several pytest runs and their workers call it at once. Test
    databases older than a day are dropped; give yours a unique name.
    """
    folder = _cache() / f"test-cluster-{binaries.bundled().root.name}-{LAYOUT}"
    make_folder(folder, 0o700)
    cluster = Cluster(folder, durable=False, connections=300)
    with locked(folder):
        if not _from_this_boot(folder):
            cluster.destroy()
        try:
            cluster.start()
        except StartFailed:
            cluster.destroy()
            cluster.start()
        with psycopg.connect(cluster.admin_dsn(), autocommit=True) as admin:
            _let_tests_empty_tables(admin)
            _drop_leftovers(admin)
    return cluster


def _cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG base directory specification has relative paths ignored.
    return (Path(named) if os.path.isabs(named) else Path.home() / ".cache") / "goodword"


def _from_this_boot(folder: Path) -> bool:
    """Without fsync, a machine that went down may have left anything behind."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        boot = "unknown"
    stamp = folder / "boot"
    same = stamp.exists() and stamp.read_text() == boot
    if not same:
        write_private(stamp, boot)
    return same


def _let_tests_empty_tables(admin: psycopg.Connection) -> None:
    """Past triggers and foreign keys, as only tests may: conftest.py says what for."""
    may = "SELECT has_parameter_privilege(%s, 'session_replication_role', 'SET')"
    if admin.execute(may, [APP]).fetchone() == (True,):
        return
    admin.execute(
        sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(sql.Identifier(APP))
    )


def _drop_leftovers(admin: psycopg.Connection) -> None:
    stale = admin.execute(
        """
        SELECT datname FROM pg_database d
         WHERE NOT datistemplate AND datname <> ALL (%s)
           AND (pg_stat_file('base/' || d.oid || '/PG_VERSION', true)).modification
               < now() - interval '1 day'
           AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
        """,
        [[ADMIN, APP]],
    ).fetchall()
    for (name,) in stale:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
