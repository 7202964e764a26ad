"""The way in: bytes from a stranger become pictures of our own making, or a refusal."""

import hashlib
from collections.abc import Callable
from typing import Protocol

from . import hidden, likeness, render
from .containers import gif, heif, jpeg, png, webp
from .refusals import Empty, NotAPicture, TooManyBytes
from .shapes import FEED, Admitted, PictureLimits, Still, Variant


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def admit(
    raw: bytes | Readable,
    *,
    limits: PictureLimits | None = None,
    variants: tuple[Variant, ...] = FEED,
) -> Admitted:
    """Measure, decode and re-encode a picture in the sizes of `variants`.

    Takes bytes or an open binary file (an upload); what it is follows from its bytes alone. Raises
    a `Refused` from `refusals`: TooLarge (413), Unsupported (415) or Invalid (422). It runs for
    tens of milliseconds to a second and uses up to 500 MB: call it outside transactions.
    """
    limits = limits or PictureLimits()
    data = _bytes(raw, limits)
    still = measure(data, limits)
    picture = render.upright(still, variants, limits)
    made = render.derivatives(picture, variants)
    largest = max(made.values(), key=lambda one: one.width * one.height)
    return Admitted(
        variants=made,
        width=largest.width,
        height=largest.height,
        colour=likeness.colour(picture),
        sha256=hashlib.sha256(data).digest(),
        dhash=likeness.dhash(picture),
    )


def measure(data: bytes, limits: PictureLimits) -> Still:
    """Tell what `data` is and check it against `limits` without decoding any pixels."""
    reader = _reader(data)
    if not reader:
        raise NotAPicture
    hidden.check_archive(data)
    return reader(data, limits)


def _bytes(raw: bytes | Readable, limits: PictureLimits) -> bytes:
    data = raw if isinstance(raw, bytes) else raw.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise TooManyBytes(limits.max_bytes)
    if not data:
        raise Empty
    return data


def _reader(data: bytes) -> Callable[[bytes, PictureLimits], Still] | None:
    if data.startswith(jpeg.MAGIC):
        return jpeg.read
    if data.startswith(png.MAGIC):
        return png.read
    if data.startswith(gif.MAGIC):
        return gif.read
    if data.startswith(webp.MAGIC) and data[8:12] == webp.KIND:
        return webp.read
    if data[4:8] == heif.MAGIC:
        return heif.read
    return None
