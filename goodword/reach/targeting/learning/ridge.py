"""Kernel ridge over people: who is like whom by taste and by friendship, solved in closed form.

`docs/algorithms/targeting.md` has the mathematics. Rows are people; X is who chose what:

    K = ridge · I + X̃X̃ᵀ + friends · TTᵀ,   score = −K⁻¹X for what a person has not chosen yet

where X̃ is X with its rows and columns weighed down by the powers of their counts, and T is
everybody's circle as columns. Both kernels have the mean diagonal 1, so that the numbers in
`Settings` mean the same in every town.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .choices import Choices
from .inverse import invert
from .measures import Scores

DENSE = 20_000  # people up to whom the kernel is inverted whole; 4 bytes × people² of memory
STEPS = 8  # of conjugate gradients; the ridge makes the kernel round, so few are enough
BLOCK = 1024  # rows of the kernel that are made at once


@dataclass(frozen=True, slots=True)
class Settings:
    """What tuning chooses.

    `person` and `item` weigh a choice down by the powers of both counts where people are compared,
    `vote` where they speak for an item. `ridge` and `friends` weigh against tastes with the mean
    diagonal 1; `popularity` is the power of an item's count in the last step.
    """

    person: float = 0.4
    item: float = 0.2
    vote: float = 0.2
    ridge: float = 10.0
    friends: float = 0.1
    popularity: float = 0.0


@dataclass(frozen=True, slots=True)
class Ridge:
    """A learnt town: `near` is −K⁻¹ or None where it is solved for each asked person anew."""

    settings: Settings
    chosen: sparse.csr_array  # items × people: X with weighed rows, turned round
    lift: Scores  # one factor for each item
    parts: tuple[sparse.csr_array, ...]
    near: NDArray[np.float32] | None = None

    def scores(self, people: NDArray[np.int64]) -> Scores:
        """How well each item fits each of `people`: people × items. What they chose is included."""
        if self.near is not None:
            near = self.near[people]
        else:
            near = -solve(self.parts, self.settings.ridge, people, steps=STEPS).T
        return lifted(self.chosen, near, self.lift)


def lifted(chosen: sparse.csr_array, near: NDArray[np.float32], lift: Scores) -> Scores:
    scores = np.ascontiguousarray((chosen @ np.ascontiguousarray(near.T)).T)
    scores *= lift
    return scores


def fit(town: Choices, settings: Settings, *, dense: int = DENSE) -> Ridge:
    """Learn the town: up to `dense` people by inverting, above by solving for those who ask."""
    parts = kernel(town, settings)
    near = None
    if town.people <= dense:
        near = whole(parts, settings.ridge)
        invert(near)
        np.negative(near, out=near)
    return Ridge(settings, turned(town, settings), lift(town, settings), parts, near)


def kernel(town: Choices, settings: Settings) -> tuple[sparse.csr_array, ...]:
    """The matrices whose squares add up to K without its ridge."""
    parts = [tastes(town, person=settings.person, item=settings.item)]
    if settings.friends and town.friends.nnz:
        parts.append(circles(town.friends) * np.float32(np.sqrt(settings.friends)))
    return tuple(parts)


def tastes(town: Choices, *, person: float, item: float) -> sparse.csr_array:
    """X̃: people × items, with the mean squared row 1."""
    table = town.chosen.tocoo()
    values = power(town.activity, -person)[table.row] * power(town.popularity, -item)[table.col]
    return even(sparse.csr_array((values, (table.row, table.col)), shape=table.shape))


def circles(friends: sparse.csr_array) -> sparse.csr_array:
    """T: people × people, everybody's circle as a column; a large circle says less."""
    people = friends.shape[0]
    here = sparse.csr_array(friends + sparse.eye_array(people, dtype=np.float32))
    table = here.tocoo()
    size = np.bincount(table.col, minlength=people).astype(np.float32)
    values = power(size, -0.5)[table.col]
    return even(sparse.csr_array((values, (table.row, table.col)), shape=table.shape))


def even(part: sparse.csr_array) -> sparse.csr_array:
    total = float((part.data**2).sum(dtype=np.float64))
    if total:
        part.data *= np.float32(np.sqrt(part.shape[0] / total))
    return part


def power(counts: NDArray[np.float32], exponent: float) -> NDArray[np.float32]:
    """counts^exponent; what nobody has counts as 1."""
    raised: NDArray[np.float32] = np.maximum(counts, 1).astype(np.float32) ** np.float32(exponent)
    return raised


def turned(town: Choices, settings: Settings) -> sparse.csr_array:
    """What the scores are read from: X with its rows weighed, items × people."""
    weighed = town.chosen.multiply(power(town.activity, -settings.vote)[:, None])
    return sparse.csr_array(sparse.csr_array(weighed, dtype=np.float32).T)


def lift(town: Choices, settings: Settings) -> Scores:
    return power(town.popularity, settings.popularity)


def whole(parts: Sequence[sparse.csr_array], ridge: float) -> NDArray[np.float32]:
    """K as one array, people × people."""
    people = parts[0].shape[0]
    kernel = np.zeros((people, people), dtype=np.float32)
    for part in parts:
        other = sparse.csr_array(part.T)
        for start in range(0, people, BLOCK):
            kernel[start : start + BLOCK] += (part[start : start + BLOCK] @ other).toarray()
    kernel.ravel()[:: people + 1] += np.float32(ridge)
    return kernel


def solve(
    parts: Sequence[sparse.csr_array], ridge: float, people: NDArray[np.int64], *, steps: int
) -> NDArray[np.float32]:
    """The columns `people` of K⁻¹ by conjugate gradients, all columns at once; people × asked."""
    size = parts[0].shape[0]
    others = [sparse.csr_array(part.T) for part in parts]
    rest = np.zeros((size, len(people)), dtype=np.float32)
    rest[people, np.arange(len(people))] = 1
    answer = np.zeros_like(rest)
    way = rest.copy()
    left = squares(rest)
    for _step in range(steps):
        image = np.float32(ridge) * way
        for part, other in zip(parts, others, strict=True):
            image += part @ (other @ way)
        far = left / np.maximum(np.einsum("ij,ij->j", way, image), TINY)
        answer += way * far
        image *= far
        rest -= image
        now = squares(rest)
        way *= now / np.maximum(left, TINY)
        way += rest
        left = now
    return answer


TINY = np.float32(1e-30)


def squares(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    summed: NDArray[np.float32] = np.einsum("ij,ij->j", columns, columns)
    return summed
