"""What every bench does: open the house, load the town, measure both sides in turns."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .client import Sample, nothing
from .house import House, opened
from .scale import Scale
from .town import Town, build

ROUNDS = 4  # both sides take turns, so that a noisy neighbour meets both
DRAIN = 300.0  # seconds that the worker may take for what a bench has left

WORK = """
SELECT count(*) FROM procrastinate_jobs
 WHERE status = 'doing' OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now())"""


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
    progress: Progress,
    scale: Scale,
    sides: dict[str, Callable[[float], Sample]],
    *,
    house: House | None = None,
) -> dict[str, Sample]:
    """Measure each side for `seconds` in all, in alternating slices; one short slice warms up.

    Before each slice the worker of the `house` ends what the slice before has left to it.
    """
    bar = progress.add_task("Measuring", total=(ROUNDS + 1) * len(sides))
    totals = {name: nothing() for name in sides}
    for turn in range(ROUNDS + 1):
        for name, side in sides.items():
            if house:
                drain(house)
            sample = side(scale.seconds / ROUNDS if turn else min(1.0, scale.seconds / ROUNDS))
            progress.advance(bar)
            if sample.failed:
                raise SystemExit(f"{name}: {len(sample.failed)} failed, first {sample.failed[0]}")
            if turn:
                totals[name] += sample
    return totals


def drain(house: House) -> None:
    """Wait until the worker has nothing to do. Else one side runs beside what the other has left,
    and moments come in while a page is measured, so that each is a new one."""
    end = time.monotonic() + DRAIN
    with psycopg.connect(house.dsn, autocommit=True) as connection:
        while (row := connection.execute(WORK).fetchone()) and row[0]:
            if time.monotonic() > end:
                raise SystemExit(f"{row[0]} jobs still wait after {DRAIN:.0f} seconds.")
            time.sleep(0.05)
