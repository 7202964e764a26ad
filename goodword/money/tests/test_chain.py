"""The exported ledger, and the verifier that needs nothing but Python."""

import json
import random
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from goodword.kit import signing
from goodword.kit.money import Money
from goodword.money import actions, chain, verify_ledger
from goodword.money.verify_ledger import Broken, canonical, ed25519, verify

from .town import Town, yuan

pytestmark = pytest.mark.django_db


def trade(town: Town) -> Town:
    """Some of everything: held, released, refunded in part and whole, in two currencies."""
    town.fee(5)
    town.pay(yuan(100))
    town.release(town.pay(yuan(50, "EUR")).order)
    part = town.pay(Money(12800, "CNY")).order
    town.refund(part, Money(2801, "CNY"))
    town.release(part)
    town.refund(town.pay(yuan(30)).order)
    town.work()
    return town


@pytest.fixture
def traded(town: Town) -> Town:
    return trade(town)


def exported(town: Town) -> list[bytes]:
    return [line.rstrip(b"\n") for line in chain.chained(chain.bodies(town.now))]


def test_what_is_exported_is_in_order(traded):
    found = verify(exported(traded))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM money_transfer")
        assert len(found["transfers"]) == cursor.fetchone()[0] > 6
    assert {currency: sum(sums.values()) for currency, sums in found["totals"].items()} == {
        "CNY": 0,
        "EUR": 0,
    }
    assert found["key"] == signing.public_keys()[0].id


def test_an_export_from_before_a_new_key_and_one_from_after_are_in_order(
    traded, settings, tmp_path
):
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    old, before = signing.public_keys()[0].id, exported(traded)
    new = signing.rotate().id
    after = exported(traded)
    for lines, key, other in ((before, old, new), (after, new, old)):
        assert verify(lines, key=key)["key"] == key
        with pytest.raises(Broken, match="it is signed by key"):
            verify(lines, key=other)


def test_one_changed_byte_is_found_wherever_it_is(traded):
    """Each line's first, middle and last byte, and many others, each changed in several ways."""
    lines = exported(traded)
    data = b"\n".join(lines) + b"\n"
    dice = random.Random(20260504)
    places = {data.index(line) + at for line in lines for at in (0, len(line) // 2, len(line) - 1)}
    places |= {i for i, byte in enumerate(data) if byte == ord("\n")}
    places |= {dice.randrange(len(data)) for _one in range(400)}
    missed = []
    for place in places:
        other = bytes([data[place] ^ dice.choice([1, 2, 16, 32, 128])])
        changed = data[:place] + other + data[place + 1 :]
        pieces = changed.split(b"\n")
        try:
            if pieces.pop():
                raise Broken("cut off")
            verify(pieces)
            missed.append(place)
        except Broken:
            continue
    assert missed == []


def test_every_byte_of_the_signature_counts(traded):
    lines = exported(traded)
    signature = lines[-1]
    for place in range(len(signature)):
        changed = bytearray(signature)
        changed[place] ^= 1
        with pytest.raises(Broken):
            verify([*lines[:-1], bytes(changed)])


@pytest.mark.parametrize("drop", [1, -2, -1])
def test_a_line_that_is_missing_is_found(traded, drop):
    lines = exported(traded)
    del lines[drop]
    with pytest.raises(Broken):
        verify(lines)


def rewritten(lines: list[bytes], edit) -> list[bytes]:
    """Books forged throughout: every hash made anew and signed by the house itself."""
    bodies = [json.loads(line)["body"] for line in lines[:-1]]
    edit(bodies)
    return [line.rstrip(b"\n") for line in chain.chained(iter(bodies))]


def transfer(bodies, kind):
    return next(body for body in bodies if body.get("kind") == kind and "transfer" in body)


def twice(entries):
    """Half the amount on twice the side: it sums to zero all the same."""
    for entry in entries:
        entry[1], entry[2] = entry[1] * 2, entry[2] // 2


def more_than_nothing(hold):
    """What is left stays what it was."""
    hold["released"], hold["refunded"] = hold["released"] - 10**6, hold["refunded"] + 10**6


def elsewhere(bodies):
    """A hold of an order of which the books know no account."""
    hold = next(body for body in bodies if body.get("state") == "held")
    bodies.append({**hold, "hold": "new", "order": "new"})


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda b: transfer(b, "release")["entries"][0].__setitem__(2, 1), "does not sum to zero"),
        (lambda b: transfer(b, "release")["entries"][0].__setitem__(2, -5), "no amount above"),
        (lambda b: transfer(b, "release")["entries"][0].__setitem__(3, "USD"), "does not take"),
        (lambda b: b.append(transfer(b, "capture")), "stands there twice"),
        (lambda b: b.remove(transfer(b, "refund")), "escrow of the order"),
        (lambda b: next(x for x in b if "hold" in x).__setitem__("refunded", 10**9), "more went"),
        (lambda b: next(x for x in b if "hold" in x).__setitem__("state", "what"), "is left of it"),
        (lambda b: b[0].__setitem__("transfers", 1), "as many transfers"),
        (lambda b: transfer(b, "release")["entries"].clear(), "does not sum to zero"),
        (lambda b: twice(transfer(b, "release")["entries"]), "no amount above zero on one side"),
        (lambda b: b.append(next(x for x in b if "account" in x)), "stands there twice"),
        (lambda b: b.append({**transfer(b, "capture"), "transfer": "new"}), "stands there twice"),
        (lambda b: more_than_nothing(next(x for x in b if "hold" in x)), "more went out"),
        (elsewhere, "holds money and has no escrow"),
    ],
)
def test_books_that_were_signed_and_do_not_add_up_are_found(traded, edit, said):
    with pytest.raises(Broken, match=said):
        verify(rewritten(exported(traded), edit))


