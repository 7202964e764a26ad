"""Whole houses for the tests: a data folder, `goodword up` as a process, and what it started."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from django.db import connection

from goodword.kit.postgres import Cluster
from goodword.ops.demo.build import studio
from tests.emptying import flush
from tests.house import two_free_ports

PATIENCE = 240.0  # seconds; the machine may be busy with other tests
COMMAND = [sys.executable, "-m", "goodword.ops.cli"]
FORGOTTEN = (
    "DATABASE_URL", "GOODWORD_DATA", "GOODWORD_PORT", "GOODWORD_DEMO", "DJANGO_SETTINGS_MODULE",
)  # fmt: skip


def forget_everything() -> None:
    """Empty the tests' own database of what a module committed; jobs are no models, so apart."""
    flush()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@contextmanager
def drawn_small() -> Iterator[None]:
    """A town built in this block has its pictures small: most of a large one is encoding."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(studio, "SCALE", 0.2)
        yield


def environment() -> dict[str, str]:
    """Ours, without what the test settings put there."""
    return {name: value for name, value in os.environ.items() if name not in FORGOTTEN}


def goodword(*arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], env=environment() | settings, capture_output=True,
        text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


@dataclass
class House:
    """`goodword up` on `data`; `seen` is every process of it that a test has laid eyes on."""

    data: Path
    port: int = field(default_factory=two_free_ports)
    process: subprocess.Popen | None = None
    given: dict[str, str] = field(default_factory=dict)  # settings of its own
    seen: dict[int, psutil.Process] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return (self.data.parent / "up.log").read_text()

    def open(self, *options: str) -> float:
        """Start it; seconds until it could serve."""
        began = time.monotonic()
        with (self.data.parent / "up.log").open("w") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "up", "--data", str(self.data), "--port", str(self.port), *options],
                env=environment() | self.given, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        until(lambda: self.get("/readyz")[0] == 200, self)
        took = time.monotonic() - began
        until(lambda: "Ctrl-C" in self.said, self)
        self.look()
        return took

    def get(self, path: str, *, port: int | None = None) -> tuple[int, str]:
        """Status and body; status 0 when nobody answers."""
        try:
            address = f"http://127.0.0.1:{port or self.port}{path}"
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def look(self) -> list[psutil.Process]:
        """The supervisor, its children and the database's processes, as they are now."""
        assert self.process
        top = psutil.Process(self.process.pid)
        found = [top, *top.children(recursive=True)]
        self.seen.update({one.pid: one for one in found})
        return found

    def pids(self) -> dict[str, int]:
        """The pid of each of its own processes, by what they do."""
        named = {}
        for one in self.look():
            with suppress(psutil.NoSuchProcess):  # gone since we looked
                named[one.name().removeprefix("goodword ")] = one.pid
        return named

    def postmaster(self) -> int:
        pid = Cluster(self.data).status().pid
        assert pid
        return pid

    def left(self) -> list[psutil.Process]:
        """Who of all that were seen is still there."""
        return [one for one in self.seen.values() if is_alive(one)]

    def close(self) -> tuple[int, float]:
        """End it as an operator does; the exit code and the seconds that it took."""
        assert self.process
        self.look()
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE), time.monotonic() - began

    def clear(self) -> None:
        """Whatever a failed test has left."""
        if self.process and self.process.poll() is None:
            self.look()
            self.process.kill()
            self.process.wait()
        for one in self.left():
            one.kill()


def until(reached, house: House | None = None) -> None:
    """Wait for it; the house's own words tell what went wrong."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        ended = house and house.process and house.process.poll() is not None
        if ended or time.monotonic() > deadline:
            pytest.fail(house.said if house else "too late")
        time.sleep(0.05)


def is_alive(one: psutil.Process) -> bool:
    try:
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
