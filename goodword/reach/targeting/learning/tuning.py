"""Choosing the settings: one path for every town, on a part of its own choices held out for that.

The settings are climbed one after another, each from the best so far, on a sample of people and
with a few steps of conjugate gradients. The power of popularity costs next to nothing, so every
trial tries all of its values. The same town and seed give the same settings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .choices import Choices, split
from .measures import hits, of_hits, top
from .ridge import (
    Settings,
    kernel,
    leverage,
    lift,
    lifted,
    probes,
    solve,
    turned,
    unit,
)  # fmt: skip

K = 20
SAMPLE = 1000  # people whom a trial ranks for, at most
WORK = 3e9  # multiplications that the solution of one trial may take
LEVERAGE = (0.0, 0.5, 1.0)
FEWEST = 20  # people with something to find; with fewer the defaults are kept
POPULARITY = (0.3, 0.2, 0.1, 0.05, 0.0, -0.05, -0.1, -0.15, -0.2, -0.3)
SHORT = 200  # items of each person that a trial orders anew for each popularity
TUNING_STEPS = 5  # of conjugate gradients: enough to tell settings apart
SURE = 1.0  # standard errors that a change must gain
ROUNDS = 2  # through the axes

# How an axis is climbed: the next value in either direction.
Step = Callable[[float], tuple[float, float]]


def by_factor(factor: float, least: float, most: float) -> Step:
    return lambda value: (max(value / factor, least), min(value * factor, most))


def by_amount(amount: float, least: float, most: float) -> Step:
    return lambda value: (
        round(max(value - amount, least), 4), round(min(value + amount, most), 4),
    )  # fmt: skip


Axes = tuple[tuple[str, Step], ...]
AXES: Axes = (
    ("ridge", by_factor(2, 0.5, 256)),
    ("friends", by_factor(3, 0.01, 10)),
    ("person", by_amount(0.1, 0, 0.6)),
    ("vote", by_amount(0.1, -0.2, 0.6)),
    ("item", by_amount(0.05, 0, 0.6)),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One setting that was tried, and how well it found what was held out (NDCG@20, recall@20)."""

    settings: Settings
    ndcg: float
    recall: float
    each: NDArray[np.float64] = field(compare=False, repr=False)  # NDCG + recall of each person

    @property
    def worth(self) -> float:
        return self.ndcg + self.recall


def tune(
    town: Choices,
    *,
    held: sparse.csr_array | None = None,
    seed: int = 0,
    start: Settings | None = None,
    axes: Axes = AXES,
    popularity: Sequence[float] = POPULARITY,
    leverages: Sequence[float] = LEVERAGE,
) -> tuple[Settings, list[Trial]]:
    """The settings that suit the town, and every trial in order.

    `held` are choices that are not in the town, to be found; without them a fifth is held out.
    """
    start = start or Settings()
    rest = town
    if held is None:
        rest, held = split(town, seed=seed)
    rng = np.random.default_rng(seed + 1)
    people = np.flatnonzero(np.diff(held.indptr))
    if len(people) < FEWEST:
        return start, []
    sample = min(SAMPLE, sample_of(rest))
    if len(people) > sample:
        people = np.sort(rng.choice(people, sample, replace=False))
    return climb(Table(rest, held[people], people, popularity, leverages), start, axes)


def sample_of(town: Choices) -> int:
    each = 4 * TUNING_STEPS * (town.chosen.nnz + town.friends.nnz + town.people)
    return max(int(WORK / each), 100)


def climb(table: "Table", start: Settings, axes: Axes) -> tuple[Settings, list[Trial]]:
    tried: dict[tuple[float, ...], Trial] = {}
    order: list[Trial] = []

    def attempt(settings: Settings) -> Trial:
        key = shape(settings)
        if key not in tried:
            tried[key] = table.trial(settings)
            order.append(tried[key])
        return tried[key]

    best = attempt(start)
    for _round in range(ROUNDS):
        before = best
        for axis, step in axes:
            if axis == "friends" and not table.town.friends.nnz:
                continue
            best = along(attempt, best, axis, step)
        if table.town.friends.nnz:
            alone = attempt(replace(best.settings, friends=0.0))
            best = alone if is_better(alone, best) else best
        if best is before:
            break
    return best.settings, order


