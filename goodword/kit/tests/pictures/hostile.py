"""Files that must be turned away, each with the refusals that may answer it."""

import gzip
import struct
from collections.abc import Iterator
from functools import cache

from PIL import Image

from goodword.kit.errors import Refused
from goodword.kit.pictures import refusals as no

from . import making
from .making import FORMATS, HTML, PAYLOADS, good

Case = tuple[str, bytes, tuple[type[Refused], ...]]


@cache
def hostile() -> dict[str, tuple[bytes, tuple[type[Refused], ...]]]:
    """By name; all of them are refused under the default limits before any pixel is decoded."""
    cases: list[Case] = [
        *_bombs(), *_moving_bombs(), *_disguises(), *_polyglots(), *_inside(), *_cut(), *_liars(),
        *_boxes(), *_slow(),
    ]  # fmt: skip
    named = {name: (data, why) for name, data, why in cases}
    assert len(named) == len(cases)
    return named


def _bombs() -> Iterator[Case]:
    large = (no.TooManyPixels,)
    yield "jpeg of 65500 × 65500", making.jpeg_of_size(65_500, 65_500), large
    yield "jpeg just over the side", making.jpeg_of_size(32_768, 1), large
    yield "png of 60000 × 60000", making.png(60_000, 60_000, b"\0"), large
    yield "png of 2³¹ × 2³¹", making.png(2**31 - 1, 2**31 - 1, b"\0"), large
    yield (
        "png that unpacks to 200 MB",
        making.png(64, 64, bytes(200_000_000)),
        (no.SomethingHidden,),
    )
    screen = b"GIF89a" + struct.pack("<HH", 65_535, 65_535)
    yield "gif with a huge screen", screen + good("GIF")[10:], large
    yield "gif with a huge frame", _gif_frame(65_535, 65_535), large
    lossy = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 0x3FFF, 0x3FFF) + bytes(40)
    yield "webp of 16383 × 16383", making.riff((b"VP8 ", lossy)), large
    lossless = b"\x2f" + struct.pack("<I", 0x0FFFFFFF) + bytes(40)
    yield "lossless webp of 16384 × 16384", making.riff((b"VP8L", lossless)), large
    canvas = making.extended(2**24, 256)
    yield "webp with a huge canvas", making.riff(canvas, *making.riff_chunks(good("WEBP"))), large
    for kind in ("AVIF", "HEIF"):
        yield f"{kind} of 60000 × 60000", making.with_ispe(good(kind), 60_000, 60_000), large
    yield "a file of 33 MB", good("JPEG") + bytes(33 * 1024 * 1024), (no.TooManyBytes,)


def _moving_bombs() -> Iterator[Case]:
    many = (no.TooManyFrames,)
    control = making.png_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield "png of 2³¹ frames", making.with_chunks(good("PNG"), control), many
    gif = good("GIF")
    frame = gif[gif.index(b"\x2c\0\0\0\0") : -1]
    yield "gif of 1001 frames", gif[:-1] + frame * 1000 + b";", many
    yield "webp of 1001 frames", _moving_webp([_framed_bitmap()] * 1001), many
    avif = making.moving("AVIF")
    at = avif.index(b"stsz") + 12
    yield "avif of 2³² frames", avif[:at] + b"\xff\xff\xff\xff" + avif[at + 4 :], many
    scans = good_progressive()
    yield "jpeg of 100 scans", _with_scans(scans, 100), (no.Damaged,)


def _disguises() -> Iterator[Case]:
    unknown = (no.NotAPicture,)
    yield "empty", b"", (no.Empty,)
    yield "text", b"GIF is what I am called", unknown
    yield "svg", making.SVG, unknown
    yield "packed svg", gzip.compress(making.SVG), unknown
    for name in ("zip", "html", "script", "pdf", "php"):
        yield name, PAYLOADS[name], unknown
    picture = making.drawn()
    for kind in ("BMP", "TIFF", "ICO", "TGA", "PPM", "JPEG2000", "EPS", "PCX", "DDS"):
        yield kind, making.saved(picture, kind), unknown
    yield "wave sound", b"RIFF\x24\0\0\0WAVEfmt " + bytes(28), unknown
    film = making.box(b"ftyp", b"isom\0\0\2\0isommp42") + making.box(b"mdat", bytes(64))
    yield "mp4 film", film, unknown
    yield "film called avif", film.replace(b"isom", b"avif"), unknown
    yield "iphone png", making.png_of(making.png_chunk(b"CgBI", bytes(4))), (no.RareKind,)


