"""Checks an exported ledger with nothing but Python: python3 verify_ledger.py EXPORT [--key ID]

EXPORT is what `goodword ledger export` wrote (.zip), or the ledger.jsonl in it. Every line carries
the SHA-256 of its own text and of the line before it, the last line the house's signature (Ed25519)
of them all: one changed byte anywhere is found. Then the books themselves are added up: each
transfer to zero in each currency, each order's escrow to what its holds say, all of it to zero.
With --key the signature must be by that key (compare it with the house's /.well-known/jwks.json);
with --earlier OTHER every transfer of an older export must still be there, unchanged.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict

FORMAT = "goodword-ledger-1"
SIDES = (1, -1)  # debit, credit


class Broken(Exception):
    """What is wrong, in one sentence."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("export")
    parser.add_argument("--key", help="the key that must have signed it")
    parser.add_argument("--earlier", help="an older export that must be contained in this one")
    asked = parser.parse_args()
    try:
        found = verify(lines_of(asked.export), key=asked.key)
        if asked.earlier:
            contain(found, verify(lines_of(asked.earlier)))
    except OSError as missing:
        sys.stderr.write(f"Nothing was checked: {missing.filename}: {missing.strerror}\n")
        return 2
    except (Broken, zipfile.BadZipFile) as broken:
        sys.stdout.write(f"NOT IN ORDER: {broken}\n")
        return 1
    sys.stdout.write(f"In order: {len(found['transfers'])} transfers, signed by {found['key']}.\n")
    for currency, sums in sorted(found["totals"].items()):
        kinds = ", ".join(f"{kind} {total}" for kind, total in sorted(sums.items()) if total)
        sys.stdout.write(
            f"  {currency}, minor units, debits less credits: {kinds or 'nothing'}; sum 0\n"
        )
    return 0


def lines_of(path: str) -> list[bytes]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            data = archive.read("ledger.jsonl")
    else:
        with open(path, "rb") as file:
            data = file.read()
    lines = data.split(b"\n")
    if len(lines) < 3 or lines.pop():
        raise Broken("the file is cut off")
    return lines


def verify(lines: list[bytes], *, key: str | None = None) -> dict:
    """The books in `lines`, once nothing is wrong with them. Raises Broken."""
    try:
        return read(lines, key)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as odd:
        raise Broken(f"something in it is not what a ledger holds ({odd!r})") from None


def read(lines: list[bytes], key: str | None) -> dict:
    *chained, last = lines
    digest, bodies = b"", []
    for number, line in enumerate(chained, start=1):
        one = parsed(line, number)
        if set(one) != {"body", "hash"}:
            raise Broken(f"line {number} is no line of a ledger")
        digest = hashlib.sha256(digest + canonical(one["body"])).digest()
        if one["hash"] != digest.hex():
            raise Broken(f"line {number} does not follow from the lines before it")
        bodies.append(one["body"])
    about = bodies[0]
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise Broken("this is no ledger that this program knows")
    signer = check_signature(parsed(last, len(lines)), digest, about)
    if key is not None and key != signer:
        raise Broken(f"it is signed by key {signer}, not by {key}")
    books = add_up(bodies[1:])
    if len(books["transfers"]) != about["transfers"]:
        raise Broken("it does not hold as many transfers as it says")
    return books | {"key": signer}


def parsed(line: bytes, number: int) -> dict:
    """A line's object; it must be written in the one way that there is to write it."""
    try:
        one = json.loads(line)
    except ValueError:
        raise Broken(f"line {number} cannot be read") from None
    if not isinstance(one, dict) or canonical(one) != line:
        raise Broken(f"line {number} is not written as a ledger writes it")
    return one


def canonical(body: object) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def add_up(bodies: list[dict]) -> dict:
    """Accounts, holds and transfers in order; every sum that must be zero is. Raises Broken."""
    accounts: dict[str, dict] = {}
    held: dict[str, int] = defaultdict(int)
    stands: dict[str, int] = defaultdict(int)
    transfers: dict[str, str] = {}
    keys = set()
    for body in bodies:
        if "account" in body:
            if body["account"] in accounts:
                raise Broken(f"account {body['account']} stands there twice")
            accounts[body["account"]] = body
        elif "hold" in body:
            held[body["order"]] += check_hold(body)
        else:
            check_transfer(body, accounts)
            if body["transfer"] in transfers or (body["owner"], body["key"]) in keys:
                raise Broken(f"transfer {body['transfer']} stands there twice")
            keys.add((body["owner"], body["key"]))
            transfers[body["transfer"]] = hashlib.sha256(canonical(body)).hexdigest()
            for account, side, amount, _currency in body["entries"]:
                stands[account] += side * amount
    check_escrow(accounts, held, stands)
    return {"transfers": transfers, "totals": totals(accounts, stands)}


