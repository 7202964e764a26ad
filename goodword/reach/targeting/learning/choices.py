"""Who chose what, and who knows whom: two sparse matrices, and the split that tuning needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choices:
    """`chosen`: people × items, 1 where chosen; `friends`: people × people, symmetric, without
    anybody's self. Both float32 in CSR form, sorted, each pair once."""

    chosen: sparse.csr_array
    friends: sparse.csr_array

    @property
    def people(self) -> int:
        return int(self.chosen.shape[0])

    @property
    def items(self) -> int:
        return int(self.chosen.shape[1])

    @property
    def popularity(self) -> NDArray[np.float32]:
        """How many chose each item."""
        counts = np.bincount(self.chosen.indices, minlength=self.items)
        return counts.astype(np.float32)

    @property
    def activity(self) -> NDArray[np.float32]:
        """How many items each person chose."""
        return np.diff(self.chosen.indptr).astype(np.float32)

    def of(self, people: NDArray[np.int64]) -> sparse.csr_array:
        """The rows of `people` in `chosen`."""
        return self.chosen[people]


def choices(
    *, chosen: Sequence[tuple[int, int]] | Pairs, friends: Sequence[tuple[int, int]] | Pairs,
    people: int, items: int,
) -> Choices:  # fmt: skip
    """Build the matrices from pairs (person, item) and (person, person), in any order."""
    links = pairs(friends)
    links = links[links[:, 0] != links[:, 1]]
    both = np.concatenate([links, links[:, ::-1]])
    return Choices(marks(pairs(chosen), (people, items)), marks(both, (people, people)))


def pairs(given: Sequence[tuple[int, int]] | Pairs) -> Pairs:
    return np.asarray(given, dtype=np.int64).reshape(-1, 2)


def marks(given: Pairs, shape: tuple[int, int]) -> sparse.csr_array:
    """A matrix with a 1 at every given place."""
    ones = np.ones(len(given), dtype=np.float32)
    matrix = sparse.csr_array((ones, (given[:, 0], given[:, 1])), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def split(whole: Choices, *, share: float = 0.2, seed: int = 0) -> tuple[Choices, sparse.csr_array]:
    """Hide each choice of everybody with probability `share`."""
    return hide(whole, np.arange(whole.people), share=share, seed=seed)


def hide(
    whole: Choices, people: NDArray[np.int64], *, share: float, seed: int
) -> tuple[Choices, sparse.csr_array]:
    """Hide each choice of `people` with probability `share`: what is left to learn from, what to
    find."""
    table = whole.chosen.tocoo()
    theirs = np.isin(table.row, people)
    hidden = theirs & (np.random.default_rng(seed).random(table.nnz) < share)
    places = np.stack([table.row, table.col], axis=1).astype(np.int64)
    shape = (whole.people, whole.items)
    return replace(whole, chosen=marks(places[~hidden], shape)), marks(places[hidden], shape)
