"""Pictures look as they did: upright, in their colours, in sizes that fit and never enlarge."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from goodword.kit.pictures import AVATAR, FEED, admit, likeness, sizes

from . import making
from .making import drawn, saved

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 40), (30, 40, 210), (245, 245, 245)
UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def opened(made) -> Image.Image:
    return Image.open(io.BytesIO(made.data)).convert("RGB")


def near(seen, wanted, within=14):
    return all(abs(one - other) <= within for one, other in zip(seen, wanted, strict=True))


def quarters() -> Image.Image:
    """Upright: red and green above, blue and white below; wider than high."""
    picture = Image.new("RGB", (160, 96), RED)
    picture.paste(GREEN, (80, 0, 160, 48))
    picture.paste(BLUE, (0, 48, 80, 96))
    picture.paste(WHITE, (80, 48, 160, 96))
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright(kind, orientation):
    lying = quarters()
    if orientation > 1:
        lying = lying.transpose(UNDO[orientation])
    sent = saved(lying, kind, exif=making.exif(orientation=orientation).tobytes())
    admitted = admit(sent)
    seen = opened(admitted.variants["large"])
    assert seen.size == (admitted.width, admitted.height) == (160, 96)
    corners = [seen.getpixel(at) for at in ((20, 12), (140, 12), (20, 84), (140, 84))]
    assert all(near(*pair) for pair in zip(corners, (RED, GREEN, BLUE, WHITE), strict=True)), (
        corners
    )


def png16(colour: int, sample: bytes) -> bytes:
    return making.png(8, 8, (b"\0" + sample * 8) * 8, depth=16, colour=colour)


def see_through(mode: str) -> Image.Image:
    picture = Image.new("RGBA", (64, 64), (*GREEN, 255))
    picture.putpixel((0, 0), (0, 0, 0, 0))
    return picture.convert(mode)


def clear_palette() -> Image.Image:
    picture = Image.new("P", (64, 64))
    picture.putpalette([*GREEN, *RED])
    picture.putpixel((0, 0), 1)
    return picture


def keyed_png() -> bytes:
    """RGB in which one colour means transparent: all of it."""
    png = making.png(8, 8, (b"\0" + bytes(RED) * 8) * 8)
    return making.with_chunks(png, making.png_chunk(b"tRNS", struct.pack(">HHH", *RED)))


COLOURS = {
    "grey jpeg": (saved(Image.new("L", (64, 64), 90), "JPEG"), (90, 90, 90)),
    "cmyk jpeg": (saved(Image.new("CMYK", (64, 64), (0, 255, 255, 30)), "JPEG"), (225, 0, 0)),
    "progressive": (saved(Image.new("RGB", (64, 64), BLUE), "JPEG", progressive=True), BLUE),
    "4:4:4 jpeg": (saved(Image.new("RGB", (64, 64), BLUE), "JPEG", subsampling=0), BLUE),
    "rgb jpeg": (saved(Image.new("RGB", (64, 64), BLUE), "JPEG", keep_rgb=True), BLUE),
    "grey png": (saved(Image.new("L", (64, 64), 90), "PNG"), (90, 90, 90)),
    "bilevel png": (saved(Image.new("1", (64, 64), 1), "PNG"), (255, 255, 255)),
    "palette png": (saved(Image.new("RGB", (64, 64), GREEN).quantize(4), "PNG"), GREEN),
    "palette png with a clear colour": (saved(clear_palette(), "PNG", transparency=1), GREEN),
    "rgba png": (saved(see_through("RGBA"), "PNG"), GREEN),
    "grey and alpha png": (saved(Image.new("LA", (64, 64), (0, 128)), "PNG"), (127, 127, 127)),
    "16-bit grey": (png16(0, b"\x80\x80"), (128, 128, 128)),
    "16-bit grey and alpha": (png16(4, b"\x40\x40\xff\xff"), (64, 64, 64)),
    "16-bit rgb": (png16(2, b"".join(bytes((c, c)) for c in RED)), RED),
    "16-bit rgba": (png16(6, b"".join(bytes((c, c)) for c in (*RED, 255))), RED),
    "png with a transparent colour": (keyed_png(), (255, 255, 255)),
    "lossless webp": (saved(see_through("RGBA"), "WEBP", lossless=True), GREEN),
    "lossy webp with alpha": (saved(see_through("RGBA"), "WEBP"), GREEN),
    "palette gif": (saved(Image.new("RGB", (64, 64), BLUE), "GIF"), BLUE),
    "heic with alpha": (saved(see_through("RGBA"), "HEIF"), GREEN),
    "avif with alpha": (saved(see_through("RGBA"), "AVIF", speed=10), GREEN),
    "grey heic": (saved(Image.new("L", (64, 64), 90), "HEIF"), (90, 90, 90)),
    "grey avif": (saved(Image.new("L", (64, 64), 90), "AVIF", speed=10), (90, 90, 90)),
}


@pytest.mark.parametrize("name", sorted(COLOURS))
def test_colours(name):
    sent, wanted = COLOURS[name]
    seen = opened(admit(sent).variants["large"])
    centre = seen.getpixel((seen.width // 2, seen.height // 2))
    assert near(centre, wanted, within=10), centre


def swapped_profile(kind: bytes = b"RGB ") -> bytes:
    """A display's profile whose red and green change places: a red picture is meant to be green."""

    def xyz(*parts):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(part * 65536)) for part in parts)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"swap\0" + bytes(78 + 1)
    tags = {
        b"desc": text, b"cprt": b"text\0\0\0\0none\0\0\0\0", b"wtpt": xyz(0.9642, 1, 0.8249),
        b"rXYZ": xyz(0.3851, 0.7169, 0.0971), b"gXYZ": xyz(0.4361, 0.2225, 0.0139),
        b"bXYZ": xyz(0.1431, 0.0606, 0.7141), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    table, data, start = b"", b"", 132 + 12 * len(tags)
    for name, body in tags.items():
        table += name + struct.pack(">II", start + len(data), len(body))
        data += body + b"\0" * (-len(body) % 4)
    white = struct.pack(">iii", round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    head = struct.pack(
        ">I4sI4s4s4s", start + len(data), b"none", 0x02100000, b"mntr", kind, b"XYZ "
    )
    head += bytes(12) + b"acsp" + bytes(28) + white + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_colour_profile_is_applied_before_it_is_dropped(kind):
    ImageCms.ImageCmsProfile(io.BytesIO(swapped_profile()))  # a real one
    sent = saved(Image.new("RGB", (64, 64), (230, 20, 20)), kind, icc_profile=swapped_profile())
    red, green, _blue = opened(admit(sent).variants["large"]).getpixel((32, 32))
    assert green > 200
    assert red < 90


@pytest.mark.parametrize("profile", [b"rubbish", swapped_profile(b"CMYK"), swapped_profile()[:200]])
def test_a_broken_or_foreign_profile_is_as_good_as_none(profile):
    sent = saved(Image.new("RGB", (64, 64), RED), "JPEG", icc_profile=profile)
    assert near(opened(admit(sent).variants["large"]).getpixel((32, 32)), RED)


@pytest.mark.parametrize(
    ("sent", "thumb", "medium", "large"),
    [
        ((1, 1), (1, 1), (1, 1), (1, 1)),
        ((1, 6000), (1, 1), (1, 1080), (1, 6000)),
        ((6000, 1), (1, 1), (1080, 1), (6000, 1)),
        ((200, 100), (100, 100), (200, 100), (200, 100)),
        ((4032, 3024), (320, 320), (1080, 810), (2016, 1512)),
        ((1080, 9000), (320, 320), (130, 1080), (979, 8164)),
    ],
)
def test_sizes_of_real_pictures(sent, thumb, medium, large):
    admitted = admit(saved(Image.new("RGB", sent, GREEN), "JPEG"))
    seen = {name: opened(made) for name, made in admitted.variants.items()}
    assert {name: one.size for name, one in seen.items()} == {
        "thumb": thumb,
        "medium": medium,
        "large": large,
    }
    assert (admitted.width, admitted.height) == large
    assert all(
        (one.width, one.height) == seen[name].size for name, one in admitted.variants.items()
    )


@given(st.integers(1, 32_767), st.integers(1, 32_767))
def test_no_variant_is_enlarged_or_bent(width, height):
    for variant in (*FEED, *AVATAR):
        across, down = sizes.fitted(width, height, variant)
        assert 1 <= across <= min(width, 16_383)
        assert 1 <= down <= min(height, 16_383)
        if variant.square:
            assert across == down == min(variant.box, width, height)
        else:
            scale = max(across, down) / max(width, height)
            assert abs(width * scale - across) <= 1
            assert abs(height * scale - down) <= 1
            assert max(across, down) <= variant.box or variant.long_too
            assert across * down <= max(variant.box**2, 8_100_000)


@given(st.integers(1, 32_767), st.integers(1, 32_767))
def test_one_decoding_is_enough_for_all(width, height):
    for variants in (FEED, AVATAR):
        across, down = sizes.needed(width, height, variants)
        assert across <= width
        assert down <= height
        for variant in variants:
            wanted = sizes.fitted(width, height, variant)
            assert wanted[0] <= across + 1
            assert wanted[1] <= down + 1


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_large_pictures_keep_their_parts_in_place(mode):
    """They are made smaller in bands: none may be lost, doubled or moved."""
    picture = quarters().resize((4200, 2520), Image.Resampling.NEAREST)
    picture = picture.quantize(8) if mode == "P" else picture.convert(mode)
    if mode == "RGBA":
        picture.putpixel((0, 0), (0, 0, 0, 0))
    for sent in (picture, picture.resize((8400, 1260), Image.Resampling.NEAREST)):
        seen = opened(admit(saved(sent, "PNG", compress_level=1)).variants["large"])
        width, height = seen.size
        places = [
            (0.02, 0.02),
            (0.97, 0.02),
            (0.48, 0.46),
            (0.52, 0.46),
            (0.48, 0.54),
            (0.97, 0.97),
        ]
        colours = [seen.getpixel((int(width * x), int(height * y))) for x, y in places]
        wanted = (RED, GREEN, RED, GREEN, BLUE, WHITE)
        assert all(near(*pair) for pair in zip(colours, wanted, strict=True)), colours


def test_a_face_is_kept_in_two_squares():
    admitted = admit(saved(quarters().resize((1600, 960)), "JPEG"), variants=AVATAR)
    assert {name: opened(made).size for name, made in admitted.variants.items()} == {
        "small": (64, 64),
        "large": (256, 256),
    }
    assert near(opened(admitted.variants["large"]).getpixel((20, 20)), RED)


def test_the_thumbnail_shows_the_middle_or_the_top_of_a_long_one():
    wide = Image.new("RGB", (900, 300), BLUE)
    wide.paste(RED, (300, 0, 600, 300))
    assert near(opened(admit(saved(wide, "PNG")).variants["thumb"]).getpixel((10, 150)), RED)
    long = Image.new("RGB", (300, 1200), BLUE)
    long.paste(RED, (0, 0, 300, 300))
    assert near(opened(admit(saved(long, "PNG")).variants["thumb"]).getpixel((150, 290)), RED)


def test_the_main_colour():
    picture = Image.new("RGB", (300, 300), RED)
    picture.paste(BLUE, (0, 0, 300, 90))
    colour = admit(saved(picture, "PNG")).colour
    assert near(bytes.fromhex(colour[1:]), RED, within=6)


def test_alike_pictures_have_alike_hashes():
    picture = drawn(1200, 800)
    sent = admit(saved(picture, "PNG"))
    again = admit(saved(picture.resize((480, 320)), "JPEG", quality=40))
    other = admit(saved(picture.rotate(90, expand=True), "PNG"))
    assert likeness.distance(sent.dhash, again.dhash) <= 6
    assert likeness.distance(sent.dhash, other.dhash) >= 16
    assert sent.sha256 != again.sha256
    assert -(2**63) <= min(sent.dhash, other.dhash) <= max(sent.dhash, other.dhash) < 2**63


def test_the_hash_by_hand():
    rising = Image.linear_gradient("L").rotate(90).convert("RGB")
    assert likeness.dhash(rising) in (-1, 0)
    assert likeness.distance(likeness.dhash(rising), likeness.dhash(rising.rotate(180))) == 64
    assert likeness.distance(-1, 0) == 64
    assert likeness.distance(-1, -2) == 1


def test_sizes_that_come_out_alike_are_encoded_once():
    small = admit(saved(drawn(900, 600), "JPEG")).variants
    assert small["medium"] is small["large"]
    assert small["thumb"] is not small["medium"]
    large = admit(saved(drawn(1600, 900), "JPEG")).variants
    assert large["medium"].width == 1080
    assert large["large"].width == 1600
