"""Zero, or a name for each difference: each is made once, and must be named."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from goodword.kit.ids import new_id, spoken
from goodword.kit.money import Money
from goodword.money.banking import payouts, statements
from goodword.money.banking.reconciling import found_last, look, reconcile
from goodword.money.banking.states import Taken
from goodword.money.models import BankLine, Payment, Payout, SandboxCharge, Snapshot
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind

from ..bank.papers import camt, entry
from ..town import Town, yuan
from .houses import ask, euro, house_account, iban, left, operator, sell, stands, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trading(town: Town) -> Town:
    """Sales, a refund under way, a payout that the bank has confirmed and one that is open."""
    house_account(town)
    town.fee(5)
    sell(town, euro(100))
    iban(town.seller)
    first = ask(town, euro(60))
    ask(town, euro(10))
    town.refund(town.pay(yuan(30)).order)
    town.pay(yuan(128))
    take_in(town, left(first), opening="500.00", closing="440.00")
    return town


@contextmanager
def tampering(table: str):
    """What whoever owns the database can do, after everything was checked."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor


def differences() -> list[tuple[str, Money | None]]:
    return [(one.sentence, one.amount) for check in reconcile() for one in check.differences]


def test_a_town_in_order_says_zero(trading):
    assert differences() == []
    trading.work()
    assert differences() == []


def test_the_desk_tells_what_was_found_last_and_does_not_look_itself(
    trading, django_assert_num_queries
):
    take_in(trading, entry("2.50", side="DBIT"), opening="440.00", closing="437.50", number="2")
    assert found_last() == 0
    look(trading.now)
    with django_assert_num_queries(1):
        assert found_last() == 1


def test_a_line_that_nobody_explained_is_named(trading):
    take_in(trading, entry("2.50", side="DBIT"), opening="440.00", closing="437.50", number="2")
    ((sentence, amount),) = differences()
    assert "not explained" in sentence
    assert amount == Money(250, "EUR")


def test_a_payout_by_hand_is_named_until_a_statement_shows_it(trading):
    waiting = Payout.objects.get(amount=1000)
    by = operator(trading).id
    payouts.confirm_payout(payout=waiting.id, operator=by, reference="B", now=trading.now)
    ((sentence, amount),) = differences()
    assert waiting.number in sentence
    assert amount == euro(-10)
    take_in(trading, left(waiting), opening="440.00", closing="430.00", number="2")
    assert differences() == []


def test_what_a_gateway_denies_is_named(trading):
    charge = SandboxCharge.objects.get(amount=12800)
    SandboxCharge.objects.filter(key=charge.key).update(taken=12000)
    ((sentence, amount),) = differences()
    assert "Sandbox says otherwise" in sentence
    assert spoken(Payment.objects.get(id=charge.key).order) in sentence
    assert amount == Money(800, "CNY")


def test_money_of_which_nothing_is_known_here_is_named(trading):
    charge = SandboxCharge.objects.get(amount=12800)
    charge.key = str(new_id())
    charge.save(force_insert=True)
    ((sentence, amount),) = differences()
    assert f"has {charge.key} on its account, of which nothing is known here" in sentence
    assert amount == Money(-12800, "CNY")


def test_a_payout_that_vanished_is_named(trading):
    with tampering("money_payout") as cursor:
        cursor.execute("UPDATE money_payout SET state = 'cancelled' WHERE amount = 1000")
    ((sentence, amount),) = differences()
    assert f"@{trading.seller.handle}" in sentence
    assert amount == euro(10)


def test_a_hold_that_was_tampered_with_is_named(trading):
    with tampering("money_hold") as cursor:
        cursor.execute(
            "UPDATE money_hold SET refunded = 100 WHERE captured = 12800 AND state = 'held'"
        )
    assert [amount for _sentence, amount in differences()] == [Money(100, "CNY")]


def test_an_entry_that_was_tampered_with_is_named(trading):
    with tampering("money_entry") as cursor:
        cursor.execute("UPDATE money_entry SET amount = amount + 1 WHERE amount = 12800")
        cursor.execute("UPDATE money_entry SET amount = amount - 1 WHERE direction = 1"
                       " AND amount = 12801")  # fmt: skip
    found = differences()
    assert Money(-1, "CNY") in [amount for _sentence, amount in found]


def test_a_missing_statement_is_named(trading):
    late = entry("1.00", day="2026-05-09")
    data = camt(late, opening="400.00", closing="401.00", number="9")
    data = data.replace(b"<Dt><Dt>2026-05-04</Dt></Dt>", b"<Dt><Dt>2026-05-09</Dt></Dt>")
    statements.import_statement(data=data, operator=operator(trading).id, now=trading.now)
    sentences = [sentence for sentence, _amount in differences()]
    assert any("missing between May 4, 2026 and May 9, 2026" in one for one in sentences)


def test_the_page_says_so_to_operators_alone(trading):
    client = Client()
    client.force_login(trading.seller)
    assert client.get("/money/reconciliation").status_code == 404
    client.force_login(operator(trading))
    assert "Everything agrees" in client.get("/money/reconciliation").content.decode()
    take_in(trading, entry("2.50", side="DBIT"), opening="440.00", closing="437.50", number="2")
    shown = client.get("/money/reconciliation").content.decode()
    assert "Everything agrees" not in shown
    assert "2.50" in shown


def test_a_balance_that_is_not_the_replay_of_its_entries(trading):
    account = AccountRef(AccountKind.PAYABLE, "EUR", holder=trading.seller.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier FROM pg_control_system()")
        (server,) = cursor.fetchone()
    Snapshot.objects.create(
        account_id=account.id, debits=0, credits=7, horizon="9000000000", server=server,
        rolled_at=trading.now,
    )  # fmt: skip
    ((sentence, amount),) = differences()
    assert sentence.startswith("The balance of account")
    assert sentence.endswith("is not the replay of its entries.")
    assert amount is None


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_statements_may_come_in_any_order(town, order):
    """What stood at the bank before the books began is the house's own; all later is explained."""
    house_account(town)
    yesterday = [
        entry("30.00", id="A", day="2026-05-03"), entry("5.00", side="DBIT", id="B"),
    ]  # fmt: skip
    pages = [
        camt(*yesterday, opening="475.00", closing="500.00", number="1").replace(
            b"2026-05-04</Dt></Dt></Bal>", b"2026-05-03</Dt></Dt></Bal>"
        ),
        camt(entry("12.00", id="C"), opening="500.00", closing="512.00", number="2"),
        camt(entry("0.50", side="DBIT", id="D"), opening="512.00", closing="511.50", number="3"),
    ]
    by = operator(town).id
    for place in order:
        statements.import_statement(data=pages[place], operator=by, now=town.now)
    for line in BankLine.objects.all():
        statements.explain_line(line=line.id, taken=Taken.OWN, operator=by, now=town.now)
    assert differences() == []
    assert stands(AccountKind.GATEWAY) == Money(51150, "EUR")