def along(attempt: Callable[[Settings], Trial], best: Trial, axis: str, step: Step) -> Trial:
    """Walk one axis while it gets better, first in one direction, then in the other."""
    if not getattr(best.settings, axis):
        return best
    for direction in (1, 0):
        came_from = best
        while True:
            value = step(getattr(best.settings, axis))[direction]
            found = attempt(replace(best.settings, **{axis: value}))
            if not is_better(found, best):
                break
            best = found
        if best is not came_from:
            break
    return best


def is_better(found: Trial, best: Trial) -> bool:
    """Whether it is so by more than the error of the mean: a sample is soon learnt by heart."""
    gain = found.each - best.each
    return bool(gain.mean() > SURE * gain.std() / np.sqrt(len(gain)))


def worth(trial: Trial) -> float:
    return trial.worth


def shape(settings: Settings) -> tuple[float, ...]:
    """What makes a trial cost anything."""
    return (settings.ridge, settings.friends, settings.person, settings.vote, settings.item)


class Table:
    """The town to learn from, and the sampled people with what they are to be shown."""

    def __init__(
        self, town: Choices, sought: sparse.csr_array, people: NDArray[np.int64],
        exponents: Sequence[float], leverages: Sequence[float],
    ) -> None:  # fmt: skip
        self.town, self.people = town, people
        self.exponents, self.leverages = exponents, leverages
        self.popularity = town.popularity
        self.even = np.ones(town.items, dtype=np.float32)
        self.known = town.of(people)
        self.sought, self.counts = sought, np.diff(sought.indptr)
        self.probes = probes(self.popularity)
        self.solved: tuple[Settings, NDArray[np.float32], NDArray[np.float32]] | None = None

    def trial(self, settings: Settings) -> Trial:
        """The best reading of one solution."""
        near, held = self.solution(settings)
        plain = lifted(turned(self.town, settings), near, self.even)
        short = top(plain, self.known, self.popularity, most=SHORT)
        values = np.where(short < 0, -np.inf, np.take_along_axis(plain, short, axis=1))
        return max(self.readings(settings, held, short, values), key=worth)

    def solution(self, settings: Settings) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """−K⁻¹ for the sampled people, and every item's leverage."""
        asked = replace(settings, vote=0.0, popularity=0.0, leverage=0.0)
        if self.solved is None or self.solved[0] != asked:
            parts = kernel(self.town, settings)
            columns = parts[0][:, self.probes].toarray()
            right = np.hstack([unit(self.town.people, self.people), columns])
            answer = solve(parts, settings.ridge, right, steps=TUNING_STEPS)
            seen = (columns * answer[:, len(self.people) :]).sum(axis=0)
            held = leverage(self.popularity, self.probes, seen)
            self.solved = asked, -answer[:, : len(self.people)].T, held
        return self.solved[1], self.solved[2]

    def readings(
        self,
        settings: Settings,
        held: NDArray[np.float32],
        short: NDArray[np.int64],
        values: NDArray[np.float32],
    ) -> Iterator[Trial]:
        hit = hits(short, self.sought)
        for exponent, left in product(self.exponents, self.leverages):
            read = replace(settings, popularity=exponent, leverage=left)
            factors = lift(self.town, read, held)[short]
            order = np.argsort(-values * factors, axis=1, kind="stable")
            recall, ndcg = of_hits(np.take_along_axis(hit, order[:, :K], 1), self.counts, K)
            yield Trial(read, float(ndcg.mean()), float(recall.mean()), ndcg + recall)
