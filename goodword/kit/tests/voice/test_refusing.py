"""What must be turned away is, with a sentence and its status; the rest of the house goes on."""

import io
import signal
import subprocess
import sys
import time

import pytest

from goodword.kit.errors import Refused
from goodword.kit.voice import VoiceLimits, admission, admit_voice, refusals

from . import making
from .hostile import hostile, treacherous

STATUSES = {
    refusals.TooManyBytes: 413,
    refusals.TooLong: 413,
    refusals.NotARecording: 415,
    refusals.RareKind: 415,
    refusals.AFilm: 415,
    refusals.SeveralTracks: 422,
    refusals.TooShort: 422,
    refusals.Empty: 422,
    refusals.Incomplete: 422,
    refusals.Damaged: 422,
    refusals.SomethingHidden: 422,
}


@pytest.fixture
def no_booth(monkeypatch):
    def decode(*args, **kwargs):
        raise AssertionError("a hostile file reached a decoder")

    monkeypatch.setattr(admission.subprocess, "Popen", decode)


def test_the_corpus_is_large():
    assert len(hostile()) + len(treacherous()) >= 120


@pytest.mark.parametrize("name", sorted(hostile()))
def test_refused_before_decoding(name, no_booth):
    _refused(*hostile()[name])


@pytest.mark.parametrize("name", sorted(treacherous()))
def test_refused_by_the_booth(name):
    _refused(*treacherous()[name])


def _refused(data, reasons):
    data = data() if callable(data) else data
    with pytest.raises(Refused) as refusal:
        admit_voice(data)
    assert isinstance(refusal.value, reasons), repr(refusal.value)
    assert refusal.value.status == STATUSES[type(refusal.value)]
    assert str(refusal.value).endswith(".")


def test_a_stream_is_read_no_further_than_the_limit(no_booth):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            assert size > 0
            self.given += size
            return b"OggS" + bytes(size - 4)

    endless, limits = Endless(), VoiceLimits(max_bytes=1000)
    with pytest.raises(refusals.TooManyBytes):
        admit_voice(endless, limits=limits)
    assert endless.given == 1001


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import os; os.abort()", "it crashes"),
        ("import time; time.sleep(60)", "it hangs"),
        ("x = bytearray(4 << 30)", "it eats memory"),
        ("while True: print('x' * 4096)", "it never stops talking"),
        ("print('{}')", "it says nothing"),
        ("print('[]')", "it says something else"),
        ('print(\'{"refused": "Exception"}\')', "it names another refusal"),
        ('print(\'{"microseconds": 1, "peaks": "00", "bytes": 0}\')', "it sends no file"),
    ],
)
def test_a_booth_that_fails_is_a_damaged_recording(program, why, monkeypatch, tmp_path):
    """Whatever a decoder's fault does to the process, the person gets a sentence, and soon."""
    booth = tmp_path / "booth.py"
    booth.write_text(program)
    monkeypatch.setattr(admission, "_BOOTH", booth)
    monkeypatch.setattr(admission, "_TIMEOUT", 1.0)
    start = time.monotonic()
    with pytest.raises(refusals.Damaged):
        admit_voice(making.good("wav"))
    assert time.monotonic() - start < 45  # and not as long as the one that hangs


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("print('fine')", 0),
        ("bytearray(1 << 30)", 1),
        ("open('/tmp/goodword-booth', 'wb').write(b'x' * 9)", -signal.SIGXFSZ),
        ("setrlimit(RLIMIT_CPU, (1, getrlimit(RLIMIT_CPU)[1]))\nwhile True: pass", -signal.SIGXCPU),
        ("setrlimit(RLIMIT_CPU, (99, 99))", 1),
    ],
)
def test_the_booth_is_locked_from_inside(deed, code, tmp_path):
    """Bounds of memory, time and files hold whatever runs there, and can't be taken back."""
    program = (
        "import runpy, signal; from resource import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        f"runpy.run_path({str(admission._BOOTH)!r})['_lock']()\n"
    )
    deed = deed.replace("/tmp/goodword-booth", str(tmp_path / "written"))
    plain = [sys.executable, "-I", "-c", program + deed]
    nobody = "import os; os.getuid() or os.setuid(65534)\n"
    if "99" in deed:  # the superuser may raise his own bounds
        plain[-1] = nobody + plain[-1]
    answer = subprocess.run(plain, capture_output=True, check=False)
    assert answer.returncode == code, answer.stderr


@pytest.mark.parametrize("kind", ["firefox", "phone", "mp3", "chromium"])
def test_mutated_recordings_are_refused_or_become_clean_ones(kind):
    """No change of a byte brings anything but a refusal or a note of our own."""
    import random

    rng = random.Random(11)
    for _ in range(6):
        data = bytearray(making.good(kind))
        for _ in range(rng.choice((1, 5, 50))):
            data[rng.randrange(12, len(data))] = rng.randrange(256)
        try:
            made = admit_voice(bytes(data))
        except Refused:
            continue
        assert made.data[4:8] == b"ftyp"
        assert made.duration <= VoiceLimits().longest + VoiceLimits().slack
