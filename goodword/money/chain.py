"""The whole ledger as lines that hang together, signed: what `verify_ledger.py` reads.

A line is its body as canonical JSON and the SHA-256 of it and the line before; the last line is the
house's signature of the last hash. docs/decisions/0052-chain.md.
"""

import hashlib
import json
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from goodword.kit import signing

from . import verify_ledger
from .states import TransferKind

FORMAT = "goodword-ledger-1"
KIND = "ledger"  # of the signature
README = """This is the whole ledger of a Goodword house, as it stood when it was exported.

    python3 verify_ledger.py {name}

checks it with nothing but Python 3: every line hangs on the line before it, the house has signed
the last, every transfer sums to zero, every order's escrow is what its holds say. Compare the key
that it names with the one at the house's address /.well-known/jwks.json. Members stand in it by
number only.
"""
ACCOUNTS = """
SELECT id, holder_id, kind, currency, "order", gateway FROM money_account ORDER BY id
"""
HOLDS = """
SELECT id, "order", currency, captured, released, refunded, state FROM money_hold ORDER BY id
"""
TRANSFERS = """
SELECT t.id, t.owner, t.key, t.kind, t."order", t.reason, t.corrects, t.created_at,
       (SELECT json_agg(json_build_array(e.account_id, e.direction, e.amount, e.currency)
                        ORDER BY e.line)
          FROM money_entry e WHERE e.transfer_id = t.id)
  FROM money_transfer t
"""
OF_ORDER = """
 WHERE t."order" = %s AND NOT t.kind = ANY (%s) ORDER BY t.created_at, t.id
"""
KINDS = """
SELECT id, kind, currency FROM money_account
 WHERE id IN (SELECT e.account_id FROM money_entry e WHERE e.transfer_id = ANY (%s)) ORDER BY id
"""


def write(file: Path, *, now: datetime) -> int:
    """Write the ledger, its verifier and a note into the zip file `file`; returns the lines."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("ledger.jsonl", "w", force_zip64=True) as out:
            for line in lines(now=now):
                out.write(line)
                count += 1
        archive.write(Path(verify_ledger.__file__), "verify_ledger.py")
        archive.writestr("README.txt", README.format(name=file.name))
    return count


def lines(*, now: datetime) -> Iterator[bytes]:
    """The export, line by line, as one moment of the database. Begins a transaction of its own."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from chained(bodies(now))


def bodies(now: datetime) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM money_transfer")
        (count,) = cursor.fetchone()
    yield {
        "format": FORMAT, "made_at": text(now), "transfers": count,
        "keys": [key.jwk for key in signing.public_keys()],
    }  # fmt: skip
    for id, holder, kind, currency, order, gateway in rows(ACCOUNTS):
        yield {
            "account": text(id), "holder": text(holder), "kind": kind, "currency": currency,
            "order": text(order), "gateway": gateway,
        }  # fmt: skip
    for id, order, currency, captured, released, refunded, state in rows(HOLDS):
        yield {
            "hold": text(id), "order": text(order), "currency": currency, "captured": captured,
            "released": released, "refunded": refunded, "state": state,
        }  # fmt: skip
    for row in rows(TRANSFERS + " ORDER BY t.id"):
        yield transfer(row)


def of_order(order: UUID, *, but: Collection[TransferKind]) -> list[dict[str, Any]]:
    """The transfers of an order, oldest first, as the export of the ledger has them; of each entry
    only the kind of its account is told besides. The caller checked who may read them.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRANSFERS + OF_ORDER, [order, list(but)])
        found = [transfer(row) for row in cursor.fetchall()]
        cursor.execute(KINDS, [[UUID(one["transfer"]) for one in found]])
        accounts = [
            {"account": text(id), "kind": kind, "currency": currency}
            for id, kind, currency in cursor.fetchall()
        ]
    return [*accounts, *found]


def transfer(row: Sequence[Any]) -> dict[str, Any]:
    id, owner, key, kind, order, reason, corrects, at, entries = row
    return {
        "transfer": text(id), "owner": text(owner), "key": key, "kind": kind,
        "order": text(order), "reason": reason, "corrects": text(corrects), "at": text(at),
        "entries": json.loads(entries) if isinstance(entries, str) else entries,
    }  # fmt: skip


def chained(found: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    digest = b""
    for body in found:
        digest = hashlib.sha256(digest + canonical(body)).digest()
        yield canonical({"body": body, "hash": digest.hex()}) + b"\n"
    yield canonical({"signature": signing.sign(digest.hex().encode(), kind=KIND)}) + b"\n"


def canonical(body: object) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def text(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return None if value is None else str(value)


def rows(query: str) -> Iterator[tuple[Any, ...]]:
    """Row by row from the server, however many there are."""
    connection.ensure_connection()
    with connection.connection.cursor(name="ledger") as cursor:
        cursor.itersize = 2000
        cursor.execute(query)
        yield from cursor
