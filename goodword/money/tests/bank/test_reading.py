"""Two formats, one meaning; and each trap that was found in the parsers beneath."""

from datetime import date

import pytest

from goodword.kit.money import Money
from goodword.money import bank
from goodword.money.bank import Direction

from .papers import HOUSE, MT940, SPACE, camt, detail, entry


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def only(data: bytes) -> bank.BankLine:
    (statement,) = bank.read(data)
    (line,) = statement.lines
    return line


def amounts(data: bytes) -> list[tuple[Direction, int]]:
    (statement,) = bank.read(data)
    return [(line.direction, line.amount.minor) for line in statement.lines]


def test_a_camt_statement_is_read_whole():
    paid_in = entry("128.00", id="B-77", details=detail(e2e="e2e-1", text="GW-7Q2K  Tee"))
    paid_out = entry("28.01", side="DBIT", details=detail(who="Cdtr", name="Lin Tea"))
    (statement,) = bank.read(camt(paid_in, paid_out, closing="1099.99"))
    assert (statement.account, statement.number) == (HOUSE, "2026-05-04")
    assert (statement.opened, statement.closed) == (euro(100000), euro(109999))
    first, second = statement.lines
    assert (first.direction, first.amount) == (Direction.IN, euro(12800))
    assert (first.counterparty, first.account) == ("Hong Mei", "NL91ABNA0417164300")
    assert (first.text, first.reference, first.bank_id) == ("GW-7Q2K Tee", "e2e-1", "B-77")
    assert first.booked_on == date(2026, 5, 4)
    assert (second.direction, second.amount) == (Direction.OUT, euro(2801))
    assert (second.counterparty, second.reference, second.bank_id) == ("Lin Tea", "", "")


@pytest.mark.parametrize(
    ("currency", "opening", "came", "closing", "minor"),
    [("JPY", "1000", "12800", "13800", 12800), ("KWD", "10.000", "12.345", "22.345", 12345)],
)
def test_money_without_parts_and_with_three_digits(currency, opening, came, closing, minor):
    """A comma is MT940's point, and stands there even where nothing follows."""
    said = camt(
        entry(came, ccy=currency, details=detail()), opening=opening, closing=closing, ccy=currency
    )
    swift = (
        MT940.decode().split(":86:/NAME")[0].replace(":61:2605040504DR28,01NTRFPO-3//B-78\n", "")
    )
    for was, now in (("EUR1000,00", opening), ("CR128,00", came)):
        head = was[:3] if was.startswith("EUR") else "CR"
        mark = currency if head == "EUR" else "CR"
        number = now.replace(".", ",") if "." in now else f"{now},"
        swift = swift.replace(was, mark + number)
    end = closing.replace(".", ",") if "." in closing else f"{closing},"
    for data in (said, f"{swift}:62F:C260504{currency}{end}\n-}}\n".encode()):
        (statement,) = bank.read(data)
        assert statement.lines[0].amount == Money(minor, currency)
        assert statement.closed - statement.opened == Money(minor, currency)


def test_mt940_says_the_same():
    (statement,) = bank.read(MT940)
    assert (statement.account, statement.number) == ("12030000/0000202051", "00124/001")
    assert (statement.opened, statement.closed) == (euro(100000), euro(109999))
    first, second = statement.lines
    assert (first.direction, first.amount, first.bank_id) == (Direction.IN, euro(12800), "B-77")
    assert (first.counterparty, first.account) == ("Hong Mei", "NL91ABNA0417164300")
    assert (first.reference, first.text) == ("e2e-1", "GW-7Q2K Tee")
    assert first.booked_on == date(2026, 5, 4)
    assert (second.direction, second.amount) == (Direction.OUT, euro(2801))
    assert (second.counterparty, second.account) == ("Lin Tea", "CN0000")
    assert "Payout PO-3" in second.text
    paid_in = entry("128.00", id="B-77", details=detail(e2e="e2e-1"))
    (other,) = bank.read(camt(paid_in, closing="1128.00"))
    assert other.lines[0].key == first.key, "the same line, whichever of the two files says it"


