"""MP3: frames one after another, with tags before and behind."""

from ..refusals import Damaged, Incomplete, RareKind, SomethingHidden
from . import MAX_PARTS

TAG = b"ID3"
_KBIT_MPEG1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_MPEG2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_MPEG1 = 3
_OLD_TAG = (b"TAG", 128)


def starts(raw: bytes) -> bool:
    """Whether a frame of MPEG layer III starts here."""
    return len(raw) >= 4 and raw[0] == 0xFF and raw[1] & 0xE6 == 0xE2 and raw[1] & 0x18 != 0x08


def walk(raw: bytes) -> None:
    """Raise a refusal unless `raw` is whole frames between known tags."""
    at = _after_tag(raw)
    while at < len(raw) and raw[at] == 0:  # tags may be padded beyond their size
        at += 1
    for _ in range(MAX_PARTS):
        rest = len(raw) - at
        if rest == 0 or (rest == _OLD_TAG[1] and raw.startswith(_OLD_TAG[0], at)):
            return
        if rest < 4:
            raise Incomplete
        if not starts(raw[at : at + 4]):
            if raw[at:].strip(b"\0"):
                raise SomethingHidden
            return
        at += _length(raw[at : at + 4])
        if at > len(raw):
            raise Incomplete
    raise Damaged


def _after_tag(raw: bytes) -> int:
    if not raw.startswith(TAG):
        return 0
    size = 0
    for byte in raw[6:10]:
        if byte > 0x7F:
            raise Damaged
        size = size << 7 | byte
    end = 10 + size + (10 if raw[5] & 0x10 else 0)
    if end >= len(raw):
        raise Incomplete
    return end


def _length(head: bytes) -> int:
    version, rate, hertz = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if rate == 15 or hertz == 3:
        raise Damaged
    if rate == 0:  # the length of such frames must be guessed
        raise RareKind
    kbit = (_KBIT_MPEG1 if version == _MPEG1 else _KBIT_MPEG2)[rate]
    samples = 144 if version == _MPEG1 else 72
    return samples * kbit * 1000 // _HERTZ[version][hertz] + (head[2] >> 1 & 1)
