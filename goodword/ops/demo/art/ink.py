"""Colours: hex or RGB in, RGB out, and the mixes a painter would make with a limited box."""

import colorsys
from functools import lru_cache

Ink = tuple[int, int, int]
Colour = str | Ink

PLUM: Ink = (38, 26, 54)
CREAM: Ink = (255, 247, 228)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Ink:
    digits = text.lstrip("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def ink(colour: Colour) -> Ink:
    """An RGB triple from "#rrggbb" or from a triple."""
    return _parse(colour) if isinstance(colour, str) else colour


def mix(a: Colour, b: Colour, share: float) -> Ink:
    """`share` (0..1) of b stirred into a."""
    one, two = ink(a), ink(b)
    return (
        round(one[0] + (two[0] - one[0]) * share),
        round(one[1] + (two[1] - one[1]) * share),
        round(one[2] + (two[2] - one[2]) * share),
    )


def deep(colour: Colour, share: float = 0.25) -> Ink:
    """Darker the way gouache gets darker: towards plum, never towards black."""
    return mix(colour, PLUM, share)


def pale(colour: Colour, share: float = 0.3) -> Ink:
    """Lighter towards warm cream, never towards white."""
    return mix(colour, CREAM, share)


def turn(colour: Colour, hue: float = 0.0, vivid: float = 1.0, bright: float = 1.0) -> Ink:
    """Shift the hue (in turns, 0..1) and scale saturation and value."""
    red, green, blue = ink(colour)
    h, s, v = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    out = colorsys.hsv_to_rgb((h + hue) % 1.0, min(1.0, s * vivid), min(1.0, v * bright))
    return round(out[0] * 255), round(out[1] * 255), round(out[2] * 255)
