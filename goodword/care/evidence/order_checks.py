"""What verify_order.py checks, one thing at a time, and how an evidence file is written.

Each check answers what its sentence needs, or raises Broken with what is wrong, in one sentence.
"""

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

try:  # verify_ledger.py lies beside this one
    import verify_ledger as books  # type: ignore[import-not-found]
    from verify_ledger import Broken, canonical, ed25519, unbase
except ImportError:
    from goodword.money import verify_ledger as books
    from goodword.money.verify_ledger import Broken, canonical, ed25519, unbase

FORMAT = "goodword-order-1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
BUYER = "buyer"
ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError)
Parts = dict[str, bytes]


def bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def parts_of(path: str) -> Parts:
    """The files in a ZIP or a folder, by name. Raises Broken, OSError, BadZipFile."""
    found: Parts = {}
    if os.path.isdir(path):
        for folder, folders, names in os.walk(path):
            folders[:] = [one for one in folders if one != "__pycache__"]
            for name in names:
                place = os.path.join(folder, name)
                if not name.startswith("."):  # what a computer leaves behind
                    found[os.path.relpath(place, path).replace(os.sep, "/")] = bytes_of(place)
        return found
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name in found:
                raise Broken(f"{name} stands in it twice")
            found[name] = archive.read(name)
    return found


def check_zip(parts: Parts, about: dict, raw: bytes) -> dict:
    """Nothing lies between, before or after the files, and nothing says otherwise of them."""
    names = [*(name for name, _digest in about["files"]), MANIFEST, SIGNATURE]
    again = packed(((name, parts[name]) for name in names), dated(about["made_at"]))
    if again != raw:
        raise Broken("the ZIP is not written as the house writes it")
    return {}


def check_files(parts: Parts, about: dict) -> dict:
    listed = dict(about["files"])
    if len(listed) != len(about["files"]) or canonical(about) != parts[MANIFEST]:
        raise Broken("the list is not written as the house writes it")
    there = set(parts) - {MANIFEST, SIGNATURE}
    wrong = [f"{name} is missing" for name in sorted(set(listed) - there)]
    wrong += [f"{name} is not in the list" for name in sorted(there - set(listed))]
    wrong += [
        f"{name} was changed"
        for name in sorted(there & set(listed))
        if hashlib.sha256(parts[name]).hexdigest() != listed[name]
    ]
    if wrong:
        raise Broken(", ".join(wrong))
    return {"count": len(listed)}


def check_signature(parts: Parts, about: dict) -> dict:
    payload, key = signed(parts[SIGNATURE].decode(), "evidence", about["keys"])
    if payload != hashlib.sha256(parts[MANIFEST]).hexdigest().encode():
        raise Broken("the signature is of another list")
    return {"key": key}


def check_key(parts: Parts, about: dict, wanted: str) -> dict:
    key = check_signature(parts, about)["key"]
    if key != wanted:
        raise Broken(f"it is signed with the key {key}, not with {wanted}")
    return {}


def check_journal(parts: Parts, about: dict) -> dict:
    said = deeds(parts)
    if b"".join(chained(said)) != parts["journal.jsonl"]:
        raise Broken("a deed does not follow from those before it")
    for one in said:
        if one["subject"] != about["order"] or one["verb"] in about["untold"]:
            raise Broken(f"{one['verb']} is no deed of this order for this reader")
    return {"count": len(said)}


def check_places(parts: Parts, _about: dict) -> dict:
    places = json.loads(parts["places.json"])
    said = deeds(parts)
    if len(places) != len(said):
        raise Broken("not each deed has one place in the chain")
    last = None
    for deed, place in zip(said, places, strict=True):
        if link(deed, place) != place["digest"]:
            raise Broken(f"{deed['verb']} does not bear the digest that is told of it")
        if last and place["seq"] <= last["seq"]:
            raise Broken(f"{deed['verb']} stands before the deed that it follows")
        if last and place["seq"] == last["seq"] + 1 and place["previous"] != last["digest"]:
            raise Broken(f"{deed['verb']} does not follow from the deed before it")
        last = place
    return {}


def link(deed: dict, place: dict) -> str:
    """The digest of a deed at its place in the chain, as the house's database makes it."""
    said = (
        deed["owner"], str(place["seq"]), deed["actor"] or "-", deed["verb"], deed["subject"],
        deed["at"], deed["body"],
    )  # fmt: skip
    before = bytes.fromhex(place["previous"])
    return hashlib.sha256(before + "\x1f".join(said).encode()).hexdigest()


def check_promises(parts: Parts, about: dict) -> dict:
    found = json.loads(parts["promises.json"])
    for one in found:
        statement = one["statement"]
        name = f"the promise of line {statement['line']}"
        if statement["order"] != about["order"]:
            raise Broken(f"{name} is of another order")
        if hashlib.sha256(one["snapshot"].encode()).hexdigest() != statement["snapshot_sha256"]:
            raise Broken(f"{name} is not the one that was signed")
        if one["signature"]:  # older ones have none
            payload, _key = signed(one["signature"], "promise", about["keys"])
            if json.loads(payload) != statement:
                raise Broken(f"{name} was signed with other words")
    return {"count": len(found)}


