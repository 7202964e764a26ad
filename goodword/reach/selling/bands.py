"""People as a seller may read them: in bands, and never fewer than five behind a figure."""

from bisect import bisect_right
from dataclasses import dataclass

ENOUGH = 5  # people behind a figure
EDGES = (
    5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500, 750,
    1000, 1500, 2000, 3000, 4000, 5000,
)  # fmt: skip
BEYOND = 5000  # the step above the last edge


@dataclass(frozen=True, slots=True)
class Band:
    """At least `low` and fewer than `high` people; `low` None: fewer than `high`, perhaps none."""

    low: int | None
    high: int

    @property
    def is_few(self) -> bool:
        """Too few for a figure."""
        return self.low is None and self.high <= ENOUGH


FEW = Band(None, ENOUGH)


def band(low: float, high: float | None = None) -> Band:
    """The band that holds everything from `low` to `high`; of one number, the one it lies in."""
    high = low if high is None else max(low, high)
    if high < ENOUGH:
        return FEW
    return Band(below(low) if low >= ENOUGH else None, above(high))


def below(number: float) -> int:
    """The last edge that is not above the number, which is at least ENOUGH."""
    if number >= EDGES[-1] + BEYOND:
        return int(number) // BEYOND * BEYOND
    return EDGES[bisect_right(EDGES, number) - 1]


def above(number: float) -> int:
    """The first edge above the number."""
    if number >= EDGES[-1]:
        return (int(number) // BEYOND + 1) * BEYOND
    return EDGES[bisect_right(EDGES, number)]


def one_in(part: float, whole: float) -> int | None:
    """A share as “one in so many”, rounded so that one person more or less seldom shows."""
    if part <= 0 or whole <= 0:
        return None
    steps = (2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200)
    return min(steps, key=lambda step: abs(step - whole / part))
