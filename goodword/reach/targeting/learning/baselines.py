"""What the model has to beat: popularity, neighbours of items and people, RP3beta, EASE, iALS."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy import sparse

from .choices import Choices
from .factors import ials
from .inverse import invert
from .measures import Scorer, Scores
from .ridge import Settings, kernel, lifted, power, whole
from .tuning import Readings, tune

NEAREST = 200  # neighbours that KNN keeps


def popularity(town: Choices) -> Scorer:
    counts = town.popularity
    return lambda people: np.tile(counts, (len(people), 1))


def item_knn(town: Choices) -> Scorer:
    """Cosine between items; a person's score is the sum over what they chose."""
    items = strongest(cosines(sparse.csr_array(town.chosen.T)))
    return lambda people: filled(town.of(people) @ sparse.csr_array(items.T))


def user_knn(town: Choices) -> Scorer:
    """Cosine between people; the score is the sum over the nearest who chose it."""
    people_near = strongest(cosines(town.chosen))
    return lambda people: filled(people_near[people] @ town.chosen)


def rp3beta(town: Choices, *, alpha: float = 0.7, beta: float = 0.4) -> Scorer:
    """Three steps of a walk person–item–person–item, popular ends weighed down (Paudel 2017)."""
    there = sparse.csr_array(town.chosen.multiply(power(town.activity, -alpha)[:, None]))
    back = sparse.csr_array(town.chosen.T.multiply(power(town.popularity, -alpha)[:, None]))
    ends = power(town.popularity, -beta)
    return lambda people: filled((there[people] @ back) @ there) * ends


def ease(town: Choices) -> Scorer:
    """EASE (Steck 2019) in its dual form, its ridge chosen as ours is."""
    plain = Settings(person=0, item=0, vote=0, friends=0, popularity=0, leverage=1)
    alone = replace(town, friends=sparse.csr_array(town.friends.shape, dtype=np.float32))
    once = Readings(popularity=(0.0,), leverage=(1.0,))
    ridge = tune(alone, start=plain, axes=(), readings=once)[0].ridge
    (part,) = kernel(alone, plain)
    near = whole([part], ridge)
    invert(near)
    leverage = np.zeros(town.items, dtype=np.float32)
    columns = part.tocsc()
    for item in range(town.items):
        rows = columns.indices[columns.indptr[item] : columns.indptr[item + 1]]
        values = columns.data[columns.indptr[item] : columns.indptr[item + 1]]
        leverage[item] = values @ near[np.ix_(rows, rows)] @ values
    lift = (-1 / np.maximum(1 - leverage, 1e-3)).astype(np.float32)
    other = sparse.csr_array(part.T)
    return lambda people: lifted(other, near[people], lift)


BASELINES: dict[str, Callable[[Choices], Scorer]] = {
    "popularity": popularity,
    "item_knn": item_knn,
    "user_knn": user_knn,
    "rp3beta": rp3beta,
    "ease": ease,
    "ials": ials,
}


def cosines(rows: sparse.csr_array) -> sparse.csr_array:
    """The rows, each of length 1."""
    return sparse.csr_array(
        rows.multiply(power(np.diff(rows.indptr).astype(np.float32), -0.5)[:, None])
    )


def strongest(rows: sparse.csr_array) -> sparse.csr_array:
    """The products of unit `rows` with each other, the NEAREST of each kept, nobody's own."""
    other, found = sparse.csr_array(rows.T), []
    for start in range(0, rows.shape[0], 1024):
        block = (rows[start : start + 1024] @ other).toarray()
        here = np.arange(len(block))
        block[here, start + here] = 0
        if block.shape[1] > NEAREST:
            block[block < np.partition(block, -NEAREST, axis=1)[:, -NEAREST, None]] = 0
        found.append(sparse.csr_array(block))
    return sparse.csr_array(sparse.vstack(found)) if found else rows


def filled(scores: sparse.csr_array) -> Scores:
    return np.asarray(scores.toarray(), dtype=np.float32)
