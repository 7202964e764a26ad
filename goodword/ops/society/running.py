"""Several towns at once, each in a process and a database of its own, on a server thrown away."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from goodword.kit.postgres import Cluster, PostgresError
from goodword.kit.postgres.access import ADMIN, APP

from ..errors import Stop
from .job import Job, Result


def results(
    jobs: Sequence[Job],
    *,
    processes: int,
    day_over: Callable[[Job], None],
    town_over: Callable[[Job, Result], None],
) -> list[Result]:
    """Play all jobs, so many at a time; results in the order of the jobs. Raises Stop."""
    numbers = range(len(jobs))
    is_plain = all(job.is_plain for job in jobs)
    # To load the app takes longer than most plain towns, so one process plays many of them.
    size = -(-len(jobs) // processes) if is_plain else 1
    parts = [numbers[at : at + size] for at in numbers[::size]]
    try:
        with place(is_plain) as cluster, ThreadPoolExecutor(processes) as threads:
            crew = Crew(cluster, jobs, day_over, town_over)
            try:
                if not is_plain:
                    crew.prepare()
                asked = [threads.submit(crew.play, list(part)) for part in parts]
                for one in as_completed(asked):
                    one.result()
            except BaseException:
                crew.is_over = True
                threads.shutdown(wait=False, cancel_futures=True)
                crew.dismiss()
                raise
    except PostgresError as error:
        raise Stop(str(error)) from error
    return [crew.found[number] for number in numbers]


@contextmanager
def place(is_plain: bool) -> Iterator[Cluster]:
    """A scratch folder, where the app is needed with a database server for nothing but this.

    Whatever DATABASE_URL says; all of it is gone when this ends.
    """
    before = signal.signal(signal.SIGTERM, end)
    with tempfile.TemporaryDirectory(prefix="goodword-society-") as folder:
        cluster = Cluster(Path(folder), durable=False)
        if not is_plain:
            cluster.start()
        try:
            yield cluster
        finally:
            cluster.destroy()
            signal.signal(signal.SIGTERM, before)


def end(_signal: int, _frame: Any) -> None:
    """Told to stop, leave as after Ctrl-C: in order."""
    sys.exit(128 + signal.SIGTERM)


@dataclass(slots=True)
class Crew:
    """The processes in which towns live; `__main__` is what they run."""

    cluster: Cluster
    jobs: Sequence[Job]
    day_over: Callable[[Job], None]
    town_over: Callable[[Job, Result], None]
    found: dict[int, Result] = field(default_factory=dict)
    at_work: list["subprocess.Popen[str]"] = field(default_factory=list)
    is_over: bool = False

    def prepare(self) -> None:
        """Make every table in the database that the towns' are copied from."""
        for _line in self.said(self.order("template", server=True, database=APP)):
            pass

    def play(self, numbers: list[int]) -> None:
        """Towns to their end, one after another. Raises Stop when their process failed."""
        is_plain = self.jobs[numbers[0]].is_plain
        jobs = {number: asdict(self.jobs[number]) for number in numbers}
        for line in self.said(self.order(f"town_{numbers[0]}", server=not is_plain, jobs=jobs)):
            number = line["number"]
            if "result" in line:
                self.found[number] = dict(line["result"])
                self.town_over(self.jobs[number], self.found[number])
            else:
                self.day_over(self.jobs[number])

    def order(self, name: str, *, server: bool, database: str = "", **what: Any) -> dict[str, Any]:
        data = str(self.cluster.data_dir / name)
        if not server:
            return {"name": name, "data": data, **what}
        dsn, server_dsn = self.cluster.dsn(database or name), self.cluster.dsn(ADMIN)
        return {"name": name, "data": data, "dsn": dsn, "server": server_dsn, **what}

    def said(self, order: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What a process says while it carries the order out. Raises Stop with its last words."""
        if self.is_over:
            return
        with tempfile.TemporaryFile("w+") as words, subprocess.Popen(
            [sys.executable, "-m", "goodword.ops.society"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=words, text=True,
        ) as process:  # fmt: skip
            self.at_work.append(process)
            assert process.stdin
            assert process.stdout
            json.dump(order, process.stdin)
            process.stdin.close()
            yield from map(json.loads, process.stdout)
            if process.wait() and not self.is_over:
                words.seek(0)
                last = (words.read().strip().splitlines() or ["It said nothing."])[-1]
                raise Stop(f"A town came to an early end. {last}")

    def dismiss(self) -> None:
        """End whoever is still at work."""
        for process in self.at_work:
            if process.poll() is None:
                process.terminate()
