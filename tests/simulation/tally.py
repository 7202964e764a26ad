"""What a long run has played so far: a line for each town that ended well, so that it can go on."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .play import Simulation


def seeds(text: str) -> list[int]:
    """ "3 7-9" is 3, 7, 8 and 9."""
    found = []
    for part in text.split():
        first, _dash, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def played(file: Path) -> dict[tuple[int, int], dict[str, int]]:
    """The figures of each town, by its seed and carts."""
    if not file.exists():
        return {}
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return {(line["seed"], line["carts"]): line["figures"] for line in lines}


def keep(file: Path, town: "Simulation") -> None:
    line = {
        "seed": town.seed, "carts": town.carts, "figures": town.figures(),
        "story": town.story.hexdigest()[:16],
    }  # fmt: skip
    with file.open("a") as out:
        out.write(json.dumps(line) + "\n")


def told(towns: Iterable[dict[str, int]]) -> str:
    """The sum of them all, in a sentence."""
    whole: Counter[str] = Counter()
    for number, figures in enumerate(towns, start=1):
        whole.update(figures)
        whole["towns"] = number
    return ", ".join(f"{count:,} {what}" for what, count in whole.items())


if __name__ == "__main__":
    print(told(played(Path(sys.argv[1])).values()))  # noqa: T201  # it was asked
