import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from goodword.kit.postgres import Cluster

Make = Callable[..., Cluster]


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder which the server's account may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="gw-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def make(open_folder: Path) -> Iterator[Make]:
    """Makes clusters which are destroyed after the test."""
    made: list[Cluster] = []

    def make_cluster(data_dir: Path | None = None, **options: object) -> Cluster:
        if data_dir is None:
            data_dir = Path(tempfile.mkdtemp(dir=open_folder))
            data_dir.chmod(0o711)
        made.append(Cluster(data_dir, **{"durable": False, **options}))
        return made[-1]

    yield make_cluster
    for cluster in made:
        cluster.destroy()


@pytest.fixture(scope="session")
def kept(open_folder: Path) -> Iterator[Cluster]:
    """One cluster, made once. A test may leave it down."""
    cluster = Cluster(open_folder / "kept", durable=False)
    cluster.start()
    yield cluster
    cluster.destroy()


@pytest.fixture
def running(kept: Cluster) -> Cluster:
    kept.start()
    return kept


@pytest.fixture
def stopped(kept: Cluster) -> Cluster:
    kept.stop()
    return kept


@pytest.fixture
def durable(kept: Cluster) -> Cluster:
    """The kept cluster, running as an instance has it."""
    kept.stop()
    cluster = Cluster(kept.data_dir)
    cluster.start()
    return cluster


as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root may become another user or mount a disk"
)


def pid_of(cluster: Cluster) -> int:
    pid = cluster.status().pid
    assert pid is not None
    return pid


def ask(dsn: str, question: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        answer = connection.execute(question)
        row = answer.fetchone() if answer.description else None
        return row[0] if row else None


def postmasters_of(cluster: Cluster) -> list[int]:
    """Every postmaster, by a way of its own: its command line names the data."""
    data = str(cluster.status().data)
    return [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if data in (process.info["cmdline"] or []) and "initdb" not in process.info["cmdline"][0]
    ]
