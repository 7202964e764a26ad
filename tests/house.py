"""A whole house for tests: `goodword up` on a database of its own, spoken to over real HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import SystemRandom
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from django.conf import settings
from django.db import connection
from django.test import Client

COMMAND = Path(sys.executable).with_name("goodword")
# Seconds until a machine that does much else has the house open, or goes on after a kill. One that
# has ended is not waited for; one that hangs meets the limit of its test.
PATIENCE = 840.0


class House:
    """One `goodword up`. With `database` (a name on the tests' server) it shares this process's
    data folder, so that pictures and sessions made here are there too; without, it has its own
    durable cluster in `data`."""

    def __init__(self, data: Path, *, database: str = "") -> None:
        self.data = data
        self.database = database
        self.port = two_free_ports()
        self.url = f"http://localhost:{self.port}"
        self.log = data / "up.log"

    def environment(self) -> dict[str, str]:
        ours = {"PATH", "HOME", "USER", "LANG", "TMPDIR", "XDG_CACHE_HOME"}
        kept = {name: value for name, value in os.environ.items() if name in ours}
        if self.database:
            kept["DATABASE_URL"] = url_of(self.database)
            kept["GOODWORD_PAY_WITH"] = "sandbox,bank"
        return {**kept, "GOODWORD_DATA": str(self.data), "GOODWORD_LOG_LEVEL": "WARNING"}

    def open(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [COMMAND, "up", "--data", self.data, "--port", str(self.port), "--no-demo"],
                env=self.environment(), stdout=out, stderr=out,
            )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        """Until it says that it can serve."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urlopen(self.url + "/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"The house does not open:\n{self.said()}")

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """`goodword …` on this house."""
        return subprocess.run(
            [COMMAND, *arguments], env=self.environment(), capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip


def two_free_ports() -> int:
    """A port that is free and whose next is too, which the live stream takes.

    None of those from 32768 on, which systems deal out to callers: before the house that is to have
    them is there, other tests make many calls.
    """
    while True:
        port = SystemRandom().randrange(10_000, 32_000)
        with suppress(OSError), socket.socket() as web, socket.socket() as events:
            web.bind(("127.0.0.1", port))
            events.bind(("127.0.0.1", port + 1))
            return port


def url_of(name: str) -> str:
    """The URL of a database on the tests' server."""
    given = connection.settings_dict
    who = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}@" if given["USER"] else ""
    host = quote(given["HOST"], safe="")
    port = f"&port={given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{who}/{name}?host={host}{port}"


@contextmanager
def living_in(**database: str) -> Iterator[None]:
    """Let this process's actions and queries work on another database: NAME, HOST, USER, …"""
    connection.close()
    before = {key: connection.settings_dict[key] for key in database}
    connection.settings_dict.update(database)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def session_of(member) -> dict[str, str]:
    """A cookie that signs `member` in, as Playwright takes it."""
    client = Client()
    client.force_login(member)
    morsel = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": morsel.key, "value": morsel.value, "domain": "localhost", "path": "/"}
