"""Recordings for the tests, made here: good ones, and the parts from which bad ones are built."""

import io
import math
import struct
from array import array
from functools import cache
from typing import Any

import av
import numpy

SECRET = "KODAK-SECRET-0451"
# By the name of what sends it: muxer, encoder, options of the muxer.
KINDS: dict[str, tuple[str, str, dict[str, str]]] = {
    "chromium": ("webm", "libopus", {"live": "1"}),  # sizes left open, as MediaRecorder writes
    "webm": ("webm", "libopus", {}),
    "vorbis": ("ogg", "vorbis", {}),
    "firefox": ("ogg", "libopus", {}),
    "safari": ("mp4", "aac", {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
    "chromium mp4": ("mp4", "libopus", {"movflags": "frag_keyframe+empty_moov"}),
    "phone": ("ipod", "aac", {}),
    "faststart": ("ipod", "aac", {"moov_size": "20000"}),
    "lossless phone": ("ipod", "alac", {}),
    "mp3": ("mp3", "libmp3lame", {}),
    "bare mp3": ("mp3", "libmp3lame", {"id3v2_version": "0", "write_xing": "0"}),
    "wav": ("wav", "pcm_s16le", {}),
}


def tone(samples: int, rate: int, *, hertz: float = 440, loud: float = 0.4) -> "array[int]":
    """A tone that swells and fades."""
    at = numpy.arange(samples)
    swelling = numpy.sin(2 * math.pi * hertz / rate * at) * numpy.sin(math.pi * at / samples)
    return array("h", (32767 * loud * swelling).astype("int16").tobytes())


def recorded(kind: str, *, seconds: float = 1.5, rate: int = 48_000, **more: Any) -> bytes:
    """A recording of one kind; `more`: layout, metadata, tracks."""
    muxer, encoder, options = KINDS[kind]
    return muxed(muxer, encoder, seconds=seconds, rate=rate, options=options, **more)


def muxed(
    muxer: str,
    encoder: str,
    *,
    seconds: float = 1.5,
    rate: int = 48_000,
    layout: str = "mono",
    options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    tracks: int = 1,
) -> bytes:
    out = io.BytesIO()
    sound = tone(int(seconds * rate), rate)
    with av.open(out, "w", format=muxer, container_options=options or {}) as file:
        file.metadata.update(metadata or {})
        voices = [file.add_stream(encoder, rate=rate, layout=layout) for _ in range(tracks)]
        for voice in voices:
            if encoder == "vorbis":  # FFmpeg's own, which calls itself experimental
                voice.layout, voice.options = "stereo", {"strict": "-2"}
            voice.metadata.update(metadata or {})
            voice.codec_context.open()
        for voice in voices:
            _fill(file, voice, sound, rate)
    return out.getvalue()


def _fill(file: Any, voice: Any, sound: "array[int]", rate: int) -> None:
    context = voice.codec_context
    size = context.frame_size or 1024
    shape = av.AudioResampler(
        format=context.format.name, layout=context.layout.name, rate=rate, frame_size=size
    )
    for start in range(0, len(sound), size):
        part = sound[start : start + size]
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(part))
        frame.planes[0].update(part.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts = rate, start
        for shaped in shape.resample(frame):
            file.mux(voice.encode(shaped))
    for shaped in shape.resample(None):
        file.mux(voice.encode(shaped))
    file.mux(voice.encode(None))


@cache
def good(kind: str) -> bytes:
    return recorded(kind)


@cache
def film(muxer: str, encoder: str, *, sound: bool = False) -> bytes:
    """Ten frames, with sound if wished."""
    out = io.BytesIO()
    with av.open(out, "w", format=muxer) as file:
        video = file.add_stream(encoder, rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        voice = file.add_stream("libopus", rate=48_000, layout="mono") if sound else None
        for at in range(10):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts = at
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        if voice:
            _fill(file, voice, tone(48_000, 48_000), 48_000)
    return out.getvalue()


def wave(
    data: bytes, *, kind: int = 1, channels: int = 1, rate: int = 48_000, bits: int = 16
) -> bytes:
    block = channels * bits // 8
    head = struct.pack("<HHIIHH", kind, channels, rate, rate * block % 2**32, block % 2**16, bits)
    return riff(chunk(b"fmt ", head), chunk(b"data", data))


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def riff(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


def element(name: int, data: bytes) -> bytes:
    """An EBML element with a size of eight bytes."""
    return (
        name.to_bytes((name.bit_length() + 7) // 8, "big")
        + (1 << 56 | len(data)).to_bytes(8, "big")
        + data
    )


def silent_opus(packets: int) -> bytes:
    """Ogg Opus of `packets` packets of 120 ms, each of two bytes."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)
    pages = [ogg_page(0, 2, [head]), ogg_page(1, 0, [tags])]
    packet = b"\x0b\x06"  # six frames of 20 ms, all empty
    done, number = 0, 2
    while done < packets:
        now = min(255, packets - done)
        done += now
        last = 4 if done == packets else 0
        pages.append(ogg_page(number, last, [packet] * now, granule=done * 5760))
        number += 1
    return b"".join(pages)


def ogg_page(
    number: int, flags: int, packets: list[bytes], *, granule: int = 0, stream: int = 7
) -> bytes:
    table = bytes(len(packet) for packet in packets)
    head = b"OggS" + struct.pack("<BBqIII", 0, flags, granule, stream, number, 0)
    page = head + bytes((len(table),)) + table + b"".join(packets)
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return page[:22] + struct.pack("<I", crc) + page[26:]
