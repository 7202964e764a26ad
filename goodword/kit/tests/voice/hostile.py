"""Files that must be turned away, each with the refusals that may answer it.

The long ones are made when they are asked for: each process that collects tests reads the names.
"""

import gzip
import random
import struct
from collections.abc import Callable, Iterator
from functools import cache

from goodword.kit.errors import Refused
from goodword.kit.tests.pictures.making import PAYLOADS
from goodword.kit.tests.pictures.making import good as picture
from goodword.kit.voice import refusals as no

from . import making
from .making import KINDS, film, good, muxed, recorded

Why = tuple[type[Refused], ...]
Case = tuple[str, bytes | Callable[[], bytes], Why]
CUT = (no.Incomplete, no.Damaged)


@cache
def hostile() -> dict[str, tuple[bytes | Callable[[], bytes], Why]]:
    """By name; refused before a decoder sees them."""
    return _named([*_disguises(), *_polyglots(), *_cut(), *_liars()])


@cache
def treacherous() -> dict[str, tuple[bytes | Callable[[], bytes], Why]]:
    """By name; whole files, which only the booth can tell."""
    return _named([*_films(), *_too_much(), *_rubbish()])


def _named(cases: list[Case]) -> dict[str, tuple[bytes | Callable[[], bytes], Why]]:
    named = {name: (data, why) for name, data, why in cases}
    assert len(named) == len(cases)
    return named


def _disguises() -> Iterator[Case]:
    unknown = (no.NotARecording,)
    yield "empty", b"", (no.Empty,)
    yield "text", b"OggX is what I am called", unknown
    yield "packed ogg", gzip.compress(good("firefox")), unknown
    for name in ("zip", "html", "script", "pdf", "php"):
        yield name, PAYLOADS[name], unknown
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        yield kind, picture(kind), unknown
    yield "playlist", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", unknown
    yield "concat script", b"ffconcat version 1.0\nfile /etc/passwd\n", unknown
    yield "adts", muxed("adts", "aac"), unknown
    yield "flac", muxed("flac", "flac"), unknown
    yield "avi", film("avi", "mpeg4"), unknown
    yield "too many bytes", good("wav") + bytes(8 * 1024 * 1024), (no.TooManyBytes,)


def _polyglots() -> Iterator[Case]:
    for kind in ("chromium", "webm", "firefox", "safari", "phone", "mp3", "wav"):
        for name, payload in PAYLOADS.items():
            refused = (no.SomethingHidden, no.Damaged, no.Incomplete)
            yield f"{kind} with {name} appended", good(kind) + payload, refused
    for name in ("zip", "html", "pdf"):
        yield f"{name} before ogg", PAYLOADS[name] + good("firefox"), (no.NotARecording,)
    hidden = (no.SomethingHidden,)
    html, a_zip = PAYLOADS["html"], PAYLOADS["zip"]
    yield "html in a free box", good("phone") + making.box(b"free", html), hidden
    yield "zip in a free box", good("phone") + making.box(b"free", a_zip), hidden
    yield "html in a wave chunk", _with_chunk(b"LIST", html), hidden
    yield "zip in a wave chunk", _with_chunk(b"LIST", a_zip), hidden
    yield "html in a tag", recorded("mp3", metadata={"title": html.decode("latin-1")}), hidden
    attached = making.element(0x1941A469, b"MZ\x90\0" + bytes(50))
    yield "attachment", good("chromium") + attached, hidden
    yield "mp3 behind mp4", good("phone") + good("mp3"), hidden
    yield "mp4 behind mp3", good("bare mp3") + good("phone"), hidden
    yield "ogg behind wave", good("wav") + good("firefox"), hidden


def _with_chunk(name: bytes, data: bytes) -> bytes:
    sound = making.tone(24_000, 48_000).tobytes()
    head = struct.pack("<HHIIHH", 1, 1, 48_000, 96_000, 2, 16)
    return making.riff(
        making.chunk(b"fmt ", head), making.chunk(name, data), making.chunk(b"data", sound)
    )


