"""A whole checkout over HTTP (cart, order, paid, held) against inserting the same rows raw."""

import itertools
import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from goodword.kit.ids import new_id

from . import client, raw
from .house import House
from .run import Place, in_turns
from .town import Town

SLICE = 2500  # more than can be ordered in one
ADDRESS = {
    "name": "Bench Buyer",
    "phone": "13800000000",
    "region": "CN-ZJ",
    "city": "Hangzhou",
    "street": "1 West Lake Road",
}


def run(place: Place) -> dict[str, float]:
    house, town, scale = place.house, place.town, place.scale
    walks = walked(town)
    rows = replay(house, town, walks)
    many = scale.connections
    sides = {
        "app": lambda s: client.load(
            house.port, list(itertools.islice(walks, SLICE)), seconds=s, connections=many
        ),
        "raw": lambda s: raw.load(
            house.dsn, list(itertools.islice(rows, SLICE)), seconds=s, connections=many
        ),
    }
    done = in_turns(place.progress, scale, sides, house=house)
    app, sql = done["app"], done["raw"]
    return {
        "app_per_s": app.per_second,
        "raw_per_s": sql.per_second,
        "ratio": app.per_second / sql.per_second,
        "p50_ms": app.percentile_ms(0.5),
        "p99_ms": app.percentile_ms(0.99),
        "idle_mb": place.idle_mb,
        "rss_mb": house.memory_mb(),
    }


def walked(town: Town) -> Iterator[list[client.Request]]:
    """Put a thing into the cart, order the cart and pay: two requests, the second answers held."""
    variants = itertools.cycle(town.variants)
    for buyer, token in itertools.cycle(town.tokens.items()):
        variant = str(next(id_ for id_, _listing, seller in variants if seller != buyer))
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        item = {"variant": variant, "quantity": 1}
        order = {
            "items": [item],
            "address": ADDRESS,
            "key": new_id().hex,
            "pay": "card",
            "from_cart": True,
        }
        yield [
            client.request("POST", "/api/v1/cart", headers, json.dumps(item).encode()),
            client.request("POST", "/api/v1/orders", headers, json.dumps(order).encode()),
        ]


def replay(
    house: House, town: Town, walks: Iterator[list[client.Request]]
) -> Iterator[list[raw.Step]]:
    """The rows that one real checkout wrote, again and again under new ids, in one transaction."""
    send(house, next(walks))  # the first one also opens the house's own accounts
    with psycopg.connect(house.dsn, autocommit=True) as connection:
        (before,) = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone() or ()
        send(house, next(walks))
        written = [
            (table, row)
            for table in tables(connection)
            for row in rows_since(connection, table, before)
        ]
    stock = "UPDATE shop_variant SET stock = stock - 1 WHERE id = %(variant)s"
    variants = itertools.cycle(town.variants)
    while True:
        fresh = {row["id"]: new_id() for _table, row in written if "id" in row}
        steps: list[raw.Step] = [(stock, {"variant": next(variants)[0]})]
        steps += [insert(table, row, fresh) for table, row in written]
        yield steps


def send(house: House, walk: list[client.Request]) -> None:
    for one in walk:
        head, body = one.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        url = f"http://127.0.0.1:{house.port}{first.split()[1]}"
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as got:
            got.read()


# Parents first, so that the foreign keys hold while the rows go in.
OURS = ("orders_order", "orders_", "money_account", "money_payment", "money_transfer", "money_",
        "shop_", "journal_", "notices_")  # fmt: skip


DOCUMENTS = {psycopg.adapters.types[name].oid for name in ("json", "jsonb")}
WRITTEN_BY_TRIGGERS = ("txid", "seq", "previous", "digest")
UNIQUE = ("key", "idempotency_key", "reference")


def tables(connection: psycopg.Connection[Any]) -> list[str]:
    """Every table that a checkout adds rows to."""
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    names = [name for (name,) in found if name.startswith(OURS) and name != "shop_variant"]
    return sorted(names, key=lambda name: next(n for n, o in enumerate(OURS) if name.startswith(o)))


def rows_since(
    connection: psycopg.Connection[Any], table: str, before: int
) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE xmin::text::bigint >= %s", [before])
        documents = {one.name for one in cursor.description or () if one.type_code in DOCUMENTS}
        return [
            {
                name: Jsonb(value) if name in documents and value is not None else value
                for name, value in row.items()
            }
            for row in cursor.fetchall()
        ]


def insert(table: str, row: dict[str, Any], fresh: dict[UUID, UUID]) -> raw.Step:
    """The row under its new id; references to other new rows follow, texts that must differ do."""
    ours = {
        column: value for column, value in row.items()
        if not (column in WRITTEN_BY_TRIGGERS and table.startswith(("money_e", "journal_")))
    }  # fmt: skip
    values = {column: renewed(column, value, fresh) for column, value in ours.items()}
    columns = ", ".join(f'"{column}"' for column in values)
    slots = ", ".join(f"%({column})s" for column in values)
    return f"INSERT INTO {table} ({columns}) VALUES ({slots})", values


def renewed(column: str, value: Any, fresh: dict[UUID, UUID]) -> Any:
    if isinstance(value, UUID):
        return fresh.get(value, value)
    if isinstance(value, str) and column in UNIQUE:
        return f"{value[:20]}{next(iter(fresh.values())).hex}"
    return value
