"""How good a ranking is: recall and NDCG at K as the papers on these data define them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .choices import Choices

Scores = NDArray[np.float32]
Scorer = Callable[[NDArray[np.int64]], Scores]  # people → people × items, larger is better
BATCH = 512


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the people with something to find, at each K; `people` is how many those are."""

    recall: dict[int, float]
    ndcg: dict[int, float]
    people: int


def top(scores: Scores, known: sparse.csr_array, popularity: Scores, *, most: int) -> NDArray:
    """The `most` best items of each row, best first, leaving out the `known`; people × most.

    Ties go to the more popular item, then to the lower number. -1 fills where nothing is left.
    """
    scores = scores.copy()
    rows = np.repeat(np.arange(scores.shape[0]), np.diff(known.indptr))
    scores[rows, known.indices] = -np.inf
    most = min(most, scores.shape[1])
    if most == 0:
        return np.empty((scores.shape[0], 0), dtype=np.int64)
    edge = np.partition(scores, -most, axis=1)[:, -most]
    found = np.full((scores.shape[0], most), -1, dtype=np.int64)
    for row, least in enumerate(edge):
        line = scores[row]
        # Not argpartition: which of the items that share the last place it takes is chance.
        near = np.flatnonzero((line >= least) & (line > -np.inf))
        order = np.lexsort((near, -popularity[near], -line[near]))[:most]
        found[row, : len(order)] = near[order]
    return found


def hits(found: NDArray, sought: sparse.csr_array) -> NDArray[np.bool_]:
    """For each found item whether the same row of `sought` has it."""
    rows = np.repeat(np.arange(sought.shape[0]), np.diff(sought.indptr))
    width = sought.shape[1] + 1
    wanted = rows * width + sought.indices
    asked = np.arange(found.shape[0])[:, None] * width + np.where(found < 0, width - 1, found)
    return np.isin(asked, wanted)


def of_hits(hit: NDArray[np.bool_], sought: NDArray, k: int) -> tuple[NDArray, NDArray]:
    """Recall@k and NDCG@k of each row; `sought`: how many there were to find, at least 1."""
    gain = 1 / np.log2(np.arange(k) + 2)
    hit = hit[:, :k]
    best = np.cumsum(gain)[np.minimum(sought, k) - 1]
    return hit.sum(axis=1) / sought, (hit * gain[: hit.shape[1]]).sum(axis=1) / best


def measure(
    scorer: Scorer, known: Choices, sought: sparse.csr_array, *,
    at: Sequence[int] = (10, 20), people: NDArray[np.int64] | None = None,
) -> Figures:  # fmt: skip
    """Rank every item for `people` (default: all who have something to find) and average."""
    if people is None:
        people = np.flatnonzero(np.diff(sought.indptr))
    popularity = known.popularity
    sums = {k: np.zeros(2) for k in at}
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        found = top(scorer(batch), known.of(batch), popularity, most=max(at))
        wanted = sought[batch]
        hit, counts = hits(found, wanted), np.diff(wanted.indptr)
        for k in at:
            recall, ndcg = of_hits(hit, counts, k)
            sums[k] += recall.sum(), ndcg.sum()
    number = max(len(people), 1)
    recalls = {k: float(sums[k][0] / number) for k in at}
    ndcgs = {k: float(sums[k][1] / number) for k in at}
    return Figures(recalls, ndcgs, len(people))
