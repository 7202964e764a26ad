"""MP4 and M4A, whole or in fragments: Safari, phones."""

from ..refusals import Damaged, Incomplete, SomethingHidden
from . import MAX_PARTS

MAGIC = b"ftyp"  # at byte 4
_WIDE = 1  # the size follows in eight bytes
_TO_THE_END = 0
_TAKEN = frozenset(
    (b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"free", b"skip", b"wide",
     b"udta", b"meta", b"uuid", b"emsg", b"prft", b"ssix", b"pdin")
)  # fmt: skip


def walk(raw: bytes) -> None:
    """Raise a refusal unless `raw` is whole boxes of known kinds, one index among them."""
    at, parts, indexes = 0, 0, 0
    while at < len(raw):
        if len(raw) - at < 8:
            raise SomethingHidden
        size, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if kind not in _TAKEN:
            raise SomethingHidden
        head = 8
        if size == _WIDE:
            head, size = 16, int.from_bytes(raw[at + 8 : at + 16], "big")
        elif size == _TO_THE_END:
            size = len(raw) - at
        if size < head:
            raise Damaged
        at, parts, indexes = at + size, parts + 1, indexes + (kind == b"moov")
        if at > len(raw):
            raise Incomplete
        if parts > MAX_PARTS:
            raise Damaged
    if indexes == 0:
        raise Incomplete
    if indexes > 1:
        raise Damaged
