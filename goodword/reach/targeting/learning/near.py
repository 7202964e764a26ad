"""Which items go together: the same model seen from the items, for the few lines that are stored.

With tastes alone (no friends in the kernel), −K⁻¹X of a person is, for what she has not chosen yet,

    Σ over what she chose of  W[chosen, item],   W = X̃ᵀK⁻¹X̃ weighed by both counts

so a table of W serves everybody, also a person who chose her first thing a second ago.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .choices import Choices
from .inverse import invert
from .ridge import DENSE, Settings, krylov, power, tastes, whole

BLOCK = 512


@dataclass(frozen=True, slots=True)
class Near:
    """Parallel arrays: choosing `other[n]` says `weight[n]` for `item[n]`, or against it."""

    item: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: NDArray[np.float32]


def near(town: Choices, settings: Settings, *, keep: int, dense: int = DENSE) -> Near:
    """For every item the `keep` others that say most of it, for or against."""
    part = tastes(town, person=settings.person, item=settings.item)
    people, items = part.shape
    other_side = part.T.tocsr()
    inverse = None
    if people <= dense:
        inverse = whole([part], settings.ridge)
        invert(inverse)
    counts = town.popularity
    speaks = power(counts, -settings.item)
    heard = power(counts, settings.item + settings.popularity)
    found: list[tuple[NDArray, NDArray, NDArray]] = []
    for start in range(0, items, BLOCK):
        columns = part[:, start : start + BLOCK].toarray()
        if inverse is not None:
            image = inverse @ columns
        else:
            image = krylov([part], columns).solved(settings.ridge)
        block = (other_side @ image).T * speaks * heard[start : start + BLOCK, None]
        block[np.arange(len(block)), start + np.arange(len(block))] = 0
        found.append(strongest(block.astype(np.float32), start, keep))
    if not found:
        found.append((np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)))
    return Near(*(np.concatenate(side) for side in zip(*found, strict=True)))


def strongest(
    block: NDArray[np.float32], start: int, keep: int
) -> tuple[NDArray, NDArray, NDArray]:
    order = np.argsort(-np.abs(block), axis=1, kind="stable")[:, :keep]
    weights = np.take_along_axis(block, order, axis=1)
    rows, places = np.nonzero(weights)
    return start + rows, order[rows, places], weights[rows, places]
