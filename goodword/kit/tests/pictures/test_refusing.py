"""What must be turned away is, before a single pixel is decoded, with a sentence and its status."""

import io
import random
from dataclasses import replace

import pytest
from PIL import Image

from goodword.kit.errors import Refused
from goodword.kit.pictures import FEED, PictureLimits, admit, hidden, refusals, render
from goodword.kit.pictures.admission import measure
from goodword.kit.pictures.containers import boxes

from . import making
from .hostile import hostile

STATUSES = {
    refusals.TooManyBytes: 413,
    refusals.TooManyPixels: 413,
    refusals.TooManyFrames: 413,
    refusals.NotAPicture: 415,
    refusals.RareKind: 415,
    refusals.Empty: 422,
    refusals.Incomplete: 422,
    refusals.Damaged: 422,
    refusals.SomethingHidden: 422,
}


@pytest.fixture
def no_decoding(monkeypatch):
    def decode(*args, **kwargs):
        raise AssertionError("a hostile file reached a decoder")

    monkeypatch.setattr(Image, "open", decode)


def test_the_corpus_is_large():
    assert len(hostile()) >= 150


@pytest.mark.parametrize("name", sorted(hostile()))
def test_refused_before_decoding(name, no_decoding):
    data, reasons = hostile()[name]
    with pytest.raises(Refused) as refusal:
        admit(data)
    assert isinstance(refusal.value, reasons), refusal.value
    assert refusal.value.status == STATUSES[type(refusal.value)]
    assert str(refusal.value).endswith(".")


def test_a_stream_is_read_no_further_than_the_limit(no_decoding):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            assert size > 0
            self.given += size
            return b"\xff\xd8\xff" + bytes(size - 3)

    stream = Endless()
    with pytest.raises(refusals.TooManyBytes):
        admit(stream, limits=PictureLimits(max_bytes=10_000))
    assert stream.given == 10_001


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_coded_data_larger_than_the_container_says(kind, no_decoding):
    lying = making.with_ispe(making.saved(making.drawn(256, 192), kind), 64, 48)
    with pytest.raises(refusals.Damaged):
        admit(lying)


def own_data(heif: bytes) -> bytes:
    meta = next(box for box in boxes.walk(heif, 0, len(heif)) if box.kind == b"meta")
    found = boxes.items(heif, meta)
    return found.data(heif, found.primary)


def parameter_set(heif: bytes) -> bytes:
    """HEVC's sequence parameter set with the two bytes of its length, from the configuration."""
    config = making.find_box(heif, b"hvcC")
    start = config.index(b"\x42\x01")
    return config[start - 2 : start + int.from_bytes(config[start - 2 : start], "big")]


def sequence_header(avif: bytes) -> bytes:
    """AV1's, with which the data begin."""
    data = own_data(avif).removeprefix(b"\x12\0")  # a temporal delimiter
    assert data[0] == 0x0A
    return data[: 2 + data[1]]


def test_a_second_header_among_the_data_is_seen():
    small, large = (
        {kind: making.saved(making.drawn(*size), kind) for kind in ("AVIF", "HEIF")}
        for size in ((96, 64), (960, 640))
    )
    more = {
        "AVIF": sequence_header(large["AVIF"]),
        "HEIF": b"\0\0" + parameter_set(large["HEIF"]),  # lengths of four bytes
    }
    for kind, header in more.items():
        same = making.repointed(small[kind], own_data(small[kind]))
        assert measure(same, PictureLimits()).width == 96
        with pytest.raises(refusals.Damaged):
            measure(making.repointed(small[kind], own_data(small[kind]) + header), PictureLimits())


def test_tiles_that_share_their_bytes():
    """A small file of twenty tiles that each claim all of it would be twenty files to walk."""
    shared = (50_000).to_bytes(4, "big") + bytes((2, 1)) * 25_000
    with pytest.raises(refusals.Damaged):
        measure(making.repointed(making.grid(), shared), PictureLimits())


