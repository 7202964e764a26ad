"""Making a house of a backup, in a data folder and a database in which there is nothing.

The file is looked through before anything is touched. While a folder is being filled it has a mark
in it, and no other command takes it for a house; what goes wrong leaves the folder empty again.
"""

import fcntl
import os
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO

from goodword.kit.blobs import NoSuchFile, Store
from goodword.kit.postgres import Cluster, PostgresError
from goodword.kit.postgres.place import make_folder, sentences, sync

from ..errors import Stop
from ..instance import RESTORING, aim, database, is_embedded, load
from .manifest import (
    DATABASE,
    MEDIA,
    PIECE,
    SECRETS,
    Counting,
    Manifest,
    Unfit,
    check,
    part,
    pieces,
    release,
)
from .note import note

OF_THE_DISK = {"lost+found"}  # a file system's own, in a folder that is a whole disk


def restore(file: Path, data: Path) -> Manifest:
    """Fill `data`, and the database in DATABASE_URL if there is one, from `file`. Raises Stop.

    It loads Django itself, whose settings need the house's own secrets to be there.
    """
    manifest = check(file)
    if release(manifest.goodword) > release(version("goodword")):
        raise Unfit(f"{file} was made by Goodword {manifest.goodword}: restore it with that one.")
    try:
        with filling(data), zipfile.ZipFile(file) as archive:
            require_room(data, manifest)
            with part(archive, SECRETS, manifest) as source:
                unpack_secrets(source, data / "secrets")
            with database(data, make=True):
                load()
                from .rows import bring_back, refuse

                refuse(manifest)
                with part(archive, MEDIA, manifest) as source:
                    unpack_media(source, Store(data / "media"))
                with part(archive, DATABASE, manifest) as source:
                    bring_back(source, manifest)
            note(data, file, manifest)
            os.sync()
    except PostgresError as error:
        raise Stop(str(error)) from error
    return manifest


@contextmanager
def filling(data: Path) -> Iterator[None]:
    """`data` is marked as half a house inside the block, and empty again if that fails."""
    was_there = data.is_dir()
    refuse_anything(data)
    with sentences(data):
        make_folder(data, 0o711 if os.geteuid() == 0 else 0o700)
        mark = os.open(data / RESTORING, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        alone(mark, data)
        try:
            clear(data)  # what one that was killed has left
            aim(data)
            yield
            clear(data, only=RESTORING)
        except BaseException:
            clear(data)
            clear(data, only=RESTORING)
            if not was_there:
                data.rmdir()
            raise
    finally:
        os.close(mark)


def refuse_anything(data: Path) -> None:
    """Raises Stop unless `data` is empty, or what a restore that was killed has left."""
    there = sorted({path.name for path in data.iterdir()} - OF_THE_DISK) if data.is_dir() else []
    if there and RESTORING not in there:
        raise Stop(
            f"{data} is not empty (there is {there[0]}): restore into an empty folder, "
            "nothing is written over."
        )


def alone(mark: int, data: Path) -> None:
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Stop(f"Another restore into {data} is at work.") from None


def clear(data: Path, *, only: str = "") -> None:
    """Take away `only` that, or all but the mark; a database in it is stopped first."""
    if only:
        (data / only).unlink(missing_ok=True)
    else:
        Cluster(data).destroy()
        for path in data.iterdir():
            if path.name not in OF_THE_DISK | {RESTORING}:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    sync(data)


def require_room(data: Path, manifest: Manifest) -> None:
    needed = manifest.parts[MEDIA].bytes + (manifest.database_bytes if is_embedded() else 0)
    free = shutil.disk_usage(data).free
    if free < needed:
        raise Stop(
            f"The house needs {needed // 2**20 + 1} MB, and the disk that holds {data} has "
            f"{free // 2**20} MB left: free some space."
        )


def unpack_secrets(source: Counting, folder: Path) -> None:
    make_folder(folder, 0o700)
    for info, content in unpacked(source):
        if info.name != os.path.basename(info.name) or info.name in (".", ".."):
            raise Unfit(f"The backup names a secret {info.name!r}, which can be none.")
        handle = os.open(folder / info.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(content, out)


def unpack_media(source: Counting, store: Store) -> None:
    for info, content in unpacked(source):
        try:
            store.bring_back(info.name, pieces(content))
        except NoSuchFile as error:
            raise Unfit(f"The backup names a file {info.name!r}, which can be none.") from error


def unpacked(source: Counting) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Each plain file in a part, and at the end the part's digest. Raises Unfit."""
    try:
        with tarfile.open(fileobj=source, mode="r|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
            while (info := tar.next()) is not None:
                content = tar.extractfile(info) if info.isreg() else None
                if content is None:
                    raise Unfit(f"The backup names {info.name!r}, which is no file.")
                yield info, content
                tar.members.clear()  # it would remember each for good
    except tarfile.TarError as error:
        raise Unfit(f"The backup cannot be read: {error}.") from error
    source.drain()
