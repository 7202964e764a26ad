"""Background work on procrastinate: a job is a row, so it commits or vanishes with the data.

`defer` is for later. `defer_now` is for work that people wait to see (fan-out): the process that
committed also does it at once, and the worker does it if that process died in between.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from . import clock
from .together import Write, do, soon

log = structlog.get_logger(__name__)

GRACE = timedelta(seconds=15)  # how long the worker leaves a `defer_now` job to its maker
RETRY = RetryStrategy(max_attempts=12, wait=5, linear_wait=60)  # over an hour and a half
LONGEST = timedelta(hours=4)  # that a patient job waits before the next try


class Patient(BaseRetryStrategy):
    """After a minute, then 2, 4, 8 and so on, at last every four hours: the job knows its end."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:  # noqa: ARG002
        wait = min(timedelta(minutes=2 ** min(job.attempts, 10)), LONGEST)
        return RetryDecision(retry_in={"seconds": int(wait.total_seconds())})


OUTSIDE = "outside"  # queue of the jobs that ask machines we don't own: they commit in steps

QUEUE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args, scheduled_at)
SELECT %s, %s, %s::int, %s, %s::jsonb, %s::timestamptz"""
# The same for a row that was written with the number of its job: `made`, if it was written at all.
NUMBER = "nextval('procrastinate_jobs_id_seq')"
QUEUE_FOR = """
INSERT INTO procrastinate_jobs (id, queue_name, task_name, priority, lock, args, scheduled_at)
SELECT made.job, %s, %s, %s::int, %s, %s::jsonb, %s::timestamptz FROM made RETURNING id"""
TABLE = "procrastinate_jobs"
CLAIM = "DELETE FROM procrastinate_jobs WHERE id = %s AND status = 'todo' RETURNING id"
# A job with a time of its own must not run before it; one of `defer_now` only waits for its maker.
SOON = 1  # priority of the latter
DUE = f"""
SELECT id, task_name, args FROM procrastinate_jobs
 WHERE status = 'todo' AND task_name <> ALL (%(leave)s)
   AND (scheduled_at IS NULL OR scheduled_at <= %(now)s
       OR (priority = {SOON} AND scheduled_at <= %(soon)s))
 ORDER BY scheduled_at NULLS FIRST, id LIMIT 200
"""


def task(
    *, name: str, queue: str = "default", retry: BaseRetryStrategy = RETRY
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a job: `name` is "domain.verb"; keyword arguments must be JSON-able."""
    return app.task(name=name, queue=queue, retry=retry)


def periodic(*, name: str, cron: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a job that the worker starts by the clock; it is called without arguments."""

    def declare(do: Callable[..., None]) -> Callable[..., None]:
        def tick(timestamp: int) -> None:  # noqa: ARG001  # the planned time, always passed
            do()

        return app.periodic(cron=cron)(app.task(name=name, queue="default", retry=RETRY)(tick))

    return declare


IsOver = Callable[[], bool]  # whether a job has to end now, since the house closes
LongJob = Callable[[IsOver], None]


def long_periodic(*, name: str, cron: str) -> Callable[[LongJob], LongJob]:
    """As `periodic`, for what may take an hour: it is told on the way when it has to end."""

    def declare(do: LongJob) -> LongJob:
        # Without a context it runs here and now (`run_due`), where nobody ends it.
        def tick(context: JobContext | None = None, timestamp: int = 0) -> None:  # noqa: ARG001
            do(context.should_abort if context else lambda: False)

        job = app.task(name=name, queue=OUTSIDE, retry=RETRY, pass_context=True)(tick)
        app.periodic(cron=cron)(job)
        return do

    return declare


def defer(name: str, *, at: datetime | None = None, lock: str | None = None, **args: Any) -> int:
    """Queue job `name` in the surrounding transaction, to run at `at` (UTC) or once it commits.

    Jobs that share `lock` run one after another. Returns the job's number.
    """
    return _queue(name, args, at=at, lock=lock)


def call_off(number: int) -> None:
    """Take a job back that has not begun; one that runs or is over is left alone."""
    soon(Write(TABLE, CLAIM, [number]))


def values(
    name: str,
    args: dict[str, Any],
    *,
    at: datetime | None,
    lock: str | None = None,
    priority: int = 0,
) -> list[Any]:
    """What QUEUE is given, for whoever queues a job in the statement that writes what it is for."""
    return [app.tasks[name].queue, name, priority, lock, json.dumps(args), at]


def _queue(
    name: str,
    args: dict[str, Any],
    *,
    at: datetime | None,
    lock: str | None = None,
    priority: int = 0,
) -> int:
    """As procrastinate's own `defer` does, which takes three times as long (decision 0006)."""
    asked = values(name, args, at=at, lock=lock, priority=priority)
    _count, ((number,),) = do(Write(TABLE, f"{QUEUE} RETURNING id", asked))
    return int(number)


def defer_now(name: str, **args: Any) -> None:
    """Queue job `name` and run it in this process right after the commit."""
    number = _queue(name, args, at=clock.now() + GRACE, priority=SOON)

    def after_commit() -> None:
        try:
            _run(number, name, args)
        except Exception:  # the data stands; the job row does too, so the worker tries again
            log.exception("job.left_to_the_worker", job=name)

    transaction.on_commit(after_commit)


def run_due(now: datetime | None = None, *, leave: Sequence[str] = ()) -> int:
    """Run everything that is due here and now, in order, but what is to `leave` to the worker;
    returns how many jobs ran.

    For tests and the demo town, which live through weeks in seconds.
    """
    done = 0
    now = now or clock.now()
    while True:
        with connection.cursor() as cursor:
            cursor.execute(DUE, {"now": now, "soon": now + GRACE, "leave": list(leave)})
            rows = cursor.fetchall()
        if not rows:
            return done
        for number, name, args in rows:
            done += _run(number, name, connection_json(args))


def connection_json(value: Any) -> dict[str, Any]:
    return json.loads(value) if isinstance(value, str) else value


def _run(number: int, name: str, args: dict[str, Any]) -> bool:
    job = app.tasks[name]
    if job.queue == OUTSIDE:
        # No transaction may be open while it waits for an answer; run twice, it does no harm.
        job.func(**args)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [number])
            if cursor.fetchone() is None:
                return False
        if job.queue != OUTSIDE:
            job.func(**args)
    return True
