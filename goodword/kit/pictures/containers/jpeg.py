"""JPEG (ITU-T T.81), baseline to progressive, 8 bits; also what phones wrap around it (MPO, …)."""

import re
from dataclasses import dataclass, field

from .. import exif, hidden
from ..cursor import Cursor
from ..measure import MAX_ICC, check_parts, check_size
from ..refusals import Damaged, Incomplete, RareKind
from ..shapes import PictureLimits, Still

MAGIC = b"\xff\xd8\xff"

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: Huffman
_RARE_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF}
_TABLES = {0xC4, 0xDB, 0xDD}  # Huffman, quantisation, restart interval
_DROPPED = {*range(0xE0, 0xF0), 0xFE}  # applications' own data, comments
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# A progressive picture of many scans is a way to make a small file slow; encoders write about ten.
_MAX_SCANS = 64


@dataclass
class _Found:
    kept: list[bytes] = field(default_factory=lambda: [b"\xff\xd8"])
    dropped: list[bytes] = field(default_factory=list)
    icc: dict[int, bytes] = field(default_factory=dict)
    size: tuple[int, int] | None = None
    orientation: int = 1
    scans: int = 0


def read(raw: bytes, limits: PictureLimits) -> Still:
    found = _Found()
    cursor = Cursor(raw, at=2)
    for count in range(1_000_000):
        check_parts(count)
        marker = _marker(cursor)
        if marker == _EOI:
            break
        length = cursor.number(2)
        if length < 2:
            raise Damaged
        body = cursor.take(length - 2)
        if marker == _SOS:
            _scan(found, body, cursor)
        else:
            _segment(found, marker, body, limits)
    if not found.size or not found.scans:
        raise Damaged
    hidden.check_parts(*found.dropped)
    hidden.check_tail(raw[cursor.at :], phones_append=True)
    return Still(
        format="JPEG",
        width=found.size[0],
        height=found.size[1],
        stream=b"".join([*found.kept, b"\xff\xd9"]),
        orientation=found.orientation,
        icc=_icc(found.icc),
        draft=True,
    )


def _marker(cursor: Cursor) -> int:
    if cursor.number(1) != 0xFF:
        raise Damaged
    marker = 0xFF
    while marker == 0xFF:  # any number of fill bytes
        marker = cursor.number(1)
    return marker


def _scan(found: _Found, header: bytes, cursor: Cursor) -> None:
    found.scans += 1
    if not found.size or found.scans > _MAX_SCANS:
        raise Damaged
    end = _NEXT_MARKER.search(cursor.raw, cursor.at)
    if not end:
        raise Incomplete
    found.kept += [_framed(_SOS, header), cursor.take(end.start() - cursor.at)]


def _segment(found: _Found, marker: int, body: bytes, limits: PictureLimits) -> None:
    if marker in _FRAMES:
        if found.size:
            raise Damaged
        found.size = _size(body)
        check_size(*found.size, limits)
    elif marker in _RARE_FRAMES:
        raise RareKind
    elif marker in _DROPPED:
        found.dropped.append(body)
        _application(found, marker, body)
        return
    elif marker not in _TABLES:
        raise Damaged
    found.kept.append(_framed(marker, body))


def _size(body: bytes) -> tuple[int, int]:
    frame = Cursor(body)
    precision, height, width, components = (frame.number(n) for n in (1, 2, 2, 1))
    if precision != 8 or components not in (1, 3, 4):
        raise RareKind
    if frame.left != components * 3:
        raise Damaged
    return width, height


def _application(found: _Found, marker: int, body: bytes) -> None:
    if marker == 0xE1 and body.startswith(b"Exif\0\0") and found.orientation == 1:
        found.orientation = exif.orientation(body)
    elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
        found.icc.setdefault(body[12], body[14:])
    elif marker == 0xE0 and body.startswith(b"JFIF\0"):
        # Kept for what it says about the colours, without the small picture it may carry.
        found.kept.append(_framed(marker, b"JFIF\0\1\1\0\0\1\0\1\0\0"))
    elif marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
        found.kept.append(_framed(marker, body[:12]))


def _framed(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _icc(pieces: dict[int, bytes]) -> bytes | None:
    profile = b"".join(pieces[number] for number in sorted(pieces))
    return profile if 0 < len(profile) <= MAX_ICC else None
