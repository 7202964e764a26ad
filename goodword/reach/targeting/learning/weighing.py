"""What friends and the crowd weigh beside one's own taste in what is served.

Served is a sum: the taste that one's own choices tell, how many friends chose it, how many in all
(`targeting.rules.parts`). The whole model solves friends together with taste, so that what taste
explains already counts less; in a sum nothing does that, and the model's own weight of friends is
several times too much. So both weights are chosen on what serves best, in the rehearsals of tuning.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .choices import Choices
from .measures import Scores, hits, top
from .ridge import Settings, kernel, krylov, lifted, power, turned, unit
from .tuning import AT, BLOCK, FEWEST, Readings, Rehearsal, rehearsed, worth

# In units of 1 ÷ ridge, which is about what one like choice says. Neither is nothing: newcomers are
# ranked by them alone.
FRIENDS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
CROWD = (0.0003, 0.001, 0.003, 0.01, 0.03)
SAID = 0.1  # at least, for what a reader says: no town's choices teach what that should weigh
START = (2, 2)  # in FRIENDS and CROWD, where there is nothing to choose them by


@dataclass(frozen=True, slots=True)
class Weights:
    """See `targeting.rules.Lesson`."""

    person: float
    friends: float
    crowd: float
    said: float


def weigh(
    town: Choices, settings: Settings, *, held: sparse.csr_array | None = None, seed: int = 0
) -> Weights:
    """The weights that serve the town best; `held` and `seed` as for `tuning.tune`."""
    sums = np.zeros((len(FRIENDS), len(CROWD)))
    people = 0
    for rehearsal in rehearsed(town, held, seed, Readings()):
        people += len(rehearsal.people)
        sums += worths(rehearsal, settings)
    best = START if people < FEWEST else np.unravel_index(int(np.argmax(sums)), sums.shape)
    one = 1 / settings.ridge
    return Weights(
        settings.person, FRIENDS[best[0]] * one, CROWD[best[1]] * one,
        max(settings.friends, SAID) * one,
    )  # fmt: skip


def worths(rehearsal: Rehearsal, settings: Settings) -> NDArray[np.float64]:
    """What each pair of weights is worth to the rehearsal's people together: friends × crowd."""
    taste = tastes(rehearsal.town, settings)
    crowd = np.log1p(rehearsal.popularity)
    found = np.zeros((len(FRIENDS), len(CROWD)))
    for start in range(0, len(rehearsal.people), BLOCK):
        here = slice(start, start + BLOCK)
        people = rehearsal.people[here]
        own, circle = taste(people), counted(rehearsal.town, people)
        sought = rehearsal.sought[here]
        for one, friends in enumerate(FRIENDS):
            for other, weight in enumerate(CROWD):
                scores = settings.ridge * own + np.float32(friends) * circle + weight * crowd
                found[one, other] += worth_of(scores.astype(np.float32), rehearsal, people, sought)
    return found


def tastes(town: Choices, settings: Settings) -> Callable[[NDArray[np.int64]], Scores]:
    """What one's own choices tell, as `near` stores it, for people × items: with friends left out
    of the kernel, the sum over one's choices of W is −K⁻¹X times the ridge."""
    alone = replace(settings, friends=0.0, vote=settings.person)
    parts, chosen = kernel(town, alone), turned(town, alone)
    factors = power(town.popularity, settings.popularity) * np.float32(settings.ridge)

    def own(people: NDArray[np.int64]) -> Scores:
        near = -krylov(parts, unit(town.people, people)).solved(settings.ridge).T
        return lifted(chosen, near, factors)

    return own


def counted(town: Choices, people: NDArray[np.int64]) -> Scores:
    """How many friends chose it ÷ √(1 + the circle's size), for people × items."""
    circle = town.friends[people]
    size = power(1 + np.diff(circle.indptr).astype(np.float32), -0.5)
    found: Scores = (circle @ town.chosen).toarray() * size[:, None]
    return found


def worth_of(
    scores: Scores, rehearsal: Rehearsal, people: NDArray[np.int64], sought: sparse.csr_array
) -> float:
    found = top(scores, rehearsal.town.of(people), rehearsal.popularity, most=max(AT))
    return float(worth(hits(found, sought), np.diff(sought.indptr)).sum())
