"""One order from standard input, as JSON: make the tables, or play a town and say what came of it.

A process of its own: Django knows one database, and a town's memory goes when it is over.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from goodword.kit.postgres.access import APP

from ..instance import load
from ..instance import settle as choose
from .assumptions import Assumptions
from .job import Job, Policy

NOWHERE = "postgresql://nobody@/nowhere"  # plain towns ask no database


def obey(order: dict[str, Any], out: IO[str]) -> None:
    """Answers a line for each day that is over and one with each result."""
    if "jobs" not in order:
        set_up(order)
        from .. import tables

        tables.bring_up()
        return
    with database(order):
        set_up(order)
        from . import plain, playing

        for number, told in order["jobs"].items():
            say = Speaker(int(number), out)
            job = read(told)
            play = plain.play if job.is_plain else playing.play
            say(result=play(job, tell=say.day_over))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what there is of the job with this number, each time in a line."""

    number: int
    out: IO[str]

    def __call__(self, **what: Any) -> None:
        print(json.dumps({"number": self.number, **what}), file=self.out, flush=True)

    def day_over(self, day: int) -> None:
        self(day=day)


@contextmanager
def database(order: dict[str, Any]) -> Iterator[None]:
    """A copy of the template, and the town's folder; gone afterwards. For plain towns none."""
    if "server" not in order:
        yield
        return
    names = {"town": sql.Identifier(order["name"]), "template": sql.Identifier(APP)}
    with psycopg.connect(order["server"], autocommit=True) as db:
        db.execute(sql.SQL("CREATE DATABASE {town} TEMPLATE {template}").format(**names))
    yield
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own
    # Not by FORCE: who is no superuser may not end autovacuum that way; it yields by itself.
    with psycopg.connect(order["server"], autocommit=True) as db:
        db.execute(sql.SQL("DROP DATABASE {town}").format(**names))
    shutil.rmtree(order["data"])


def read(told: dict[str, Any]) -> Job:
    known = {"policy": Policy(told["policy"]), "held": Assumptions(**told["held"])}
    return Job(**(told | known))


def set_up(order: dict[str, Any]) -> None:
    """Django in this process, in a house that has nobody's settings."""
    for name in [one for one in os.environ if one.startswith("GOODWORD_")]:
        del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "goodword.site.settings"
    data = Path(order["data"])
    data.mkdir(parents=True, exist_ok=True)
    choose(data, DATABASE_URL=order.get("dsn", NOWHERE))
    load()


if __name__ == "__main__":
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever else is printed is no answer
    obey(json.load(sys.stdin), answers)
