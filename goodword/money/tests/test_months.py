"""A member's months: balances that follow each other, in the digits of each currency."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import months
from goodword.money.banking import deposit
from goodword.money.models import Entry
from goodword.people.actions import issue_token

from .banking.houses import ask, iban
from .town import yuan

pytestmark = pytest.mark.django_db
MAY, JUNE = "2026-05", "2026-06"


@pytest.fixture
def busy(town):
    """A May and a June with sales in three currencies, a fee, a deposit, a refund and a payout."""
    town.fee(5)
    first = town.pay(yuan(128)).order
    town.release(first)
    town.release(town.pay(Money(500, "JPY")).order)
    town.release(town.pay(Money(12340, "KWD")).order)
    deposit.top_up(seller=town.seller.id, amount=yuan(20), key="k", now=town.now)
    town.now += timedelta(days=31)
    town.take_back(first, Money(2801, "CNY"))
    iban(town.seller, currency="CNY")
    ask(town, yuan(50), currency="CNY")
    deposit.compensate(
        seller=town.seller.id, buyer=town.buyer.id, order=first, amount=yuan(1), key="c",
        reason="=HYPERLINK(1)", actor=None, now=town.now,
    )  # fmt: skip
    return town


def rows(town, name, member=None):
    said = months.statement((member or town.seller).id, name)
    data = months.table(said)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))[1:]


def test_a_month_closes_where_the_next_one_opens(busy):
    may, june = (months.statement(busy.seller.id, name) for name in (MAY, JUNE))
    assert months.months(busy.seller.id, busy.now) == [JUNE, MAY]
    opens = {one.currency: one.opens for one in june.currencies}
    for one in may.currencies:
        assert one.opens.minor == 0
        assert one.closes == opens[one.currency]
    for said in (may, june):
        for one in said.currencies:
            moved = sum(row.amount.minor for row in one.rows)
            assert one.closes.minor - one.opens.minor == moved
            assert sum(sum_.minor for _word, sum_ in one.sums) == moved
    mine = Entry.objects.filter(account__holder=busy.seller, account__order=None).count()
    told = sum(len(one.rows) for said in (may, june) for one in said.currencies)
    assert told == mine


def test_amounts_have_the_digits_of_their_currency_and_sales_their_fee(busy):
    released = [row for row in rows(busy, MAY) if row[1] == "Released to the seller"]
    assert [row[4:9] for row in released] == [
        ["128.00", "6.40", "121.60", "121.60", "CNY"],
        ["500", "25", "475", "475", "JPY"],
        ["12.340", "0.617", "11.723", "11.723", "KWD"],
    ]
    (back,) = [row for row in rows(busy, JUNE) if row[1] == "Taken back from the seller"]
    assert back[4:9] == ["-28.01", "-1.40", "-26.61", "74.99", "CNY"]


def test_no_cell_is_carried_out_by_a_spreadsheet(busy):
    reasons = [row[9] for row in rows(busy, JUNE) if row[9]]
    assert "'=HYPERLINK(1)" in reasons
    for row in rows(busy, JUNE):
        for cell in row:
            assert cell[:1] not in ("=", "+", "@")
            assert cell[:1] != "-" or float(cell) < 0


def test_a_month_ends_at_the_houses_midnight(town, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    town.now = town.now.replace(day=31, hour=16)  # in Shanghai it is June
    town.release(town.pay(yuan(10)).order)
    assert months.months(town.seller.id, town.now) == [JUNE]
    assert [row[1] for row in rows(town, JUNE)][1] == "Released to the seller"
    assert rows(town, MAY) == []


def test_only_their_owner_reads_them_on_the_page_and_over_the_api(busy):
    client = Client(headers={"Accept-Language": "en"})
    assert client.get("/money/statements").status_code == 302
    client.force_login(busy.seller)
    page = client.get(f"/money/statements?month={MAY}").text
    assert "¥121.60" in page
    answer = client.get(f"/money/statements/{JUNE}.csv")
    assert "attachment" in answer["Content-Disposition"]
    _token, secret = issue_token(owner=busy.seller, name="t", now=busy.now)
    api = Client(headers={"Authorization": f"Bearer {secret}"})
    assert api.get("/api/v1/money/statements").json() == [JUNE, MAY]
    assert api.get(f"/api/v1/money/statements/{JUNE}").content == answer.content
    for wrong in ("2026-13", "1999-01", "x"):
        assert client.get(f"/money/statements/{wrong}.csv").status_code == 404
        assert client.get(f"/money/statements?month={wrong}").status_code == 404
    stranger = busy.member("stranger")
    assert len(rows(busy, JUNE, stranger)) == 0
    with pytest.raises(NotFound):
        months.month("2026-00")
    assert str(new_id()) not in page
