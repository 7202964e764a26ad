"""The sound booth: a program that hears one recording and makes ours of it, in its own process.

It knows nothing of Goodword and imports only PyAV, so that it starts quickly and a decoder's fault
takes nothing else with it. Arguments: the demuxer's name, the most and the least milliseconds.
Standard input: the recording. Standard output: a line of JSON, then the new file. A refusal is the
name of a class in `refusals`.
"""

import io
import json
import resource
import sys
from array import array
from collections.abc import Iterator
from typing import Any

RATE = 24_000  # hertz
BITS = 40_000  # a second
FRAME = 1024  # samples of one AAC packet
PEAKS = 64
DECODERS = frozenset(
    ("opus", "vorbis", "aac", "mp3", "mp3float", "alac", "flac", "pcm_u8", "pcm_s16le", "pcm_s24le",
     "pcm_s32le", "pcm_f32le", "pcm_alaw", "pcm_mulaw", "pcm_s16be")
)  # fmt: skip
# The longest note takes 0.4 seconds and 45 MB: far from these.
SECONDS = 10
MEMORY = 768 * 1024 * 1024
PACKETS = 50_000


class Turned(Exception):
    """The recording is refused; the message is the refusal's name."""


def main() -> None:
    _lock()
    demuxer, most, least = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    head: dict[str, str | int]
    made = b""
    try:
        sound = heard(sys.stdin.buffer.read(), demuxer, most * RATE // 1000)
        if len(sound) < least * RATE // 1000:
            raise Turned("TooShort")
        made = encoded(sound)
        microseconds = len(sound) * 1_000_000 // RATE
        head = {"microseconds": microseconds, "peaks": peaks(sound).hex(), "bytes": len(made)}
    except Turned as turned:
        head, made = {"refused": str(turned)}, b""
    except MemoryError:
        head, made = {"refused": "Damaged"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + made)


def heard(raw: bytes, demuxer: str, most: int) -> "array[int]":
    """Mono samples of 16 bits at RATE; stops at once when there are more than `most`."""
    import av

    av.logging.set_level(av.logging.PANIC)
    sound = array("h")
    # The format is given, so no other demuxer is ever tried; nothing else may be opened from it.
    options = {"protocol_whitelist": "none", "probesize": "1000000", "max_streams": "8"}
    try:
        with av.open(io.BytesIO(raw), format=demuxer, container_options=options) as file:
            voice = _only_voice(file)
            mono = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in _frames(file, voice):
                for part in mono.resample(frame):
                    sound.frombytes(bytes(part.planes[0])[: part.samples * 2])
                if len(sound) > most:
                    raise Turned("TooLong")
            for part in mono.resample(None) if sound else ():
                sound.frombytes(bytes(part.planes[0])[: part.samples * 2])
    except (av.FFmpegError, ValueError, OSError, UnicodeError) as error:
        raise Turned("Damaged") from error
    return sound


def _only_voice(file: Any) -> Any:
    if file.streams.video:
        raise Turned("AFilm")
    if len(file.streams.audio) == 0:
        raise Turned("NotARecording")
    if len(file.streams) > 1:
        raise Turned("SeveralTracks")
    voice = file.streams.audio[0]
    context = voice.codec_context
    if context is None or context.name not in DECODERS:
        raise Turned("RareKind")
    if not (8_000 <= context.sample_rate <= 96_000 and 1 <= context.layout.nb_channels <= 8):
        raise Turned("RareKind")
    context.thread_count = 1
    return voice


def _frames(file: Any, voice: Any) -> Iterator[Any]:
    for count, packet in enumerate(file.demux(voice)):
        if count > PACKETS or packet.is_corrupt:
            raise Turned("Damaged")
        yield from packet.decode()


def encoded(sound: "array[int]") -> bytes:
    """AAC in MP4 with its index in front; the same samples always give the same bytes."""
    import av

    out = io.BytesIO()
    # Room for the index: its frame, and four bytes for each packet.
    room = 1536 + 4 * (len(sound) // FRAME + 4)
    options = {"fflags": "+bitexact", "moov_size": str(room)}
    with av.open(out, "w", format="mp4", container_options=options) as file:
        voice: Any = file.add_stream("aac", rate=RATE, layout="mono")
        voice.bit_rate = BITS
        voice.codec_context.thread_count = 1
        voice.codec_context.flags |= av.codec.context.Flags.bitexact
        for start in range(0, len(sound), FRAME):
            part = sound[start : start + FRAME]
            frame = av.AudioFrame(format="fltp", layout="mono", samples=len(part))
            floats = array("f", [one / 32768 for one in part]).tobytes()
            frame.planes[0].update(floats.ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts = RATE, start
            file.mux(voice.encode(frame))
        file.mux(voice.encode(None))
    return out.getvalue()


def peaks(sound: "array[int]") -> bytes:
    """The largest deflection in each 64th, 255 being full scale."""
    found = bytearray()
    for step in range(PEAKS):
        part = sound[len(sound) * step // PEAKS : len(sound) * (step + 1) // PEAKS]
        low, high = min(part), max(part)
        found.append(min(255, max(-low, high) * 255 // 32767))
    return bytes(found)


def _lock() -> None:
    """Bounds that no decoder can talk its way out of; the kernel ends the process at them."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the system's own mappings are larger than this
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
