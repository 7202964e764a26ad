"""What a picture is like, in a few bytes: its main colour, and a hash that survives re-encoding."""

from PIL import Image

_ACROSS = 9  # eight differences in each of eight rows


def colour(picture: Image.Image) -> str:
    """The colour that covers most of it, as `#rrggbb`."""
    few = picture.resize((48, 48), Image.Resampling.BOX).quantize(6, Image.Quantize.MEDIANCUT)
    counts = few.histogram()
    at = 3 * counts.index(max(counts))
    return f"#{bytes((few.getpalette() or [])[at : at + 3]).hex()}"


def dhash(picture: Image.Image) -> int:
    """The 64-bit difference hash, signed: is each of 9 × 8 greys darker than the next one?"""
    small = picture.convert("L").resize((_ACROSS, 8), Image.Resampling.BOX)
    greys = small.tobytes()
    value = 0
    for row in range(8):
        for column in range(8):
            at = row * _ACROSS + column
            value = value << 1 | (greys[at] < greys[at + 1])
    return value - (1 << 64) if value >> 63 else value


def distance(one: int, other: int) -> int:
    """In how many of 64 bits two hashes differ; 0 to about 6 is the same picture."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()
