"""The archive's file: JSON for programs, pictures and voice, and pages that open without the house.

Nothing is held whole in memory: rows, files and the page are written as they are read.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import orjson
from django.template.loader import get_template

from goodword.kit import blobs, formats
from goodword.kit.money import Money

from .parts import MEDIA, PARTS, READ

HERE = Path(__file__).parent.parent
KIT = HERE.parent / "kit" / "static" / "kit"
LOOK = (KIT / "tokens.css", HERE / "static" / "ops" / "archive.css")
PIECE = 256 * 1024  # bytes that are copied at once
STEPS = len(PARTS) + len(MEDIA) + 1


def write(out: IO[bytes], *, viewer: UUID, now: datetime, step: Callable[[], None]) -> None:
    """Write `viewer`'s archive to `out` in the active language; `step` hears of each of STEPS."""
    with ZipFile(out, "w") as archive:
        for part in PARTS:
            with entry(archive, f"data/{part.name}.json", now) as file:
                for piece in as_json(part.read(viewer, now)):
                    file.write(piece)
            step()
        for media in MEDIA:
            for kept in media.read(viewer, now):
                copy(archive, kept.name, kept.key, now)
            step()
        with entry(archive, "look.css", now) as file:
            for sheet in LOOK:
                file.write(sheet.read_bytes())
        with entry(archive, "find.js", now) as file:
            file.write((HERE / "static" / "ops" / "archive.js").read_bytes())
        with entry(archive, "index.html", now) as file:
            for text in page(viewer, now):
                file.write(text.encode())
        step()


def entry(archive: ZipFile, name: str, now: datetime, *, packed: bool = True) -> IO[bytes]:
    info = ZipInfo(name, date_time=now.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    info.external_attr = 0o600 << 16
    return archive.open(info, "w", force_zip64=True)


def as_json(rows: Iterator[Any]) -> Iterator[bytes]:
    """`rows` as one JSON array, a line for each."""
    yield b"["
    for n, row in enumerate(rows):
        yield (b",\n" if n else b"\n") + orjson.dumps(row, default=str)
    yield b"\n]\n"


def copy(archive: ZipFile, name: str, key: str, now: datetime) -> None:
    """A file of the store; one that was deleted since its row was read is left out."""
    try:
        source = blobs.store().open(key)
    except blobs.NoSuchFile:
        return
    with source, entry(archive, name, now, packed=False) as file:
        while piece := source.read(PIECE):
            file.write(piece)


def page(viewer: UUID, now: datetime) -> Iterator[str]:
    """The page for reading, piece by piece."""
    template = get_template("ops/archive/index.html").template  # type: ignore[attr-defined]
    (me,) = READ["profile"](viewer, now)
    return template.generate(
        me=me,
        at=now,
        moments=READ["moments"](viewer, now),
        orders=READ["orders"](viewer, now),
        friends=READ["friends"](viewer, now),
        files=[f"{part.name}.json" for part in PARTS],
        sum=lambda amount: formats.money(Money(amount["minor"], amount["currency"])),
    )


def private(path: Path) -> IO[bytes]:
    """A new file for nobody else's eyes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags, 0o600), "wb")
