from goodword.kit import clock, jobs

from . import actions


@jobs.periodic(name="ops.rescue_jobs", cron="* * * * *")
def rescue_jobs() -> None:
    actions.rescue_jobs(now=clock.now())


@jobs.periodic(name="ops.tidy", cron="41 3 * * *")
def tidy() -> None:
    actions.tidy(now=clock.now())