def _cut() -> Iterator[Case]:
    for kind in KINDS:
        whole = good(kind)
        for percent in (3, 49, 95):
            part = whole[: max(16, len(whole) * percent // 100)]
            yield f"{kind} cut at {percent} %", part, CUT
        yield f"{kind} without its last byte", whole[:-1], CUT
    yield "wave without its last two bytes", good("wav")[:-2], CUT


def _liars() -> Iterator[Case]:
    damaged = (no.Damaged,)
    phone = good("phone")
    yield "mp4 with two indexes", phone + phone[phone.index(b"moov") - 4 :], damaged
    yield "mp4 with a box of no size", phone + struct.pack(">I", 4) + b"free", damaged
    yield (
        "mp4 with a vast box",
        phone + struct.pack(">I", 1) + b"free" + b"\x7f" + bytes(7),
        (no.Incomplete,),
    )
    yield "mp4 with an unknown box", phone + making.box(b"evil", b"x"), (no.SomethingHidden,)
    empty_boxes = making.box(b"free", b"") * 60_000
    yield "mp4 of 60000 boxes", phone + empty_boxes, damaged
    yield "webm of 60000 voids", good("chromium") + b"\xec\x80" * 60_000, damaged
    yield "ogg of 60000 pages", making.ogg_page(0, 0, []) * 60_000, damaged
    yield "webm with an unknown element", good("chromium") + b"\x42\x99\x81x", damaged
    yield "webm without a segment", b"\x1a\x45\xdf\xa3\x80" + b"\xec\x80", damaged
    two = good("firefox") + making.ogg_page(0, 2, [b"x"], stream=99)
    yield "two ogg streams", two, (no.SeveralTracks,)
    yield "wave without a format", making.riff(making.chunk(b"data", bytes(99_000))), damaged
    yield "wave with two formats", _with_chunk(b"fmt ", bytes(16)), damaged
    yield "id3 of a broken size", b"ID3\x04\0\0\xff\xff\xff\xff" + good("bare mp3"), damaged
    yield "id3 that reaches beyond", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + good("bare mp3"), CUT


def _films() -> Iterator[Case]:
    yield "webm film", film("webm", "libvpx", sound=True), (no.AFilm,)
    yield "webm film without sound", film("webm", "libvpx"), (no.AFilm,)
    yield "mp4 film", film("mp4", "mpeg4", sound=True), (no.AFilm,)
    yield "heic as recording", picture("HEIF"), (no.AFilm, no.Damaged, no.Incomplete,
                                               no.NotARecording)  # fmt: skip
    yield "two tracks in webm", recorded("webm", tracks=2), (no.SeveralTracks,)
    yield "three tracks in mp4", recorded("phone", tracks=3), (no.SeveralTracks,)


def _too_much() -> Iterator[Case]:
    long = (no.TooLong,)
    yield "62 seconds of mp3", lambda: recorded("mp3", seconds=62, rate=16_000), long
    yield "62 seconds of webm", lambda: recorded("chromium", seconds=62), long
    yield "a hundred minutes in opus of 150 KB", lambda: making.silent_opus(50_000), long
    eight = making.wave(bytes(8_000_000), rate=8_000, bits=8)
    yield "sixteen minutes of wave", eight, long
    yield "mp4 that says it lasts a second", lambda: _saying(1000), long
    yield "a tenth of a second", recorded("wav", seconds=0.1), (no.TooShort,)
    yield "wave without sound", making.wave(b""), (no.TooShort, no.Damaged)


def _saying(length: int) -> bytes:
    """Seventy seconds, with every stated duration replaced."""
    mp4 = recorded("phone", seconds=70, rate=16_000)
    for name, offset in ((b"mvhd", 20), (b"mdhd", 20), (b"tkhd", 24)):
        at = mp4.index(name) + offset
        mp4 = mp4[:at] + struct.pack(">I", length) + mp4[at + 4 :]
    return mp4


def _rubbish() -> Iterator[Case]:
    broken = (no.Damaged, no.TooShort, no.RareKind, no.NotARecording)
    noise = random.Random(7).randbytes(30_000).replace(b"PK", b"pk")
    boxes = making.box(b"ftyp", b"M4A \0\0\0\0") + making.box(b"moov", noise)
    yield "mp4 of noise", boxes + making.box(b"mdat", noise), broken
    yield "ogg of noise", making.ogg_page(0, 2, [noise[:200]]), broken
    phone = good("phone")
    yield "mp4 without samples", phone.replace(b"stsz", b"xtsz"), broken
    at = phone.index(b"stsz") + 8
    vast = phone[:at] + struct.pack(">II", 1, 2**32 - 1) + phone[at + 8 :]
    yield "mp4 of 2³² samples", vast, broken
    yield "mp4 whose samples lie outside", _far(phone), broken
    alac = good("lossless phone")
    yield "mp4 of an unknown coding", alac.replace(b"alac", b"evil"), broken
    mdat = phone.index(b"mdat") + 4
    yield "mp4 whose packets are noise", phone[:mdat] + noise[:9000] + phone[mdat + 9000 :], broken
    webm = good("webm")
    yield "webm of an unknown coding", webm.replace(b"A_OPUS", b"A_EVIL"), broken
    yield "wave of 65535 channels", making.wave(noise, channels=65_535), broken
    yield "wave of one hertz", making.wave(noise, rate=1), broken
    yield "wave of 2³¹ hertz", making.wave(noise, rate=2**31), broken
    yield "wave of a rare coding", making.wave(noise, kind=0x161), broken
    yield "ac3 in matroska", muxed("matroska", "ac3"), (no.RareKind,)


def _far(mp4: bytes) -> bytes:
    at = mp4.index(b"stco") + 12
    return mp4[:at] + struct.pack(">I", 2**31) + mp4[at + 4 :]
