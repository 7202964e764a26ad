"""What is left after something was killed: nothing lost, nothing stuck, nobody else harmed."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from goodword.kit.postgres import Cluster, InUse
from goodword.kit.postgres.accounts import Account

from .conftest import Make, ask, pid_of, postmasters_of

pytestmark = pytest.mark.kill

APP = """
import sys, time, psycopg
from pathlib import Path
from goodword.kit.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
with psycopg.connect(cluster.start()) as connection:
    connection.execute("DROP TABLE IF EXISTS said")
    connection.execute("CREATE TABLE said AS SELECT 'from the app' AS word")
print(cluster.status().pid, flush=True)
time.sleep(600)
"""


def until(reached: Callable[[], object]) -> None:
    deadline = time.monotonic() + 120
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def is_locked(path: Path) -> bool:
    with open(path) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def kill_server(cluster: Cluster) -> int:
    pid = pid_of(cluster)
    os.kill(pid, signal.SIGKILL)
    return pid


def forge_pid_file(cluster: Cluster, pid: int) -> None:
    status = cluster.status()
    assert status.data is not None
    assert status.socket is not None
    text = f"{pid}\n{status.data}\n1700000000\n5432\n{status.socket}\n\n  1 1\nready   \n"
    for path in (status.data / "postmaster.pid", status.socket / ".s.PGSQL.5432.lock"):
        path.write_text(text)
        os.chown(path, status.data.stat().st_uid, status.data.stat().st_gid)


def test_committed_rows_survive_a_killed_server_which_comes_back(durable: Cluster) -> None:
    writer = psycopg.connect(durable.dsn())
    writer.execute("DROP TABLE IF EXISTS kept")
    writer.execute("CREATE TABLE kept AS SELECT generate_series(1, 5000) AS n")
    writer.commit()
    writer.execute("INSERT INTO kept VALUES (-1)")
    killed = kill_server(durable)
    until(lambda: not durable.is_running())
    assert durable.maintain() is True
    writer.close()
    assert pid_of(durable) != killed
    assert durable.maintain() is False
    assert ask(durable.dsn(), "SELECT count(*) FILTER (WHERE n > 0) FROM kept") == 5000
    assert ask(durable.dsn(), "SELECT count(*) FILTER (WHERE n < 0) FROM kept") == 0


def test_a_killed_server_is_no_zombie(running: Cluster) -> None:
    killed = kill_server(running)
    until(lambda: not running.is_running() and not psutil.pid_exists(killed))


def test_a_busy_backend_of_a_killed_server_does_not_block_the_next(running: Cluster) -> None:
    busy = psycopg.connect(running.dsn(), autocommit=True)
    backend = busy.info.backend_pid
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e15) a WHERE a % 2 = 3")
    until(lambda: psutil.Process(backend).cpu_times().user > 0.02)
    kill_server(running)
    assert ask(running.start(), "SELECT 1") == 1
    until(lambda: not psutil.pid_exists(backend))
    busy.close()


def test_files_that_a_server_out_of_sight_works_in_are_not_touched(stopped: Cluster) -> None:
    # What is left of a server in another container: its lock, and a pid that means nothing here.
    forge_pid_file(stopped, 2**22)
    data = stopped.status().data
    assert data is not None
    with open(stopped.folder / "alive") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        with pytest.raises(InUse, match="perhaps in another container"):
            stopped.start()
        assert (data / "postmaster.pid").exists()
    assert ask(stopped.start(), "SELECT 1") == 1


def test_the_server_holds_its_lock_for_as_long_as_it_lives(running: Cluster) -> None:
    assert is_locked(running.folder / "alive")
    assert not is_locked(running.folder / "lock")
    running.stop()
    until(lambda: not is_locked(running.folder / "alive"))


def test_the_server_outlives_a_killed_app_and_is_found_again(stopped: Cluster) -> None:
    app = subprocess.Popen(
        [sys.executable, "-c", APP, str(stopped.data_dir)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert app.stdout is not None
    server = int(app.stdout.readline())
    # As from a terminal, whose Ctrl-C goes to the whole group.
    os.killpg(app.pid, signal.SIGKILL)
    app.wait()
    app.stdout.close()
    assert pid_of(stopped) == server
    assert ask(stopped.start(), "SELECT word FROM said") == "from the app"
    assert pid_of(stopped) == server
    assert stopped.stop() is True


def test_a_start_killed_in_the_middle_blocks_nobody(make: Make) -> None:
    cluster = make()
    first = subprocess.Popen(
        [sys.executable, "-m", "goodword.kit.postgres", str(cluster.data_dir), "start"]
    )
    until((cluster.folder / "data.new" / "PG_VERSION").exists)
    (initdb,) = psutil.Process(first.pid).children()
    first.kill()
    first.wait()
    # An initdb that goes on without its parent is waited for.
    assert is_locked(cluster.folder / "lock") or not initdb.is_running()
    assert ask(cluster.start(), "SELECT 1") == 1
    assert not (cluster.folder / "data.new").exists()
    assert len(postmasters_of(cluster)) == 1


def test_a_stale_pid_file_is_swept_away(stopped: Cluster) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    forge_pid_file(stopped, gone.pid)
    assert not stopped.is_running()
    assert ask(stopped.start(), "SELECT 1") == 1


@pytest.mark.parametrize("content", ["", "not a number\n", "99999999999999999999\n", "0\n", "-5\n"])
def test_a_damaged_pid_file_is_swept_away(stopped: Cluster, content: str) -> None:
    data = stopped.status().data
    assert data is not None
    (data / "postmaster.pid").write_text(content)
    assert not stopped.is_running()
    assert ask(stopped.start(), "SELECT 1") == 1


def test_a_pid_that_another_program_has_now_is_left_alone(stopped: Cluster) -> None:
    data = stopped.status().data
    assert data is not None
    # Of the same account and in the same folder: PostgreSQL itself would take it for a server.
    account = Account.owner_of(data)
    stranger = subprocess.Popen(["sleep", "600"], cwd=data, **account.drop())
    try:
        forge_pid_file(stopped, stranger.pid)
        assert not stopped.is_running()
        assert stopped.stop() is False
        assert ask(stopped.start(), "SELECT 1") == 1
        assert pid_of(stopped) != stranger.pid
        stopped.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_pid_that_another_cluster_has_now_is_left_alone(stopped: Cluster, make: Make) -> None:
    other = make()
    other.start()
    forge_pid_file(stopped, pid_of(other))
    assert not stopped.is_running()
    assert stopped.stop() is False
    assert ask(stopped.start(), "SELECT 1") == 1
    assert pid_of(stopped) != pid_of(other)
    assert other.is_running()


def test_a_server_whose_socket_was_swept_away_is_started_again(running: Cluster) -> None:
    before = pid_of(running)
    socket = running.status().socket
    assert socket is not None
    for path in socket.iterdir():
        path.unlink()
    assert not running.is_running()
    assert running.maintain() is True
    assert pid_of(running) != before
    assert ask(running.dsn(), "SELECT 1") == 1


def test_a_server_started_by_hand_is_found(stopped: Cluster, tmp_path: Path) -> None:
    stopped.start()
    by_runner = pid_of(stopped)
    command = psutil.Process(by_runner).cmdline()
    stopped.stop()
    data = stopped.status().data
    assert data is not None
    by_hand = subprocess.Popen(
        command, cwd="/", stderr=subprocess.DEVNULL, **Account.owner_of(data).drop()
    )
    try:
        until(stopped.is_running)
        assert ask(stopped.start(), "SELECT 1") == 1
        assert pid_of(stopped) == by_hand.pid
    finally:
        by_hand.send_signal(signal.SIGINT)
        by_hand.wait()