def _polyglots() -> Iterator[Case]:
    for kind in FORMATS:
        for name, payload in PAYLOADS.items():
            refused = (no.SomethingHidden,)
            if kind in ("HEIF", "AVIF"):
                # There is no end to put something behind: it must be a box, or the file is broken.
                refused = (no.SomethingHidden, no.Damaged, no.Incomplete)
            yield f"{kind} with {name} appended", good(kind) + payload, refused
            yield (
                f"{name} before {kind}",
                payload + good(kind),
                (no.NotAPicture, no.SomethingHidden),
            )
    for name, magic in (("rar", b"Rar!\x1a\x07\0"), ("elf", b"\x7fELF"), ("exe", b"MZ\x90\0")):
        yield f"jpeg and {name}", good("JPEG") + magic + bytes(range(256)), (no.SomethingHidden,)
    yield "png behind png", good("PNG") + good("PNG"), (no.SomethingHidden,)
    film = making.box(b"ftyp", b"mp42\0\0\0\0mp42") + making.box(b"mdat", bytes(range(256)))
    yield "gif and film", good("GIF") + film, (no.SomethingHidden,)


def _inside() -> Iterator[Case]:
    hidden = (no.SomethingHidden,)
    jpeg, png = good("JPEG"), good("PNG")
    yield "html in a jpeg comment", making.with_segments(jpeg, _comment(HTML)), hidden
    yield "pdf in a jpeg comment", making.with_segments(jpeg, _comment(making.PDF)), hidden
    yield "zip in a jpeg comment", making.with_segments(jpeg, _comment(making.a_zip())), hidden
    yield "php in png text", _png_text(png, making.PHP), hidden
    yield (
        "zip in a png chunk",
        making.with_chunks(png, making.png_chunk(b"ziPp", making.a_zip())),
        hidden,
    )
    comment = b"\x21\xfe" + bytes((len(HTML),)) + HTML + b"\0"
    yield "html in a gif comment", good("GIF")[:-1] + comment + b";", hidden
    chunks = making.riff_chunks(good("WEBP"))
    yield "html in a webp chunk", making.riff(*chunks, (b"junk", HTML)), hidden
    for kind in ("HEIF", "AVIF"):
        yield f"html in a box of {kind}", good(kind) + making.box(b"free", HTML), hidden
        yield f"zip in a box of {kind}", good(kind) + making.box(b"free", making.a_zip()), hidden


