"""From peaks to the bars of a waveform."""

from typing import NamedTuple

WIDTH, HEIGHT = 256, 40  # units of the drawing
_BAR = 2
_LEAST = 3
# A whisper is drawn as a whisper: what never gets louder than this is not stretched to full height.
_QUIET = 32


class Bar(NamedTuple):
    """A rounded bar of the drawing: left edge, top edge, width, height."""

    x: int
    y: int
    width: int
    height: int


def bars(peaks: bytes) -> list[Bar]:
    """One bar for each peak (0–255), the loudest at full height, centred on the middle line."""
    loudest = max(_QUIET, *peaks)
    step = WIDTH // len(peaks)
    drawn = []
    for place, peak in enumerate(peaks):
        height = max(_LEAST, peak * HEIGHT // loudest)
        drawn.append(Bar(place * step + (step - _BAR) // 2, (HEIGHT - height) // 2, _BAR, height))
    return drawn
