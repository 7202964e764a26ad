"""The way in, and out again: how many bytes, under which name, and their fingerprint."""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, Protocol

from django.db import transaction

from goodword.kit import blobs

from .refusals import Empty, TooManyBytes

SUFFIX = ".bin"
NAME = 120  # characters
_CHUNK = 256 * 1024


class Upload(Protocol):
    @property
    def name(self) -> str | None: ...
    def read(self, size: int = -1, /) -> bytes: ...


def save_file(
    upload: Upload, *, megabytes: int, store: blobs.Store | None = None
) -> dict[str, Any]:
    """Keep an upload as it is; returns the values of a `FileRow`'s columns.

    Raises TooManyBytes beyond `megabytes` (413) and Empty (422), and then keeps nothing. If the row
    is never written, `blobs.Store.sweep` finds the file. Call it outside transactions.
    """
    seen, size = hashlib.sha256(), 0

    def parts() -> Iterator[bytes]:
        nonlocal size
        while part := upload.read(_CHUNK):
            size += len(part)
            if size > megabytes * 1024 * 1024:
                raise TooManyBytes(megabytes)
            seen.update(part)
            yield part
        if not size:
            raise Empty

    key = (store or blobs.store()).put(parts(), suffix=SUFFIX)
    return {
        "name": tidy_name(upload.name or ""),
        "key": key.removesuffix(SUFFIX),
        "size": size,
        "sha256": seen.digest(),
    }


def tidy_name(name: str) -> str:
    """The name without folders and without signs that nobody sees or that turn it round."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    shown = " ".join(shown.split()).strip(". ") or "file"
    if len(shown) <= NAME:
        return shown
    ending = PurePosixPath(shown).suffix[:12]
    return shown[: NAME - len(ending)] + ending


def discard_files(keys: Sequence[str], *, store: blobs.Store | None = None) -> None:
    """Take these files away once the surrounding transaction has committed."""
    where = store or blobs.store()

    def delete() -> None:
        for key in keys:
            where.delete(key + SUFFIX)

    transaction.on_commit(delete)
