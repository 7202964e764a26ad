"""What goes wrong on purpose: the process dies, the database fails, machines outside are deaf."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from random import Random
from typing import Any

from django.db import DatabaseError

from goodword.money.gateways.base import GatewayDown
from goodword.money.gateways.sandbox import Sandbox

CRASHES = 0.05  # of all steps
FAILURES = 0.015
DEAF = 0.04  # of all calls to the gateway
LOST, DOUBLED, LATE = 0.08, 0.08, 0.08  # of the gateway's messages
TWICE = 0.05  # of all jobs
ASKED = ("charge", "look_up", "cancel", "refund")
QUEUE = "procrastinate_jobs"
KEPT_ELSEWHERE = {QUEUE, "kit_ratebucket"}  # no money and no goods stand there
# Anywhere in a statement: several writes may go in one.
WRITES = re.compile(
    r"""\b(?:insert\s+into|delete\s+from|(?<!for\ )(?<!key\ )update)\s+"?(\w+)""", re.IGNORECASE
)


@lru_cache(maxsize=2000)
def written(sql: str) -> frozenset[str]:
    """The tables that a statement writes; a posting stands for those of the ledger."""
    tables = {table.lower() for table in WRITES.findall(sql)}
    return frozenset(tables | {"money_post"} if "money_post" in sql else tables)


class Crash(BaseException):
    """The process has died. No `except Exception` of ours may see that."""


class Faults:
    """Wraps every statement of a step, and breaks off at one of them if the dice say so."""

    calm = False  # nothing goes wrong then

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.said: Counter[str] = Counter()  # how often what went wrong
        self.usual: dict[str, int] = {}  # how many statements a step of that name has
        self.statements = self.breaks_at = 0
        self.dies = self.after = self.wrote = self.fired = False
        self.queued = True  # a job may have come or gone since the queue was read

    @contextmanager
    def around(self, what: str) -> Iterator[None]:
        """One step: at most one of its statements is its last."""
        self.statements, self.breaks_at, self.wrote, self.fired = 0, 0, False, False
        luck = 1.0 if self.calm else self.dice.random()
        if luck < CRASHES + FAILURES:
            self.dies = luck < CRASHES
            self.breaks_at = self.dice.randint(1, self.usual.get(what, 10))
            self.after = self.dice.random() < 0.5
        try:
            yield
        finally:
            self.usual[what] = max(self.usual.get(what, 0), self.statements)
            self.breaks_at = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.statements += 1
        here = self.statements == self.breaks_at
        if here and not self.after:
            self.break_off(execute, context)
        tables = written(sql)
        self.wrote = self.wrote or not tables <= KEPT_ELSEWHERE
        self.queued = self.queued or QUEUE in sql
        answer = execute(sql, params, many, context)
        if here and self.after:
            self.break_off(execute, context)
        return answer

    def break_off(self, execute: Callable[..., Any], context: Any) -> None:
        self.fired, self.breaks_at = True, 0
        if self.dies:
            self.said["crash"] += 1
            raise Crash
        self.said["database error"] += 1
        execute("SELECT 1 / 0", None, False, context)  # a real one, which ends the transaction

    @contextmanager
    def outside(self) -> Iterator[None]:
        """The sandbox is now and then not there, or does what it is asked and is not heard."""
        before = {name: getattr(Sandbox, name) for name in ASKED}
        for name, ask in before.items():
            setattr(Sandbox, name, self.sometimes_deaf(ask))
        try:
            yield
        finally:
            for name, ask in before.items():
                setattr(Sandbox, name, ask)

    def sometimes_deaf(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*args: Any, **values: Any) -> Any:
            luck = 1.0 if self.calm else self.dice.random()
            if luck < DEAF / 2:
                self.said["time-out, not done"] += 1
                raise GatewayDown("It was not there.")
            answer = ask(*args, **values)
            if luck < DEAF:
                self.said["time-out, done"] += 1
                raise GatewayDown("Its answer was lost.")
            return answer

        return asked

    def fate(self) -> str:
        """What becomes of a message of the gateway."""
        ways, shares = ("lost", "doubled", "late"), (LOST, DOUBLED, LATE)
        luck = 1.0 if self.calm else self.dice.random()
        for way, share in zip(ways, shares, strict=True):
            if luck < share:
                self.said[f"message {way}"] += 1
                return way
            luck -= share
        return ""

    def twice(self) -> bool:
        """Whether the worker died after a job's work and before it noted that."""
        again = not self.calm and self.dice.random() < TWICE
        self.said["job twice"] += again
        return again


EXPECTED = (Crash, DatabaseError)
