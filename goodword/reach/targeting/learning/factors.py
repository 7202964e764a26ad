"""iALS, one more that the model has to beat: people and items as points, fitted in turns.

Hu, Koren and Volinsky, ICDM 2008, with the weights of Rendle and others, *Revisiting the
Performance of iALS*, RecSys 2022: what was not chosen counts a little, and the more a row chose,
the more it is held back.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .choices import Choices, split
from .measures import Scorer, measure

POINTS = 64  # numbers of each person and item
TURNS = 10
FEW_TURNS = 5  # where weights are only compared
BATCH = 512
UNCHOSEN = (0.03, 0.1, 0.3)
HOLD = (0.01, 0.03, 0.1)


@dataclass(frozen=True, slots=True)
class Weights:
    """`unchosen`: what an item that was not chosen counts, beside 1; `hold`: the ridge's share."""

    unchosen: float
    hold: float


def ials(town: Choices) -> Scorer:
    """Its weights are chosen on a fifth of all choices."""
    rest, held = split(town)

    def worth(weights: Weights) -> float:
        found = measure(fitted(rest, weights, turns=FEW_TURNS), rest, held, at=(20,))
        return found.recall[20] + found.ndcg[20]

    tried = [Weights(unchosen, hold) for unchosen, hold in product(UNCHOSEN, HOLD)]
    return fitted(town, max(tried, key=worth), turns=TURNS)


def fitted(town: Choices, weights: Weights, *, turns: int) -> Scorer:
    rng = np.random.default_rng(0)
    items = rng.normal(0, 0.1 / POINTS**0.5, (town.items, POINTS)).astype(np.float32)
    chosen = town.chosen
    by_item = sparse.csr_array(chosen.T)
    people = np.zeros((town.people, POINTS), dtype=np.float32)
    for _turn in range(turns):
        people = solved(chosen, items, weights)
        items = solved(by_item, people, weights)
    return lambda asked: people[asked] @ items.T


def solved(
    chosen: sparse.csr_array, points: NDArray[np.float32], weights: Weights
) -> NDArray[np.float32]:
    """The best point of every row of `chosen` (rows × n), given the `points` (n × POINTS)."""
    everything = np.float32(weights.unchosen) * (points.T @ points)
    counts = np.diff(chosen.indptr)
    hold = weights.hold * (counts + weights.unchosen * chosen.shape[1])
    right = chosen @ points
    found = np.empty((chosen.shape[0], POINTS), dtype=np.float32)
    for start in range(0, len(found), BATCH):
        rows = range(start, min(start + BATCH, len(found)))
        left = np.tile(everything, (len(rows), 1, 1))
        for place, row in enumerate(rows):
            theirs = points[chosen.indices[chosen.indptr[row] : chosen.indptr[row + 1]]]
            left[place] += theirs.T @ theirs
            left[place].ravel()[:: POINTS + 1] += np.float32(hold[row])
        found[rows.start : rows.stop] = np.linalg.solve(
            left, right[rows.start : rows.stop, :, None]
        )[:, :, 0]
    return found
