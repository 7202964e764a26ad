"""Writes that go to the database together, in one statement.

A statement's way there and back costs more than most rows do (decision 0006). In `together` what
`soon` is given waits: it goes along with the next `do`, before anything else that is asked of the
database, or at the end. So whoever reads finds all that was written before, and a fault shows at
the end of the block at the latest.

PostgreSQL runs what goes along after the statement that takes it along: locks that others take in
another order must be taken by a `do` of their own.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from .cursors import answered


@dataclass(frozen=True, slots=True)
class Write:
    """One INSERT, UPDATE or DELETE of `table`; `named` are the parts of a WITH that it reads.

    Their values come before its own, or all by name. Parts that go together need different names.
    """

    table: str
    statement: str
    values: Sequence[Any] | Mapping[str, Any]
    named: str = ""


_waiting: ContextVar[list[Write] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Let the writes in here wait for each other, inside a transaction. In another: part of it."""
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set([])
    try:
        with connection.execute_wrapper(after_them):
            yield
            send()
    finally:
        _waiting.reset(token)


def after_them(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """Whatever is asked besides finds what was written before it."""
    if sql.startswith("ROLLBACK"):  # to a savepoint, which what waits came after
        take()
    send()
    return execute(sql, *rest)


def soon(write: Write) -> None:
    """Write this, whose outcome nobody waits for: at once, or in `together` with what comes."""
    waiting = _waiting.get()
    if waiting is None:
        run([write])
        return
    # Parts of one statement do not see each other's rows, so no table is in it twice.
    if any(one.table == write.table for one in waiting):
        send()
    waiting.append(write)


def do(write: Write) -> tuple[int, list[tuple[Any, ...]]]:
    """Write this now, with all that waits; how many rows it wrote, and what it returns of them."""
    waiting = _waiting.get() or []
    if any(one.table == write.table for one in waiting):
        send()
    return run([*take(), write])


def ask(table: str, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Read this of `table`, and of no other, now; what waits to be written goes along."""
    return do(Write(table, statement, values))[1]


def send() -> None:
    if writes := take():
        run(writes)


def take() -> list[Write]:
    waiting = _waiting.get() or []
    writes = waiting.copy()
    waiting.clear()
    return writes


def run(writes: Sequence[Write]) -> tuple[int, list[tuple[Any, ...]]]:
    *others, last = [by_place(one) for one in writes]
    parts = []
    for number, one in enumerate(others):
        parts += [one.named] if one.named else []
        parts.append(f"write_{number} AS ({one.statement})")
    parts += [last.named] if last.named else []
    first = f"WITH {', '.join(parts)} " if parts else ""
    values = [value for one in (*others, last) for value in one.values]
    return answered(first + last.statement, values)


def by_place(write: Write) -> Write:
    """The same with its values in the order of their slots, where they come by name."""
    if not isinstance(write.values, Mapping):
        return write
    named, names = slots(write.named)
    statement, more = slots(write.statement)
    return Write(write.table, statement, [write.values[name] for name in names + more], named)


@cache
def slots(statement: str) -> tuple[str, list[str]]:
    return re.sub(r"%\(\w+\)s", "%s", statement), re.findall(r"%\((\w+)\)s", statement)
