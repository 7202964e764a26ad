"""The way in: bytes from a stranger become a voice note of our own making, or a refusal."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

from goodword.kit.pictures import hidden
from goodword.kit.pictures.refusals import SomethingHidden as HiddenInPicture

from . import refusals
from .containers import mp3, mp4, ogg, wave, webm
from .refusals import Damaged, Empty, NotARecording, SomethingHidden, TooLong, TooManyBytes
from .shapes import PEAKS, AdmittedVoice, VoiceLimits

_BOOTH = Path(__file__).with_name("booth.py")
_TIMEOUT = 20.0  # seconds by the wall; the booth has ten of processor
_MOST_OUT = 1024 * 1024  # bytes: a minute is 310 KB
_turns = threading.Semaphore(os.cpu_count() or 1)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def admit_voice(raw: bytes | Readable, *, limits: VoiceLimits | None = None) -> AdmittedVoice:
    """Check a recording, decode all of it, and encode it anew without anything but the sound.

    Takes bytes or an open binary file (an upload); what it is follows from its bytes alone, and how
    long it lasts from what was decoded. Raises a `Refused` from `refusals`: TooLarge (413),
    Unsupported (415) or Invalid (422). It runs for half a second in a process of its own (20 at
    most): call it outside transactions.
    """
    limits = limits or VoiceLimits()
    data = _bytes(raw, limits)
    demuxer = check(data)
    made = _heard(data, demuxer, limits)
    return AdmittedVoice(
        data=made.data,
        duration=timedelta(microseconds=made.microseconds),
        peaks=made.peaks,
        sha256=hashlib.sha256(data).digest(),
    )


def check(data: bytes) -> str:
    """Tell what `data` is and follow its parts, decoding nothing; gives FFmpeg's name for it."""
    found = _kind(data)
    if found is None:
        raise NotARecording
    demuxer, walk = found
    walk(data)
    try:
        hidden.check_parts(data)
        hidden.check_archive(data)
    except HiddenInPicture as error:
        raise SomethingHidden from error
    return demuxer


def _bytes(raw: bytes | Readable, limits: VoiceLimits) -> bytes:
    data = raw if isinstance(raw, bytes) else raw.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise TooManyBytes(limits.max_bytes)
    if not data:
        raise Empty
    return data


def _kind(data: bytes) -> tuple[str, Callable[[bytes], None]] | None:
    if data.startswith(webm.MAGIC):
        return "matroska", webm.walk
    if data[4:8] == mp4.MAGIC:
        return "mov", mp4.walk
    if data.startswith(ogg.MAGIC):
        return "ogg", ogg.walk
    if data.startswith(wave.MAGIC) and data[8:12] == wave.KIND:
        return "wav", wave.walk
    if data.startswith(mp3.TAG) or mp3.starts(data):
        return "mp3", mp3.walk
    return None


class _Made(NamedTuple):
    microseconds: int
    peaks: bytes
    data: bytes


def _heard(data: bytes, demuxer: str, limits: VoiceLimits) -> _Made:
    """What the booth made, believed no further than it can be checked."""
    most = limits.longest + limits.slack
    with _turns:
        answer = _booth(data, demuxer, _milliseconds(most), _milliseconds(limits.shortest))
    line, _, made = answer.partition(b"\n")
    try:
        head = json.loads(line)
        if why := head.get("refused"):
            raise _refusal(why, limits)
        ours = _Made(int(head["microseconds"]), bytes.fromhex(head["peaks"]), made)
        whole = len(made) == head["bytes"] and made[4:8] == mp4.MAGIC
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged from error  # it crashed, or was ended at a bound
    if not whole or len(ours.peaks) != PEAKS or ours.microseconds > _milliseconds(most) * 1000:
        raise Damaged
    return ours


def _booth(data: bytes, demuxer: str, most: int, least: int) -> bytes:
    # A file without a name as standard input: no thread is needed to feed the process.
    with tempfile.TemporaryFile() as sent:
        sent.write(data)
        sent.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program, nothing of it from outside
            [sys.executable, "-I", str(_BOOTH), demuxer, str(most), str(least)],
            stdin=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        late = threading.Timer(_TIMEOUT, process.kill)
        late.start()
        try:
            with process:
                assert process.stdout is not None
                answer = process.stdout.read(_MOST_OUT)
                process.kill()  # in case it talks on
        finally:
            late.cancel()
    return answer


def _refusal(name: str, limits: VoiceLimits) -> Exception:
    if name == "TooLong":
        return TooLong(limits.longest)
    plain = {
        one.__name__: one
        for one in (
            refusals.AFilm, refusals.Damaged, refusals.NotARecording, refusals.RareKind,
            refusals.SeveralTracks, refusals.TooShort,
        )
    }  # fmt: skip
    return plain.get(name, Damaged)()


def _milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
