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
from goodword.kit.postgres.access import ADMIN

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
    found: dict[int, Result] = {}
    try:
        with scratch() as cluster, ThreadPoolExecutor(processes) as threads:
            crew = Crew(cluster, jobs, day_over)
            try:
                crew.prepare()
                asked = {threads.submit(crew.play, number): number for number in range(len(jobs))}
                for one in as_completed(asked):
                    found[asked[one]] = one.result()
                    town_over(jobs[asked[one]], one.result())
            except BaseException:
                crew.is_over = True
                threads.shutdown(wait=False, cancel_futures=True)
                crew.dismiss()
                raise
    except PostgresError as error:
        raise Stop(str(error)) from error
    return [found[number] for number in range(len(jobs))]


@contextmanager
def scratch() -> Iterator[Cluster]:
    """A database server for nothing but this, whatever DATABASE_URL says; gone when this ends."""
    before = signal.signal(signal.SIGTERM, end)
    with tempfile.TemporaryDirectory(prefix="goodword-society-") as folder:
        cluster = Cluster(Path(folder), durable=False)
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
    at_work: list["subprocess.Popen[str]"] = field(default_factory=list)
    is_over: bool = False

    def prepare(self) -> None:
        """Make every table in the database that the towns' are copied from."""
        for _line in self.said(self.order("template", dsn=self.cluster.dsn())):
            pass

    def play(self, number: int) -> Result:
        """One town to its end. Raises Stop when its process failed."""
        name = f"town_{number}"
        order = self.order(name, dsn=self.cluster.dsn(name), job=asdict(self.jobs[number]))
        result: Result = {}
        for line in self.said(order):
            if "result" in line:
                result = dict(line["result"])
            else:
                self.day_over(self.jobs[number])
        return result

    def order(self, name: str, **what: Any) -> dict[str, Any]:
        data = self.cluster.data_dir / name
        return {"name": name, "server": self.cluster.dsn(ADMIN), "data": str(data), **what}

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
