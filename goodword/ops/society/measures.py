"""What came of a town, counted; and what several towns say together. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import fmean, stdev

# What is told of each policy: the first five are what the simulator is for.
MEASURES = {
    "blocks": "friends blocked because of what they sell",
    "mutes": "friends whose market was turned off",
    "sales": "things bought and paid",
    "life_read": "life moments of friends read, each once by each reader",
    "market_seen": "offers met in the circle, each once by each reader; behind a fold when opened",
    "opens": "offers looked at closer, in the circle and in the market",
    "sales_in_circle": "sales of what was met in the circle; the others in the market",
    "annoyed": "members whose patience a seller used up at least once",
    "looks": "sessions in the circle",
    "sellers_selling": "sellers who sold something",
}

# Student's t, 97.5 %, by degrees of freedom; beyond the table the normal value is within 2 %.
T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
NORMAL = 1.96


@dataclass(slots=True)
class Tally:
    """Each measure by the member that it happened to, so that one town has an interval too."""

    members: int
    counts: dict[str, Counter[int]] = field(
        default_factory=lambda: {name: Counter() for name in MEASURES}
    )

    def add(self, measure: str, member: int, times: int = 1) -> None:
        self.counts[measure][member] += times

    def result(self) -> dict[str, list[int]]:
        """Of each measure the sum and the sum of squares over members: all an interval needs."""
        return {
            name: [sum(count.values()), sum(n * n for n in count.values())]
            for name, count in self.counts.items()
        }


@dataclass(frozen=True, slots=True)
class Interval:
    """The mean of a town's total with its 95 % interval `over` towns of several seeds.

    Of one town alone it is over its members, as if they did not depend on each other.
    """

    mean: float
    low: float
    high: float
    over: str
    values: tuple[float, ...]


def student(degrees: int) -> float:
    return T[degrees - 1] if degrees <= len(T) else NORMAL


def over_seeds(values: Sequence[float]) -> Interval:
    """Of at least two towns."""
    mean = fmean(values)
    half = student(len(values) - 1) * stdev(values) / sqrt(len(values))
    return Interval(mean, mean - half, mean + half, "seeds", tuple(values))


def over_members(total: int, squares: int, *, members: int) -> Interval:
    variance = max(0.0, squares / members - (total / members) ** 2) * members
    half = NORMAL * sqrt(variance)
    return Interval(total, total - half, total + half, "members", (total,))


def intervals(
    results: Sequence[Mapping[str, Sequence[int]]], *, members: int
) -> dict[str, Interval]:
    """Of each measure, over what one policy gave in each seed."""
    if len(results) == 1:
        return {name: over_members(*results[0][name], members=members) for name in MEASURES}
    return {name: over_seeds([one[name][0] for one in results]) for name in MEASURES}


def differences(
    these: Sequence[Mapping[str, Sequence[int]]], those: Sequence[Mapping[str, Sequence[int]]]
) -> dict[str, Interval]:
    """These less those, seed by seed: the same people with the same plans. At least two seeds."""
    return {
        name: over_seeds([a[name][0] - b[name][0] for a, b in zip(these, those, strict=True)])
        for name in MEASURES
    }
