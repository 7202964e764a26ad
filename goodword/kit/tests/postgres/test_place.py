"""Where the cluster lies when the data folder is not an easy one."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pytest

from goodword.kit.postgres import Cluster, ClusterMissing, NoSpace, NotWritable, PostgresError
from goodword.kit.postgres.binaries import LIBRARIES, PACKAGE, Binaries, bundled
from goodword.kit.postgres.place import ROOT_SHELF

from .conftest import Make, as_root, ask, pid_of

# Everything is imported before the privileges go, as the interpreter may lie below /root.
AS_NOBODY = """
import json, os, pwd, sys
from pathlib import Path
import psycopg
from goodword.kit.postgres import Cluster, PostgresError
from goodword.kit.postgres.binaries import Binaries
nobody = pwd.getpwnam("nobody")
os.setgroups([])
os.setgid(nobody.pw_gid)
os.setuid(nobody.pw_uid)
os.environ["HOME"] = "/nonexistent"
cluster = Cluster(Path(sys.argv[1]), durable=False, wheel=Binaries(Path(sys.argv[2])))
try:
    with psycopg.connect(cluster.start()) as connection:
        (who,) = connection.execute("SELECT current_user").fetchone()
    status = cluster.status()
    socket = str(status.socket)
    cluster.stop()
    print(json.dumps({"who": who, "account": status.account, "socket": socket}))
except PostgresError as error:
    print(json.dumps({"error": type(error).__name__, "sentence": str(error)}))
"""


@pytest.fixture(scope="session")
def public_wheel(open_folder: Path) -> Path:
    """The binaries at a place where everybody can run them."""
    return copy_wheel(open_folder / "wheel")


def copy_wheel(target: Path) -> Path:
    root = bundled().root
    ignore = shutil.ignore_patterns("include", "*.a", "pgxs")
    shutil.copytree(root, target / PACKAGE / root.name, ignore=ignore, symlinks=True)
    shutil.copytree(root.parent.parent / LIBRARIES, target / LIBRARIES, symlinks=True)
    return target / PACKAGE / root.name


def as_nobody(data_dir: Path, wheel: Path) -> dict[str, str]:
    answer = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(data_dir), str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.parametrize(
    "name",
    ["朋友圈" * 15, "a, 'b' \"c\" \\n 100%"],
    ids=["long", "marks"],
)
def test_any_path_will_do(make: Make, open_folder: Path, name: str) -> None:
    cluster = make(open_folder / name)
    assert ask(cluster.start(), "SELECT 1") == 1
    socket = cluster.status().socket
    assert socket is not None
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    cluster.stop()
    cluster.start()
    assert cluster.status().socket == socket
    cluster.stop()
    # A folder that others can write into is not where the password is said.
    socket.chmod(0o777)
    try:
        assert ask(cluster.start(), "SELECT 1") == 1
        assert cluster.status().socket != socket
    finally:
        shutil.rmtree(socket)


def test_a_data_folder_can_be_renamed(stopped: Cluster) -> None:
    ask(stopped.start(), "CREATE TABLE IF NOT EXISTS here AS SELECT 7 AS n")
    stopped.stop()
    elsewhere = stopped.data_dir.rename(stopped.data_dir.with_name("elsewhere"))
    with Cluster(elsewhere) as renamed:
        assert ask(renamed.dsn(), "SELECT n FROM here") == 7
    elsewhere.rename(stopped.data_dir)


def test_below_a_closed_folder_no_mode_is_loosened(make: Make, tmp_path: Path) -> None:
    closed = {tmp_path / "home": 0o700, tmp_path / "home/app": 0o750}
    closed[tmp_path / "home/app/postgres"] = 0o700
    for folder, mode in closed.items():
        folder.mkdir()
        folder.chmod(mode)
    cluster = make(tmp_path / "home/app")
    ask(cluster.start(), "CREATE TABLE t AS SELECT 7 AS n")
    assert {folder: stat.S_IMODE(folder.stat().st_mode) for folder in closed} == closed
    cluster.stop()
    status = cluster.status()
    assert status.data is not None
    home = status.data.parent
    if os.geteuid() == 0:
        assert home.is_relative_to(ROOT_SHELF)
        assert str(home) in status.notes[0]
        assert not (cluster.folder / "data").exists()
        # A home that is gone for a while is missed, never replaced by an empty one.
        away = home.rename(home.with_name(home.name + "-away"))
        with pytest.raises(ClusterMissing, match=f"{home}, which is gone"):
            cluster.start()
        away.rename(home)
    else:
        assert home == cluster.folder
        assert status.notes == ()
    assert ask(cluster.start(), "SELECT n FROM t") == 7
    cluster.destroy()
    assert not cluster.is_running()
    assert [path.name for path in cluster.folder.iterdir()] == ["lock"]
    assert home == cluster.folder or not home.exists()


@as_root
def test_binaries_below_a_closed_folder_are_copied_to_where_the_server_may_go(
    make: Make, tmp_path: Path
) -> None:
    wheel = copy_wheel(tmp_path / "site-packages")
    # A build of its own: nobody else runs from the copy that is removed at the end.
    (wheel / "share" / uuid.uuid4().hex).touch()
    cluster = make(wheel=Binaries(wheel))
    assert ask(cluster.start(), "SELECT 1") == 1
    program = Path(f"/proc/{pid_of(cluster)}/exe").readlink()
    assert program.is_relative_to(ROOT_SHELF)
    shutil.rmtree(program.parents[3])


@as_root
def test_an_ordinary_user_runs_it_alone(public_wheel: Path) -> None:
    home = Path(tempfile.mkdtemp(dir="/tmp"))
    shutil.chown(home, "nobody")
    try:
        answer = as_nobody(home / "data", public_wheel)
        assert answer["who"] == "goodword"
        assert answer["account"] == "nobody"
        assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700
        assert stat.S_IMODE((home / "data" / "postgres" / "password").stat().st_mode) == 0o600
        # Root may start it too, and the server stays the user's.
        by_root = Cluster(home / "data", durable=False)
        assert ask(by_root.start(), "SELECT 1") == 1
        assert by_root.status().account == "nobody"
        by_root.stop()
        assert as_nobody(home / "data", public_wheel)["who"] == "goodword"
    finally:
        Cluster(home / "data").destroy()
        shutil.rmtree(home)


@as_root
def test_an_ordinary_user_is_refused_what_belongs_to_others(
    running: Cluster, public_wheel: Path, open_folder: Path
) -> None:
    for data_dir in (open_folder / "not mine", running.data_dir):
        answer = as_nobody(data_dir, public_wheel)
        assert answer["error"] == "NotWritable"
        assert "Permission denied" in answer["sentence"]
    assert running.is_running()


def test_a_data_folder_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable, match="Choose another data folder"):
        Cluster(tmp_path / "file" / "data").start()
    with pytest.raises(PostgresError):
        Cluster(tmp_path / "file").start()


@as_root
def test_a_full_disk_is_told_before_anything_is_written(make: Make, open_folder: Path) -> None:
    disk = open_folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=30m,mode=755", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this container does not let root mount a disk")
    try:
        with pytest.raises(NoSpace, match=r"\d+ MB left .* 64 MB: free some space"):
            make(disk / "data").start()
        filler = disk / "filler"
        subprocess.run(["dd", "if=/dev/zero", f"of={filler}"], capture_output=True, check=False)
        with pytest.raises(NoSpace, match="is full: free some space"):
            Cluster(disk / "more").start()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
