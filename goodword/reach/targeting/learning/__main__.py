"""One lesson: a town on standard input, what was learnt on standard output, both as JSON.

A process of its own, so that its memory goes when it is over. It knows numbers, no names.
"""

import json
import sys
from typing import Any

from .choices import choices
from .near import near
from .tuning import tune


def lesson(town: dict[str, Any]) -> dict[str, Any]:
    """What the town teaches; `near` in rows of item, other, weight."""
    read = choices(
        chosen=town["chosen"], friends=town["friends"], people=town["people"], items=town["items"]
    )
    settings, trials = tune(read)
    found = near(read, settings, keep=town["keep"])
    rows = zip(found.item.tolist(), found.other.tolist(), found.weight.tolist(), strict=True)
    return {
        "person": settings.person,
        "friends": settings.friends / settings.ridge,
        "tuned": bool(trials),
        "near": list(rows),
    }


if __name__ == "__main__":
    json.dump(lesson(json.load(sys.stdin)), sys.stdout)
