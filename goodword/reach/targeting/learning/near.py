"""What choosing one item says for another: the same model seen from the items, made small.

With tastes alone (no friends in the kernel), −K⁻¹X of a person is, for what she has not chosen yet,

    Σ over what she chose of  W[chosen, item],   W = X̃ᵀK⁻¹X̃ weighed by both counts

so W serves everybody, also a person who chose her first thing a second ago. A large town's W is not
kept whole: every item has its place among the strongest common tastes, from which most of W can be
told, and of the strongest pairs what these tastes leave out. See `Near`.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

from .choices import Choices
from .inverse import invert
from .ridge import DENSE, Settings, krylov, power, tastes, whole

BLOCK = 512
Pairs = tuple[
    NDArray[np.int64], NDArray[np.int64], NDArray[np.float32], NDArray[np.float32],
    NDArray[np.int64],
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """W as far as common tastes tell it: [j, i] is `tastes[j] · tastes[i] · lift[i]`.

    `tastes`: items × tastes, of which there are none where the pairs say everything.
    """

    tastes: NDArray[np.float32]
    lift: NDArray[np.float32]

    def block(self, start: int, end: int) -> NDArray[np.float32]:
        """W for the items from `start` to `end`: so many × all others."""
        found: NDArray[np.float32] = (
            self.tastes[start:end] @ self.tastes.T * self.lift[start:end, None]
        )
        return found


@dataclass(frozen=True, slots=True)
class Near:
    """W: parallel arrays of the strongest pairs, and the items' places.

    Choosing `other[n]` says `weight[n]` for `item[n]`, or against it; `rest[n]` of that is what the
    places leave out. `people[n]` chose both.
    """

    item: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: NDArray[np.float32]
    rest: NDArray[np.float32]
    people: NDArray[np.int64]
    places: Places = field(repr=False)


def near(town: Choices, settings: Settings, *, keep: int, common: int, dense: int = DENSE) -> Near:
    """For every item the `keep` others that say most of it, for or against, and its place among
    the `common` strongest tastes. Where `keep` pairs are all there are, no place is needed."""
    part = tastes(town, person=settings.person, item=settings.item)
    everybody, items = part.shape
    other_side, chose = part.T.tocsr(), town.chosen.T.tocsr()
    inverse = None
    if everybody <= dense:
        inverse = whole([part], settings.ridge)
        invert(inverse)
    speaks = power(town.popularity, -settings.item)
    lift = power(town.popularity, 2 * settings.item + settings.popularity)
    places = placed(part, settings.ridge, speaks, lift, common=common if items > keep else 0)
    found: list[Pairs] = []
    for start in range(0, items, BLOCK):
        end = min(start + BLOCK, items)
        if inverse is not None:
            image = (other_side[start:end] @ inverse).T  # symmetric, and the sparse side is first
        else:
            image = krylov([part], part[:, start:end].toarray()).solved(settings.ridge)
        block = (other_side @ image).T * speaks * (speaks * lift)[start:end, None]
        block[np.arange(len(block)), np.arange(start, end)] = 0  # its own choice says nothing
        both = (chose[start:end] @ town.chosen).toarray()
        told = places.block(start, end)
        found.append(strongest(block.astype(np.float32), told, both, start, keep))
    if not found:
        none = np.empty((0, 0), np.float32)
        found.append(strongest(none, places.block(0, 0), none, 0, keep))
    item, other, weight, rest, people = (np.concatenate(side) for side in zip(*found, strict=True))
    return Near(item, other, weight, rest, people, places)


def placed(
    part: sparse.csr_array, ridge: float, speaks: NDArray[np.float32], lift: NDArray[np.float32],
    *, common: int,
) -> Places:  # fmt: skip
    """The singular vectors of X̃ = USVᵀ: X̃ᵀK⁻¹X̃ is V S²/(S² + ridge) Vᵀ."""
    common = min(common, *(size - 1 for size in part.shape))
    if common < 1:
        return Places(np.empty((part.shape[1], 0), np.float32), lift)
    _people, strength, items = linalg.svds(part, k=common, random_state=0)
    each = strength / np.sqrt(strength**2 + ridge)
    return Places((items.T * each * speaks[:, None]).astype(np.float32), lift)


def strongest(
    block: NDArray[np.float32], told: NDArray[np.float32], both: NDArray[np.float32], start: int,
    keep: int,
) -> Pairs:  # fmt: skip
    """The `keep` strongest of each row, and where places tell something the item's own as well:
    it takes back what they tell there."""
    order = largest(np.abs(block), keep)
    own = start + np.arange(len(block))[:, None]
    order = np.concatenate([order, np.where((order == own).any(axis=1)[:, None], -1, own)], axis=1)
    weights = np.take_along_axis(block, order, axis=1)
    rest = weights - np.take_along_axis(told, order, axis=1)
    rows, columns = np.nonzero((order >= 0) & ((weights != 0) | (rest != 0)))
    others = order[rows, columns]
    people = both[rows, others].astype(np.int64)
    return start + rows, others, weights[rows, columns], rest[rows, columns], people


def largest(block: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Where the `most` largest of each row are, in no order."""
    if block.shape[1] <= most:
        return np.tile(np.arange(block.shape[1]), (len(block), 1))
    return np.argpartition(-block, most - 1, axis=1)[:, :most]
