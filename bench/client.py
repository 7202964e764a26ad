"""A cheap HTTP client: keep-alive connections in one process of its own, bounded by time."""

import asyncio
import itertools
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass

Request = bytes
SPAWN = multiprocessing.get_context("spawn")
STAY = 20  # journeys of one caller


@dataclass(slots=True)
class Sample:
    """Latencies in seconds of what was answered well, the wall time, and what was not."""

    took: list[float]
    seconds: float
    failed: list[str]

    def __iadd__(self, other: "Sample") -> "Sample":
        self.took += other.took
        self.seconds += other.seconds
        self.failed += other.failed
        return self

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        took = sorted(self.took)
        return took[min(len(took) - 1, int(len(took) * share))] * 1000 if took else 0.0


def nothing() -> Sample:
    return Sample([], 0.0, [])


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Request:
    named = [f"{name}: {value}" for name, value in headers.items()]
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *named]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def load(
    port: int, journeys: Sequence[Sequence[Request]], *, seconds: float, connections: int
) -> Sample:
    """Walk the journeys in turn over `connections` for `seconds`; each latency is a journey's."""
    with SPAWN.Pool(1) as pool:
        return pool.apply(drive, (port, list(journeys), seconds, connections))


def drive(port: int, journeys: list[Sequence[Request]], seconds: float, connections: int) -> Sample:
    return asyncio.run(walk_all(port, journeys, seconds, connections))


async def walk_all(
    port: int, journeys: list[Sequence[Request]], seconds: float, connections: int
) -> Sample:
    started = time.perf_counter()
    sample = nothing()
    waiting = iter(journeys)
    walkers = [walk(port, waiting, started + seconds, sample) for _n in range(connections)]
    await asyncio.gather(*walkers)
    sample.seconds = time.perf_counter() - started
    return sample


async def walk(port: int, waiting, end: float, sample: Sample) -> None:  # type: ignore[no-untyped-def]
    """Callers come and go: the kernel deals each to a process by chance, and eight that stayed for
    the whole run would measure that one deal."""
    while stay := list(itertools.islice(waiting, STAY)):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for journey in stay:
            begun = time.perf_counter()
            if begun > end and sample.took:  # however slow, one tells how slow
                writer.close()
                return
            for one in journey:
                writer.write(one)
                status, body = await answer(reader)
                if status >= 300:
                    sample.failed.append(f"{status} {body[:300]!r}")
                    break
            else:
                sample.took.append(time.perf_counter() - begun)
        writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    place = head.lower().find(b"content-length:")
    if place >= 0:
        return status, await reader.readexactly(int(head[place + 15 :].split(b"\r\n", 1)[0]))
    body = b""
    if b"transfer-encoding: chunked" in head.lower():
        while size := int((await reader.readline()).strip() or b"0", 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    return status, body
