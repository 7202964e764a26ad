"""The same work as raw SQL: prepared statements over as many connections, no framework between."""

import multiprocessing
import threading
import time
from collections.abc import Sequence
from typing import Any

import psycopg

from .client import Sample, nothing

SPAWN = multiprocessing.get_context("spawn")
Step = tuple[str, dict[str, Any]]


def load(
    dsn: str, journeys: Sequence[Sequence[Step]], *, seconds: float, connections: int
) -> Sample:
    """Run the journeys' statements in turn; each journey is one transaction, each fetched whole."""
    processes = min(2, connections)
    shares = [journeys[n::processes] for n in range(processes)]
    work = [
        (dsn, list(share), seconds, connections // processes + (n < connections % processes))
        for n, share in enumerate(shares)
    ]
    with SPAWN.Pool(processes) as pool:
        samples = pool.starmap(drive, work)
    total = nothing()
    for sample in samples:
        total.took += sample.took
        total.failed += sample.failed
    total.seconds = max(sample.seconds for sample in samples)
    return total


def drive(dsn: str, journeys: list[Sequence[Step]], seconds: float, connections: int) -> Sample:
    sample = nothing()
    waiting = iter(journeys)
    lock = threading.Lock()
    open_ones = [psycopg.connect(dsn, prepare_threshold=1) for _n in range(connections)]
    started = time.perf_counter()

    def walk(connection: psycopg.Connection[Any]) -> None:
        while True:
            with lock:
                journey = next(waiting, None)
            begun = time.perf_counter()
            if journey is None or (begun > started + seconds and sample.took):
                return
            try:
                run(connection, journey)
            except psycopg.Error as error:
                sample.failed.append(str(error))
                return
            sample.took.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=walk, args=(one,)) for one in open_ones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sample.seconds = time.perf_counter() - started
    for one in open_ones:
        one.close()
    return sample


def run(connection: psycopg.Connection[Any], journey: Sequence[Step]) -> None:
    for statement, values in journey:
        cursor = connection.execute(statement, values)  # type: ignore[arg-type]
        if cursor.description:
            cursor.fetchall()
    connection.commit()
