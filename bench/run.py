"""What every bench does: open the house, load the town, measure both sides in turns."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .client import Sample, nothing
from .house import House, opened
from .scale import Scale
from .town import Town, build

ROUNDS = 4  # both sides take turns, so that a noisy neighbour meets both


@dataclass(frozen=True, slots=True)
class Place:
    """An open house with the town in it; what its processes took before anybody came, in MiB."""

    house: House
    town: Town
    scale: Scale
    progress: Progress
    idle_mb: float


@contextmanager
def measured(scale: Scale, console: Console) -> Iterator[Place]:
    """A place to measure in, and Django set up on its database in this process."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        opening = progress.add_task("Opening the house", total=None)
        with opened() as house:
            progress.remove_task(opening)
            settle(house)
            try:
                town = build(scale, progress)
                yield Place(house, town, scale, progress, house.memory_mb())
            finally:
                leave()


def settle(house: House) -> None:
    """Set Django up on the house's database, in this process."""
    os.environ.update(
        DATABASE_URL=house.dsn,
        GOODWORD_DATA=str(house.data),
        DJANGO_SETTINGS_MODULE="goodword.site.settings",
    )
    import django

    django.setup()
    from django.db import connections

    from goodword.site.settings import database

    # Settings are read once, and this may be the second house of this run.
    connections["default"].settings_dict.update(database(house.dsn))


def leave() -> None:
    from django.db import connections

    connections["default"].close()
    connections["default"].close_pool()


def in_turns(
    progress: Progress, scale: Scale, sides: dict[str, Callable[[float], Sample]]
) -> dict[str, Sample]:
    """Measure each side for `seconds` in all, in alternating slices; one short slice warms up."""
    bar = progress.add_task("Measuring", total=(ROUNDS + 1) * len(sides))
    totals = {name: nothing() for name in sides}
    for turn in range(ROUNDS + 1):
        for name, side in sides.items():
            sample = side(scale.seconds / ROUNDS if turn else min(1.0, scale.seconds / ROUNDS))
            progress.advance(bar)
            if sample.failed:
                raise SystemExit(f"{name}: {len(sample.failed)} failed, first {sample.failed[0]}")
            if turn:
                totals[name] += sample
    return totals
