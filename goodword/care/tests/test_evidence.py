"""The evidence file: what it tells whom, that it is whole, and that one changed byte is found."""

import hashlib
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from goodword.care import actions
from goodword.care.evidence import order_checks, words
from goodword.care.evidence.verify_order import Report, verify
from goodword.care.evidence.writing import write
from goodword.care.models import Juror
from goodword.care.states import Reason, Vote
from goodword.circle import actions as circle
from goodword.journal.exports import chain as journal_of
from goodword.kit import clock, signing
from goodword.kit.pictures import save_picture
from goodword.money import chain
from goodword.money.verify_ledger import Broken, canonical
from goodword.orders import actions as orders
from goodword.orders import leaving, story
from goodword.orders.refusals import OrderMissing
from goodword.orders.tests.town import (
    DAY,
    NOW,
    NUMBER,
    held,
    let_time_pass,
    offered,
    open_shop,
    pay,
    person,
    place,
)
from goodword.people import leaving as people
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop.tests.town import jpeg, picture

from .test_cases import an_operator, opened

pytestmark = pytest.mark.django_db
LATER = NOW + 11 * DAY
TEXT = "Fired twice.\nA small flaw at the foot: <b>&amp;</b>"
Parts = dict[str, bytes]


@dataclass(frozen=True)
class World:
    """A cup that never came, of which a jury gave half back."""

    buyer: Member
    seller: Member
    operator: Member
    crowd: list[Member]
    order: UUID
    elsewhere: UUID  # another order of the buyer's

    def file(self, who: str = "buyer", now=LATER, language="en") -> bytes:
        with translation.override(language):
            return write(getattr(self, who).id, self.order, now=now)[1]


@pytest.fixture(scope="module")
def made(lasting) -> World:
    """The buyer did other things in between, which are nobody's business."""
    with lasting():
        lin, wang = person("lin_xm", "林晓曼"), person("wang_f", "王芳")
        open_shop(lin)
        cup = offered(lin, description=TEXT, pictures=[picture(), picture("red", alt="Its foot")])
        operator = an_operator()
        crowd = [person(f"juror{number}") for number in range(9)]
        (order,) = place(wang, cup, note="Please wrap it well.")
        pay(wang, order, method="declined")
        circle.block(owner=wang, other=crowd[0], now=NOW)
        elsewhere = held(wang, cup)
        pay(wang, order)
        orders.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, now=NOW)
        case = opened(wang, order, Reason.NOT_ARRIVED, words="Nothing came.")
        actions.offer(member=lin, case=case.id, amount=case.asked, now=NOW + DAY)
        let_time_pass(NOW + 3 * DAY)
        for side, said in ((wang, "还没有收到。"), (lin, "It was handed in.")):
            shown = [save_picture(jpeg("teal")), save_picture(jpeg("olive"))]
            actions.file(member=side, case=case.id, words=said, pictures=shown, now=NOW + 3 * DAY)
        for seat in list(Juror.objects.filter(case=case).select_related("member"))[:4]:
            actions.vote(juror=seat.member, case=case.id, vote=Vote.HALF, now=NOW + 3 * DAY)
        let_time_pass(NOW + 10 * DAY)
        return World(wang, lin, operator, crowd, order.id, elsewhere.id)


@pytest.fixture(scope="module")
def files(made, django_db_blocker) -> dict[str, bytes]:
    with django_db_blocker.unblock():
        return {who: made.file(who) for who in ("buyer", "seller", "operator")}


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


