"""The house's own figures for /metrics: what an operator is woken for.

They are asked for together and kept for a while, since a machine asks every few seconds, and each
web process is asked in turn.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import LiteralString

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg_pool import PoolTimeout

from goodword.money import queries as money
from goodword.orders import queries as orders
from goodword.people import delivery

from . import queries
from .backup.standing import standing

SOON, SELDOM = 15.0, 600.0  # seconds that figures are kept; the books are all read to be summed
DUE: LiteralString = """
SELECT count(*) FILTER (WHERE status = 'todo' AND
                        coalesce(scheduled_at, '-infinity') <= %(now)s),
       count(*) FILTER (WHERE status = 'failed')
  FROM procrastinate_jobs WHERE status IN ('todo', 'failed')
"""
Figures = dict[str, tuple[str, dict[str, float]]]  # by name: what it says, its values by label

kept: dict[str, tuple[float, Figures]] = {}


def text(now: datetime) -> bytes:
    """All of them as Prometheus reads them; without a database, that there is none."""
    registry = CollectorRegistry()
    registry.register(House(now))
    return generate_latest(registry)


class House(Collector):
    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        try:
            found = lately("books", SELDOM, books) | lately("state", SOON, lambda: state(self.now))
        except (DatabaseError, PoolTimeout):
            found = {}
        yield GaugeMetricFamily(
            "goodword_database_answers", "1 while the database answers.", float(bool(found))
        )
        for name, (sentence, values) in found.items():
            metric = GaugeMetricFamily(
                f"goodword_{name}", sentence, labels=["currency"] if "" not in values else []
            )
            for label, value in values.items():
                metric.add_metric([label] if label else [], value)
            yield metric


def lately(name: str, seconds: float, ask: Callable[[], Figures]) -> Figures:
    at, found = kept.get(name, (0.0, {}))
    if not found or time.monotonic() - at >= seconds:
        found = ask()
        kept[name] = time.monotonic(), found
    return found


def books() -> Figures:
    off = {line.currency: float(line.difference) for line in money.trial_balance()}
    return {
        "books_difference": (
            "Debits less credits of all that was ever posted, in minor units: always 0.", off
        ),
    }  # fmt: skip


def state(now: datetime) -> Figures:
    due, failed = queries.one(DUE, now=now)
    letters, backups = delivery.outgoing(now), standing(now)
    lost = letters.refused + letters.late
    found: dict[str, tuple[str, float]] = {
        "timers_overdue": ("Clocks of orders that should have rung.", orders.timers_late(now)),
        "jobs_due": ("Jobs whose time has come and that wait for the worker.", due),
        "jobs_failed": ("Jobs that failed for good.", failed),
        "letters_waiting": ("Letters that the mail server has not taken yet.", letters.waiting),
        "letters_lost": ("Letters that could not be delivered in seven days.", lost),
        "backup_failed": ("1 if the last nightly backup failed.", bool(backups.failed)),
    }
    if backups.newest:
        age = (now - backups.newest).total_seconds()
        found["backup_age_seconds"] = ("Since the newest backup was made.", age)
    return {name: (sentence, {"": float(value)}) for name, (sentence, value) in found.items()}
