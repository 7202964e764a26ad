"""The fan-out by itself, as the job does it, from processes and threads like those of `raw`."""

import os
import threading
import time
from uuid import UUID

from .client import Sample, nothing
from .raw import SPAWN


def load(dsn: str, moments: list[UUID], *, seconds: float, connections: int) -> Sample:
    """Fan the moments out in turn; each takes one transaction."""
    processes = min(2, connections)
    work = [
        (dsn, moments[n::processes], seconds, connections // processes) for n in range(processes)
    ]
    with SPAWN.Pool(processes) as pool:
        samples = pool.starmap(drive, work)
    total = nothing()
    for sample in samples:
        total.took += sample.took
    total.seconds = max(sample.seconds for sample in samples)
    return total


def drive(dsn: str, moments: list[UUID], seconds: float, connections: int) -> Sample:
    os.environ["DATABASE_URL"] = dsn
    import django

    django.setup()
    from django.db import connection

    from goodword.reach import actions

    sample, waiting, lock = nothing(), iter(moments), threading.Lock()
    ready = threading.Barrier(connections + 1)

    def walk() -> None:
        connection.ensure_connection()
        ready.wait()
        begun = started = time.perf_counter()
        while begun < started + seconds:
            with lock:
                moment = next(waiting, None)
            if moment is None:
                break
            actions.fan_out(moment=moment)
            now = time.perf_counter()
            sample.took.append(now - begun)
            begun = now
        connection.close()

    threads = [threading.Thread(target=walk) for _n in range(connections)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    sample.seconds = time.perf_counter() - begun
    connection.close_pool()
    return sample
