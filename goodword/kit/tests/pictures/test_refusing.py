"""What must be turned away is, before a single pixel is decoded, with a sentence and its status."""

import io

import pytest
from PIL import Image

from goodword.kit.errors import Refused
from goodword.kit.pictures import PictureLimits, admit, refusals
from goodword.kit.pictures.admission import measure
from goodword.kit.pictures.containers import codecs

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


def test_av1_data_are_asked_even_where_the_configuration_is_silent():
    whole = making.saved(making.drawn(256, 192), "AVIF").replace(b"av1C", b"xxxC")
    with pytest.raises(refusals.Damaged):
        measure(making.with_ispe(whole, 64, 48), PictureLimits())


def test_hevc_data_are_asked_too():
    whole = making.saved(making.drawn(256, 192), "HEIF")
    at = whole.index(b"hvcC")
    config = whole[at + 4 : at - 4 + int.from_bytes(whole[at - 4 : at], "big")]
    width, sizes = codecs.hevc_config(config)
    assert sizes == [(256, 192)]
    start = config.index(b"\x42\x01")  # the parameter set among the configuration's units
    unit = config[start - 2 : start + int.from_bytes(config[start - 2 : start], "big")]
    in_band = unit[:2].rjust(width, b"\0") + unit[2:]
    assert list(codecs.hevc_sizes(in_band * 2, width)) == [(256, 192)] * 2


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
            b'vivo{"vmodel":"V2024A","hdr":0}' + b"\xff\xff\xff\xff\x1b*9HWfu\x84\x93\xa2\xb1",
        ),
    ],
)
def test_what_phones_append_to_a_jpeg_is_cut_off(name, tail):
    assert admit(making.good("JPEG") + tail).variants == admit(making.good("JPEG")).variants


def test_tiles_as_phones_write_them():
    admitted = admit(making.grid())
    assert (admitted.width, admitted.height) == (640, 480)


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
