"""What the app really serves, ranked like the whole model: what is stored, and the other parts."""

from dataclasses import asdict
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from goodword.kit.house import HouseRules
from goodword.reach.targeting.learning.choices import Choices
from goodword.reach.targeting.learning.measures import Scorer, Scores
from goodword.reach.targeting.learning.near import near
from goodword.reach.targeting.learning.ridge import Settings
from goodword.reach.targeting.learning.weighing import weigh
from goodword.reach.targeting.rules import AMONG, COMMON, KEEP, Facts, Lesson, Why, parts

SOMETHING = UUID(int=0)
COUNTED = HouseRules().friends_counted_from


def served(town: Choices, settings: Settings, held: sparse.csr_array | None) -> Scorer:
    """The sum of `targeting.rules.parts`, as a lesson with these settings leaves it; `held` is for
    its weights.

    Shops and interests are not known in public data; the turns of sellers are left out.
    """
    learnt = near(town, settings, keep=KEEP, common=COMMON)
    places = learnt.places
    pairs = sparse.csr_array((learnt.rest, (learnt.other, learnt.item)), shape=(town.items,) * 2)
    lesson = Lesson(**asdict(weigh(town, settings, held=held)))
    crowd = np.array([part(Why.POPULAR, lesson, crowd=min(int(n), AMONG)) for n in town.popularity])

    def scores(people: NDArray[np.int64]) -> Scores:
        mine, circle = town.of(people), town.friends[people]
        own = [part(Why.TASTE, lesson, chosen=n, taste=1) for n in sizes(mine)]
        theirs = [part(Why.FRIENDS, lesson, friends=n >= COUNTED, circle=n) for n in sizes(circle)]
        found = (mine @ pairs).toarray() + (mine @ places.tastes) @ places.tastes.T * places.lift
        found = found * np.array(own)[:, None] + crowd
        found += (circle @ town.chosen).toarray() * np.array(theirs)[:, None]
        return np.asarray(found, dtype=np.float32)

    return scores


def part(why: Why, lesson: Lesson, *, chosen: int = 0, **facts: int) -> float:
    """What this much of one thing gives to a score, by the app's own rule."""
    one = Facts(SOMETHING, SOMETHING, **facts)  # type: ignore[arg-type]
    return parts(one, lesson, chosen=chosen)[why]


def sizes(rows: sparse.csr_array) -> list[int]:
    return [int(n) for n in np.diff(rows.indptr)]
