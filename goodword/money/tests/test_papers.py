"""Invoices, receipts and credit notes: their data, their files, their numbers."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from facturx import get_xml_from_pdf
from lxml import etree
from pypdf import PdfReader

from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money.invoices import issuing, printing, queries
from goodword.money.invoices.en16931 import xml
from goodword.money.invoices.models import IssuedPaper, PaperFile
from goodword.money.invoices.paper import printed
from goodword.money.invoices.shapes import Bill, Item, Paper, Party
from goodword.money.invoices.typesetting import FONTS

from .schematron import broken

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
PATH = "papers/018f3c1e-0000-7000-8000-000000000000/verify?d=0123456789abcdef"
LINK = f"https://circle.example/{PATH}"
SELLER = Party(
    UUID(int=1), "林晓曼的茶 (Lin & Söhne)", "lin", address=("浙江省龙泉市 青瓷路 1 号",)
)
BUYER = Party(UUID(int=2), "Chen Wei 陈伟", "chen", country="DE", address=("Hauptstr. 5", "10115"))


def sold(*amounts, currency="CNY", business=True, order=None, seller=SELLER, **changes):
    items = tuple(
        Item(new_id(), f"青瓷杯 Celadon cup {n}", 1, minor) for n, minor in enumerate(amounts, 1)
    )
    return Bill(
        order=order or new_id(), reference="7K2-9QX", business=business, seller=seller,
        buyer=BUYER, currency=currency, items=items, sold_at=NOW, **changes,
    )  # fmt: skip


def paper(bill, kind="invoice", of=""):
    return Paper("00000A-000007", kind, NOW, bill, "ab" * 32, of, NOW if of else None)


PAPERS = [
    paper(sold(123456789)),
    paper(sold(*range(100, 140))),
    paper(sold(8800, business=False), "receipt"),
    paper(sold(8800, 12), "credit", of="00000A-000001"),
    paper(sold(1200, currency="JPY")),
    paper(sold(1234, 1234, 5, currency="KWD")),
    paper(sold(1, seller=replace(SELLER, country="FR", number="91330100MA2AXXXX5J"))),
]


@pytest.mark.parametrize("one", PAPERS, ids=lambda one: f"{one.kind}-{one.bill.currency}")
def test_the_data_keeps_every_rule_of_en_16931(one):
    """Of its schema, too: drafthorse writes nothing that breaks it."""
    data = xml(one)
    assert broken(data) == []
    root = etree.fromstring(data)
    said = {
        tag: root.xpath(f"//*[local-name()='{tag}']/text()")
        for tag in ("GrandTotalAmount", "TypeCode", "IssuerAssignedID")
    }
    total = str(one.bill.total.amount)
    assert said["GrandTotalAmount"] == ["2.47" if total == "2.473" else total]
    assert said["TypeCode"][0] == ("381" if one.kind == "credit" else "380")
    assert one.kind != "credit" or "00000A-000001" in said["IssuerAssignedID"]


def test_data_that_does_not_add_up_breaks_a_rule():
    data = xml(PAPERS[0]).replace(b"<ram:DuePayableAmount>0", b"<ram:DuePayableAmount>5")
    assert data != xml(PAPERS[0])
    assert any("BR-CO-16" in one for one in broken(data))


def words(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(("language", "word", "sum_"), [
    ("en", "Invoice", "CN¥1,234,567.89"), ("zh-hans", "账单", "¥1,234,567.89"),
])  # fmt: skip
def test_the_paper_is_a_pdf_a_3_with_its_data_within(language, word, sum_):
    made = printed(PAPERS[0], language=language, link=LINK)
    reader = PdfReader(io.BytesIO(made.pdf))
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert "EN 16931" in xmp
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    [attached] = root["/AF"]
    assert attached.get_object()["/AFRelationship"] == "/Alternative"
    assert attached.get_object()["/UF"] == "factur-x.xml"
    name, data = get_xml_from_pdf(made.pdf)
    assert (name, data) == ("factur-x.xml", made.xml)
    text = words(made.pdf)
    for part in (word, sum_, "00000A-000007", "林晓曼的茶", "Söhne", "陈伟", "0123456789abcdef"):
        assert part in text, part
    assert not made.lacking
    fonts = {str(font) for page in reader.pages for font in page["/Resources"]["/Font"]}
    assert fonts


def test_forty_rows_go_over_two_pages_and_a_lacking_letter_is_said():
    long = printed(PAPERS[1], language="en", link=LINK)
    assert len(PdfReader(io.BytesIO(long.pdf)).pages) == 2
    assert "1 / 2" in words(long.pdf)
    strange = replace(PAPERS[2].bill, buyer=replace(BUYER, name="𠮷田 🍵 \x07 أحمد"))
    made = printed(paper(strange, "receipt"), language="en", link=LINK)
    assert made.lacking
    text = words(made.pdf)
    assert "□田 □" in text
    assert text.count("□") == 3  # the Arabic name is printed; one stands in the note
    assert "cannot print stand as □" in text
    assert "This is no invoice." in text
    assert "𠮷田 🍵" in made.xml.decode()


def test_the_font_is_the_one_that_was_looked_at():
    for row in (FONTS / "SHA256SUMS").read_text().splitlines():
        digest, name = row.split()
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest, name
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()


@pytest.mark.django_db
class TestIssuing:
    def test_numbers_have_no_gap_even_after_what_was_taken_back(self):
        with transaction.atomic():
            assert issuing.issue(sold=sold(100), now=NOW).number == 1
            transaction.set_rollback(True)
        numbers = [issuing.issue(sold=sold(100), now=NOW).number for _n in range(3)]
        other = replace(SELLER, id=UUID(int=9))
        assert numbers == [1, 2, 3]
        assert issuing.issue(sold=sold(100, seller=other), now=NOW).reference == "000009-000001"

    def test_a_line_has_one_paper(self):
        bill = sold(100, 250)
        first = issuing.issue(sold=replace(bill, items=bill.items[:1]), now=NOW)
        second = issuing.issue(sold=bill, now=NOW)
        assert (first.total, second.total) == (100, 250)
        assert issuing.issue(sold=bill, now=NOW) is None
        private = issuing.issue(sold=sold(5, business=False), now=NOW)
        assert (first.kind, private.kind) == ("invoice", "receipt")

    def test_what_goes_back_is_credited_once_and_never_beyond(self):
        bill = sold(1000, 500)
        one, two = (item.line for item in bill.items)
        issuing.issue(sold=bill, now=NOW)
        assert issuing.credit(order=bill.order, parts={new_id(): Money(5, "CNY")}, now=NOW) == []
        parts = {one: Money(300, "CNY"), two: Money(500, "CNY")}
        [note] = issuing.credit(order=bill.order, parts=parts, now=NOW)
        assert (note.kind, note.total, note.of.number, note.number) == ("credit", 800, 1, 2)
        [rest] = issuing.credit(order=bill.order, parts={one: Money(10**6, "CNY")}, now=NOW)
        assert rest.total == 700
        assert issuing.credit(order=bill.order, parts=parts, now=NOW) == []
        beginning = note.of.digest[:16]
        assert queries.genuine(note.of_id, beginning).taken_back == Money(1500, "CNY")

    @pytest.mark.parametrize("table", ["money_issuedpaper", "money_paperline", "money_paperfile"])
    def test_what_is_written_stays(self, table):
        printing.make(paper=issuing.issue(sold=sold(100), now=NOW).id, now=NOW)
        column = "language" if table == "money_paperfile" else "id"
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with (
                pytest.raises(IntegrityError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)

    @pytest.mark.parametrize(
        "change",
        [
            "content = jsonb_set(content, '{items,0,unit_minor}', '101')",
            "content = jsonb_set(content, '{buyer,name}', '\"Wanq\"')",
            "reference = '000001-000002'",
            "kind = 'receipt'",
            "issued_at = issued_at + interval '1 second'",
        ],
    )
    def test_whoever_holds_it_learns_of_one_changed_letter(self, change):
        row = issuing.issue(sold=sold(100), now=NOW)
        assert queries.genuine(row.id, row.digest).unchanged
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE money_issuedpaper DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE money_issuedpaper SET {change}, total = 1")
        found = queries.genuine(row.id, row.digest)
        assert not found.unchanged
        assert found.total.minor in (100, 101), "what is told is what the digest covers"

    def test_files_are_made_once_in_both_languages(self):
        row = issuing.issue(sold=sold(100), now=NOW)
        for _twice in range(2):
            printing.make(paper=row.id, now=NOW)
        assert set(PaperFile.objects.values_list("language", flat=True)) == {"en", "zh-hans"}
        found, data = printing.file_of(row, "zh-hans", NOW)
        assert hashlib.sha256(data).hexdigest() == found.sha256
        assert printing.link(row).endswith(f"/papers/{row.id}/verify?d={row.digest[:16]}")
        assert queries.genuine(row.id, row.digest).unchanged


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_numbered_without_a_gap():
    def one(_n):
        try:
            with transaction.atomic():
                return issuing.issue(sold=sold(100), now=NOW).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool, pytest.MonkeyPatch.context() as patch:
        patch.setattr("goodword.kit.jobs.defer_now", lambda *_a, **_k: None)
        numbers = sorted(pool.map(one, range(12)))
    assert numbers == list(range(1, 13))
    assert IssuedPaper.objects.count() == 12
