"""The fonts that are shipped, and which letters they have. Light: a web process may hold it."""

from bisect import bisect_right
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
SANS = FONTS / "GoodwordSansSC-Regular.otf"

# In the first font that we ship these are as wide as a Chinese letter, which tears English apart.
NARROW = str.maketrans({"’": "'", "“": '"', "”": '"', "\u202f": "\u00a0"})


def prints(letter: str) -> bool:
    starts, ends = _coverage()
    at = bisect_right(starts, ord(letter)) - 1
    return at >= 0 and ord(letter) <= ends[at]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """First and last letters of the runs that the font has; script/font writes them."""
    pairs = [line.split("-") for line in (FONTS / "coverage.txt").read_text().split()]
    return [int(low, 16) for low, _high in pairs], [int(high, 16) for _low, high in pairs]
