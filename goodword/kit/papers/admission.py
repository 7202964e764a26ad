"""The way in: a PDF or a picture from a stranger becomes pictures of our own making."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from goodword.kit.pictures import save_picture

from .refusals import TooManyBytes, TooManyPages, Unreadable

MAGIC = b"%PDF-"
MOST_BYTES = 16 * 1024 * 1024
_PRESS = Path(__file__).with_name("press.py")
_TIMEOUT = 30.0  # seconds by the wall; the press has twenty of processor
_MOST_OUT = 64 * 1024 * 1024
_turns = threading.Semaphore(os.cpu_count() or 1)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def save_papers(files: Iterable[bytes | Readable], *, most: int) -> list[dict[str, Any]]:
    """The values of a `PictureRow` for every page of every file, in order, their files kept.

    What a file is follows from its bytes alone: a PDF's pages are drawn, anything else goes the way
    of a picture. Raises what `pages_of` and `save_picture` raise, and TooManyPages beyond `most`
    pages in all. It runs for seconds: call it outside transactions.
    """
    drawn: list[bytes] = []
    for raw in files:
        data = raw if isinstance(raw, bytes) else raw.read(MOST_BYTES * 2 + 1)
        drawn += pages_of(data, most=most) if data.startswith(MAGIC) else [data]
        if len(drawn) > most:
            raise TooManyPages(most)
    return [save_picture(page) for page in drawn]


def pages_of(data: bytes, *, most: int) -> list[bytes]:
    """A PDF's pages as PNG, each within an upright A4 of about 1,070 × 1,520 pixels.

    Raises TooManyBytes (413), TooManyPages or Unreadable (422).
    """
    if len(data) > MOST_BYTES:
        raise TooManyBytes(MOST_BYTES)
    with _turns:
        answer = _pressed(data, most)
    line, _, rest = answer.partition(b"\n")
    try:
        head = json.loads(line)
        if head.get("refused") == "TooManyPages":
            raise TooManyPages(most)
        sizes = [int(size) for size in head["sizes"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable from error  # it was refused, crashed, or was ended at a bound
    if not sizes or sum(sizes) != len(rest):
        raise Unreadable
    pages, at = [], 0
    for size in sizes:
        pages.append(rest[at : at + size])
        at += size
    return pages


def _pressed(data: bytes, most: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(data)
        process = subprocess.Popen(  # noqa: S603 - our own program, nothing of it from outside
            [sys.executable, "-I", str(_PRESS), folder, str(most)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        late = threading.Timer(_TIMEOUT, process.kill)
        late.start()
        try:
            with process:
                assert process.stdout is not None
                answer = process.stdout.read(_MOST_OUT)
                process.kill()  # in case it talks on
        finally:
            late.cancel()
    return answer
