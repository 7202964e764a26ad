"""Writing a backup of a house that may be open meanwhile.

The database is read as of one moment, then the files that its rows name at that moment. Files never
change, so each is the right one or, when its row was deleted meanwhile, no longer there.
"""

import fcntl
import os
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, LiteralString

from django.conf import settings
from django.db import connection, transaction

from goodword.kit import blobs
from goodword.kit.postgres.place import sentences, sync

from ..actions import kept_keys
from ..errors import Stop
from ..queries import many, one
from . import tools
from .manifest import (
    DATABASE,
    MANIFEST,
    MEDIA,
    PARTS,
    PIECE,
    SECRETS,
    UNSEALED,
    Counting,
    Manifest,
    check,
    check_parts,
    pieces,
    seal,
)
from .note import note

HALF = ".part"
LOCK = "backup.lock"  # in the data folder: one backup of a house at a time
SPARE = 2**28  # bytes that stay free on the disk, on which a house may be writing
SIZE: LiteralString = "SELECT pg_database_size(current_database())"
MIGRATIONS: LiteralString = "SELECT app || '.' || name FROM django_migrations ORDER BY id"
WITHHELD: LiteralString = """
SELECT c.relname::text, p.right FROM pg_class c,
       unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER'])
       AS p("right")
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
   AND NOT has_table_privilege(c.oid, p.right) ORDER BY 1, 2
"""


class AtWork(Stop):
    """One at a time: two would only read the same twice."""

    def __init__(self) -> None:
        super().__init__("Another backup of this house is at work: let it end.")


def going_on() -> None:
    """What `take` asks on its way; whoever wants to end it gives one that raises."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of the database; `keys` has the key of a file in each line, `room` bytes."""

    snapshot: str
    facts: dict[str, Any]
    keys: IO[str]
    room: int


def take(
    file: Path,
    *,
    now: datetime,
    read_again: bool = False,
    go_on: Callable[[], None] = going_on,
) -> Manifest:
    """Write the whole house into `file`, or nothing. Raises Stop, NoSpace and NotWritable.

    With `read_again` the file gets its name only when all of it was read back from the disk as it
    was written; Unfit if not.
    """
    with sentences(file), alone(settings.CONFIG.data), written(file) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            parts: dict[str, Counting] = {}
            with tempfile.TemporaryFile("w+") as keys:
                with moment(keys) as found:
                    require_room(file, found.room)
                    with adding(archive, DATABASE) as part:
                        dump(found.snapshot, part, go_on)
                    parts[DATABASE] = part
                # After the database, so that a key which it speaks of is among them.
                with adding(archive, SECRETS) as part:
                    pack_secrets(part)
                parts[SECRETS] = part
                with adding(archive, MEDIA) as part:
                    count, missing = pack_media(part, keys, go_on)
                parts[MEDIA] = part
            manifest = Manifest(
                goodword=version("goodword"), made_at=now, files=count, missing=tuple(missing),
                parts={name: parts[name].part() for name in PARTS}, **found.facts,
            )  # fmt: skip
            archive.writestr(MANIFEST, manifest.text())
            archive.comment = UNSEALED
        go_on()
        seal(out)
        if read_again:
            read_back(out, half(file), go_on)
    note(settings.CONFIG.data, file, manifest)
    return manifest


def half(file: Path) -> Path:
    """What `file` is called until it is whole."""
    return file.with_name(file.name + HALF)


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Raises AtWork while another process has it. The kernel lets go of it when that dies."""
    lock = os.open(data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AtWork from None
        yield
    finally:
        os.close(lock)


@contextmanager
def written(file: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when all of it is on the disk. Raises Stop if the name is taken."""
    if os.path.lexists(file):
        raise Stop(f"{file} is there already: choose another name, it is not written over.")
    if not file.parent.is_dir():
        raise Stop(f"There is no folder {file.parent}: make it first.")
    part = half(file)
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "r+b") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(f"Another backup is being written into {part}.") from None
        try:
            os.fchmod(out.fileno(), 0o600)
            out.truncate()  # what one that was killed has left
            yield out
            out.flush()
            os.fsync(out.fileno())
            part.rename(file)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    sync(file.parent)


def read_back(out: IO[bytes], part: Path, go_on: Callable[[], None]) -> None:
    """See that the disk has what was written, not only the memory. Raises Unfit."""
    out.flush()
    os.fsync(out.fileno())
    if hasattr(os, "posix_fadvise"):  # let go of what is in memory, so that it is read anew
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    manifest = check(part)
    go_on()
    check_parts(part, manifest)


@contextmanager
def moment(keys: IO[str]) -> Iterator[Moment]:
    """The database as of one moment, for as long as the block lasts."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = one("SELECT pg_export_snapshot()")[0]
        size = one(SIZE)[0]
        facts = {
            "postgresql": tools.server(),
            "tools": tools.tool("pg_dump", at_least=tools.server())[1],
            "database_bytes": size,
            "migrations": tuple(name for (name,) in many(MIGRATIONS)),
            "withheld": tuple((table, right) for table, right in many(WITHHELD)),
        }
        # A dump is smaller than its database, which has indexes and is not compressed.
        yield Moment(snapshot, facts, keys, size + sum(weighed(keys)))


def weighed(keys: IO[str]) -> Iterator[int]:
    """Write down each key that a row names; the bytes of its files."""
    store = blobs.store()
    for key in kept_keys():
        if key:
            keys.write(f"{key}\n")
            for path in store.named(key):
                with suppress(FileNotFoundError):  # deleted this moment
                    yield path.stat().st_size


def require_room(file: Path, room: int) -> None:
    free, room = shutil.disk_usage(file.parent).free, room + SPARE
    if free < room:
        raise Stop(
            f"The backup may take {room // 2**20 + 1} MB, and the disk that holds {file.parent} "
            f"has {free // 2**20} MB left: free some space or choose another disk."
        )


@contextmanager
def adding(archive: zipfile.ZipFile, name: str) -> Iterator[Counting]:
    with archive.open(name, "w", force_zip64=True) as part:
        yield Counting(part)


def dump(snapshot: str, out: Counting, go_on: Callable[[], None]) -> None:
    with tools.dumping(snapshot=snapshot) as source:
        for data in pieces(source):
            go_on()
            out.write(data)


def pack_secrets(out: Counting) -> None:
    folder = settings.CONFIG.data / "secrets"
    with tarfile.open(fileobj=out, mode="w|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
        for path in sorted(folder.iterdir()):
            if path.is_file():
                with path.open("rb") as source:
                    add(tar, path.name, source)


def pack_media(out: Counting, keys: IO[str], go_on: Callable[[], None]) -> tuple[int, list[str]]:
    """Every file that a key names; how many there were, and the keys of those that were not."""
    store, count, missing = blobs.store(), 0, []
    keys.seek(0)
    with tarfile.open(fileobj=out, mode="w|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
        for key in map(str.strip, keys):
            go_on()
            before = count
            for path in store.named(key):
                try:
                    source = store.open(path.name)
                except blobs.NoSuchFile:
                    continue
                with source:
                    add(tar, path.name, source)
                count += 1
            if count == before:
                missing.append(key)
    return count, missing


def add(tar: tarfile.TarFile, name: str, source: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size = os.fstat(source.fileno()).st_size
    info.mode = 0o600
    tar.addfile(info, source)
    tar.members.clear()  # type: ignore[attr-defined]  # it would remember each for good
