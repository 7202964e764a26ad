"""Content files on disk, beside the database: written whole or not at all, never changed.

A key is 32 random hex digits and a suffix, so it can't be guessed and can't leave the folder. Write
the file before the row that names it commits: a crash between the two leaves a file that nobody
knows, which `sweep` takes away; the other way round a reader would meet a hole.
"""

import os
import re
import secrets
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from .errors import NotFound

_STEM = re.compile(r"[0-9a-f]{32}")
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,12}){1,2}")
_KEY = re.compile(rf"{_STEM.pattern}{_SUFFIX.pattern}")
_PART = ".part"

FEW = 20  # files that a sweep may take whatever their share


class NoSuchFile(NotFound):
    """No file has this key, or it can't be a key at all."""

    def __init__(self) -> None:
        super().__init__(_("There is no such file."))


class TooManyStrays(Exception):
    """So many files that no row names: rather another house's database than forgotten uploads."""

    def __init__(self, strays: int, total: int) -> None:
        super().__init__(f"No row names {strays} of {total} files; they were left alone.")


class Store:
    """A folder of content files, two levels deep (65,536 folders), for the owner's eyes only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes | Iterable[bytes], *, suffix: str) -> str:
        """Keep `data` under a new key ending in `suffix`, on the disk before this returns.

        What comes in pieces is never held whole, and nothing is left of it if a piece raises.
        """
        return self.put_all({suffix: data}) + suffix

    def put_all(self, parts: Mapping[str, bytes | Iterable[bytes]]) -> str:
        """Keep several files that belong together; returns the stem before their suffixes.

        Raises ValueError for a suffix that is not one or two of `.` and 1–12 letters or digits, and
        leaves nothing behind if one of the files can't be written.
        """
        if bad := [suffix for suffix in parts if not _SUFFIX.fullmatch(suffix)]:
            raise ValueError(f"{bad[0]!r} cannot end a key")
        stem = secrets.token_hex(16)
        folder = self._folder(stem)
        written: list[Path] = []
        try:
            for suffix, data in parts.items():
                written.append(folder / f"{stem}{suffix}{_PART}")
                _write(written[-1], data)
            for place, part in enumerate(written):
                written[place] = part.rename(part.with_suffix(""))
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise
        _flush(folder)
        return stem

    def path(self, key: str) -> Path:
        """Where the file of `key` is or would be; raises NoSuchFile for what can't be a key."""
        if not _KEY.fullmatch(key):
            raise NoSuchFile
        return self.root / key[:2] / key[2:4] / key

    def open(self, key: str) -> BinaryIO:
        """The file of `key` for reading; raises NoSuchFile."""
        try:
            handle = os.open(self.path(key), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            raise NoSuchFile from error
        return os.fdopen(handle, "rb")

    def named(self, key: str) -> list[Path]:
        """The files that `key`, or a stem, stands for; none for what can't be a key."""
        if not (_KEY.fullmatch(key) or _STEM.fullmatch(key)):
            return []
        found = (self.root / key[:2] / key[2:4]).glob(f"{key}*")
        return sorted(path for path in found if _is_whole(path))

    def bring_back(self, key: str, pieces: Iterable[bytes]) -> None:
        """Keep a file under the key that it had; its caller sees that it gets onto the disk.

        Raises NoSuchFile for what can't be a key, FileExistsError where there is one.
        """
        path = self.path(key)
        self._folder(key)
        _write(path, pieces, flush=False)

    def delete(self, key: str) -> None:
        """Take the file away; nothing happens where there is none."""
        self.path(key).unlink(missing_ok=True)

    def sweep(self, known_keys: Container[str], *, older_than: datetime, share: float = 1.0) -> int:
        """Delete files last written before `older_than` that no row knows; returns how many.

        `known_keys` holds keys or their stems. Leave a day at least: a file is older than its row.
        Raises TooManyStrays, with nothing deleted, when more than `share` of all files, and more
        than a few, would go.
        """
        total, strays = 0, []
        for total, path in enumerate(self._files(), 1):  # noqa: B007  # counted on the way
            key = path.name
            known = key in known_keys or key[:32] in known_keys
            if known and not key.endswith(_PART):
                continue
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than:
                strays.append(path)
        if len(strays) > max(FEW, share * total):
            raise TooManyStrays(len(strays), total)
        for path in strays:
            path.unlink(missing_ok=True)
        return len(strays)

    def _files(self) -> Iterator[Path]:
        for path in self.root.glob("??/??/*"):
            if path.is_file() and not path.is_symlink() and _STEM.match(path.name):
                yield path

    def _folder(self, stem: str) -> Path:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = self.root
        for step in (stem[:2], stem[2:4]):
            inside = folder / step
            if not inside.is_dir():
                inside.mkdir(mode=0o700, exist_ok=True)
                _flush(folder)
            folder = inside
        return folder


def store() -> Store:
    """The store of this instance, in its data folder."""
    return Store(Path(settings.MEDIA_ROOT))


def _is_whole(path: Path) -> bool:
    return bool(_KEY.fullmatch(path.name)) and path.suffix != _PART and not path.is_symlink()


def _write(path: Path, data: bytes | Iterable[bytes], *, flush: bool = True) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        for part in (data,) if isinstance(data, bytes) else data:
            file.write(part)
        file.flush()
        if flush:
            os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    # A new name is on the disk only when its folder is.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
