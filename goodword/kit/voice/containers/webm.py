"""WebM and Matroska, also as browsers stream them, with sizes left open."""

from ..refusals import Damaged, Incomplete, SomethingHidden
from . import MAX_PARTS

MAGIC = b"\x1a\x45\xdf\xa3"
_SEGMENT = 0x18538067
_CLUSTER = 0x1F43B675
_ATTACHMENTS = 0x1941A469
_VOID, _CRC = 0xEC, 0xBF
# SeekHead, Info, Tracks, Cues, Chapters, Tags
_TOP = frozenset(
    (0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1043A770, 0x1254C367, _CLUSTER, _VOID, _CRC)
)
# Timestamp, SimpleBlock, BlockGroup, PrevSize, Position
_IN_CLUSTER = frozenset((0xE7, 0xA3, 0xA0, 0xAB, 0xA7, _VOID, _CRC))
_OPEN = -1


def walk(raw: bytes) -> None:
    """Raise a refusal unless `raw` is a header and one segment of whole, known elements."""
    _id, size, at = _element(raw, 0)
    if size == _OPEN:
        raise Damaged
    found, size, at = _element(raw, at + size)
    if found != _SEGMENT:
        raise Damaged
    if size != _OPEN and at + size < len(raw):
        raise SomethingHidden
    if size != _OPEN and at + size > len(raw):
        raise Incomplete
    _segment(raw, at)


def _segment(raw: bytes, at: int) -> None:
    in_open_cluster = False
    for _ in range(MAX_PARTS):
        if at == len(raw):
            return
        found, size, start = _element(raw, at)
        if found == _ATTACHMENTS:
            raise SomethingHidden
        if found in _TOP:
            in_open_cluster = found == _CLUSTER and size == _OPEN
        elif not (in_open_cluster and found in _IN_CLUSTER):
            raise Damaged
        if size == _OPEN and found != _CLUSTER:
            raise Damaged
        at = start + max(size, 0)
        if at > len(raw):
            raise Incomplete
    raise Damaged


def _element(raw: bytes, at: int) -> tuple[int, int, int]:
    """The id, the size of what it holds (or _OPEN), and where that starts."""
    found, at = _number(raw, at, most=4, keep_mark=True)
    size, start = _number(raw, at, most=8, keep_mark=False)
    if size == (1 << 7 * (start - at)) - 1:
        size = _OPEN
    return found, size, start


def _number(raw: bytes, at: int, *, most: int, keep_mark: bool) -> tuple[int, int]:
    """A number whose first byte tells by its leading zeros how many bytes follow."""
    if at >= len(raw):
        raise Incomplete
    length = 9 - raw[at].bit_length()
    if length > most:
        raise Damaged
    if at + length > len(raw):
        raise Incomplete
    value = int.from_bytes(raw[at : at + length], "big")
    return (value if keep_mark else value & ((1 << 7 * length) - 1)), at + length