def test_tiles_that_reach_far_beyond_the_picture():
    tiled = making.saved(making.drawn(129, 129), "HEIF", tile_size=128)
    assert measure(tiled, PictureLimits(max_pixels=25_000)).width == 129
    with pytest.raises(refusals.TooManyPixels):
        measure(tiled, PictureLimits(max_pixels=17_000))


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_a_decoder_sees_neither_tracks_nor_metadata(kind):
    tattling = making.tattling()[kind]
    stream = measure(tattling, PictureLimits()).stream
    assert {"exif", "xmp"} <= set(Image.open(io.BytesIO(tattling)).info)
    assert not Image.open(io.BytesIO(stream)).info.get("exif")
    assert not Image.open(io.BytesIO(stream)).info.get("xmp")
    moving = measure(making.moving("AVIF"), PictureLimits()).stream
    assert b"moov" not in moving


def test_what_is_decoded_must_be_what_was_measured():
    still = measure(making.good("PNG"), PictureLimits())
    for lie in (replace(still, width=95), replace(still, height=640)):
        with pytest.raises(refusals.Damaged):
            render.upright(lie, FEED, PictureLimits())


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_coded_data_smaller_than_the_container_says(kind):
    with pytest.raises(refusals.Damaged):
        admit(making.with_ispe(making.good(kind), 640, 480))


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("padding", bytes(4096)),
        ("gain map", making.good("JPEG")),
        ("motion photo", making.box(b"ftyp", b"mp42\0\0\0\0mp42") + making.box(b"mdat", bytes(99))),
        ("samsung", b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1700000000000SEFH" + bytes(24) + b"SEFT"),
        (
            "vivo",
            b'vivo{"vmodel":"V2024A",' + b'"hdr":0,' * 40 + b"}\xff\xff\xff\xff\x1b*9HWfu",
        ),
    ],
)
def test_what_phones_append_to_a_jpeg_is_cut_off(name, tail):
    assert admit(making.good("JPEG") + tail).variants == admit(making.good("JPEG")).variants


def test_a_webp_pixel_counts_twice():
    limits = PictureLimits(max_pixels=10_000)
    assert measure(making.good("PNG"), limits).width == 96
    with pytest.raises(refusals.TooManyPixels):
        measure(making.good("WEBP"), limits)


def test_tiles_as_phones_write_them():
    admitted = admit(making.grid())
    assert (admitted.width, admitted.height) == (640, 480)


def test_bytes_that_look_like_markup_by_chance():
    """Three given bytes come up in every third photograph of 5 MB: only longer marks count."""
    noise = random.Random(7).randbytes(2_000_000)
    chance = b"\0<?=\xff<?p\x80%PDF\x01<htm\x02<s\x03PK\x05\x06\x04PK\x01\x02" + noise
    hidden.check_parts(chance)
    hidden.check_archive(chance)
    hidden.check_tail(chance, phones_append=True)
    still = making.with_segments(making.good("JPEG"), making.jpeg_segment(0xE4, chance[:60_000]))
    assert measure(still, PictureLimits()).width == 96


def test_several_pictures_in_one_jpeg_give_the_first():
    mpo = making.saved(making.drawn(), "MPO", save_all=True, append_images=[making.drawn(640, 480)])
    assert (admit(mpo).width, admit(mpo).height) == (96, 64)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_a_moving_picture_becomes_its_first_frame(kind):
    still = admit(making.moving(kind))
    large = Image.open(io.BytesIO(still.variants["large"].data))
    assert getattr(large, "n_frames", 1) == 1
    assert large.size == (96, 64)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_frames_count_against_the_limit(kind, no_decoding):
    with pytest.raises(refusals.TooManyFrames):
        admit(making.moving(kind), limits=PictureLimits(max_frames=2))
    with pytest.raises(refusals.TooManyFrames):
        admit(making.moving(kind), limits=PictureLimits(max_frame_pixels=2 * 96 * 64))
