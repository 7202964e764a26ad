"""PostgreSQL's own programs, which write a database into a stream and read it back."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from django.db import connection
from psycopg.conninfo import make_conninfo

from goodword.kit.postgres import BinariesMissing, binaries

from ..errors import Stop

VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


def tool(name: str, *, at_least: int) -> tuple[str, int]:
    """Path and major version of `name`: the one that comes along, else one on the PATH.

    Such a program serves servers and files of its own version and older ones. Raises Stop.
    """
    try:
        own: str | None = binaries.bundled().tool(name)
    except BinariesMissing:
        own = None
    for path in filter(None, (own, shutil.which(name))):
        if (major := version(path)) >= at_least:
            return path, major
    raise Stop(
        f"This needs {name} of PostgreSQL {at_least} or newer, and there is none: install that "
        "version's client programs, so that they are on the PATH."
    )


def version(path: str) -> int:
    """The major version of a program; 0 if it does not run here."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return 0
    found = VERSION.search(said.stdout)
    return int(found[1]) if found else 0


def server() -> int:
    """The major version of the server that Django works on."""
    connection.ensure_connection()
    return int(connection.pg_version) // 10_000  # type: ignore[attr-defined]


@contextmanager
def dumping(*, snapshot: str) -> Iterator[IO[bytes]]:
    """The database as it is in `snapshot`, in pg_dump's custom format. Raises Stop."""
    program, _major = tool("pg_dump", at_least=server())
    words = [program, "--format=custom", f"--snapshot={snapshot}"]
    with running(words, stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield process.stdout


@contextmanager
def loading(*, at_least: int) -> Iterator[IO[bytes]]:
    """Take in a dump, in one transaction: all of it or nothing. Raises Stop.

    Everything belongs to the role that Django signs in as, whatever it was called before.
    """
    program, _major = tool("pg_restore", at_least=at_least)
    words = [
        program, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
    ]  # fmt: skip
    with running(words, stdin=subprocess.PIPE) as process:
        assert process.stdin
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has given up; running() tells what it said


@contextmanager
def running(
    words: list[str], *, stdin: int | None = None, stdout: int | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    """The program at work on Django's database. Raises Stop with its own last words."""
    address, environment = place()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own
            [*words, f"--dbname={address}"],
            env=environment,
            stdin=stdin,
            stdout=stdout,
            stderr=said,
        )
        try:
            yield process
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            for stream in (process.stdin, process.stdout):
                if stream and not stream.closed:
                    close(stream)
        if code:
            said.seek(0)
            last = said.read()[-2000:].decode(errors="replace").strip()
            raise Stop(f"{os.path.basename(words[0])} gave up. It said: {last}")


def close(stream: IO[bytes]) -> None:
    with suppress(BrokenPipeError):  # what nobody will read any more
        stream.close()


def place() -> tuple[str, dict[str, str]]:
    """Where Django's database is, for libpq; the password is kept out of the list of processes."""
    connection.ensure_connection()
    assert connection.connection
    info = connection.connection.info
    known = {name: value for name, value in info.get_parameters().items() if name != "password"}
    environment = {name: value for name, value in os.environ.items() if name != "PGOPTIONS"}
    return make_conninfo(**known), environment | {"PGPASSWORD": info.password}
