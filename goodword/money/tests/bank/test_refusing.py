"""What a stranger, a broken export or a forger may bring: refused whole, in one sentence."""

import random
import time

import pytest

from goodword.kit.errors import Refused
from goodword.money import bank
from goodword.money.bank.shapes import FILE_BYTES, TooBig

from .papers import MT940, camt, detail, entry

GOOD = camt(entry("128.00", id="B-77", details=detail()), closing="1128.00")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;">]><Document>&c;</Document>'
)
OUTSIDE = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        bank.read(data)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        OUTSIDE,
        BOMB.decode().encode("utf-16"),
        OUTSIDE.replace(b"<!DOCTYPE", b"<!  doctype"),
        GOOD.replace(b"<Document", b"<!DOCTYPE Document><Document"),
        GOOD[: len(GOOD) // 2],
        GOOD.replace(b"128.00", b"12x.00"),
        GOOD.replace(b'Ccy="EUR">128', b'Ccy="USD">128'),
        GOOD.replace(b'Ccy="EUR">128', b'Ccy="E">128'),
        GOOD.replace(b"128.00", b"128.001"),
        GOOD.replace(b"128.00", b"-128.00"),
        GOOD.replace(b"128.00", b"NaN"),
        GOOD.replace(b"128.00", b"1e400"),
        GOOD.replace(b"<BookgDt><Dt>2026-05-04", b"<BookgDt><Dt>yesterday"),
        b"<a>" * 100_000,
        GOOD.replace(b"UTF-8", b"UTF-7"),
        MT940[: MT940.index(b":62F:")],
        MT940.replace(b"NTRFNONREF", b""),
        MT940.replace(b":61:260504", b":61:269904"),
        MT940.replace(b"CR128,00", b"CR1,2,8"),
        MT940.replace(b"EUR", "€€€".encode()),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused(data):
    refusal(data)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x89PNG\r\n", b"<html></html>", b"\x00\x01", b"/etc/passwd"]
)
def test_what_is_no_statement_is_called_so(data):
    assert "camt.053 or MT940" in refusal(data)


def test_a_report_of_the_day_so_far_is_no_statement():
    report = GOOD.replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt").replace(b"Stmt>", b"Rpt>")
    assert "camt.053" in refusal(report)


@pytest.mark.parametrize("data", [GOOD, MT940])
def test_lines_that_do_not_lead_to_the_closing_balance_are_refused(data):
    forged = data.replace(b">128.00<", b">999.00<").replace(b"CR128,00", b"CR999,00")
    assert "closing one" in refusal(forged)


def test_text_that_looks_like_a_line_is_caught_by_the_balance():
    forged = MT940.replace(b"?30ABNA", b"\n:61:2605040504C500,00NTRFNONREF\n:86:GW-1?30ABNA")
    assert "closing one" in refusal(forged)


def test_a_file_s_name_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ":20:1").write_bytes(b":20:A\n:25:1\n:60F:C260504EUR1,\n:62F:C260504EUR1,\n")
    assert "damaged" in refusal(b":20:1")


def test_a_line_without_its_code_does_not_swallow_the_next():
    assert "damaged" in refusal(MT940.replace(b"CR128,00NTRFNONREF//B-77", b"CR128,00"))


def test_more_than_one_import_takes_is_refused():
    with pytest.raises(TooBig):
        bank.read(b" " * (FILE_BYTES + 1))


def test_a_large_statement_of_an_account_without_iban_takes_linear_time():
    def seconds(lines: int) -> float:
        data = camt(entry("1.00", details=detail()) * lines, opening="0", closing=f"{lines}.00")
        data = data.replace(b"<IBAN>DE02120300000000202051</IBAN>", b"<Othr><Id>1</Id></Othr>")
        begun = time.process_time()
        assert len(bank.read(data)[0].lines) == lines
        return time.process_time() - begun

    # The best of three: a pause of the machine makes one of them longer, none shorter.
    few, many = (min(seconds(lines) for _ in range(3)) for lines in (300, 1200))
    assert many < few * 12


def damaged(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    cut = dice.choice([0, 1, 1, 1, 8])
    return data[:at] + dice.randbytes(dice.choice([0, 1, 1, 4])) + data[at + cut :]


@pytest.mark.parametrize("data", [GOOD, MT940], ids=["camt", "mt940"])
def test_damage_is_refused_or_harmless(data):
    """Random edits never crash it, and never change an amount that the balances do not cover."""
    dice = random.Random(20260504)
    whole = {line.amount.minor for statement in bank.read(data) for line in statement.lines}
    for _round in range(150):
        try:
            statements = bank.read(damaged(data, dice))
        except Refused:
            continue
        for one in statements:
            if one.opened == bank.read(data)[0].opened and one.closed == bank.read(data)[0].closed:
                assert {line.amount.minor for line in one.lines} <= whole
