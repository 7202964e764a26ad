"""Nothing that came with a picture leaves with it: no place, no name, no profile, no thumbnail."""

import io

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from goodword.kit.pictures import admit

from . import making
from .making import SECRET, XMP, drawn, saved


def tattling() -> dict[str, bytes]:
    """By container: one picture that carries everything its format has room for."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    exif = making.exif().tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    text.add_text("Packed", SECRET.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    jpeg = saved(drawn(), "JPEG", exif=exif, icc_profile=icc, xmp=XMP, comment=SECRET)
    photoshop = making.jpeg_segment(
        0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x14\x1c\x02P" + SECRET
    )
    credentials = making.jpeg_segment(
        0xEB, b"JP\0\1\0\0\0\1" + making.box(b"jumb", b"c2pa" + SECRET)
    )
    small = b"JFIF\0\1\1\0\0\1\0\1\4\4" + (SECRET * 3)[:48]  # a 4 × 4 thumbnail of secrets
    segments = (making.jpeg_segment(0xE0, small), photoshop, credentials)
    png = saved(drawn(), "PNG", exif=exif, icc_profile=icc, pnginfo=text)
    private = making.png_chunk(b"caBX", b"c2pa" + SECRET)
    webp = saved(drawn(), "WEBP", exif=exif, icc_profile=icc, xmp=XMP)
    gif = saved(drawn(), "GIF", comment=SECRET)
    application = b"\x21\xff\x0bXMP DataXMP" + bytes((len(SECRET),)) + SECRET + b"\0"
    return {
        "JPEG": making.with_segments(jpeg, *segments),
        "JPEG with a tail": making.with_segments(jpeg, *segments) + b"\x01\xf0" * 20 + SECRET,
        "MPO": saved(drawn(), "MPO", exif=exif, save_all=True, append_images=[drawn()]),
        "PNG": making.with_chunks(png, private),
        "WEBP": making.riff(*making.riff_chunks(webp), (b"PRIV", SECRET)),
        "moving WEBP": saved(
            drawn(), "WEBP", save_all=True, append_images=[drawn().rotate(9)], exif=exif, xmp=XMP
        ),
        "GIF": gif[:-1] + application + b";",
        "HEIF": saved(drawn(), "HEIF", exif=exif, xmp=XMP, icc_profile=icc),
        "AVIF": saved(drawn(), "AVIF", exif=exif, xmp=XMP, icc_profile=icc),
    }


@pytest.mark.parametrize("container", sorted(tattling()))
def test_nothing_survives(container):
    sent = tattling()[container]
    assert SECRET in sent
    for made in admit(sent).variants.values():
        assert made.data[:4] == b"RIFF"
        assert [name for name, _body in making.riff_chunks(made.data)] == [b"VP8 "]
        for trace in (
            SECRET,
            b"Exif",
            b"xmp",
            b"XMP",
            b"ICC",
            b"c2pa",
            b"GPS",
            b"\x1d\x00\x00\x00\x02",
        ):
            assert trace not in made.data
        again = Image.open(io.BytesIO(made.data))
        assert not again.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(again.info)


def test_what_is_hidden_under_transparency_is_gone():
    picture = Image.new("RGBA", (64, 64), (255, 255, 255, 0))
    picture.paste((200, 0, 0, 0), (16, 16, 48, 48))  # invisible, but there
    made = admit(saved(picture, "PNG")).variants["large"]
    seen = Image.open(io.BytesIO(made.data)).convert("RGB")
    assert min(low for low, _high in seen.getextrema()) > 245
