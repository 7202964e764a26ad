"""Choosing the settings: one path for every town, on parts of its own choices held out for that.

Each rehearsal hides a fifth of what some people chose and nothing of the others', so the town is as
dense as the one that will be learnt. The settings are climbed one after another, each from the best
so far: a candidate that does clearly worse in one rehearsal is not tried in the next. What costs
little once a kernel is solved (the ridge, the powers of popularity and leverage) is searched
exhaustively in every trial. The same town and seed give the same settings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .choices import Choices, hide
from .measures import hits, of_hits, top
from .ridge import (
    STEPS,
    Settings,
    kernel,
    krylov,
    leverage,
    lift,
    lifted,
    probes,
    turned,
    unit,
)  # fmt: skip

AT = (10, 20)  # how many are shown: recall and NDCG at both count alike
REHEARSALS = 4  # each for other people
SHARE = 0.2  # of what the people of a rehearsal chose is hidden from it
SAMPLE = 500  # people of one rehearsal, at most
WORK = 2e10  # multiplications that the solution of one rehearsal may take
FEWEST = 20  # people with something to find; with fewer the defaults are kept
BLOCK = 64  # people who are solved for at once, so that little leaves the processor's caches
SHORT = 100  # items of each person that a trial orders anew for each reading
RIDGES = (1 / 1.5, 1.0, 1.5)  # times the ridge that is asked for
BOUNDS = (0.5, 256.0)  # of the ridge
POPULARITY = (0.3, 0.2, 0.1, 0.0, -0.05, -0.1, -0.15, -0.2, -0.25, -0.3, -0.4)
LEVERAGE = (0.0, 0.5, 1.0)
SURE = 1.0  # standard errors by which a change must lose to be dropped early
ROUNDS = 2  # through the axes

# How an axis is climbed: the next value in either direction.
Step = Callable[[float], tuple[float, float]]
Worths = NDArray[np.float32]  # readings × people


def by_factor(factor: float, least: float, most: float) -> Step:
    return lambda value: (max(value / factor, least), min(value * factor, most))


def by_amount(amount: float, least: float, most: float) -> Step:
    return lambda value: (
        round(max(value - amount, least), 4), round(min(value + amount, most), 4),
    )  # fmt: skip


Axes = tuple[tuple[str, Step], ...]
AXES: Axes = (
    ("friends", by_factor(3, 0.01, 10)),
    ("circle", by_amount(0.25, 0, 0.5)),
    ("item", by_amount(0.1, 0, 0.6)),
    ("person", by_amount(0.2, 0, 0.6)),
    ("vote", by_amount(0.1, 0, 0.6)),
)


@dataclass(frozen=True, slots=True)
class Readings:
    """What is read from one solution: every pair of powers at every ridge."""

    ridges: Sequence[float] = RIDGES
    popularity: Sequence[float] = POPULARITY
    leverage: Sequence[float] = LEVERAGE

    def of(self, settings: Settings) -> list[Settings]:
        return [
            replace(settings, ridge=ridge, popularity=popularity, leverage=left)
            for ridge in self.around(settings)
            for popularity, left in product(self.popularity, self.leverage)
        ]

    def around(self, settings: Settings) -> list[float]:
        return [float(np.clip(settings.ridge * factor, *BOUNDS)) for factor in self.ridges]


@dataclass(slots=True)
class Trial:
    """One kernel that was tried: what each reading was worth to each person of each rehearsal."""

    asked: Settings
    readings: list[Settings]
    seen: list[Worths] = field(default_factory=list, repr=False, compare=False)

    def best(self, rehearsals: int) -> int:
        """The reading that was worth most to the people of the first so many rehearsals."""
        total = np.sum([worths.sum(axis=1) for worths in self.seen[:rehearsals]], axis=0)
        return int(np.argmax(total))

    def each(self, rehearsals: int) -> NDArray[np.float32]:
        """What its best reading was worth to each person of the first so many rehearsals."""
        best = self.best(rehearsals)
        return np.concatenate([worths[best] for worths in self.seen[:rehearsals]])

    @property
    def settings(self) -> Settings:
        return self.readings[self.best(len(self.seen))]

    @property
    def worth(self) -> float:
        return float(self.each(len(self.seen)).mean())


def tune(
    town: Choices,
    *,
    held: sparse.csr_array | None = None,
    seed: int = 0,
    start: Settings | None = None,
    axes: Axes = AXES,
    readings: Readings | None = None,
) -> tuple[Settings, list[Trial]]:
    """The settings that suit the town, and every trial in order.

    `held` are choices that are not in the town, to be found: one more rehearsal, the first.
    """
    start = start or Settings()
    rehearsals = list(rehearsed(town, held, seed, readings or Readings()))
    if sum(len(rehearsal.people) for rehearsal in rehearsals) < FEWEST:
        return start, []
    return climb(rehearsals, start, axes)


def rehearsed(
    town: Choices, held: sparse.csr_array | None, seed: int, readings: Readings
) -> Iterator["Rehearsal"]:
    rng = np.random.default_rng(seed)
    most = min(SAMPLE, max(int(WORK / work(town)), 100))
    if held is not None:
        people = rng.permutation(np.flatnonzero(np.diff(held.indptr)))
        yield Rehearsal(town, held, np.sort(people[: REHEARSALS * most]), readings)
    everybody = rng.permutation(np.flatnonzero(town.activity))
    for number in range(REHEARSALS):
        people = np.sort(everybody[number::REHEARSALS][:most])
        rest, hidden = hide(town, people, share=SHARE, seed=seed + number)
        people = people[np.diff(hidden.indptr)[people] > 0]
        if len(people):
            yield Rehearsal(rest, hidden, people, readings)


def work(town: Choices) -> int:
    """Multiplications that solving for one person takes, about."""
    return 4 * STEPS * (town.chosen.nnz + town.friends.nnz + town.people + 1)


Race = Callable[[Settings, Trial | None], Trial]


def climb(
    rehearsals: Sequence["Rehearsal"], start: Settings, axes: Axes
) -> tuple[Settings, list[Trial]]:
    tried: dict[Settings, Trial] = {}

    def race(asked: Settings, best: Trial | None) -> Trial:
        """The better of the two; what has run once is not run again."""
        asked = replace(asked, popularity=0.0, leverage=0.0)  # these are read, not asked for
        trial = tried.setdefault(asked, Trial(asked, rehearsals[0].readings.of(asked)))
        for number, rehearsal in enumerate(rehearsals):
            if len(trial.seen) == number:
                trial.seen.append(rehearsal.worths(asked))
            if best and is_worse(trial.each(number + 1), best.each(number + 1)):
                return best
        return trial if best is None or trial.worth > best.worth else best

    best = centred(race, race(start, None))
    for _round in range(ROUNDS):
        before = best
        for axis, step in axes:
            if axis not in ("friends", "circle") or rehearsals[0].town.friends.nnz:
                best = along(race, best, axis, step)
        if rehearsals[0].town.friends.nnz:
            best = race(replace(best.settings, friends=0.0), best)
        best = centred(race, best)
        if best is before:
            break
    return best.settings, list(tried.values())


def centred(race: Race, best: Trial) -> Trial:
    """Read around the best ridge, until it is no longer the last that was read."""
    while best.settings.ridge != best.asked.ridge:
        found = race(best.settings, best)
        if found is best:
            break
        best = found
    return best


def along(race: Race, best: Trial, axis: str, step: Step) -> Trial:
    """Walk one axis while it gets better, first in one direction, then in the other."""
    if axis == "circle" and not best.settings.friends:
        return best
    for direction in (1, 0):
        came_from = best
        while True:
            value = step(getattr(best.settings, axis))[direction]
            found = race(replace(best.settings, **{axis: value}), best)
            if found is best:
                break
            best = found
        if best is not came_from:
            break
    return best


def is_worse(found: Worths, best: Worths) -> bool:
    """Whether it is so by more than the error of the mean over these people."""
    loss = best - found
    return bool(loss.mean() > SURE * loss.std() / np.sqrt(len(loss)))


class Rehearsal:
    """A town to learn from, and some of its people with what they are to be shown."""

    def __init__(
        self, town: Choices, hidden: sparse.csr_array, people: NDArray[np.int64], readings: Readings
    ) -> None:
        self.town, self.people, self.readings = town, people, readings
        self.sought = hidden[people]
        self.popularity = town.popularity
        self.even = np.ones(town.items, dtype=np.float32)
        self.probes = probes(self.popularity)

    def worths(self, asked: Settings) -> Worths:
        """What every reading of the solution is worth to each person: readings × people."""
        parts, chosen = kernel(self.town, asked), turned(self.town, asked)
        lifts = self.lifts(asked, parts)
        blocks = []
        for start in range(0, len(self.people), BLOCK):
            here = slice(start, start + BLOCK)
            seen = krylov(parts, unit(self.town.people, self.people[here]))
            near = [-seen.solved(ridge).T for ridge in self.readings.around(asked)]
            scores = (lifted(chosen, one, self.even) for one in near)
            read = [self.read(plain, here, lift) for plain, lift in zip(scores, lifts, strict=True)]
            blocks.append(np.concatenate(read))
        return np.concatenate(blocks, axis=1)

    def lifts(self, asked: Settings, parts: Sequence[sparse.csr_array]) -> list[list[Worths]]:
        """The factors of the items for each ridge, and for each reading of it."""
        columns = parts[0][:, self.probes].toarray()
        seen = krylov(parts, columns)
        found = []
        for ridge in self.readings.around(asked):
            image = seen.solved(ridge)
            held = leverage(self.popularity, self.probes, (columns * image).sum(axis=0))
            powers = product(self.readings.popularity, self.readings.leverage)
            found.append([
                lift(self.town, replace(asked, popularity=popularity, leverage=left), held)
                for popularity, left in powers
            ])  # fmt: skip
        return found

    def read(self, plain: Worths, here: slice, factors: Sequence[Worths]) -> Worths:
        """Order the best of `plain` (people × items) anew by each of the factors."""
        sought, known = self.sought[here], self.town.of(self.people[here])
        short = top(plain, known, self.popularity, most=SHORT)
        values = np.where(short < 0, -np.inf, np.take_along_axis(plain, short, axis=1))
        hit, counts = hits(short, sought), np.diff(sought.indptr)
        found = np.empty((len(factors), len(plain)), dtype=np.float32)
        for number, factor in enumerate(factors):
            order = np.argsort(-values * factor[short], axis=1, kind="stable")[:, : max(AT)]
            found[number] = worth(np.take_along_axis(hit, order, axis=1), counts)
        return found


def worth(hit: NDArray[np.bool_], sought: NDArray) -> NDArray[np.float64]:
    """The mean of recall and NDCG at each of AT, for each row."""
    found: NDArray[np.float64] = np.mean([of_hits(hit, sought, k) for k in AT], axis=(0, 1))
    return found