def test_each_is_told_what_their_pages_tell_and_of_nobody_else(made, files):
    said = {who: text_of(parts(data)) for who, data in files.items()}
    for text in said.values():
        for shown in (
            "王芳",
            "林晓曼",
            "Celadon cup",
            "Fired twice.",
            "It was handed in.",
            "60.00",
        ):
            assert shown in text
        for one in made.crowd:
            assert str(one.id) not in text
            assert one.handle not in text
        assert "circle.blocked" not in text
        assert str(made.elsewhere) not in text
        assert "@example" not in text
    for secret, whose in {
        "orders.declined": {"buyer"},
        '"seq"': {"buyer"},  # how much else she does is hers
        "13800138000": {"buyer"},
        "龙井路": {"buyer", "seller"},
        "Please wrap it well.": {"buyer", "seller"},
        "care.offered": {"buyer", "seller"},
    }.items():
        told = {who for who, text in said.items() if secret in text}
        assert told == whose, secret
    with pytest.raises(OrderMissing):
        write(Juror.objects.first().member_id, made.order, now=LATER)
    with pytest.raises(OrderMissing):
        write(made.operator.id, made.elsewhere, now=LATER)


def test_every_deed_that_the_page_tells_is_told():
    assert set(story.TELLERS) == set(words.DEEDS)


def test_all_is_in_order_and_the_same_order_gives_the_same_bytes(made, files):
    for data in files.values():
        report = verify(parts(data), raw=data, key=signing.public_keys()[0].id)
        assert report.failed == [], report.lines
    assert made.file() == files["buyer"]
    before, after = parts(files["buyer"]), parts(made.file(now=LATER + DAY))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"order.pdf", "manifest.json", "manifest.sig"}
    (inside,) = PdfReader(BytesIO(before["order.pdf"])).attachments["order.json"]
    assert inside == before["order.json"]
    assert b"pdfaid:part>3" in before["order.pdf"]


