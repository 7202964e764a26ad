"""WebP (RFC 9649), lossy, lossless and animated; of an animation the first frame."""

from dataclasses import dataclass, field

from .. import exif, hidden
from ..cursor import Cursor
from ..measure import MAX_ICC, check_parts, check_size
from ..refusals import Damaged, Incomplete
from ..shapes import PictureLimits, Still

MAGIC = b"RIFF"
KIND = b"WEBP"  # at byte 8

_LOSSY, _LOSSLESS, _EXTENDED, _ALPHA, _FRAME = b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANMF"

# Pillow decodes WebP as an animation, through three more copies of the picture.
_WEIGHT = 2


@dataclass
class _Found:
    canvas: tuple[int, int] | None = None
    size: tuple[int, int] | None = None  # of the still
    bitmap: bytes = b""
    alpha: bytes = b""
    frames: int = 0
    orientation: int = 1
    icc: bytes | None = None
    dropped: list[bytes] = field(default_factory=list)


def read(raw: bytes, limits: PictureLimits) -> Still:
    end = 8 + int.from_bytes(raw[4:8], "little")
    if end > len(raw):
        raise Incomplete
    found = _walk(Cursor(raw, at=12, end=end), limits)
    if not found.size:
        raise Damaged
    if found.canvas:
        check_size(*found.canvas, limits, frames=max(found.frames, 1))
    hidden.check_parts(*found.dropped)
    hidden.check_tail(raw[end:])
    width, height = found.size
    return Still(
        format="WEBP",
        width=width,
        height=height,
        stream=_still(found),
        orientation=found.orientation,
        icc=found.icc,
    )


def _walk(cursor: Cursor, limits: PictureLimits) -> _Found:
    found = _Found()
    for count in range(1_000_000):
        check_parts(count)
        if not cursor.left:
            break
        name, body = _chunk(cursor)
        if name == _EXTENDED and not count and len(body) == 10:
            found.canvas = _number24(body, 4) + 1, _number24(body, 7) + 1
            check_size(*found.canvas, limits, weight=_WEIGHT)
        elif name in (_LOSSY, _LOSSLESS, _ALPHA):
            _picture(found, name, body, limits)
        elif name == _FRAME:
            _frame(found, body, limits)
        else:
            found.dropped.append(body)
            _metadata(found, name, body)
    return found


def _chunk(cursor: Cursor) -> tuple[bytes, bytes]:
    name, length = cursor.take(4), cursor.number(4, "little")
    body = cursor.take(length)
    if length % 2 and cursor.left:  # some encoders leave out the last pad byte
        cursor.skip(1)
    return name, body


def _picture(found: _Found, name: bytes, body: bytes, limits: PictureLimits) -> None:
    if found.size:
        raise Damaged
    if name == _ALPHA:
        found.alpha = body
        return
    size = _lossy_size(body) if name == _LOSSY else _lossless_size(body)
    check_size(*size, limits, weight=_WEIGHT)
    if found.canvas and not found.frames and found.canvas != size:
        raise Damaged
    found.size, found.bitmap = size, _framed(name, body)


def _frame(found: _Found, body: bytes, limits: PictureLimits) -> None:
    if not found.canvas or (found.size and not found.frames):
        raise Damaged
    found.frames += 1
    if found.frames > 1:
        return
    inside = Cursor(body, at=16)
    while inside.left > 0 and not found.size:
        name, part = _chunk(inside)
        if name in (_LOSSY, _LOSSLESS, _ALPHA):
            _picture(found, name, part, limits)
    if found.size != (_number24(body, 6) + 1, _number24(body, 9) + 1):
        raise Damaged


def _metadata(found: _Found, name: bytes, body: bytes) -> None:
    if name == b"EXIF":
        found.orientation = exif.orientation(body)
    elif name == b"ICCP" and len(body) <= MAX_ICC:
        found.icc = body or None


def _lossy_size(body: bytes) -> tuple[int, int]:
    if len(body) < 10:
        raise Incomplete
    if body[0] & 1 or body[3:6] != b"\x9d\x01\x2a":  # a key frame, and its start code
        raise Damaged
    return (
        int.from_bytes(body[6:8], "little") & 0x3FFF,
        int.from_bytes(body[8:10], "little") & 0x3FFF,
    )


def _lossless_size(body: bytes) -> tuple[int, int]:
    if len(body) < 5:
        raise Incomplete
    if body[0] != 0x2F:
        raise Damaged
    bits = int.from_bytes(body[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _still(found: _Found) -> bytes:
    parts = found.bitmap
    if found.alpha and found.size and parts.startswith(_LOSSY):
        width, height = (side - 1 for side in found.size)
        flags = bytes((0x10, 0, 0, 0))
        canvas = flags + width.to_bytes(3, "little") + height.to_bytes(3, "little")
        parts = _framed(_EXTENDED, canvas) + _framed(_ALPHA, found.alpha) + parts
    return MAGIC + (len(parts) + 4).to_bytes(4, "little") + KIND + parts


def _framed(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _number24(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 3], "little")
