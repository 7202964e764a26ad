"""The one place where a header's numbers meet the limits, before anything is decoded."""

from .refusals import Damaged, TooManyFrames, TooManyPixels
from .shapes import PictureLimits

# Segments, chunks or boxes in one file. Far above what encoders write, low enough that walking them
# in Python stays quick.
MAX_PARTS = 100_000
# Larger colour profiles than this are not for screens.
MAX_ICC = 4 * 1024 * 1024


def check_size(
    width: int, height: int, limits: PictureLimits, *, frames: int = 1, weight: int = 1
) -> None:
    """Raise Damaged without any pixels, TooManyPixels or TooManyFrames above the limits.

    A pixel counts `weight` times where its decoder needs that much more memory than others.
    """
    if width < 1 or height < 1:
        raise Damaged
    if max(width, height) > limits.max_side or width * height * weight > limits.max_pixels:
        raise TooManyPixels(width, height)
    if frames > limits.max_frames or width * height * frames > limits.max_frame_pixels:
        raise TooManyFrames(frames)


def check_parts(count: int, *, most: int = MAX_PARTS) -> None:
    if count > most:
        raise Damaged
