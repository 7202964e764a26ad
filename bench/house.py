"""A whole house for one run: scratch data, its own durable PostgreSQL, all processes."""

import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from goodword.kit.postgres import Cluster

START = 240.0  # seconds it may take to open


@dataclass(frozen=True, slots=True)
class House:
    port: int
    dsn: str
    pid: int
    data: Path

    def memory_mb(self) -> float:
        """What web, events and worker keep, with their part of what they share (PSS)."""
        total = 0
        for process in [psutil.Process(self.pid), *psutil.Process(self.pid).children(True)]:
            try:
                if "postgres" not in process.name():
                    total += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
        return total / 2**20


@contextmanager
def opened() -> Iterator[House]:
    """Start the house, give it, stop it and forget it."""
    with tempfile.TemporaryDirectory(prefix="goodword-bench-") as folder:
        data = Path(folder) / "data"
        port = free_port()
        log = (Path(folder) / "log").open("w")
        command = [sys.executable, "-m", "goodword.ops.cli", "up", "--data", str(data),
                   "--port", str(port), "--no-demo"]  # fmt: skip
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GOODWORD_")}
        environment.pop("DATABASE_URL", None)
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, stdin=subprocess.DEVNULL
        )
        try:
            wait_until_open(port, process, Path(folder) / "log")
            yield House(port, Cluster(data).dsn(), process.pid, data)
        finally:
            process.terminate()
            process.wait(60)
            log.close()
            Cluster(data).destroy()


def free_port() -> int:
    """A port with a free one after it, for the events."""
    for _try in range(50):
        port = random.randrange(10_000, 32_000)  # those above are dealt out to callers meanwhile
        with suppress(OSError), socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", port))
            two.bind(("127.0.0.1", port + 1))
            return port
    raise SystemExit("No two free ports in a row were found on this machine.")


def wait_until_open(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"The house did not open:\n{log.read_text()[-2000:]}")
