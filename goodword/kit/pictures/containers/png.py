"""PNG (W3C PNG, third edition), still or animated; of an animation the still."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import exif, hidden
from ..cursor import Cursor
from ..measure import MAX_ICC, check_parts, check_size
from ..refusals import Damaged, Incomplete, RareKind, SomethingHidden
from ..shapes import PictureLimits, Still

MAGIC = b"\x89PNG\r\n\x1a\n"

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
           (0, 1, 1, 2))  # fmt: skip  # Adam7: first column, first row, steps
_STEP = 1024 * 1024
_INPUT = 64 * 1024


@dataclass
class _Found:
    kept: list[memoryview] = field(default_factory=list)  # whole chunks
    dropped: list[bytes] = field(default_factory=list)
    pixels: list[memoryview] = field(default_factory=list)
    frames: int = 1
    orientation: int = 1
    icc: bytes | None = None
    over: bool = False  # the pixels have ended


def read(raw: bytes, limits: PictureLimits) -> Still:
    cursor = Cursor(raw, at=len(MAGIC))
    name, first = _chunk(cursor)
    header = bytes(first)
    if name != b"IHDR" or len(header) != 13:
        raise Damaged if name != b"CgBI" else RareKind
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    check_size(width, height, limits)
    expected = _inflated_size(width, height, header)
    found = _walk(cursor)
    check_size(width, height, limits, frames=found.frames)
    hidden.check_tail(raw[cursor.at :])
    hidden.check_parts(*found.dropped)
    _check_pixels(found.pixels, expected)
    return Still(
        format="PNG",
        width=width,
        height=height,
        stream=b"".join([MAGIC, _framed(b"IHDR", header), *found.kept, _framed(b"IEND", b"")]),
        orientation=found.orientation,
        icc=found.icc,
    )


def _chunk(cursor: Cursor) -> tuple[bytes, memoryview]:
    length = cursor.number(4)
    name = cursor.take(4)
    if not name.isalpha():
        raise Damaged
    start = cursor.at
    cursor.skip(length)
    body = memoryview(cursor.raw)[start : cursor.at]
    if cursor.number(4) != zlib.crc32(body, zlib.crc32(name)):
        raise Damaged
    return name, body


def _walk(cursor: Cursor) -> _Found:
    found = _Found()
    for count in range(1_000_000):
        check_parts(count)
        start = cursor.at
        name, body = _chunk(cursor)
        if name == b"IEND":
            break
        if name == b"IDAT":
            if found.over:
                raise Damaged
            found.pixels.append(body)
        else:
            found.over = bool(found.pixels)
        if name in (b"IDAT", b"PLTE", b"tRNS"):
            found.kept.append(memoryview(cursor.raw)[start : cursor.at])
        elif name[:1].isupper():  # critical, and unknown
            raise Damaged
        else:
            _ancillary(found, name, bytes(body))
    if not found.pixels:
        raise Damaged
    return found


def _ancillary(found: _Found, name: bytes, body: bytes) -> None:
    if name == b"fdAT":  # pixels of frames that aren't shown
        return
    found.dropped.append(body)
    if name == b"acTL":
        found.frames = max(found.frames, int.from_bytes(body[:4], "big"))
    elif name == b"eXIf":
        found.orientation = exif.orientation(body)
    elif name == b"iCCP":
        _label, _nul, packed = body.partition(b"\0")
        found.icc = _inflate_profile(packed[1:])


def _inflate_profile(packed: bytes) -> bytes | None:
    try:
        profile = zlib.decompressobj().decompress(packed, MAX_ICC + 1)
    except zlib.error:
        return None
    return profile if 0 < len(profile) <= MAX_ICC else None


def _inflated_size(width: int, height: int, header: bytes) -> int:
    depth, colour, compression, filtering, interlace = header[8:13]
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise Damaged
    bits = depth * _CHANNELS[colour]
    total = 0
    for left, top, across, down in _PASSES if interlace else ((0, 0, 1, 1),):
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total


def _check_pixels(pieces: list[memoryview], expected: int) -> None:
    """Unpack without keeping: what comes out must fill the picture, and a bomb overflows it."""
    unpack = zlib.decompressobj()
    total = 0
    try:
        for part in _sliced(pieces):
            rest: bytes | memoryview = part
            while rest and not unpack.eof:
                total += len(unpack.decompress(rest, _STEP))
                rest = unpack.unconsumed_tail
                if total > expected + _STEP:
                    raise SomethingHidden
    except zlib.error as error:
        raise Damaged from error
    if total < expected:
        raise Incomplete


def _sliced(pieces: list[memoryview]) -> Iterator[memoryview]:
    # zlib hands back what it hasn't yet used as a copy: small inputs keep that copy small.
    for piece in pieces:
        for at in range(0, len(piece), _INPUT):
            yield piece[at : at + _INPUT]


def _framed(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(body, zlib.crc32(name))
    return len(body).to_bytes(4, "big") + name + body + check.to_bytes(4, "big")
