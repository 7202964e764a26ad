"""Several towns at once, each in a process and a database of its own, in a cluster thrown away."""

import multiprocessing
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from goodword.kit.postgres import Cluster, PostgresError
from goodword.kit.postgres.access import ADMIN, APP

from ..errors import Stop
from ..instance import load
from ..instance import settle as choose
from .job import Job, Result

SPAWN = multiprocessing.get_context("spawn")
_days: Any = None  # in a process of the pool: where to tell that a day is over


def results(
    jobs: Sequence[Job],
    *,
    processes: int,
    day_over: Callable[[Job], None],
    town_over: Callable[[Job, Result], None],
) -> list[Result]:
    """Play all jobs, so many at a time; results in the order of the jobs. Raises Stop."""
    found: dict[int, Result] = {}
    try:
        with scratch() as cluster, telling(jobs, day_over) as told, ProcessPoolExecutor(
            processes, mp_context=SPAWN, initializer=hear, initargs=(told,),
            max_tasks_per_child=1,
        ) as pool:  # fmt: skip
            pool.submit(prepare, cluster.dsn(), cluster.data_dir / "template").result()
            asked = {
                pool.submit(
                    run, job, number, cluster.dsn(ADMIN), cluster.dsn(f"town_{number}"),
                    cluster.data_dir / f"town_{number}",
                ): number
                for number, job in enumerate(jobs)
            }  # fmt: skip
            try:
                for one in as_completed(asked):
                    found[asked[one]] = one.result()
                    town_over(jobs[asked[one]], one.result())
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except PostgresError as error:
        raise Stop(str(error)) from error
    except BrokenProcessPool as error:
        raise Stop("A town's process was ended from outside; is there enough memory?") from error
    return [found[number] for number in range(len(jobs))]


@contextmanager
def scratch() -> Iterator[Cluster]:
    """A database server for nothing but this, whatever DATABASE_URL says."""
    with tempfile.TemporaryDirectory(prefix="goodword-society-") as folder:
        cluster = Cluster(Path(folder), durable=False)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.destroy()


@contextmanager
def telling(jobs: Sequence[Job], day_over: Callable[[Job], None]) -> Iterator[Any]:
    """A queue into which the processes put a job's number whenever one of its days is over."""
    told = SPAWN.SimpleQueue()

    def listen() -> None:
        while (number := told.get()) is not None:
            day_over(jobs[number])

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.put(None)
        thread.join()


def hear(told: Any) -> None:
    global _days  # noqa: PLW0603  # how a pool's initializer hands something to its tasks
    _days = told


def prepare(dsn: str, data: Path) -> None:
    """Make every table in the database that the towns' are copied from."""
    set_up(dsn, data)
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    connection.close_pool()  # type: ignore[attr-defined]  # nobody may be connected to the template


def set_up(dsn: str, data: Path) -> None:
    """Django in this process, on a house that has no settings of anybody's."""
    for name in [one for one in os.environ if one.startswith("GOODWORD_")]:
        del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "goodword.site.settings"
    data.mkdir(parents=True, exist_ok=True)
    choose(data, DATABASE_URL=dsn)
    load()


def run(job: Job, number: int, server: str, dsn: str, data: Path) -> Result:
    """One town in this process; what it was made of is gone afterwards."""
    named = {"town": sql.Identifier(f"town_{number}"), "template": sql.Identifier(APP)}
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(sql.SQL("CREATE DATABASE {town} TEMPLATE {template}").format(**named))
    set_up(dsn, data)
    from .playing import play

    try:
        return play(job, tell=lambda _over: _days.put(number))
    finally:
        with psycopg.connect(server, autocommit=True) as db:
            db.execute(sql.SQL("DROP DATABASE {town} WITH (FORCE)").format(**named))
        shutil.rmtree(data)