@pytest.mark.parametrize(
    "space",
    ["urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", SPACE, SPACE.replace(".08", ".12"), ""],
)
def test_versions_prefixes_and_encodings_do_not_matter(space):
    plain = camt(entry("1.00", details=detail(text="Tee für Müller")), closing="1001.00",
                 space=space)  # fmt: skip
    line = only(plain)
    text = plain.decode()
    assert only(text.replace("UTF-8", "ISO-8859-1").encode("latin-1")) == line
    assert only(b"\xff\xfe" + text.encode("utf-16-le")) == line
    assert only(b"\xef\xbb\xbf" + plain) == line
    if space:
        prefixed = text.replace("</", "</ns:").replace("<?xml", "\0").replace("</ns:", "\1")
        prefixed = prefixed.replace("<", "<ns:").replace("\1", "</ns:").replace("\0", "<?xml")
        assert only(prefixed.replace("xmlns=", "xmlns:ns=").encode()) == line


def test_only_what_is_booked_counts():
    pending = entry("5.00", status="<Cd>PDNG</Cd>")
    old_style = entry("7.00", status="BOOK")
    assert amounts(camt(pending, old_style, closing="1007.00")) == [(Direction.IN, 700)]


def test_a_balance_may_be_below_zero_to_the_last_cent():
    (statement,) = bank.read(
        camt(entry("0.02"), opening="-90071992547409.01", closing="-90071992547408.99")
    )
    assert statement.opened == euro(-9007199254740901)


def test_currencies_keep_their_own_digits():
    assert only(camt(entry("500", ccy="JPY"), opening="0", closing="500", ccy="JPY")).amount == (
        Money(500, "JPY")
    )


INSTRUCTED = (
    '<AmtDtls><InstdAmt><Amt Ccy="USD">150.00</Amt></InstdAmt>'
    '<TxAmt><Amt Ccy="EUR">{}</Amt></TxAmt></AmtDtls>'
)


def test_an_amount_instructed_in_another_currency_is_not_what_came():
    paid = entry("128.00", details=detail(more=INSTRUCTED.format("128.00")))
    assert amounts(camt(paid, closing="1128.00")) == [(Direction.IN, 12800)]


def test_a_charge_is_not_the_payments_direction():
    charge = '<Chrgs><Rcrd><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>'
    assert amounts(camt(entry("128.00", details=detail(more=charge)), closing="1128.00")) == [
        (Direction.IN, 12800)
    ]


def test_a_batch_is_as_many_lines_as_it_names_payments():
    both = detail(amount='<Amt Ccy="EUR">100.00</Amt>', name="Hong") + detail(
        more=INSTRUCTED.format("28.00"), name="Chen"
    )
    (statement,) = bank.read(camt(entry("128.00", id="B", details=both), closing="1128.00"))
    assert [(line.counterparty, line.amount) for line in statement.lines] == [
        ("Hong", euro(10000)),
        ("Chen", euro(2800)),
    ]
    assert len({line.key for line in statement.lines}) == 2


def test_a_batch_that_does_not_say_how_it_divides_is_one_line():
    paid = entry("128.00", details=detail() + detail())
    assert amounts(camt(paid, closing="1128.00")) == [(Direction.IN, 12800)]


def test_a_batch_that_names_more_than_it_holds_is_refused():
    both = detail(amount='<Amt Ccy="EUR">100.00</Amt>') * 2
    with pytest.raises(bank.Unreadable, match="damaged"):
        bank.read(camt(entry("128.00", details=both), closing="1128.00"))


def test_a_comment_does_not_end_a_number():
    assert only(camt(entry("12<!-- -->8.00"), closing="1128.00")).amount == euro(12800)


def test_a_bank_s_own_additions_are_passed_over():
    more = '<x:Amt xmlns:x="urn:bank" Ccy="EUR">9</x:Amt>'
    data = camt(entry("128.00", more=more), closing="1128.00")
    assert only(data).amount == euro(12800)


def test_a_structured_reference_is_text_too():
    structured = detail().replace(
        "</RmtInf>",
        "<Strd><RfrdDocAmt><AdjstmntAmtAndRsn><CdtDbtInd>DBIT</CdtDbtInd></AdjstmntAmtAndRsn>"
        "</RfrdDocAmt><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>",
    )
    line = only(camt(entry("1.00", details=structured), closing="1001.00"))
    assert (line.text, line.direction) == ("GW-7Q2K RF18539007547034", Direction.IN)


def test_a_return_is_a_line_of_its_own_side():
    line = only(camt(entry("28.01", more="<RvslInd>true</RvslInd>"), closing="1028.01"))
    assert (line.reversal, line.direction) == (True, Direction.IN)
    back = MT940.replace(b"0504CR128,00", b"0504RDR128,00")
    (statement,) = bank.read(back)
    assert (statement.lines[0].reversal, statement.lines[0].direction) == (True, Direction.IN)
