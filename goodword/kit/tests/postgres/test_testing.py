import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from goodword.kit.postgres import Cluster
from goodword.kit.postgres.testing import shared_test_cluster

from .conftest import ask, pid_of, postmasters_of

CALL = "from goodword.kit.postgres.testing import shared_test_cluster as s; print(s().attach())"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        callers = [
            subprocess.Popen([sys.executable, "-c", CALL], stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        answers = {caller.communicate()[0].strip() for caller in callers}
        cluster = shared_test_cluster()
        assert answers == {cluster.dsn()}
        yield cluster
        cluster.destroy()


def test_many_runs_share_one_forgetful_server_and_old_databases_go(shared: Cluster) -> None:
    assert len(postmasters_of(shared)) == 1
    assert ask(shared.dsn(), "SHOW fsync") == "off"

    old, fresh = "test_left_over", "test_of_another_run"
    for name in (old, fresh):
        ask(shared.dsn("postgres"), f"CREATE DATABASE {name}")
    oid = ask(shared.dsn(), f"SELECT oid FROM pg_database WHERE datname = '{old}'")
    data = shared.status().data
    assert data is not None
    os.utime(data / "base" / str(oid) / "PG_VERSION", (1_700_000_000, 1_700_000_000))
    server = pid_of(shared)
    shared_test_cluster()
    assert pid_of(shared) == server
    names = ask(shared.dsn(), "SELECT array_agg(datname::text) FROM pg_database")
    assert isinstance(names, list)
    assert old not in names
    assert {fresh, "goodword", "postgres", "template1"} <= set(names)


def test_after_a_reboot_the_unsafe_files_are_made_anew(shared: Cluster) -> None:
    ask(shared.dsn("postgres"), "CREATE DATABASE test_before_the_reboot")
    (shared.data_dir / "boot").write_text("another boot")
    shared_test_cluster()
    count = "SELECT count(*) FROM pg_database WHERE datname = 'test_before_the_reboot'"
    assert ask(shared.dsn(), count) == 0
