"""What is taken, and what comes out."""

from dataclasses import dataclass
from datetime import timedelta

PEAKS = 64
SUFFIX = ".m4a"
CONTENT_TYPE = "audio/mp4"


@dataclass(frozen=True, slots=True)
class VoiceLimits:
    """What a voice note may weigh and how long it may last."""

    max_bytes: int = 8 * 1024 * 1024
    longest: timedelta = timedelta(seconds=60)
    # A recorder that is told to stop at 60 s finishes the packet it is in.
    slack: timedelta = timedelta(seconds=1)
    shortest: timedelta = timedelta(milliseconds=300)


@dataclass(frozen=True, slots=True)
class AdmittedVoice:
    """A voice note of our own making.

    `data` is AAC-LC in MP4, mono, 24 kHz, its index in front. `peaks` are 64 bytes: how loud each
    64th of it gets, 255 being full scale. `sha256` is of the file as it was sent.
    """

    data: bytes
    duration: timedelta
    peaks: bytes
    sha256: bytes
