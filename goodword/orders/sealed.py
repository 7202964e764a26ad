"""What was promised for an order line, signed by the house: any later change of it shows."""

import hashlib
from typing import Any

import orjson

from goodword.kit import signing

from . import rules
from .models import OrderLine

KIND = "promise"


def digest(value: Any) -> bytes:
    """SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8."""
    return hashlib.sha256(canonical(value)).digest()


def canonical(value: Any) -> bytes:
    return orjson.dumps(value, default=rules.plain, option=orjson.OPT_SORT_KEYS)


def statement(line: OrderLine) -> dict[str, Any]:
    """What is signed: which line of which order, how much for how many, and the promise's digest.

    Times are UTC (ISO 8601), amounts in minor units.
    """
    return {
        "order": str(line.order_id),
        "line": str(line.id),
        "placed_at": line.placed_at.isoformat(),
        "quantity": line.quantity,
        "unit": rules.facts_of(line.unit),
        "shipping_minor": line.shipping_minor,
        "snapshot_sha256": line.digest,
    }


def sign(line: OrderLine) -> str:
    """The house's signature under the line's statement."""
    return signing.sign(canonical(statement(line)), kind=KIND)


def seal(line: OrderLine) -> str:
    """Of the house's signature: "holds", "broken", "lost" when the house has lost the key that
    made it, or "" for what is older than signatures.
    """
    if not line.signature:
        return ""
    if digest(line.snapshot).hex() != line.digest:
        return "broken"
    try:
        said = signing.read(line.signature, kind=KIND)
    except signing.LostKey:
        return "lost"
    except signing.BadSignature:
        return "broken"
    return "holds" if said == canonical(statement(line)) else "broken"


def holds(line: OrderLine) -> bool:
    """Whether the promise that is kept here is the one that was signed when it was ordered."""
    return seal(line) == "holds"


def file(line: OrderLine) -> dict[str, Any]:
    """All that somebody needs to check it without us, but for the public keys."""
    return {
        "statement": statement(line),
        "signature": line.signature,
        "snapshot": canonical(line.snapshot).decode(),
    }
