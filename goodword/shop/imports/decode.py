"""From bytes to text: the decode ladder. Never mojibake without saying so.

The rungs, first one that fits: a byte order mark (UTF-8, UTF-16, UTF-32); UTF-16 without one (its
zero bytes give it away); UTF-8; UTF-8 with a few broken bytes; then GB18030 or Big5, whichever
reads more like Chinese. What fits none of them is refused with a sentence that says what to do.
"""

import codecs
from dataclasses import dataclass

from .errors import TooBig, Unreadable
from .letters import PLAUSIBLE, reads_like_chinese
from .model import LIMITS, Confidence, Limits

MARKS = (  # UTF-32's little-endian mark begins with UTF-16's: the order matters
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "GZIP"),
    (b"SQLite format 3", "SQLite"),
)
DAMAGE = 0.02  # share of broken characters up to which a file is still worth showing


@dataclass(frozen=True, slots=True)
class Decoded:
    """`encoding` is Python's name for it."""

    text: str
    encoding: str
    confidence: Confidence
    nul_removed: bool = False


def decode(data: bytes, *, limits: Limits = LIMITS) -> Decoded:
    """The text of an export file. Raises Unreadable or TooBig, each with its sentence."""
    if len(data) > limits.file_bytes:
        megabytes = {"size": -(-len(data) // 2**20), "limit": limits.file_bytes // 2**20}
        raise TooBig("too_big", **megabytes)
    _refuse_other_kinds(data)
    found = _by_mark(data) or _by_zeros(data) or _as_utf8(data) or _as_chinese(data)
    if found is None:
        raise Unreadable("undecodable")
    text = found.text.replace("\x00", "").removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable("empty")
    return Decoded(text, found.encoding, found.confidence, nul_removed="\x00" in found.text)


def _refuse_other_kinds(data: bytes) -> None:
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        head = data[:4096]
        raise Unreadable("workbook" if b"[Content_Types].xml" in head or b"xl/" in head else "zip")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("workbook")
    for magic, kind in OTHER_KINDS:
        if data.startswith(magic):
            raise Unreadable("wrong_kind", kind=kind)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            found = _tolerant(data[len(mark) :], encoding, Confidence.CERTAIN)
            if found is None:
                raise Unreadable("undecodable")
            return found
    return None


def _by_zeros(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: names of columns and digits have a zero byte each."""
    head = data[:65536]
    half = len(head) // 2
    if not half:
        return None
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.2 and even < 0.02:
        return _tolerant(data, "utf-16-le", Confidence.LIKELY)
    if even > 0.2 and odd < 0.02:
        return _tolerant(data, "utf-16-be", Confidence.LIKELY)
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", Confidence.CERTAIN)
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    wide = sum(1 for char in text if char > "\x7f")
    broken = text.count("\ufffd")
    if broken > max(1, wide * DAMAGE) or wide - broken < 20:
        return None
    return Decoded(text, "utf-8", Confidence.DAMAGED)


def _as_chinese(data: bytes) -> Decoded | None:
    best, best_score = None, PLAUSIBLE
    for codec in ("gb18030", "big5hkscs"):
        found = _tolerant(data, codec, Confidence.LIKELY)
        score = reads_like_chinese(found.text, codec=codec) if found else 0.0
        if score > best_score:
            best, best_score = found, score
    return best


def _tolerant(data: bytes, encoding: str, confidence: Confidence) -> Decoded | None:
    """Strictly, else with each broken character as U+FFFD; None when there are too many."""
    try:
        return Decoded(data.decode(encoding), encoding, confidence)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > max(1, len(text) * DAMAGE):
        return None
    return Decoded(text, encoding, Confidence.DAMAGED)
