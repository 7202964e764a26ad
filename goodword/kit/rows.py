"""Rows written, locked and read by plain SQL, for the few paths where the ORM is the cost.

Building such a query with the ORM takes about four times as long as running it (decision 0006).
Models stay the only description of a table: names and conversions come from their fields.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, connections, transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Model,
    TextField,
    UUIDField,
)
from django.db.models.base import ModelState

from .cursors import answered
from .together import Write, do, soon

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Model)
S = TypeVar("S", bound=Model)


UNLESS_KNOWN = " ON CONFLICT DO NOTHING"


def joined(act: Callable[P, T]) -> Callable[P, T]:
    """Run `act` in the caller's transaction when there is one, otherwise in one of its own.

    `transaction.atomic` would set a savepoint: two more ways to the database and back. For verbs
    that refuse before they write, or whose caller lets a refusal end the transaction.
    """

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return act(*args, **kwargs)
        with transaction.atomic():
            return act(*args, **kwargs)

    return run


def insert(rows: Sequence[Model]) -> None:
    """Add new rows of one model in one statement. No signal, nothing read back."""
    if rows:
        soon(inserting(rows))


def insert_new(row: Model) -> bool:
    """Add a row unless a unique key is in its way; whether it went in."""
    return bool(write([row], UNLESS_KNOWN))


def write(rows: Sequence[Model], conflict: str) -> int:
    """Add rows of one model, or do what `conflict` says; how many were written."""
    count, _rows = do(inserting(rows, conflict))
    return count


def inserting(
    rows: Sequence[Model],
    conflict: str = "",
    *,
    unless: str = "",
    seen: Sequence[Any] = (),
    **drawn: str,
) -> Write:
    """The statement that adds new rows of one model, for `together`.

    One row may depend on a query that must find nothing: `unless`, with the values `seen`.
    `drawn` are columns whose value the database draws, each as SQL.
    """
    model = type(rows[0])
    keep, statement, slots = insert_statement(model, **drawn)
    here = connections[connection.alias]  # the proxy looks for it at each value
    values = [
        value if value is None or type(value) is as_it_is else kept(value, here)
        for row in rows
        for name, as_it_is, kept in keep
        for value in (getattr(row, name),)
    ]
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    if unless:
        added = f"SELECT {slots} WHERE NOT EXISTS ({unless})"
    else:
        added = "VALUES " + ", ".join([f"({slots})"] * len(rows))
    return Write(model._meta.db_table, f"{statement} {added}{conflict}", [*values, *seen])


@cache
def insert_statement(
    model: type[Model], **drawn: str
) -> tuple[list[tuple[str, type | None, Callable[..., Any]]], str, str]:
    fields = model._meta.local_concrete_fields
    if late := [field.name for field in fields if field.has_db_default()]:
        raise TypeError(f"the database fills in {late} of {model.__name__}: save it by the ORM")
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f'INSERT INTO "{model._meta.db_table}" ({columns})'
    keep = [(field.attname, *keeping(field)) for field in fields if field.column not in drawn]
    slots = ", ".join(drawn.get(str(field.column), "%s") for field in fields)
    return keep, statement, slots


# A value of just that type goes to the database as it is. (A number's size would say its type.)
AS_IT_IS = {
    UUIDField: UUID, CharField: str, TextField: str, BooleanField: bool, DateTimeField: datetime,
}  # fmt: skip


def keeping(field: Any) -> tuple[type | None, Callable[..., Any]]:
    """Which values of the field a database keeps as they are, and how it keeps others.

    Of a key, as of what it points to in the end.
    """
    while field.remote_field:
        field = field.target_field
    return AS_IT_IS.get(type(field)), field.get_db_prep_save


def find(model: type[R], *, how: str = "", **where: Any) -> list[R]:
    """The rows in which each named column has that value, in the order of their primary keys.

    A list of values asks for rows with one of them; `how` locks them, as `FOR UPDATE`. Raises
    ValueError for None, which SQL's `=` never finds.
    """
    if None in where.values():
        raise ValueError(f"{model.__name__} cannot be found by what is not there: {where}")
    names, statement, key = select_statement(model)
    asked = " AND ".join(
        f'"{column}" = ANY (%s)' if isinstance(value, list) else f'"{column}" = %s'
        for column, value in where.items()
    )
    ordered = f'{statement} WHERE {asked} ORDER BY "{key}" {how}'
    return fetch(model, names, ordered, [*where.values()])


def first(model: type[R], *, how: str = "", **where: Any) -> R | None:
    """The first of the rows that `find` finds, or None."""
    found = find(model, how=f"LIMIT 1 {how}", **where)
    return found[0] if found else None


def locked(model: type[R], key: Any, *, how: str = "FOR UPDATE") -> R | None:
    """The row with this primary key, locked until the transaction ends."""
    names, statement, column = select_statement(model)
    found = fetch(model, names, f'{statement} WHERE "{column}" = %s {how}', [key])
    return found[0] if found else None


def locked_with(
    model: type[R], key: Any, parts: type[S], *, by: str, how: str
) -> tuple[R | None, list[S]]:
    """The row with this primary key and its `parts`, whose column `by` is that key, all locked.

    In the order of the parts' primary keys; a row without parts is not found. The parts are locked
    too since what is only read beside a lock is as it was before the lock was waited for.
    """
    names, part_names, statement = joined_statement(model, parts, by)
    _count, rows = answered(f"{statement} {how}", [key])
    if not rows:
        return None, []
    cut = len(names)
    whole = built(model, names, rows[0][:cut])
    return whole, [built(parts, part_names, row[cut:]) for row in rows]


def fetch(model: type[R], names: Sequence[str], statement: str, values: Sequence[Any]) -> list[R]:
    _count, rows = answered(statement, values)
    return [built(model, names, row) for row in rows]


def built(model: type[R], names: Sequence[str], row: Sequence[Any]) -> R:
    """A model as `from_db` makes it, which takes three times as long: each value has a setter."""
    made = model.__new__(model)
    made.__dict__.update(zip(names, plain(model, row), strict=True))
    made._state = ModelState()
    made._state.adding, made._state.db = False, connection.alias
    return made


def plain(model: type[Model], row: Sequence[Any]) -> list[Any]:
    """A raw row with what the field's own converters make of it, as JSON."""
    values = list(row)
    for place, convert in converters(model):
        values[place] = convert(values[place], None, connection)
    return values