def test_one_changed_byte_is_found_wherever_it_is(files):
    """In the ZIP; with its sums mended; and in each byte of the signature."""
    data = files["buyer"]
    whole = parts(data)
    dice, missed = random.Random(20261130), []
    starts = {data.index(one) + at for one in whole.values() for at in (0, len(one) // 2)}
    for place_ in starts | {dice.randrange(len(data)) for _one in range(300)}:
        changed = bytearray(data)
        changed[place_] ^= dice.choice([1, 2, 16, 32, 128])
        if sound(bytes(changed)):
            missed.append(place_)
    for name, one in whole.items():
        for at in {0, len(one) // 2, len(one) - 1}:
            other = one[:at] + bytes([one[at] ^ 1]) + one[at + 1 :]
            if not set(verify({**whole, name: other}).failed) & {"files", "signature"}:
                missed.append(name)
        if not verify({key: kept for key, kept in whole.items() if key != name}).failed:
            missed.append(f"{name} is gone")
    assert missed == []
    for more in (b"x" + data, data + b"x", data[:-1]):
        assert not sound(more)
    assert "files" in verify({**whole, "more.txt": b""}).failed


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
    "what was said": (
        in_json("order.json", lambda one: one["cases"][0]["said"][0].update(words="All well.")),
        {"jury"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_what_the_house_itself_forges_does_not_fit_the_rest(files, forged):
    change, found = FORGED[forged]
    whole = parts(files["buyer"])
    change(whole)
    assert set(verify(resigned(whole, by_the_house)).failed) == found


def test_a_file_of_another_key_is_not_the_houses(files):
    """Signed throughout by somebody else: only the key's name tells."""
    secret = Ed25519PrivateKey.generate()
    other = signing._named(secret.public_key().public_bytes_raw())

    def by_another(payload: bytes) -> str:
        head = canonical({"alg": "EdDSA", "kid": other.id, "typ": "goodword-evidence"})
        said = f"{signing._encode(head)}.{signing._encode(payload)}"
        return f"{said}.{signing._encode(secret.sign(said.encode()))}"

    whole = parts(files["seller"])
    in_json("manifest.json", lambda one: one["keys"].append(other.jwk))(whole)
    forged = resigned(whole, by_another)
    assert verify(forged).failed == []
    assert verify(forged, key=signing.public_keys()[0].id).failed == ["key"]


def ran(folder: Path, *asked: str) -> tuple[int, str]:
    """The programs of the file itself, by a Python that has nothing but its own library."""
    done = subprocess.run(
        [sys.executable, "-S", "-E", str(folder / "verify_order.py"), *asked],
        capture_output=True, encoding="utf-8", cwd="/", check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.returncode, done.stdout


def test_it_is_checked_with_nothing_but_python(made, files, tmp_path):
    for name, data in {**files, "chinese": made.file(language="zh-hans")}.items():
        (tmp_path / f"{name}.zip").write_bytes(data)
    folder = tmp_path / "unpacked"
    for name, one in parts(files["seller"]).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(one)
    archive, books = tmp_path / "archive.zip", tmp_path / "ledger.zip"
    with zipfile.ZipFile(archive, "w") as file:
        said = json.dumps(list(journal_of(made.buyer.id, LATER)), default=str)
        file.writestr("data/journal.json", said.replace("+00:00", "Z"))
    with zipfile.ZipFile(books, "w") as file:
        file.writestr("ledger.jsonl", b"".join(chain.chained(chain.bodies(LATER))))
    code, told = ran(folder, str(folder), "--other", str(tmp_path / "buyer.zip"),
                     "--archive", str(archive), "--ledger", str(books))  # fmt: skip
    assert (code, told.count("HOLDS"), "Nothing is wrong" in told) == (0, 11, True), told
    code, told = ran(folder, str(tmp_path / "chinese.zip"), "--other", str(tmp_path / "buyer.zip"))
    assert (code, "未发现任何问题" in told) == (0, True), told
    (folder / "case-1" / "seller-1.webp").write_bytes(b"another")
    code, told = ran(folder, str(folder))
    assert (code, "seller-1.webp was changed" in told) == (1, True)
    code, told = ran(folder, str(archive))
    assert (code, "FAILS" in told) == (1, True)


def test_two_files_are_held_against_each_other(made, files, tmp_path):
    mine, theirs = parts(files["buyer"]), parts(files["seller"])

    def against(other: Parts) -> str:
        place_ = tmp_path / "other.zip"
        with zipfile.ZipFile(place_, "w") as file:
            for name, one in other.items():
                file.writestr(name, one)
        report = Report()
        report.look("other", lambda: order_checks.other(mine, str(place_)), name="it")
        return report.lines[0]

    assert against(theirs).startswith("HOLDS")
    in_deeds(lambda said: said.pop(2))(theirs)
    assert "stands in the older one only" in against(resigned(theirs, by_the_house))
    in_json("promises.json", lambda one: one[0].update(snapshot="{}"))(theirs)
    assert "promises something else" in against(resigned(theirs, by_the_house))
    in_json("manifest.json", lambda one: one.update(order="another"))(theirs)
    assert "another order" in against(resigned(theirs, by_the_house))
    assert "was changed" in against({**parts(files["seller"]), "order.json": b"{}"})


def test_what_is_left_when_somebody_has_left(made):
    """Her name, handle and address are gone from her counterpart's file; what was said stays."""
    lone = deepcopy(made)
    leaving.forget(lone.buyer.id)
    people.become_nobody(member=lone.buyer, now=LATER)
    data = lone.file("seller")
    said = text_of(parts(data))
    assert verify(parts(data), raw=data).failed == []
    assert "A former member" in said
    for gone in ("王芳", "gone_", "龙井路", "wang_f", "Please wrap"):
        assert gone not in said
    assert "还没有收到。" in said


def test_an_order_without_a_case_and_a_listing_that_is_gone(lin, wang, cup):
    (order,) = place(wang, cup)
    shop.withdraw(seller=lin, listing=cup.listing_id, now=NOW)
    client = Client()
    client.force_login(wang)
    page = client.get(f"/orders/{order.id}").text
    assert f'href="/orders/{order.id}/evidence"' in page
    with clock.at(NOW):
        answer = client.get(f"/orders/{order.id}/evidence")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert verify(parts(answer.content), raw=answer.content).failed == []
    said = text_of(parts(answer.content))
    assert "No case was opened about it." in said
    assert "Nothing was paid" in said
    assert "Letters that this paper cannot print" not in said
