"""Each guard of the database is seen to refuse, by its own name, what it is there to refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction
from psycopg.types.json import Jsonb

from . import attempts
from .attempts import (
    CHECKS,
    GOOD,
    IN_STATE,
    INSIDE,
    KEPT,
    MOVES,
    ONCE,
    OTHER_KIND,
    SOME,
    STATES,
    STAYS,
)

pytestmark = pytest.mark.django_db
DOMAINS = ("care", "journal", "money", "orders", "shop")
numbers = count(1)

TABLES = """
SELECT c.conname, c.conrelid::regclass::text FROM pg_constraint c WHERE c.contype IN ('c', 'u')
UNION ALL
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text FROM pg_index i
 WHERE i.indisunique AND i.indpred IS NOT NULL
"""
TRIGGERS = """
SELECT tgrelid::regclass || ' ' || regexp_replace(tgname, '^pgtrigger_(.*)_[0-9a-f]+$', '\\1')
  FROM pg_trigger WHERE NOT tgisinternal
"""
COLUMNS = """
SELECT column_name, data_type, is_nullable = 'YES' OR column_default IS NOT NULL
  FROM information_schema.columns WHERE table_name = %s
"""


def rows(statement: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def tables(lasting) -> dict[str, str]:
    """The table of each constraint."""
    with lasting():
        return dict(rows(TABLES))


def fresh(kind: str) -> Any:
    """A value of a column's type that no row has."""
    n = next(numbers)
    letters = "".join(chr(65 + n // 26**place % 26) for place in (2, 1, 0))
    return {
        "uuid": UUID(int=n), "boolean": False, "jsonb": {"n": n}, "ARRAY": [letters],
        "bytea": str(n).encode(), "interval": timedelta(n), "date": date(2026, 1, 1) + timedelta(n),
        "timestamp with time zone": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(n),
        "text": letters, "character varying": letters, "tsvector": letters,
    }.get(kind, n)  # fmt: skip


def row_of(table: str, **values: Any) -> dict[str, Any]:
    """A row that every guard takes, with these values."""
    given = GOOD.get(table, {}) | values
    return {
        name: told(kind, given[name] if name in given else fresh(kind))
        for name, kind, spared in columns(table)
        if name in given or not spared
    }


def told(kind: str, value: Any) -> Any:
    return Jsonb(value) if kind == "jsonb" else value


known: dict[str, list[tuple[str, str, bool]]] = {}


def columns(table: str) -> list[tuple[str, str, bool]]:
    if table not in known:
        known[table] = rows(COLUMNS, table)
    return known[table]


def insert(table: str, **values: Any) -> None:
    row = row_of(table, **values)
    names = ", ".join(f'"{name}"' for name in row)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})",
            list(row.values()),
        )


@contextmanager
def tried() -> Iterator[None]:
    """What is written in here is gone afterwards, and with it what it would owe other tables."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refuser(error: DatabaseError) -> str:
    """The constraint or the trigger that said no, by the name that stands in `attempts`."""
    said = error.__cause__.diag  # type: ignore[union-attr]
    return said.constraint_name or said.context or str(error)


def refused_by(statement: str, *values: Any) -> str:
    """Which guard refuses it; "" when none does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        return refuser(error)
    return ""


def is_trigger(said: str, name: str) -> bool:
    return f"function {name}()" in said or f"function pgtrigger_{name}_" in said


def test_every_guard_is_tried(tables):
    ours = {name for name, table in tables.items() if table.startswith(DOMAINS)}
    # A count's own check that it is not negative comes with the type of the column.
    ours = {name for name in ours if not name.endswith("_check")}
    triggers = {name for (name,) in rows(TRIGGERS) if name.startswith(DOMAINS)}
    at_triggers = {f"{table} {name}" for table, (name, _what) in [*STAYS.items(), *KEPT.items()]}
    at_triggers |= {f"{table} {name}" for name, table, *_how in SOME}
    at_triggers |= {f"{table} moves" for table in MOVES}
    assert ours | triggers == {*CHECKS, *ONCE, *at_triggers, *attempts.ELSEWHERE}


def test_what_no_row_may_say(tables):
    wrong = []
    for table in {tables[name] for name in CHECKS}:
        with tried():
            insert(table)  # a good row is taken
    for name, badly in CHECKS.items():
        table = tables[name]
        for values in badly:
            try:
                with tried():
                    insert(table, **values)
            except DatabaseError as error:
                if refuser(error) == name:
                    continue
                wrong.append(f"{name} is not what refuses {values}: {error}")
            else:
                wrong.append(f"{name} takes {values}")
    assert wrong == []


