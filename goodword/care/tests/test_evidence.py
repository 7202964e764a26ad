"""The evidence file: what it tells whom, that it is whole, and that one changed byte is found."""

import json
import random
import subprocess
import sys
import time
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.utils import timezone, translation
from PIL import Image
from pypdf import PdfReader

from goodword.care import actions
from goodword.care.evidence import order_checks, views, words
from goodword.care.evidence.paper import quoted
from goodword.care.evidence.verify_order import Report, verify
from goodword.care.evidence.writing import write
from goodword.care.models import Case, CasePicture, Juror
from goodword.care.states import Party, Reason, Vote
from goodword.circle import actions as circle
from goodword.journal import actions as journal
from goodword.journal.exports import chain as journal_of
from goodword.kit import blobs, clock, signing
from goodword.kit.pictures import save_picture
from goodword.kit.pictures.shapes import FEED
from goodword.money import chain
from goodword.money.verify_ledger import canonical
from goodword.orders import actions as orders
from goodword.orders import leaving, story
from goodword.orders.refusals import OrderMissing
from goodword.orders.tests.test_digital import bought, pattern
from goodword.orders.tests.town import (
    DAY,
    HOUR,
    NOW,
    NUMBER,
    at,
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
from goodword.shop.models import ListingPicture
from goodword.shop.tests.town import jpeg, picture

from .forging import FORGED, Parts, by_the_house, in_deeds, in_json, parts, resigned, sound, text_of
from .test_cases import an_operator, opened

pytestmark = pytest.mark.django_db
LATER = NOW + 11 * DAY
TEXT = "Fired twice.\nA small flaw at the foot: <b>&amp;</b>"


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
        lin, wang = person("lin_xm", "林晓曼"), person("wang_f", "وانغ 王芳")
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
        with at(NOW + 10 * DAY):
            orders.ask_for_paper(buyer=wang, order=order.id, now=NOW + 10 * DAY)
        return World(wang, lin, operator, crowd, order.id, elsewhere.id)


@pytest.fixture(scope="module")
def files(made, django_db_blocker) -> dict[str, bytes]:
    with django_db_blocker.unblock():
        return {who: made.file(who) for who in ("buyer", "seller", "operator")}


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
    for who, data in files.items():
        papers = [name for name in parts(data) if name.startswith("papers/receipt-")]
        assert len(papers) == (who != "operator")
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
    starts = {data.index(one) + half for one in whole.values() for half in (0, len(one) // 2)}
    for place_ in starts | {dice.randrange(len(data)) for _one in range(150)}:
        changed = bytearray(data)
        changed[place_] ^= dice.choice([1, 2, 16, 32, 128])
        if sound(bytes(changed)):
            missed.append(place_)
    for name, one in whole.items():
        for byte in {0, len(one) // 2, len(one) - 1}:
            other = one[:byte] + bytes([one[byte] ^ 1]) + one[byte + 1 :]
            if not set(verify({**whole, name: other}).failed) & {"files", "signature"}:
                missed.append(name)
        if not verify({key: kept for key, kept in whole.items() if key != name}).failed:
            missed.append(f"{name} is gone")
    assert missed == []
    for more in (b"x" + data, data + b"x", data[:-1]):
        assert not sound(more)
    assert "files" in verify({**whole, "more.txt": b""}).failed


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
    lost = ListingPicture.objects.latest("position")
    for form in FEED:
        blobs.store().delete(lost.key + form.suffix)
    people.become_nobody(member=lone.buyer, now=LATER)
    data = lone.file("seller")
    said = text_of(parts(data))
    report = verify(parts(data), raw=data)
    assert report.failed == []
    assert report.lines[-1].endswith("has no more: promised/1-picture-2.webp.")
    assert "A former member" in said
    for gone in ("王芳", "gone_", "龙井路", "wang_f", "Please wrap"):
        assert gone not in said
    assert "还没有收到。" in said


def test_an_order_without_a_case_and_a_listing_that_is_gone(lin, wang, cup, monkeypatch):
    monkeypatch.setattr(views, "AN_HOUR", 1)
    (order,) = place(wang, cup)
    shop.withdraw(seller=lin, listing=cup.listing_id, now=NOW)
    client = Client()
    client.force_login(wang)
    page = client.get(f"/orders/{order.id}").text
    assert f'href="/orders/{order.id}/evidence"' in page
    with clock.at(NOW), timezone.override("Asia/Shanghai"):
        answer, again = (client.get(f"/orders/{order.id}/evidence") for _time in range(2))
    assert again.status_code == 429
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert verify(parts(answer.content), raw=answer.content).failed == []
    said = "".join(text_of(parts(answer.content)).split())  # how a PDF is read, blanks come and go
    for shown in (
        "No case was opened about it.", "Nothing was paid", "In the time of Asia/Shanghai",
        "Nov 1, 2026 5:00 PM 2026-11-01 09:00:00 UTC",
    ):  # fmt: skip
        assert shown.replace(" ", "") in said
    assert "cannotprint" not in said
    assert "\u200b" not in said  # what is copied from it is what stands there


def grainy() -> BytesIO:
    """A photo that does not compress well."""
    out = BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(out, "JPEG", quality=85)
    out.seek(0)
    return out


@pytest.mark.deep
def test_a_long_story_with_many_pictures(made):
    """Two hundred deeds, nine pictures of each side: a few seconds, and whole."""
    case = Case.objects.get(order=made.order)
    for side in (Party.BUYER, Party.SELLER):
        for place_ in range(10, 17):
            row = CasePicture(case=case, buyer=made.buyer, by=side, position=place_)
            for name, value in save_picture(grainy()).items():
                setattr(row, name, value)
            row.save(force_insert=True)
    for hour in range(200):
        journal.record(
            owner=made.buyer.id, actor=made.buyer.id, verb="orders.extended", subject=made.order,
            now=LATER + hour * HOUR, until=(LATER + DAY).isoformat(),
        )  # fmt: skip
    began = time.process_time()
    data = made.file(language="zh-hans")
    took = time.process_time() - began
    assert verify(parts(data), raw=data).failed == []
    pages = PdfReader(BytesIO(parts(data)["order.pdf"])).pages
    assert len(pages) > 8
    assert took < 10  # of processor time


def test_digital_goods_and_what_was_made_to_order(lin, wang):
    """That they came and were fetched, not what they are; and what was asked and answered."""
    order = bought(wang, pattern(lin))
    found = parts(write(wang.id, order.id, now=NOW)[1])
    assert verify(found).failed == []
    (line,) = json.loads(found["order.json"])["lines"]
    (item,) = line["delivered"]
    assert item["name"] in text_of(found)
    quote = {"wishes": [["Length", "12 cm"]], "note": "In red.", "answer": "Gladly."}
    assert quoted({"quote": quote}) == [
        ("Asked for", "Length: 12 cm"), ("Besides", "In red."), ("Answered", "Gladly."),
    ]  # fmt: skip
