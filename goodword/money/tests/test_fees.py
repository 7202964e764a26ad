"""The fee table: worked numbers of docs/algorithms/fees.md, and which table an order keeps."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goodword.kit.errors import Invalid
from goodword.kit.ids import new_id
from goodword.kit.money import Money, exponent, parse_amount
from goodword.money import actions, fees
from goodword.money.models import Hold
from goodword.money.rules import Band, banded_fee

from .banking.houses import operator
from .town import Town, check_books, yuan

DOC = (Path(__file__).parents[3] / "docs/algorithms/fees.md").read_text()
TABLE = [
    Band("CNY", 0, 300, 20), Band("CNY", 100_000, 150, 20), Band("JPY", 0, 250, 0),
    Band("", 0, 500, 0),
]  # fmt: skip


def test_the_worked_numbers_hold():
    rows = re.findall(r"^\| (\w{3}) \| ([\d.]+) \| ([\d.]+) \|", DOC, re.MULTILINE)
    assert len(rows) == 7
    for currency, amount, fee in rows:
        assert banded_fee(parse_amount(amount, currency), TABLE) == parse_amount(fee, currency)
    assert exponent("JPY") == 0


@given(minor=st.integers(1, 2**53 - 1), bp=st.integers(0, 10_000), fixed=st.integers(0, 10**6))
def test_a_fee_is_never_more_than_the_amount_and_off_by_less_than_a_unit(minor, bp, fixed):
    fee = banded_fee(Money(minor, "CNY"), [Band("CNY", 0, bp, fixed)])
    assert 0 <= fee.minor <= minor
    if fee.minor < minor:
        assert abs((fee.minor - fixed) * 10_000 - minor * bp) <= 5_000


def test_without_a_table_the_percentage_holds():
    assert banded_fee(yuan(10), []) is None
    assert banded_fee(yuan(10), [Band("EUR", 0, 100, 0)]) is None


@pytest.mark.parametrize(
    "bands",
    [
        [Band("CNY", 0, 1, 0), Band("CNY", 0, 2, 0)],
        [Band("CNY", 0, 10_001, 0)],
        [Band("CNY", -1, 1, 0)],
        [Band("CNY", 0, 1, -1)],
        [Band("", 0, 1, 5)],
        [Band("CNY", n, 1, 0) for n in range(25)],
    ],
)
def test_a_table_that_cannot_be_is_refused(bands):
    with pytest.raises(Invalid):
        fees.check(bands)


def paid(town: Town, amount: Money, placed_at) -> Hold:
    order = new_id()
    payment = actions.start_payment(
        order=order, buyer=town.buyer.id, seller=town.seller.id, amount=amount, method="card",
        key=str(order), placed_at=placed_at, now=town.now,
    )  # fmt: skip
    actions.send_payment(payment=payment.id, now=town.now)
    return Hold.objects.get(order=order)


@pytest.mark.django_db
def test_an_order_keeps_the_fee_of_the_day_it_was_placed(town):
    town.fee(5)
    placed = town.now
    town.now += timedelta(hours=1)
    fees.write_table(operator=operator(town).id, bands=TABLE, now=town.now)
    assert paid(town, yuan(128), placed).fee == 640
    hold = paid(town, yuan(128), town.now)
    assert hold.fee == 404
    later = town.now
    town.now += timedelta(hours=1)
    fees.write_table(operator=operator(town).id, bands=[], now=town.now)
    assert paid(town, yuan(128), later).fee == 404
    assert paid(town, yuan(128), town.now).fee == 0
    town.release(hold.order)
    check_books()


@pytest.mark.django_db
def test_the_operator_writes_it_and_every_member_reads_it(town):
    client = Client()
    client.force_login(town.seller)
    row = {"currency": "CNY", "above": "0", "percent": "2.5", "fixed": "0.30"}
    assert client.post("/money/fees", row).status_code == 404
    by = operator(town)
    boss = Client()
    boss.force_login(by)
    wrong = boss.post("/money/fees", row | {"percent": "101"})
    assert (wrong.status_code, "between 0 and 100" in wrong.content.decode()) == (422, True)
    two = {name: [value, other] for (name, value), other in zip(row.items(), [""] * 4, strict=True)}
    assert boss.post("/money/fees", two).status_code == 302
    shown = client.get("/money/fees").content.decode()
    assert "2.5" in shown
    assert "0.30" in shown