def check_money(parts: Parts, about: dict) -> dict:
    accounts, transfers = ledger_of(parts)
    told = json.loads(parts["order.json"])["money"]
    moved: dict[str, int] = defaultdict(int)
    held = 0
    for move in told["moves"]:
        moved[move["transfer"]] += move["minor"]
        held += move["minor"] * ((move["to"] == "escrow") - (move["from"] == "escrow"))
    for one in transfers:
        books.check_transfer(one, accounts)
        into = sum(amount for _account, side, amount, _currency in one["entries"] if side > 0)
        if one["order"] != about["order"] or moved[one["transfer"]] != into:
            raise Broken(f"transfer {one['transfer']} is not what order.json says of it")
    if held != told["held"] or told["captured"] - told["released"] - told["refunded"] != held:
        raise Broken("what is held is not what came in less what went out")
    return {"count": len(transfers)}


def ledger_of(parts: Parts) -> tuple[dict[str, dict], list[dict]]:
    """Accounts by id, and transfers."""
    lines = parts["ledger.jsonl"].splitlines()
    found = [json.loads(line) for line in lines]
    accounts = {one["account"]: one for one in found if "account" in one}
    return accounts, [one for one in found if "account" not in one]


def check_facts(parts: Parts, about: dict) -> dict:
    """What the house says in its own words fits what is signed and chained."""
    told = json.loads(parts["order.json"])
    order, said = told["order"], deeds(parts)
    if (order["id"], told["for"]) != (about["order"], about["for"]):
        raise Broken("order.json is about another order, or for somebody else")
    if [(one["verb"], plain_time(one["at"])) for one in told["story"]] != [
        (one["verb"], one["at"]) for one in said
    ]:
        raise Broken("order.json does not tell the deeds of the journal")
    if any(one["owner"] != told["buyer"]["id"] for one in said):
        raise Broken("a deed is not in the buyer's chain")
    promised = {one["statement"]["line"]: one["statement"] for one in promises(parts)}
    if set(promised) != {line["id"] for line in told["lines"]}:
        raise Broken("order.json has other lines than were promised")
    for line in told["lines"]:
        statement = promised[line["id"]]
        if (line["quantity"], line["unit_minor"], line["promise_sha256"]) != (
            statement["quantity"], statement["unit"]["minor"], statement["snapshot_sha256"],
        ):  # fmt: skip
            raise Broken(f"order.json says of line {line['id']} what was not promised")
    goods = sum(line["quantity"] * line["unit_minor"] for line in told["lines"])
    if (goods, sum(line["shipping_minor"] for line in told["lines"])) != (
        order["goods_minor"], order["shipping_minor"],
    ):  # fmt: skip
        raise Broken("the sum of the order is not that of its lines")
    return {}


def check_pictures(parts: Parts, about: dict) -> dict:
    told = json.loads(parts["order.json"])
    named = {name for one in (*told["lines"], *told["cases"]) for name in one["pictures"]}
    there = {name for name in parts if name.startswith(("promised/", "case-"))}
    if named - set(about["left_out"]) != there:
        raise Broken("there are other pictures than order.json names")
    return {"count": len(there)}


def check_jury(parts: Parts, _about: dict) -> dict:
    """The secret is the one whose digest was shown at first; the seed draws those who sat."""
    for case in json.loads(parts["order.json"])["cases"]:
        drawn = case["panel"]
        if not drawn:
            continue
        first = [one for one in case["said"] if not (one["is_appeal"] or one.get("of_return"))]
        words = [one["words"] for one in sorted(first, key=lambda one: one["by"])]
        if sha(drawn["secret"]) != case["commitment"]:
            raise Broken("the secret of a draw is not the one that was kept when the case began")
        if sha("\n".join([drawn["secret"], *words])) != drawn["seed"]:
            raise Broken("the seed of a draw is not made of the secret and of what was said")
        again = sorted(drawn["drawn_from"], key=partial(drawn_by, drawn["seed"]))
        if again[: drawn["seats"]] != drawn["drawn"]:
            raise Broken("others sat than the seed draws")
        left_out = drawn.get("left_out", {})
        listed = [*drawn["drawn_from"], *(one for them in left_out.values() for one in them)]
        if len(set(listed)) != len(listed):
            raise Broken("somebody who was left out could be drawn, or stands in the list twice")
    return {}


def drawn_by(seed: str, token: str) -> str:
    return sha(f"{seed}:{token}")


INSIDE: dict[str, Callable[[Parts, dict], dict]] = {
    "journal": check_journal,
    "places": check_places,
    "promises": check_promises,
    "money": check_money,
    "facts": check_facts,
    "pictures": check_pictures,
    "jury": check_jury,
}