def test_what_may_stand_there_only_once(tables):
    wrong = []
    for name, (taken, beside) in ONCE.items():
        table, inside = tables[name], INSIDE.get(name, {})
        kinds = {column: kind for column, kind, _spared in columns(table)}
        same = {column: fresh(kinds[column]) for column in taken.split()}
        same = {column: GOOD.get(table, {}).get(column, one) for column, one in same.items()}
        if name == "money_transfer_key":
            same["owner"] = None  # the house's own keys are unique too
        step = "beside"
        try:
            with tried():
                insert(table, **same, **inside)
                for one in beside:
                    insert(table, **{**same, **inside, **one})
                for column in same:
                    step = f"another {column}"
                    kind = column == "kind" and OTHER_KIND.get(name)
                    insert(table, **{**same, **inside, column: kind or fresh(kinds[column])})
                step = "again"
                insert(table, **same, **inside)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS shop_picture_place IMMEDIATE")
        except DatabaseError as error:
            if (step, refuser(error)) == ("again", name):
                continue
            wrong.append(f"{name}, {step}: {error}")
        else:
            wrong.append(f"{name} takes it twice")
    assert wrong == []


def test_what_of_a_row_stays():
    wrong = []
    for table, (name, fixed) in STAYS.items():
        kinds = {column: kind for column, kind, _spared in columns(table)}
        with tried():
            insert(table)
            for column in fixed.split():
                other = told(kinds[column], fresh(kinds[column]))
                said = refused_by(f'UPDATE {table} SET "{column}" = %s', other)
                if not is_trigger(said, name):
                    wrong.append(f"{table}.{column}: {said or 'changes'}")
    for table, (name, verbs) in KEPT.items():
        with tried():
            insert(table)
            for verb in verbs.split():
                does = f"UPDATE {table} SET id = id" if verb == "UPDATE" else f"DELETE FROM {table}"
                said = refused_by(does)
                if not is_trigger(said, name):
                    wrong.append(f"{verb} of {table}: {said or 'is done'}")
    assert wrong == []


def test_no_guarded_table_can_be_emptied():
    guarded = {*STAYS, *KEPT, *MOVES, *(table for _guard, table, *_how in SOME)}
    guarded |= {of.split()[0] for of in attempts.ELSEWHERE if " " in of}
    wrong = []
    for table in sorted(guarded):
        for does in (f"TRUNCATE {table}", f"TRUNCATE {table} CASCADE"):
            said = refused_by(does)
            if "permission denied for table" not in said:
                wrong.append(f"{does}: {said or 'is done'}")
    assert wrong == []


def test_a_privilege_that_came_back_is_taken_again():
    (role,) = rows("SELECT current_user")[0]
    with connection.cursor() as cursor:
        for to in (role, "PUBLIC"):
            cursor.execute(f"GRANT TRUNCATE ON journal_entry, money_entry TO {to}")
        assert refused_by("TRUNCATE journal_entry, money_entry") == ""
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    for table in ("journal_entry", "money_entry"):
        assert "permission denied" in refused_by(f"TRUNCATE {table}")


def test_what_stays_only_then():
    wrong = []
    for name, table, values, refused, taken in SOME:
        with tried():
            insert(table, **values)
            for does in [*refused, *taken]:
                whole = f"DELETE FROM {table}" if does == "DELETE" else f"UPDATE {table} SET {does}"
                said = refused_by(whole)
                if (does in refused) != is_trigger(said, name):
                    wrong.append(f"{name} of {table}, {does}: {said or 'is done'}")
    assert wrong == []


# Says of each state what refuses to move the rows there, and leaves them where they were.
TRY = """
CREATE FUNCTION pg_temp.moved(rows text, state text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE said text;
BEGIN
    EXECUTE format('UPDATE %I SET state = %L', rows, state);
    RAISE EXCEPTION 'taken';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS said = PG_EXCEPTION_CONTEXT;
    RETURN said;
END $$
"""


def test_a_state_follows_only_along_its_table():
    wrong = []
    with connection.cursor() as cursor:
        cursor.execute(TRY)
    for table, moves in MOVES.items():
        states = list(map(str, STATES[table]))
        for old in states:
            with tried():
                insert(table, **{"state": old, **IN_STATE.get((table, old), {})})
                tries = "SELECT s, pg_temp.moved(%s, s) FROM unnest(%s::text[]) AS s"
                for new, said in rows(tries, table, [one for one in states if one != old]):
                    if is_trigger(said, "moves") == ((old, new) in moves):
                        wrong.append(f"{table}, {old} to {new}: {said}")
    assert wrong == []