def check_hold(body: dict) -> int:
    """What is held; none is below zero, and none is left once it is resolved."""
    left = body["captured"] - body["released"] - body["refunded"]
    if left < 0 or min(body["released"], body["refunded"]) < 0:
        raise Broken(f"more went out of the hold {body['hold']} than was captured")
    if (left == 0) != (body["state"] != "held"):
        raise Broken(f"the hold {body['hold']} is {body['state']}, and {left} is left of it")
    return left


def check_transfer(body: dict, accounts: dict[str, dict]) -> None:
    name = f"transfer {body['transfer']}"
    sums: dict[str, int] = defaultdict(int)
    for account, side, amount, currency in body["entries"]:
        if account not in accounts or accounts[account]["currency"] != currency:
            raise Broken(f"{name} uses an account that does not take {currency}")
        if type(amount) is not int or amount <= 0 or side not in SIDES:
            raise Broken(f"{name} has an entry that is no amount above zero on one side")
        sums[currency] += side * amount
    if len(body["entries"]) < 2 or any(sums.values()):
        raise Broken(f"{name} does not sum to zero")


def check_escrow(accounts: dict[str, dict], held: dict[str, int], stands: dict[str, int]) -> None:
    for id, account in accounts.items():
        if account["kind"] == "escrow" and -stands[id] != held.get(account["order"], 0):
            raise Broken(f"escrow of the order {account['order']} is not what its holds say")
    orders = {account["order"] for account in accounts.values() if account["kind"] == "escrow"}
    if lost := [order for order, left in held.items() if left and order not in orders]:
        raise Broken(f"the order {lost[0]} holds money and has no escrow")


def totals(accounts: dict[str, dict], stands: dict[str, int]) -> dict[str, dict[str, int]]:
    """By currency and kind of account; as each transfer does, each currency sums to zero."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for id, total in stands.items():
        found[accounts[id]["currency"]][accounts[id]["kind"]] += total
    return found


def contain(newer: dict, older: dict) -> None:
    for transfer, digest in older["transfers"].items():
        if newer["transfers"].get(transfer) != digest:
            raise Broken(f"transfer {transfer} of the earlier export is gone, or was changed")


def check_signature(last: dict, digest: bytes, about: dict) -> str:
    """The id of the key that signed `digest`. Raises Broken."""
    if set(last) != {"signature"} or last["signature"].count(".") != 2:
        raise Broken("the last line is no signature")
    head, body, signature = last["signature"].split(".")
    try:
        header, raw = json.loads(unbase(head)), unbase(signature)
        public = next(unbase(key["x"]) for key in about["keys"] if key["kid"] == header["kid"])
    except (ValueError, KeyError, StopIteration):
        raise Broken("the signature names a key that is not there") from None
    if (header.get("alg"), header.get("typ")) != ("EdDSA", "goodword-ledger"):
        raise Broken("the signature is of another kind")
    if unbase(body) != digest.hex().encode():
        raise Broken("the signature is of other books")
    if header["kid"] != hashlib.sha256(public).hexdigest()[: len(header["kid"])]:
        raise Broken("the key does not have the name it bears")
    if not ed25519(public, f"{head}.{body}".encode(), raw):
        raise Broken("the signature does not fit the books")
    return str(header["kid"])


def unbase(text: str) -> bytes:
    """base64url without padding, as JWS writes it; only the one spelling of each value."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise Broken("the signature is not written as one is written")
    return data


# Ed25519 as RFC 8032 defines it: -x² + y² = 1 + d·x²·y² over the field of P, a point as X, Y, Z, T.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is `public`'s of `message`."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, point = decoded(public), decoded(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or point is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left, right = times(scalar, base()), plus(point, times(challenge, key))
    return same(left, right)


def base() -> tuple[int, int, int, int]:
    found = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    assert found is not None  # the generator is on the curve
    return found


def decoded(data: bytes) -> tuple[int, int, int, int] | None:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def plus(
    one: tuple[int, int, int, int], two: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = plus(total, point)
        point = plus(point, point)
        factor >>= 1
    return total


def same(one: tuple[int, int, int, int], two: tuple[int, int, int, int]) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % P == (one[1] * two[2] - two[1] * one[2]) % P == 0


if __name__ == "__main__":
    sys.exit(main())
