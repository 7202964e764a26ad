from uuid import UUID

from goodword.kit import clock, jobs

from . import actions
from .archive import keeping
from .backup import nightly
from .leaving import going


@jobs.periodic(name="ops.rescue_jobs", cron="* * * * *")
def rescue_jobs() -> None:
    actions.rescue_jobs(now=clock.now())


@jobs.periodic(name="ops.tidy", cron="41 3 * * *")
def tidy() -> None:
    actions.tidy(now=clock.now())


# Asked this often, since a house that was closed at the hour makes it when it opens.
@jobs.long_periodic(name="ops.back_up", cron="*/10 * * * *")
def back_up(is_over: jobs.IsOver) -> None:
    nightly.make(now=clock.now(), is_over=is_over)


# It commits in steps, so that its owner sees how far it is.
@jobs.task(name="ops.build_archive", queue=jobs.OUTSIDE)
def build_archive(archive: str) -> None:
    keeping.build(archive=UUID(archive), now=clock.now())


@jobs.periodic(name="ops.start_leaving", cron="23 * * * *")
def start_leaving() -> None:
    going.start_due(now=clock.now())


@jobs.task(name="ops.part_with")
def part_with(member: str) -> None:
    going.part_with(member=UUID(member), now=clock.now())
