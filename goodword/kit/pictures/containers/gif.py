"""GIF (87a and 89a); of an animation the first frame."""

from .. import hidden
from ..cursor import Cursor
from ..measure import check_size
from ..refusals import Damaged, Incomplete
from ..shapes import PictureLimits, Still

MAGIC = (b"GIF87a", b"GIF89a")

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_GRAPHIC_CONTROL = 0xF9
_MAX_BLOCKS = 200_000  # 32 MB hold 125,000 full ones


def read(raw: bytes, limits: PictureLimits) -> Still:
    cursor = Cursor(raw, at=6)
    width, height = cursor.number(2, "little"), cursor.number(2, "little")
    check_size(width, height, limits)
    _colour_table(cursor)
    head = raw[: cursor.at]
    control = still = b""
    dropped: list[bytes] = []
    frames = parts = 0
    while (kind := cursor.number(1)) != _TRAILER:
        start = cursor.at - 1
        if kind == _EXTENSION:
            label = cursor.number(1)
            parts += _skip_blocks(cursor)
            if label == _GRAPHIC_CONTROL:
                control = control if still else raw[start : cursor.at]
            else:
                dropped.append(raw[start : cursor.at])
        elif kind == _IMAGE:
            frames += 1
            right, bottom, blocks = _image(cursor)
            parts += blocks
            if not still:
                # A frame beyond the screen makes the screen larger: decoders allocate for both.
                width, height = max(width, right), max(height, bottom)
                still = control + raw[start : cursor.at]
        else:
            raise Damaged
        check_size(width, height, limits, frames=max(frames, 1))
        parts += 1
        if parts > _MAX_BLOCKS:
            raise Damaged
    if not still:
        raise Damaged
    hidden.check_parts(*dropped)
    hidden.check_tail(raw[cursor.at :])
    return Still("GIF", width, height, stream=b"".join((head, still, b";")))


def _colour_table(cursor: Cursor, *, more: int = 2) -> None:
    flags = cursor.number(1)
    cursor.skip(more)
    if flags & 0x80:
        cursor.skip(3 << ((flags & 7) + 1))


def _image(cursor: Cursor) -> tuple[int, int, int]:
    """How far the frame reaches to the right and down, and the number of its blocks."""
    left, top, width, height = (cursor.number(2, "little") for _ in range(4))
    if not width or not height:
        raise Damaged
    _colour_table(cursor, more=0)
    if not 1 <= cursor.number(1) <= 11:  # the code size
        raise Damaged
    return left + width, top + height, _skip_blocks(cursor)


def _skip_blocks(cursor: Cursor) -> int:
    """Pass over a chain of data blocks; how many they were."""
    raw, at = cursor.raw, cursor.at
    for count in range(_MAX_BLOCKS):
        if at >= len(raw):
            raise Incomplete
        size = raw[at]
        at += 1 + size
        if not size:
            cursor.at = at
            return count
    raise Damaged