def other(parts: Parts, path: str) -> dict:
    """Another file about the same order says the same, as far as both were told of it.

    What the older one says must stand in the newer; in what one reader is not told they differ.
    """
    files = [parts, parts_of(path)]
    for one in files:
        about = json.loads(one[MANIFEST])
        check_files(one, about)
        check_signature(one, about)
    files.sort(key=lambda one: json.loads(one[MANIFEST])["made_at"])
    older, newer = (json.loads(one[MANIFEST]) for one in files)
    if older["order"] != newer["order"]:
        raise Broken("it is about another order")
    if promises(files[0]) != promises(files[1]):
        raise Broken("it promises something else")
    there = [canonical(deed) for deed in deeds(files[1])]
    for deed in deeds(files[0]):
        if deed["verb"] not in newer["untold"] and canonical(deed) not in there:
            raise Broken(f"{deed['verb']} of {deed['at']} stands in the older one only, or differs")
    moves = [{one["transfer"]: one for one in ledger_of(file)[1]} for file in files]
    if any(moves[0][name] != moves[1][name] for name in set(moves[0]) & set(moves[1])):
        raise Broken("a transfer differs")
    return {}


def archive(parts: Parts, path: str) -> dict:
    """The whole of the buyer's chain holds, and each deed stands in it at its place."""
    chain = json.loads(parts_of(path)["data/journal.json"])
    said = deeds(parts)
    owner = json.loads(parts["order.json"])["buyer"]["id"]
    places: list[bytes] = []
    last: dict = {"seq": 0, "digest": ""}
    for one in chain:
        deed = {
            **{name: one[name] for name in ("actor", "verb", "subject", "body")},
            "owner": owner, "at": plain_time(one["at"]),
        }  # fmt: skip
        if (one["seq"], one["previous"]) != (last["seq"] + 1, last["digest"]):
            raise Broken(f"the chain is torn before its deed {one['seq']}")
        if link(deed, one) != one["digest"]:
            raise Broken(f"deed {one['seq']} of the chain was changed")
        places.append(canonical(deed))
        last = one
    there = set(places)
    if lost := [one for one in said if canonical(one) not in there]:
        raise Broken(f"{lost[0]['verb']} of {lost[0]['at']} does not stand in it")
    return {}


def ledger(parts: Parts, path: str) -> dict:
    known = books.verify(books.lines_of(path))["transfers"]
    for one in ledger_of(parts)[1]:
        if known.get(one["transfer"]) != hashlib.sha256(canonical(one)).hexdigest():
            raise Broken(f"transfer {one['transfer']} does not stand in it so")
    return {}


def deeds(parts: Parts) -> list[dict]:
    return [json.loads(line)["deed"] for line in parts["journal.jsonl"].splitlines()]


def promises(parts: Parts) -> list[dict]:
    found: list[dict] = json.loads(parts["promises.json"])
    return found


def plain_time(text: str) -> str:
    """A time with its zone as the journal writes it: in UTC, without one."""
    at = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
    return at.replace(tzinfo=None).isoformat(timespec="microseconds")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def signed(signature: str, kind: str, keys: list[dict]) -> tuple[bytes, str]:
    """What was signed as a statement of `kind`, and the key's name. Raises Broken."""
    head, body, raw = signature.split(".")
    header = json.loads(unbase(head))
    public = next((unbase(key["x"]) for key in keys if key["kid"] == header["kid"]), b"")
    if (header.get("alg"), header.get("typ")) != ("EdDSA", f"goodword-{kind}"):
        raise Broken("a signature is of another kind")
    if not public or header["kid"] != hashlib.sha256(public).hexdigest()[:16]:
        raise Broken("a signature names a key that is not there")
    if not ed25519(public, f"{head}.{body}".encode(), unbase(raw)):
        raise Broken("a signature does not fit")
    return unbase(body), header["kid"]


# How the file is written; the house writes it with these too.


def packed(parts: Iterable[tuple[str, bytes]], dated: tuple[int, int]) -> bytes:
    """A ZIP of `parts` with one spelling, whatever library or version would have written it.

    Nothing in it is free to be something else, so one changed byte anywhere shows.
    """
    out, central = [], []
    at = 0
    for name, data in parts:
        called = name.encode()
        told = struct.pack(
            "<5H3I2H", 20, 0x800, 0, *dated, zlib.crc32(data), len(data), len(data), len(called), 0
        )
        local = b"PK\x03\x04" + told + called
        central.append(
            b"PK\x01\x02\x14\x03" + told + struct.pack("<3H2I", 0, 0, 0, 0o600 << 16, at) + called
        )
        out += [local, data]
        at += len(local) + len(data)
    end = b"".join(central)
    count = len(central)
    last = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count, count, len(end), at, 0)
    return b"".join([*out, end, last])


def dated(text: str) -> tuple[int, int]:
    """A time (ISO 8601) as ZIP writes time and date, to two seconds."""
    at = datetime.fromisoformat(text)
    return at.hour << 11 | at.minute << 5 | at.second // 2, (
        at.year - 1980
    ) << 9 | at.month << 5 | at.day


def chained(deeds: Iterable[dict], spell: Callable[[object], bytes] = canonical) -> Iterator[bytes]:
    """A line for each deed: what it says, and the SHA-256 of that and of the line before."""
    digest = b""
    for deed in deeds:
        said = spell(deed)
        digest = hashlib.sha256(digest + said).digest()
        yield b'{"deed":' + said + b',"hash":"' + digest.hex().encode() + b'"}\n'
