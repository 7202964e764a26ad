import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from goodword.kit.postgres import Cluster, ClusterDown, ClusterMissing, StartFailed, WrongVersion
from goodword.kit.postgres.__main__ import main
from goodword.kit.postgres.testing import shared_test_cluster

from .conftest import ask, pid_of, postmasters_of


def command(cluster: Cluster, verb: str) -> list[str]:
    return [sys.executable, "-m", "goodword.kit.postgres", str(cluster.data_dir), verb]


def test_start_gives_a_database_the_app_owns_without_being_superuser(running: Cluster) -> None:
    dsn = running.start()
    assert ask(dsn, "SELECT current_database()") == "goodword"
    assert ask(
        dsn, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'goodword'"
    ) == ("goodword")
    assert ask(dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert ask(dsn, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") is True
    assert ask(running.admin_dsn(), "SHOW is_superuser") == "on"


def test_starting_twice_keeps_the_one_server(running: Cluster) -> None:
    before = pid_of(running)
    again = Cluster(running.data_dir)
    assert again.start() == running.dsn()
    assert pid_of(again) == before


def test_another_process_attaches(running: Cluster) -> None:
    answer = subprocess.run(command(running, "dsn"), capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert ask(answer.stdout.strip(), "SELECT 1") == 1


def test_attach_says_what_to_do_when_it_is_down(stopped: Cluster, tmp_path: Path) -> None:
    with pytest.raises(ClusterDown, match="goodword up"):
        stopped.attach()
    with pytest.raises(ClusterDown, match="goodword up"):
        Cluster(tmp_path / "never").attach()
    assert not (tmp_path / "never").exists()


def test_stop_ends_every_process_even_with_a_client_in_a_transaction(running: Cluster) -> None:
    server = psutil.Process(pid_of(running))
    family = [server, *server.children()]
    client = psycopg.connect(running.dsn())
    client.execute("SELECT 1")
    assert running.stop() is True
    client.close()
    assert not psutil.pid_exists(server.pid)
    assert psutil.wait_procs(family, timeout=10)[1] == []
    assert not running.is_running()
    assert running.stop() is False


def test_a_context_stops_what_it_started_and_leaves_what_it_found(stopped: Cluster) -> None:
    with Cluster(stopped.data_dir) as starter:
        with Cluster(stopped.data_dir) as guest:
            assert guest.is_running()
        assert starter.is_running()
    assert not stopped.is_running()


def test_status_tells_absent_running_and_stopped(kept: Cluster, tmp_path: Path) -> None:
    assert Cluster(tmp_path).status().state == "absent"
    kept.start()
    status = kept.status()
    assert status.state == "running"
    assert status.pid == psutil.Process(status.pid).pid
    assert status.account != "root"
    kept.stop()
    assert kept.status().state == "stopped"
    assert kept.status().pid is None


def test_the_secrets_and_folders_are_private(running: Cluster) -> None:
    status = running.status()
    for name in ("password", "admin-password"):
        found = (running.folder / name).stat()
        assert stat.S_IMODE(found.st_mode) == 0o600
        assert found.st_uid == os.geteuid()
    for folder in (status.data, status.log, status.socket):
        assert folder is not None
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not (running.folder / "initdb-password").exists()


def test_nobody_signs_in_without_the_password(running: Cluster) -> None:
    socket = running.status().socket
    for user in ("goodword", "postgres"):
        for password in ("", "password=wrong"):
            with pytest.raises(psycopg.OperationalError, match=r"password|authentication"):
                psycopg.connect(f"host={socket} port=5432 dbname=goodword user={user} {password}")
    rules = "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"
    assert ask(running.admin_dsn(), rules) == "scram-sha-256"


def test_no_port_is_open(running: Cluster) -> None:
    server = psutil.Process(pid_of(running))
    for process in (server, *server.children()):
        with suppress(psutil.NoSuchProcess):  # a helper of the server's that has just ended
            assert process.net_connections("inet") == []
    assert ask(running.dsn(), "SHOW listen_addresses") == ""


def test_what_is_committed_is_on_disk_unless_a_test_asked_otherwise(durable: Cluster) -> None:
    names = ("fsync", "synchronous_commit", "full_page_writes")
    assert [ask(durable.dsn(), f"SHOW {name}") for name in names] == ["on"] * 3
    assert ask(durable.dsn(), "SHOW data_checksums") == "on"
    forgetful = shared_test_cluster().dsn()
    assert [ask(forgetful, f"SHOW {name}") for name in names] == ["off"] * 3


@pytest.fixture(scope="module")
def raced(open_folder: Path) -> Iterator[Cluster]:
    """Made by three processes at once, each with an environment that means harm."""
    cluster = Cluster(open_folder / "raced", durable=False)
    surprises = {
        "LC_ALL": "tr_TR.ISO-8859-9",
        "LANG": "zh_CN.GB18030",
        "TZ": "Asia/Shanghai",
        "PGTZ": "Asia/Shanghai",
        "PGPORT": "1",
        "PGHOST": "/nowhere",
        "PGDATA": "/nowhere",
        "PGUSER": "nobody",
        "PGDATABASE": "nothing",
    }
    racers = [
        subprocess.Popen(
            command(cluster, "start"),
            env={**os.environ, **surprises},
            umask=0o077,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(3)
    ]
    assert [racer.communicate()[0] for racer in racers] == ["running\n"] * 3
    yield cluster
    cluster.destroy()


def test_racing_processes_share_one_server(raced: Cluster) -> None:
    assert len(postmasters_of(raced)) == 1
    assert ask(raced.attach(), "SELECT 1") == 1


def test_the_environment_changes_nothing(raced: Cluster) -> None:
    dsn = raced.attach()
    locale = (
        "SELECT format('%s %s', datlocprovider, datlocale) FROM pg_database"
        " WHERE datname = 'goodword'"
    )
    assert ask(dsn, locale) == "b C.UTF-8"
    assert ask(dsn, "SHOW server_encoding") == "UTF8"
    assert ask(raced.admin_dsn(), "SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'") == (
        "UTC"
    )
    assert ask(dsn, "SHOW lc_messages") == "C"
    assert ask(dsn, "SELECT upper('straße, ılık, 好')") == "STRAßE, ILIK, 好"
    # It adds names of its own, but has none of ours.
    environment = psutil.Process(pid_of(raced)).environ()
    assert environment["TZ"] == "UTC"
    assert not {"PGHOST", "PGPORT", "PGDATA", "LANG", "HOME"} & set(environment)
    # The umask of the first starter must not shut the server's account out either.
    assert raced.status().notes == ()


def test_racing_threads_share_one_server(stopped: Cluster) -> None:
    found: list[str] = []
    racers = [
        threading.Thread(target=lambda: found.append(Cluster(stopped.data_dir).start()))
        for _ in range(4)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert found == [stopped.dsn()] * 4
    assert len(postmasters_of(stopped)) == 1


def test_a_failing_start_quotes_the_log(stopped: Cluster) -> None:
    data = stopped.status().data
    assert data is not None
    settings = data / "postgresql.conf"
    before = settings.read_text()
    settings.write_text(before + "\nnonsense = 1\n")
    try:
        with pytest.raises(StartFailed, match='unrecognized configuration parameter "nonsense"'):
            stopped.start()
    finally:
        settings.write_text(before)
    assert ask(stopped.start(), "SELECT 1") == 1


def test_another_major_version_is_refused_and_nothing_is_changed(stopped: Cluster) -> None:
    data = stopped.status().data
    assert data is not None
    version = data / "PG_VERSION"
    ours = version.read_text()
    version.write_text("15\n")
    try:
        with pytest.raises(WrongVersion, match=r"written by PostgreSQL 15.* brings PostgreSQL 18"):
            stopped.start()
        assert version.read_text() == "15\n"
        version.unlink()
        with pytest.raises(ClusterMissing, match="holds no database"):
            stopped.start()
    finally:
        version.write_text(ours)
    assert ask(stopped.start(), "SELECT 1") == 1


def test_a_start_that_died_before_making_the_database_is_finished(running: Cluster) -> None:
    ask(running.admin_dsn(), "DROP DATABASE goodword")
    ask(running.admin_dsn(), "DROP ROLE goodword")
    (running.folder / "password").unlink()
    assert ask(running.start(), "SELECT current_user") == "goodword"


def test_the_command_line(stopped: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(stopped.data_dir)
    assert main([data, "dsn"]) == 1
    down = capsys.readouterr()
    assert down.out == ""
    assert "goodword up" in down.err
    assert main([data, "status"]) == 3
    assert main([data, "start"]) == 0
    assert capsys.readouterr().out.endswith("running\n")
    assert main([data, "status"]) == 0
    assert f"pid: {pid_of(stopped)}\n" in capsys.readouterr().out
    assert main([data, "admin-dsn"]) == 0
    assert ask(capsys.readouterr().out.strip(), "SELECT current_user") == "postgres"
    assert main([data, "stop"]) == 0
    assert main([data, "stop"]) == 0
    assert capsys.readouterr().out == "stopped\nwas not running\n"
