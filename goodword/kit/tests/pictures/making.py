"""Pictures for the tests, made here: good ones, and the parts from which bad ones are built."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin, TiffImagePlugin

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")
SECRET = b"KODAK-SECRET-0451"
LATITUDE = (31.0, 14.0, 17.25)


def drawn(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """Something with edges, slopes and several colours."""
    image = Image.radial_gradient("L").resize((width, height))
    sloped = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (image, sloped, Image.blend(image, sloped, 0.5)))
    pen = ImageDraw.Draw(image)
    pen.ellipse((width // 8, height // 8, width // 2, height // 2), fill=(200, 40, 60))
    pen.rectangle((width // 2, height // 2, width - 4, height - 4), outline=(20, 60, 200), width=3)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    fast = {"AVIF": {"speed": 10}, "HEIF": {"quality": 50}}.get(kind, {})
    image.save(out, kind, **{**fast, **options})
    return out.getvalue()


@cache
def good(kind: str) -> bytes:
    return saved(drawn(), kind)


@cache
def moving(kind: str, frames: int = 3) -> bytes:
    frame = drawn()
    more = [frame.rotate(30 * turn) for turn in range(1, frames)]
    return saved(frame, kind, save_all=True, append_images=more, duration=80)


def exif(*, orientation: int | None = None) -> Image.Exif:
    """EXIF with a maker, a description, a comment and a place."""
    tags = Image.Exif()
    if orientation:
        tags[0x0112] = orientation
    tags[0x010E] = tags[0x010F] = tags[0x0110] = SECRET.decode()
    tags[0x9286] = SECRET  # the user's comment
    gps = tags.get_ifd(0x8825)
    gps[1], gps[3] = "N", "E"
    gps[2] = gps[4] = tuple(TiffImagePlugin.IFDRational(part) for part in LATITUDE)
    return tags


XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="' + SECRET + b'"/></rdf:RDF>'
    b'</x:xmpmeta><?xpacket end="w"?>'
)


# Parts of containers -----------------------------------------------------------------------------


def jpeg_segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def jpeg_of_size(width: int, height: int) -> bytes:
    jpeg = good("JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, pixels: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG whose header says what it is told and whose (unpacked) pixels are `pixels`."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return png_of(png_chunk(b"IHDR", header), png_chunk(b"IDAT", zlib.compress(pixels, 9)))


def png_of(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + png_chunk(b"IEND", b"")


def with_chunks(picture: bytes, *chunks: bytes) -> bytes:
    """Chunks put behind a PNG's header."""
    return picture[:33] + b"".join(chunks) + picture[33:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2)
        for name, part in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def riff_chunks(webp: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], 12
    while at < len(webp):
        size = struct.unpack_from("<I", webp, at + 4)[0]
        chunks.append((webp[at : at + 4], webp[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return chunks


def extended(width: int, height: int, flags: int = 0) -> tuple[bytes, bytes]:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"VP8X", bytes((flags, 0, 0, 0)) + size


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def find_box(data: bytes, kind: bytes) -> bytes:
    """The first box of this kind, with its header."""
    at = data.index(kind) - 4
    return data[at : at + struct.unpack_from(">I", data, at)[0]]


def in_meta(heif: bytes, more: bytes) -> bytes:
    """One more box at the end of `meta`. What follows moves; the item's data aren't found again."""
    meta = find_box(heif, b"meta")
    return heif.replace(meta, struct.pack(">I", len(meta) + len(more)) + meta[4:] + more)


def repointed(heif: bytes, data: bytes) -> bytes:
    """All of its items that lie in the file get `data` instead of theirs."""
    out = bytearray(heif + box(b"mdat", data))
    at = heif.index(b"iloc") + 4
    version, sizes = heif[at], heif[at + 4 : at + 6]
    assert sizes[0] == 0x44, "offsets and lengths of four bytes"
    base, at = sizes[1] >> 4, at + 8
    for _ in range(struct.unpack_from(">H", heif, at - 2)[0]):
        in_file = version == 0 or heif[at + 3] == 0
        at += 6 if version else 4
        assert heif[at + base + 1] == 1, "one extent"
        if in_file:
            out[at : at + base] = bytes(base)
            struct.pack_into(">II", out, at + base + 2, len(heif) + 8, len(data))
        at += base + 10
    return bytes(out)


@cache
def grid() -> bytes:
    """A HEIC of 5 × 4 tiles, as phones make them."""
    return saved(drawn(640, 480), "HEIF", tile_size=128)


def with_ispe(heif: bytes, width: int, height: int) -> bytes:
    """A HEIC or AVIF whose container gives another size than its data; all of its items do."""
    out, at = bytearray(heif), heif.find(b"ispe")
    while at >= 0:
        struct.pack_into(">II", out, at + 8, width, height)
        at = heif.find(b"ispe", at + 4)
    return bytes(out)


# Other files -------------------------------------------------------------------------------------


@cache
def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.txt", "hello")
    return out.getvalue()


HTML = b"<!DOCTYPE html><html><body><script>alert(document.domain)</script></body></html>"
SCRIPT = b"\n/**/alert(document.domain);fetch('/settings').then(r=>r.text()).then(console.log)//"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PHP = b"<?php system($_GET['c']); ?>"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
)
PAYLOADS = {"zip": a_zip(), "html": HTML, "script": SCRIPT, "pdf": PDF, "php": PHP, "svg": SVG}


@cache
def tattling() -> dict[str, bytes]:
    """By container: one picture that carries everything its format has room for."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    exif_block = exif().tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    text.add_text("Packed", SECRET.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    jpeg = saved(drawn(), "JPEG", exif=exif_block, icc_profile=icc, xmp=XMP, comment=SECRET)
    photoshop = jpeg_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x14\x1c\x02P" + SECRET)
    credentials = jpeg_segment(0xEB, b"JP\0\1\0\0\0\1" + box(b"jumb", b"c2pa" + SECRET))
    small = b"JFIF\0\1\1\0\0\1\0\1\4\4" + (SECRET * 3)[:48]  # a 4 × 4 thumbnail of secrets
    segments = (jpeg_segment(0xE0, small), photoshop, credentials)
    png = saved(drawn(), "PNG", exif=exif_block, icc_profile=icc, pnginfo=text)
    private = png_chunk(b"caBX", b"c2pa" + SECRET)
    webp = saved(drawn(), "WEBP", exif=exif_block, icc_profile=icc, xmp=XMP)
    gif = saved(drawn(), "GIF", comment=SECRET)
    application = b"\x21\xff\x0bXMP DataXMP" + bytes((len(SECRET),)) + SECRET + b"\0"
    return {
        "JPEG": with_segments(jpeg, *segments),
        "JPEG with a tail": with_segments(jpeg, *segments) + b"\x01\xf0" * 20 + SECRET,
        "MPO": saved(drawn(), "MPO", exif=exif_block, save_all=True, append_images=[drawn()]),
        "PNG": with_chunks(png, private),
        "WEBP": riff(*riff_chunks(webp), (b"PRIV", SECRET)),
        "moving WEBP": saved(
            drawn(),
            "WEBP",
            save_all=True,
            append_images=[drawn().rotate(9)],
            exif=exif_block,
            xmp=XMP,
        ),
        "GIF": gif[:-1] + application + b";",
        "HEIF": saved(drawn(), "HEIF", exif=exif_block, xmp=XMP, icc_profile=icc),
        "AVIF": saved(drawn(), "AVIF", exif=exif_block, xmp=XMP, icc_profile=icc),
    }
