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
STEPS = 8  # of Lanczos; with 5 small ridges look worse than they are, 20 change nothing more
PROBES = 96  # items whose leverage is worked out; between them it is drawn through
BLOCK = 1024  # rows of the kernel that are made at once


@dataclass(frozen=True, slots=True)
class Settings:
    """What tuning chooses.

    `person` and `item` weigh a choice down by the powers of both counts where people are compared,
    `vote` where they speak for an item, `circle` a friendship by the power of both circles' sizes.
    `ridge` and `friends` weigh against tastes with the mean diagonal 1; `popularity` and
    `leverage` are powers, of an item's count and of what is left when its own part in predicting
    itself is taken away.
    """

    person: float = 0.2
    item: float = 0.2
    vote: float = 0.1
    ridge: float = 8.0
    friends: float = 0.1
    circle: float = 0.25
    popularity: float = 0.0
    leverage: float = 0.5


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
            near = (
                -krylov(self.parts, unit(self.chosen.shape[1], people))
                .solved(self.settings.ridge)
                .T
            )
        return lifted(self.chosen, near, self.lift)


def lifted(chosen: sparse.csr_array, near: NDArray[np.float32], lift: Scores) -> Scores:
    scores = np.ascontiguousarray((chosen @ np.ascontiguousarray(near.T)).T)
    scores *= lift
    return scores


def fit(town: Choices, settings: Settings, *, dense: int = DENSE) -> Ridge:
    """Learn the town: up to `dense` people by inverting, above by solving for those who ask."""
    parts = kernel(town, settings)
    items = probes(town.popularity)
    columns = parts[0][:, items].toarray()
    near = None
    if town.people <= dense:
        near = whole(parts, settings.ridge)
        invert(near)
        image = near @ columns
        np.negative(near, out=near)
    else:
        image = krylov(parts, columns).solved(settings.ridge)
    held = leverage(town.popularity, items, (columns * image).sum(axis=0))
    return Ridge(settings, turned(town, settings), lift(town, settings, held), parts, near)


def kernel(town: Choices, settings: Settings) -> tuple[sparse.csr_array, ...]:
    """The matrices whose squares add up to K without its ridge."""
    parts = [tastes(town, person=settings.person, item=settings.item)]
    if settings.friends and town.friends.nnz:
        circle = circles(town.friends, weight=settings.circle)
        parts.append(circle * np.float32(np.sqrt(settings.friends)))
    return tuple(parts)


def tastes(town: Choices, *, person: float, item: float) -> sparse.csr_array:
    """X̃: people × items, with the mean squared row 1."""
    table = town.chosen.tocoo()
    values = power(town.activity, -person)[table.row] * power(town.popularity, -item)[table.col]
    return even(sparse.csr_array((values, (table.row, table.col)), shape=table.shape))


def circles(friends: sparse.csr_array, *, weight: float) -> sparse.csr_array:
    """T: people × people, everybody's circle as a column; large circles say less on both sides."""
    people = friends.shape[0]
    table = sparse.csr_array(friends + sparse.eye_array(people, dtype=np.float32)).tocoo()
    size = power(np.bincount(table.col, minlength=people).astype(np.float32), -weight)
    values = size[table.row] * size[table.col]
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


def lift(town: Choices, settings: Settings, held: Scores) -> Scores:
    """The factor of each item: count^popularity ÷ (1 − leverage)^leverage."""
    factor: Scores = power(town.popularity, settings.popularity) * (1 - held) ** np.float32(
        -settings.leverage
    )
    return factor


def probes(popularity: NDArray[np.float32]) -> NDArray[np.int64]:
    """A few items from the most to the least popular, close together among the popular."""
    order = np.lexsort((np.arange(len(popularity)), -popularity))
    if not len(order):
        return order
    places = np.unique(np.geomspace(1, len(order), PROBES).astype(np.int64)) - 1
    return order[places]


def leverage(popularity: Scores, items: NDArray[np.int64], seen: Scores) -> Scores:
    """x̃ᵀK⁻¹x̃ of every item, from that of `items`: it follows the logarithm of the count closely."""
    if not len(items):
        return np.zeros(0, dtype=np.float32)
    counts, place = np.unique(popularity[items], return_inverse=True)
    means = np.bincount(place, seen) / np.bincount(place)
    held = np.interp(np.log1p(popularity), np.log1p(counts), means)
    return np.clip(held, 0, 0.98).astype(np.float32)


def unit(size: int, people: NDArray[np.int64]) -> NDArray[np.float32]:
    """size × people: a 1 in each column, at the person's row."""
    columns = np.zeros((size, len(people)), dtype=np.float32)
    columns[people, np.arange(len(people))] = 1
    return columns


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


@dataclass(frozen=True, slots=True)
class Krylov:
    """What some steps of Lanczos's method see of the kernel without its ridge from each column.

    It is dear to make and cheap to solve, for any ridge: what conjugate gradients find in as many
    steps. `basis`: steps of people × columns, at right angles and of length 1 or 0; `inner`, steps
    × columns, and `beside`, one row less: the kernel between them; `length`: of each right side.
    """

    basis: list[NDArray[np.float32]]
    inner: NDArray[np.float32]
    beside: NDArray[np.float32]
    length: NDArray[np.float32]

    def solved(self, ridge: float) -> NDArray[np.float32]:
        """K⁻¹ times the right sides with this ridge: people × columns."""
        steps, columns = self.inner.shape
        small = np.zeros((columns, steps, steps))
        here, after = np.arange(steps - 1), np.arange(1, steps)
        small[:, np.arange(steps), np.arange(steps)] = self.inner.T + ridge
        small[:, here, after] = small[:, after, here] = self.beside.T
        right = np.zeros((columns, steps, 1))
        right[:, 0, 0] = self.length
        shares = np.linalg.solve(small, right)[:, :, 0].T.astype(np.float32)
        answer = self.basis[0] * shares[0]
        for way, share in zip(self.basis[1:], shares[1:], strict=True):
            answer += way * share
        return answer


def krylov(
    parts: Sequence[sparse.csr_array], right: NDArray[np.float32], *, steps: int = STEPS
) -> Krylov:
    """Look from the columns of `right` (people × columns), all of them at once."""
    others = [sparse.csr_array(part.T) for part in parts]
    length = lengths(right)
    basis: list[NDArray[np.float32]] = [np.divide(right, np.maximum(length, TINY))]
    inner: list[NDArray[np.float32]] = []
    beside: list[NDArray[np.float32]] = []
    for step in range(steps):
        way = basis[-1]
        image = sum(part @ (other @ way) for part, other in zip(parts, others, strict=True))
        inner.append(np.einsum("ij,ij->j", way, image))
        if step == steps - 1:
            break
        image -= way * inner[-1]
        if beside:
            image -= basis[-2] * beside[-1]
        far = lengths(image)
        far[far < EXACT * inner[0]] = 0  # nothing left to see but rounding
        beside.append(far)
        basis.append(image * (far > 0) / np.maximum(far, TINY))
    between = np.array(beside).reshape(steps - 1, len(length))
    return Krylov(basis, np.array(inner), between, length)


TINY = np.float32(1e-30)
EXACT = np.float32(1e-5)


def lengths(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->j", columns, columns))
    return found
