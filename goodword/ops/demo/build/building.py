"""The whole play, with the clock."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from goodword.kit import clock, jobs

from ...models import Town as Built
from ..town import shapes
from . import studio
from .script import Beat, Writer
from .stage import Stage

ROUND = timedelta(minutes=10)  # how often on the way the clock looks for work that is due
LEFT = ["money.print_paper"]  # to the worker: a fifth of a second each, and nobody reads it yet
# The last of it may be lost with the power; then it is simply built again.
HURRY = "SET synchronous_commit = off"
CALM = "RESET synchronous_commit"
NEXT_JOB = """
SELECT min(coalesce(scheduled_at, %s)) FROM procrastinate_jobs
 WHERE status = 'todo' AND task_name <> ALL (%s)
"""

Progress = Callable[[int, int, datetime], None]  # beats done, all beats, the time in town


def build(
    town: shapes.Town,
    *,
    language: str,
    now: datetime,
    progress: Progress = lambda _done, _all, _at: None,
) -> Built:
    """Play the town up to `now` (UTC). Not inside a transaction. Raises what its actions raise."""
    beats = Writer(town, now).beats()
    wanted = [one for beat in beats for one in beat.drawn]
    with studio.opened(wanted, language) as drawn:
        built = Built.objects.create(language=language, begun_at=now)
        with connection.cursor() as cursor:
            cursor.execute(HURRY)
        stage = Stage(language=language, picture=drawn.next)
        with rarely_collecting():
            play(stage, beats, until=now, progress=progress)
        with connection.cursor() as cursor:
            cursor.execute(CALM)
    built.cast = [stage.members[handle].id for handle in cast(town)]
    built.built_at = now
    built.save()
    return built


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Thousands of short acts make little that only the collector can free."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def play(stage: Stage, beats: list[Beat], *, until: datetime, progress: Progress) -> None:
    """Perform every beat at its time, and on the way whatever the house does by itself."""
    there = beats[0].at
    for done, beat in enumerate(beats, 1):
        if beat.at - there > ROUND or beat.act in ("ship", "confirm", "cancel"):
            live_through(beat.at, since=there)
            there = beat.at
        with clock.at(beat.at):
            stage.perform(beat.act, beat.props, beat.at)
        progress(done, len(beats), beat.at)
    live_through(until, since=there)


def live_through(until: datetime, *, since: datetime) -> None:
    """Let each job that is due by `until` run at its own time."""
    while (due := next_job(at_once=since)) is not None and due <= until:
        with clock.at(due):
            jobs.run_due(leave=LEFT)


def next_job(*, at_once: datetime) -> datetime | None:
    """When the next job is due; one without a time counts as due `at_once`."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_JOB, [at_once, LEFT])
        row = cursor.fetchone()
    return row[0] if row else None


def cast(town: shapes.Town) -> list[str]:
    """Handles of the people whom a visitor may be: the reader, who keeps a shop, who runs the
    house, everybody else."""
    owners = [shop.owner for shop in town.shops]
    everybody = [person.handle for person in town.people]
    first = [town.reader, *owners[:2], *([town.operator] if town.operator else [])]
    return list(dict.fromkeys([*first, *owners, *everybody]))
