"""Evidence files opened, and written anew by who would like them to say something else."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from goodword.care.evidence import order_checks
from goodword.kit import signing
from goodword.money.verify_ledger import Broken, canonical

Parts = dict[str, bytes]


def parts(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def text_of(found: Parts) -> str:
    """All that somebody can read in it."""
    kinds = (".json", ".jsonl", ".sig")
    told = [one.decode() for name, one in found.items() if name.endswith(kinds)]
    said = [one for one in told if '"untold"' not in one]  # but which kinds of deeds it leaves out
    pages = PdfReader(BytesIO(found["order.pdf"])).pages
    return "\n".join([*said, *(page.extract_text() for page in pages)])


def sound(data: bytes) -> bool:
    """Whether the ZIP's own checks, which cost little, find nothing."""
    try:
        found = parts(data)
        about = json.loads(found["manifest.json"])
        order_checks.check_zip(found, about, data)
        order_checks.check_files(found, about)
    except (Broken, OSError, zipfile.BadZipFile, NotImplementedError, *order_checks.ODD):
        return False
    return True


def resigned(found: Parts, sign: Callable[[bytes], str]) -> Parts:
    """The file with a new list and a new signature, as only who has a key can make them."""
    about = json.loads(found["manifest.json"])
    about["files"] = [
        [name, hashlib.sha256(found[name]).hexdigest()] for name, _digest in about["files"]
    ]
    told = canonical(about)
    digest = hashlib.sha256(told).hexdigest().encode()
    return {**found, "manifest.json": told, "manifest.sig": sign(digest).encode()}


def by_the_house(payload: bytes) -> str:
    return signing.sign(payload, kind="evidence")


def in_json(name: str, change: Callable[[object], object]) -> Callable[[Parts], None]:
    def do(found: Parts) -> None:
        told = json.loads(found[name])
        change(told)
        found[name] = json.dumps(told).encode()

    return do


def in_deeds(change: Callable[[list], object]) -> Callable[[Parts], None]:
    """And chained anew."""

    def do(found: Parts) -> None:
        said = order_checks.deeds(found)
        change(said)
        found["journal.jsonl"] = b"".join(order_checks.chained(said))

    return do


def in_transfers(found: Parts) -> None:
    found["ledger.jsonl"] = found["ledger.jsonl"].replace(b"6000", b"5000")


def left_out(panel: dict) -> None:
    """Somebody who could be drawn is said to be one of the two sides, too."""
    panel["left_out"]["side"].append(panel["drawn_from"][-1])


FORGED = {
    "a deed is gone": (in_deeds(lambda said: said.pop()), {"facts", "places"}),
    "a deed says otherwise": (
        in_deeds(lambda said: said[0].update(body="{}")), {"places"},
    ),
    "a deed was made up": (in_deeds(lambda said: said.append(said[-1])), {"facts", "places"}),
    "a promise": (
        in_json("promises.json", lambda one: one[0].update(
            snapshot=one[0]["snapshot"].replace("Fired twice", "Fired once"))), {"promises"},
    ),
    "a promise and its digest": (
        in_json("promises.json", lambda one: one[0]["statement"].update(quantity=2)),
        {"promises", "facts"},
    ),
    "a price": (
        in_json("order.json", lambda one: one["lines"][0].update(unit_minor=1)), {"facts"},
    ),
    "the story": (in_json("order.json", lambda one: one["story"].pop()), {"facts"}),
    "a movement": (
        in_json("order.json", lambda one: one["money"]["moves"][0].update(minor=1)), {"money"},
    ),
    "what is held": (
        in_json("order.json", lambda one: one["money"].update(held=100)), {"money"},
    ),
    "transfers": (in_transfers, {"money"}),
    "a picture that is not named": (
        in_json("order.json", lambda one: one["cases"][0]["pictures"].pop()), {"pictures"},
    ),
    "a juror": (
        in_json("order.json", lambda one: one["cases"][0]["panel"]["drawn"].reverse()), {"jury"},
    ),
    "who was left out": (in_json("order.json", lambda one: left_out(one["cases"][0]["panel"])),
                         {"jury"}),
    "what was said": (
        in_json("order.json", lambda one: one["cases"][0]["said"][0].update(words="All well.")),
        {"jury"},
    ),
}  # fmt: skip