@cache
def converters(model: type[Model]) -> list[tuple[int, Callable[..., Any]]]:
    return [
        (place, convert)
        for place, field in enumerate(model._meta.concrete_fields)
        for convert in field.get_db_converters(connection)
    ]


@cache
def select_statement(model: type[Model]) -> tuple[list[str], str, str]:
    key, fields = model._meta.pk, model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f'SELECT {columns} FROM "{model._meta.db_table}"'
    return [field.attname for field in fields], statement, str(key.column)


@cache
def joined_statement(
    model: type[Model], parts: type[Model], by: str
) -> tuple[list[str], list[str], str]:
    names, _statement, key = select_statement(model)
    part_names, _statement, part_key = select_statement(parts)
    columns = [f'w."{field.column}"' for field in model._meta.concrete_fields]
    columns += [f'p."{field.column}"' for field in parts._meta.concrete_fields]
    tables = f'"{model._meta.db_table}" w JOIN "{parts._meta.db_table}" p ON p."{by}" = w."{key}"'
    found = f'FROM {tables} WHERE w."{key}" = %s ORDER BY p."{part_key}"'
    return names, part_names, f"SELECT {', '.join(columns)} {found}"


def change(row: Model, **values: Any) -> None:
    """Write new values of a row that is locked, in the database and in `row`. Columns as named."""
    change_all([row], **values)


def change_all(rows: Sequence[Model], **values: Any) -> None:
    """Write the same new values of several rows of one model that are locked, as `change` does."""
    if not rows:
        return
    model = type(rows[0])
    pairs = ", ".join(f'"{name}" = %s' for name in values)
    table, key, keep = model._meta.db_table, model._meta.pk.column, by_column(model)
    here = connections[connection.alias]
    kept = [
        value if value is None or type(value) is as_it_is else prepare(value, here)
        for name, value in values.items()
        for as_it_is, prepare in (keep[name],)
    ]
    keys = [row.pk for row in rows]
    # For a list of unknown length a young table would be read whole.
    which, asked = ("= %s", keys[0]) if len(keys) == 1 else ("= ANY (%s)", keys)
    soon(Write(table, f'UPDATE "{table}" SET {pairs} WHERE "{key}" {which}', [*kept, asked]))
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)


def rewrite(row: Model) -> None:
    """Write all that is in `row`, which is locked."""
    fields = row._meta.concrete_fields
    change(
        row, **{str(one.column): getattr(row, one.attname) for one in fields if not one.primary_key}
    )


@cache
def by_column(model: type[Model]) -> dict[str, tuple[type | None, Callable[..., Any]]]:
    return {str(field.column): keeping(field) for field in model._meta.concrete_fields}
