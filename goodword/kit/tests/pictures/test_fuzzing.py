"""Whatever is sent: a picture or a refusal, nothing else, and never more memory than is allowed."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goodword.kit.errors import Refused
from goodword.kit.pictures import PictureLimits, admit

from . import making
from .hostile import good_progressive, hostile
from .making import FORMATS, good

LIMITS = PictureLimits(max_bytes=1_000_000, max_pixels=500_000)
MAGICS = [good(kind)[:24] for kind in FORMATS]


@pytest.fixture(scope="module")
def whole() -> list[bytes]:
    moving = [making.moving(kind) for kind in ("GIF", "PNG", "WEBP", "AVIF")]
    return [*(good(kind) for kind in FORMATS), *moving, good_progressive()]


def is_answered(data: bytes) -> None:
    try:
        admitted = admit(data, limits=LIMITS)
    except Refused as refusal:
        answer = refusal.status in (413, 415, 422)
    else:
        answer = all(made.data.startswith(b"RIFF") for made in admitted.variants.values())
    assert answer


@given(st.binary(max_size=4096))
@example(b"")
@settings(max_examples=200, deadline=None)
def test_any_bytes(data):
    is_answered(data)


@given(st.sampled_from(MAGICS), st.binary(max_size=2048))
@settings(max_examples=300, deadline=None)
def test_any_bytes_behind_a_real_beginning(magic, data):
    is_answered(magic + data)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut, doubled, moved, set to extremes: a few times over."""
    work = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(max(1, len(work) // chance.choice((1, 1, 8, 40))))
        end = min(len(work), at + chance.choice((1, 1, 2, 4, 16, 200)))
        match chance.randrange(6):
            case 0:
                work[at:end] = chance.randbytes(end - at)
            case 1:
                del work[at:end]
            case 2:
                work[at:at] = work[at:end]
            case 3:
                work[at:end] = chance.choice((b"\0", b"\xff", b"\x7f", b"\x80")) * (end - at)
            case 4:
                work[at : at + 1] = bytes((work[at] ^ (1 << chance.randrange(8)),))
            case 5:
                del work[end + chance.randrange(len(work)) :]
        work = work or bytearray(b"\0")
    return bytes(work)


@given(st.integers(0, 10), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_pictures_with_something_changed(whole, which, chance):
    is_answered(mutated(whole[which], chance))


@pytest.mark.deep
@given(st.integers(0, 10), st.randoms(use_true_random=False))
@settings(max_examples=20_000, deadline=None)
def test_very_many_pictures_with_something_changed(whole, which, chance):
    is_answered(mutated(whole[which], chance))


def needs(tmp_path: Path, files: list[bytes]) -> dict:
    """What a fresh process needs at most for one of `files` (above its start), and its answers."""
    for number, data in enumerate(files):
        (tmp_path / f"{number:05}").write_bytes(data)
    glutton = Path(__file__).with_name("glutton.py")
    done = subprocess.run(
        [sys.executable, str(glutton), str(tmp_path)], capture_output=True, check=True, timeout=240
    )
    return json.loads(done.stdout)


def test_hostile_files_take_neither_memory_nor_time(tmp_path):
    needed = needs(tmp_path, [data for data, _why in hostile().values()])
    assert "" not in needed["answers"]
    assert needed["megabytes"] < 150  # the largest of them are 33 MB of file
    assert needed["seconds"] < 2


def test_changed_pictures_take_no_memory(tmp_path, whole):
    chance = random.Random(20)
    changed = [mutated(chance.choice(whole), chance) for _ in range(600)]
    assert needs(tmp_path, changed)["megabytes"] < 100


def test_the_largest_picture_that_is_let_in(tmp_path):
    side = 8062  # 64,995,844 pixels
    row = (b"\0" + bytes(range(256)) * 126)[: 1 + side * 4]
    needed = needs(tmp_path, [making.png(side, side, row * side, colour=6)])
    assert needed["answers"] == [""]
    assert needed["megabytes"] < 450
