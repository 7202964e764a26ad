"""What is let in plays everywhere, sounds as it did, and carries nothing else."""

import io
import itertools
import re
from datetime import timedelta

import av
import pytest

from goodword.kit.voice import admit_voice
from goodword.kit.voice.waveform import HEIGHT, bars

from .making import KINDS, SECRET, good, recorded, wave


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_recorder_is_heard(kind):
    made = admit_voice(good(kind))
    assert abs(made.duration - timedelta(seconds=1.5)) < timedelta(milliseconds=60)
    assert len(made.peaks) == 64
    middle = max(made.peaks[28:36])
    assert 65 <= middle <= 125  # 0.4 of full scale; stereo was written 3 dB lower
    assert made.peaks[0] < 20
    assert made.peaks[-1] < 20


@pytest.mark.parametrize(
    ("rate", "layout"), [(44_100, "stereo"), (16_000, "mono"), (8_000, "mono")]
)
def test_odd_rates_and_stereo(rate, layout):
    made = admit_voice(recorded("wav", rate=rate, layout=layout))
    assert abs(made.duration - timedelta(seconds=1.5)) < timedelta(milliseconds=20)
    assert max(made.peaks) > 65


def test_it_is_aac_in_mp4_with_the_index_in_front():
    data = admit_voice(good("chromium")).data
    with av.open(io.BytesIO(data)) as file:
        (voice,) = file.streams
        assert (voice.codec_context.name, voice.profile) == ("aac", "LC")
        assert (voice.codec_context.sample_rate, voice.codec_context.layout.name) == (
            24_000,
            "mono",
        )
        assert file.metadata.keys() <= {"major_brand", "minor_version", "compatible_brands"}
        heard = sum(frame.samples for frame in file.decode(audio=0))
    assert abs(heard - 36_000) <= 1024
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_tone_is_still_that_tone():
    with av.open(io.BytesIO(admit_voice(good("firefox")).data)) as file:
        sound = [one for frame in file.decode(audio=0) for one in _floats(frame)]
    middle = sound[12_000:24_000]  # half a second
    crossings = sum(a < 0 <= b for a, b in itertools.pairwise(middle))
    assert abs(crossings - 220) <= 2  # 440 hertz


def _floats(frame):
    from array import array

    return array("f", bytes(frame.planes[0])[: frame.samples * 4])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_that_came_with_it_is_left(kind):
    told = {
        "title": SECRET,
        "comment": SECRET,
        "artist": SECRET,
        "location": "+31.2304+121.4737/",
        "creation_time": "2024-05-06T07:08:09Z",
    }
    sent = recorded(kind, metadata=told)
    if kind not in ("bare mp3",):
        assert SECRET.encode() in sent
    data = admit_voice(sent).data
    assert data == admit_voice(good(kind)).data
    for trace in (SECRET.encode(), b"31.2304", b"Lavf", b"Lavc"):
        assert trace not in data
    for name in (b"mvhd", b"mdhd", b"tkhd"):
        at = data.index(name) + 8
        assert data[at : at + 8] == bytes(8)  # made and changed: never


def test_the_same_recording_gives_the_same_bytes():
    assert admit_voice(good("phone")) == admit_voice(good("phone"))


def test_a_full_minute_is_let_in_and_stays_small():
    made = admit_voice(recorded("chromium", seconds=60.5))
    assert timedelta(seconds=60.4) < made.duration < timedelta(seconds=60.6)
    assert len(made.data) < 400_000


def test_silence_is_let_in():
    made = admit_voice(wave(bytes(96_000)))
    assert made.peaks == bytes(64)


def test_bars_fill_the_height_but_a_whisper_stays_one():
    loud = bars(bytes((10, 200, 100)) + bytes(61))
    assert max(bar.height for bar in loud) == HEIGHT
    assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT for bar in loud)
    assert max(bar.height for bar in bars(bytes([4] * 64))) < HEIGHT // 4
    assert len({bar.x for bar in loud}) == 64


def test_decoders_stay_out_of_the_process_that_answers_pages():
    import subprocess
    import sys

    program = (
        "from django.conf import settings; settings.configure(USE_I18N=False)\n"
        "import sys; from goodword.kit.voice import admit_voice\n"
        "raw = sys.stdin.buffer.read(); admit_voice(raw)\n"
        "print(sorted({'av', 'numpy'} & sys.modules.keys()))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], input=good("wav"), capture_output=True, check=True
    )
    assert re.fullmatch(rb"\[\]\s*", answer.stdout)