def test_a_line_is_written_in_one_way(town):
    """A byte that changes no value is a changed byte too: a letter's other spelling, a blank."""
    order = town.pay(yuan(8)).order
    actions.refund(order=order, reason="杯子碎了", key="k", now=town.now)
    lines = exported(town)
    at = next(n for n, line in enumerate(lines) if b"\\u676f" in line)
    for old, new in (
        (b"\\u676f", b"\\u676F"),
        (b'{"body"', b'{ "body"'),
        (b"\\u676f", "杯".encode()),
    ):
        changed = [*lines[:at], lines[at].replace(old, new), *lines[at + 1 :]]
        with pytest.raises(Broken, match="not written as"):
            verify(changed)


def test_a_signature_is_of_these_books_of_this_kind_and_by_a_key_of_its_name(traded):
    lines = exported(traded)
    others = rewritten(lines, lambda bodies: bodies[0].__setitem__("made_at", "yesterday"))
    with pytest.raises(Broken, match="of other books"):
        verify([*others[:-1], lines[-1]])
    digest = json.loads(lines[-2])["hash"].encode()
    promise = signing.sign(digest, kind="promise")
    with pytest.raises(Broken, match="of another kind"):
        verify([*lines[:-1], canonical({"signature": promise})])
    with pytest.raises(Broken, match="the name it bears"):
        verify(forged(lines))


def forged(lines):
    """By a stranger's key that calls itself by the name of the house's."""
    mine = Ed25519PrivateKey.from_private_bytes(bytes(32))
    x = base(mine.public_key().public_bytes_raw())
    told = rewritten(lines, lambda bodies: bodies[0]["keys"][0].__setitem__("x", x))
    head, body, _signature = json.loads(told[-1])["signature"].split(".")
    signature = base(mine.sign(f"{head}.{body}".encode()))
    return [*told[:-1], canonical({"signature": f"{head}.{body}.{signature}"})]


def base(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def test_another_houses_signature_is_found(traded):
    lines = exported(traded)
    with pytest.raises(Broken, match="not by"):
        verify(lines, key="somebody-else")


def test_what_an_earlier_export_held_must_still_be_there(traded):
    earlier = verify(exported(traded))
    traded.pay(yuan(7))
    verify_ledger.contain(verify(exported(traded)), earlier)

    def forget(bodies):
        gone = transfer(bodies, "refund_paid")
        bodies.remove(gone)
        bodies[0]["transfers"] -= 1

    with pytest.raises(Broken, match="gone"):
        verify_ledger.contain(verify(rewritten(exported(traded), forget)), earlier)


@pytest.mark.django_db(transaction=True)
def test_the_command_writes_a_file_that_checks_itself(open_town, tmp_path: Path):
    trade(open_town)
    file = tmp_path / "books.zip"
    chain.write(file, now=open_town.now)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-I", "-S", str(tmp_path / "verify_ledger.py")]
    good = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout[:8]) == (0, "In order"), good.stdout + good.stderr
    changed = tmp_path / "ledger.jsonl"
    changed.write_bytes(changed.read_bytes().replace(b"12800", b"12801", 1))
    bad = subprocess.run([*command, str(changed)], capture_output=True, text=True, check=False)
    assert (bad.returncode, bad.stdout[:12]) == (1, "NOT IN ORDER")
    none = subprocess.run([*command, "none.zip"], capture_output=True, text=True, check=False)
    assert (none.returncode, none.stdout, none.stderr[:19]) == (2, "", "Nothing was checked")


def test_our_own_arithmetic_is_ed25519(db):
    dice = random.Random(8032)
    for size in (0, 1, 100):
        secret = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32))
        public, message = secret.public_key().public_bytes_raw(), dice.randbytes(size)
        signature = secret.sign(message)
        assert ed25519(public, message, signature)
        assert not ed25519(public, message + b"!", signature)
        assert not ed25519(public, message, signature[:-1] + bytes([signature[-1] ^ 1]))
        assert not ed25519(dice.randbytes(32), message, signature)
        scalar = int.from_bytes(signature[32:], "little") + verify_ledger.ORDER  # the same point
        assert not ed25519(public, message, signature[:32] + scalar.to_bytes(32, "little"))


def test_text_has_one_spelling():
    assert canonical({"b": "林", "a": 1}) == b'{"a":1,"b":"\\u6797"}'
