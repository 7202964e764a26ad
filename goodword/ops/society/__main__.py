"""One order from standard input, as JSON: make the tables, or play a town and say what came of it.

A process of its own: Django knows one database, and a town's memory goes when it is over.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from goodword.kit.postgres.access import APP

from ..instance import load
from ..instance import settle as choose
from .assumptions import Assumptions
from .job import Job, Policy


def obey(order: dict[str, Any], out: IO[str]) -> None:
    """Answers a line for each day that is over and one with the result."""
    if "job" not in order:
        set_up(order)
        migrate()
        return
    names = {"town": sql.Identifier(order["name"]), "template": sql.Identifier(APP)}
    with psycopg.connect(order["server"], autocommit=True) as db:
        db.execute(sql.SQL("CREATE DATABASE {town} TEMPLATE {template}").format(**names))
    set_up(order)
    from .playing import play

    def say(**what: Any) -> None:
        print(json.dumps(what), file=out, flush=True)

    say(result=play(read(order["job"]), tell=lambda day: say(day=day)))
    with psycopg.connect(order["server"], autocommit=True) as db:
        db.execute(sql.SQL("DROP DATABASE {town} WITH (FORCE)").format(**names))
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
    choose(data, DATABASE_URL=order["dsn"])
    load()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


if __name__ == "__main__":
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever else is printed is no answer
    obey(json.load(sys.stdin), answers)
