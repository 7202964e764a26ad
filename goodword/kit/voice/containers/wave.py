"""WAV."""

from ..refusals import Damaged, Incomplete, SomethingHidden
from . import MAX_PARTS

MAGIC = b"RIFF"
KIND = b"WAVE"  # at byte 8
# Written by a recorder that could not go back to fill in the size.
_OPEN = (0, 0xFFFFFFFF)


def walk(raw: bytes) -> None:
    """Raise a refusal unless `raw` is whole chunks, one of them the format, the next the sound."""
    told = int.from_bytes(raw[4:8], "little")
    # Some writers leave out the last chunk's byte of padding, and some of them count it.
    if told not in _OPEN and told + 8 > len(raw) + 1:
        raise Incomplete
    if told not in _OPEN and told + (told & 1) + 8 < len(raw):
        raise SomethingHidden
    names, at = [], 12
    while at < len(raw):
        name, size = raw[at : at + 4], int.from_bytes(raw[at + 4 : at + 8], "little")
        if len(raw) - at < 8:
            raise Incomplete
        if name == b"data" and size in _OPEN:
            size = len(raw) - at - 8
        if at + 8 + size > len(raw):
            raise Incomplete
        at += 8 + size + (size & 1)
        names.append(name)
        if len(names) > MAX_PARTS:
            raise Damaged
    if [name for name in names if name in (b"fmt ", b"data")] != [b"fmt ", b"data"]:
        raise Damaged