def _cut() -> Iterator[Case]:
    for kind in FORMATS:
        whole = good(kind)
        for percent in (3, 25, 50, 75, 95):
            part = whole[: max(16, len(whole) * percent // 100)]
            yield f"{kind} cut at {percent} %", part, (no.Incomplete, no.Damaged)
        yield f"{kind} without its last byte", whole[:-1], (no.Incomplete, no.Damaged)
    png = making.png(64, 64, bytes(64 * 100))
    yield "png with too few pixels", png, (no.Incomplete,)


def _liars() -> Iterator[Case]:
    damaged = (no.Damaged,)
    jpeg, png = good("JPEG"), good("PNG")
    yield "jpeg without height", making.jpeg_of_size(64, 0), damaged
    yield "jpeg with two frames", _twice(jpeg), damaged
    yield "arithmetic jpeg", jpeg.replace(b"\xff\xc0", b"\xff\xc9", 1), (no.RareKind,)
    twelve = jpeg.index(b"\xff\xc0") + 4
    yield "12-bit jpeg", jpeg[:twelve] + b"\x0c" + jpeg[twelve + 1 :], (no.RareKind,)
    yield "png with a wrong checksum", png[:29] + bytes((png[29] ^ 1,)) + png[30:], damaged
    yield "png with wrong pixels", png[:60] + bytes((png[60] ^ 1,)) + png[61:], damaged
    yield "png of odd depth", making.png(8, 8, bytes(999), depth=3), damaged
    yield (
        "png with an unknown need",
        making.with_chunks(png, making.png_chunk(b"NEED", b"x")),
        damaged,
    )
    zeros = making.png_chunk(b"IDAT", b"not packed at all")
    yield "png of rubbish", making.png_of(png[8:33], zeros), damaged
    yield "png without pixels", making.png_of(png[8:33]), damaged
    yield "gif without pictures", good("GIF")[:13] + b";", (no.Damaged, no.Incomplete)
    yield "webp without a picture", making.riff(making.extended(64, 64)), damaged
    chunks = making.riff_chunks(good("WEBP"))
    yield "webp with two pictures", making.riff(*chunks, *chunks), damaged
    yield "webp with another canvas", making.riff(making.extended(8, 8), *chunks), damaged
    for kind in ("HEIF", "AVIF"):
        without = good(kind).replace(b"pitm", b"xitm")
        yield f"{kind} without a primary item", without, damaged
        yield f"{kind} of a rare coding", _recoded(good(kind)), (no.RareKind,)
        clear = making.saved(making.drawn(mode="RGBA"), kind)
        at = max(clear.rindex(b"infe"), 0) + 12
        assert clear[at : at + 4] in (b"hvc1", b"av01")
        unclear = clear[:at] + b"jpeg" + clear[at + 4 :]
        yield f"{kind} with transparency of a rare coding", unclear, (no.RareKind,)
        sizeless = good(kind).replace(b"ispe", b"xspe")
        yield f"{kind} without a size", sizeless, damaged


def _boxes() -> Iterator[Case]:
    """HEIC and AVIF whose boxes tell one thing to one reader and another thing to another."""
    damaged, broken = (no.Damaged,), (no.Damaged, no.Incomplete, no.RareKind)
    for kind in ("HEIF", "AVIF"):
        heif = good(kind)
        meta = making.find_box(heif, b"meta")
        yield f"{kind} with two metas", heif + meta, damaged
        for name in (b"pitm", b"iloc", b"iinf", b"iprp"):
            twice = making.in_meta(heif, making.find_box(heif, name))
            yield f"{kind} with {name.decode()} twice", twice, damaged
        sizes = making.find_box(heif, b"ispe")
        at = heif.index(sizes) + len(sizes) - 8
        small = heif[:at] + struct.pack(">II", 12, 8) + heif[at + 8 :]
        yield f"{kind} larger inside than outside", small, damaged
        reach = heif.index(b"iloc") + 4
        far = heif[:reach] + heif[reach : reach + 8] + b"\xff" * 24 + heif[reach + 32 :]
        yield f"{kind} with data beyond its end", far, broken
        wide = heif.replace(b"infe\2", b"infe\1")
        yield f"{kind} with old item entries", wide, damaged
    grid = making.grid()
    at = grid.index(b"idat") + 8  # version, flags, rows, columns; then the size
    vast = grid[:at] + b"\xff\xff\xff\xff" + grid[at + 4 :]
    yield "heic grid of 65535 × 65535", vast, damaged
    told = making.with_ispe(vast, 65_535, 65_535)
    yield "heic grid that says so", told, (no.TooManyPixels,)
    tiles = making.with_ispe(grid, 8_000, 8_000)
    yield "heic grid of vast tiles", tiles, (no.Damaged, no.TooManyPixels)
    nested = grid.replace(b"hvc1", b"grid")
    yield "heic grid of grids", nested, broken


def _slow() -> Iterator[Case]:
    """Very many parts of nothing, to keep us walking."""
    damaged = (no.Damaged,)
    jpeg, png, gif = good("JPEG"), good("PNG"), good("GIF")
    yield "jpeg of comments", making.with_segments(jpeg, _comment(b"") * 300_000), damaged
    empty = making.png_chunk(b"noNe", b"")
    yield "png of empty chunks", making.with_chunks(png, empty * 200_000), damaged
    blocks = b"\x21\xfe" + b"\1x" * 210_000 + b"\0"
    yield "gif of one-byte blocks", gif[:-1] + blocks + b";", damaged
    yield "gif of empty comments", gif[:-1] + b"\x21\xfe\0" * 210_000 + b";", damaged
    chunks = making.riff_chunks(good("WEBP"))
    yield "webp of empty chunks", making.riff(*chunks, *[(b"none", b"")] * 200_000), damaged
    yield "avif of empty boxes", good("AVIF") + making.box(b"free", b"") * 300_000, damaged
    boxes = making.in_meta(good("AVIF"), making.box(b"free", b"") * 200_000)
    yield "avif with a meta of empty boxes", boxes, damaged


def good_progressive() -> bytes:
    return making.saved(making.drawn(), "JPEG", progressive=True)


def _with_scans(jpeg: bytes, count: int) -> bytes:
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:-2] + jpeg[last:-2] * count + jpeg[-2:]


def _gif_frame(width: int, height: int) -> bytes:
    gif = good("GIF")
    at = gif.index(b"\x2c\0\0\0\0") + 5
    return gif[:at] + struct.pack("<HH", width, height) + gif[at + 4 :]


def _framed_bitmap() -> bytes:
    name, body = making.riff_chunks(making.saved(Image.new("RGB", (8, 8)), "WEBP"))[0]
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _moving_webp(bitmaps: list[bytes]) -> bytes:
    head = bytes(6) + (7).to_bytes(3, "little") * 2 + (80).to_bytes(3, "little") + b"\0"
    frames = [(b"ANMF", head + bitmap) for bitmap in bitmaps]
    return making.riff(making.extended(8, 8, flags=2), (b"ANIM", bytes(6)), *frames)


def _comment(text: bytes) -> bytes:
    return making.jpeg_segment(0xFE, text)


def _png_text(png: bytes, text: bytes) -> bytes:
    return making.with_chunks(png, making.png_chunk(b"tEXt", b"Comment\0" + text))


def _twice(jpeg: bytes) -> bytes:
    at = jpeg.index(b"\xff\xc0")
    size = struct.unpack_from(">H", jpeg, at + 2)[0] + 2
    return jpeg[:at] + jpeg[at : at + size] + jpeg[at:]


def _recoded(heif: bytes) -> bytes:
    return heif.replace(b"hvc1", b"jpeg").replace(b"av01", b"jpeg")
