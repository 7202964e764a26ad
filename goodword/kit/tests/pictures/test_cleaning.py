"""Nothing that came with a picture leaves with it: no place, no name, no profile, no thumbnail."""

import io

import pytest
from PIL import Image

from goodword.kit.pictures import admit

from . import making
from .making import SECRET, saved, tattling


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
