"""One lesson: a town on standard input, what was learnt on standard output, both as JSON.

A process of its own, so that its memory goes when it is over. It knows numbers, no names.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from .choices import choices
from .near import near
from .tuning import tune
from .weighing import weigh


def lesson(town: dict[str, Any]) -> dict[str, Any]:
    """What the town teaches: `near` in rows of item, other, weight, rest and people, `leanings` for
    each item its tastes and its lift, see `Near`; `weights` of the sides of a score."""
    read = choices(
        chosen=town["chosen"], friends=town["friends"], people=town["people"], items=town["items"]
    )
    settings, trials = tune(read)
    found = near(read, settings, keep=town["keep"], common=town["common"])
    sides = (found.item, found.other, found.weight, found.rest, found.people)
    rows = zip(*(side.tolist() for side in sides), strict=True)
    places = found.places
    leanings = zip(places.tastes.tolist(), places.lift.tolist(), strict=True)
    return {
        "weights": asdict(weigh(read, settings)),
        "tuned": bool(trials),
        "near": list(rows),
        "leanings": list(leanings) if places.tastes.size else [],
    }


if __name__ == "__main__":
    json.dump(lesson(json.load(sys.stdin)), sys.stdout)
