"""The rules that hold against any SQL, whoever wrote it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goodword.kit.ids import new_id
from goodword.money import queries
from goodword.money.models import Entry, Transfer
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind, TransferKind

from .town import Town, yuan

pytestmark = pytest.mark.django_db
TRANSFER = """
INSERT INTO money_transfer (id, owner, key, digest, kind, lines, reason, created_at)
VALUES (%s, NULL, %s, '', 'capture', %s, '', now())
"""
ENTRY = """
INSERT INTO money_entry (transfer_id, line, account_id, direction, amount, currency)
VALUES (%s, %s, %s, %s, %s, %s)
"""


@pytest.fixture
def accounts(town: Town):
    """The accounts of one trade that was paid, held and released."""
    order = town.pay(yuan(100)).order
    town.release(order)
    return [
        AccountRef(AccountKind.GATEWAY, "CNY", gateway="sandbox").id,
        AccountRef(AccountKind.PAYABLE, "CNY", holder=town.seller.id).id,
    ]


def post_raw(*entries, declared=None):
    """A transfer by raw SQL, with its deferred checks run as at commit."""
    transfer = new_id()
    lines = len(entries) if declared is None else declared
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TRANSFER, [transfer, str(transfer), lines])
        for line, entry in enumerate(entries, start=1):
            cursor.execute(ENTRY, [transfer, line, *entry])
        connection.check_constraints()
    return transfer


def run(statement, *values, then=None):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        if then:
            cursor.execute(then[0], then[1:])
        connection.check_constraints()


def test_a_balanced_transfer_is_taken(accounts):
    gateway, payable = accounts
    transfer = post_raw((gateway, 1, 500, "CNY"), (payable, -1, 500, "CNY"))
    assert Entry.objects.filter(transfer=transfer).count() == 2


def test_an_unbalanced_transfer_is_refused(accounts):
    gateway, payable = accounts
    with pytest.raises(IntegrityError, match="does not sum to zero: CNY 1"):
        post_raw((gateway, 1, 501, "CNY"), (payable, -1, 500, "CNY"))


def test_currencies_do_not_make_up_for_each_other(accounts, town):
    order = town.pay(yuan(10, "EUR")).order
    town.release(order)
    euros = AccountRef(AccountKind.PAYABLE, "EUR", holder=town.seller.id).id
    with pytest.raises(IntegrityError, match="does not sum to zero"):
        post_raw((accounts[0], 1, 500, "CNY"), (euros, -1, 500, "EUR"))


@pytest.mark.parametrize("entries", [0, 1])
def test_fewer_than_two_entries_are_refused(accounts, entries):
    with pytest.raises(IntegrityError, match="needs two entries or more"):
        post_raw(*[(accounts[0], 1, 500, "CNY")][:entries])


@pytest.mark.parametrize("declared", [1, 3])
def test_a_transfer_has_the_entries_it_declares(accounts, declared):
    gateway, payable = accounts
    with pytest.raises(IntegrityError, match=r"has 2 entries|needs two|no number 2"):
        post_raw((gateway, 1, 500, "CNY"), (payable, -1, 500, "CNY"), declared=declared)


@pytest.mark.parametrize("amount", [0, -500])
def test_amounts_are_above_zero(accounts, amount):
    gateway, payable = accounts
    with pytest.raises(IntegrityError, match="money_entry_positive"):
        post_raw((gateway, 1, amount, "CNY"), (payable, -1, amount, "CNY"))


def test_a_side_is_debit_or_credit(accounts):
    gateway, payable = accounts
    with pytest.raises(IntegrityError, match="money_entry_side"):
        post_raw((gateway, 2, 500, "CNY"), (payable, -1, 1000, "CNY"))


def test_an_account_takes_its_own_currency_only(accounts):
    gateway, payable = accounts
    with pytest.raises(IntegrityError, match="takes CNY, not EUR"):
        post_raw((gateway, 1, 500, "EUR"), (payable, -1, 500, "EUR"))


def test_an_entry_needs_its_account(accounts):
    with pytest.raises(IntegrityError, match="there is no account"):
        post_raw((accounts[0], 1, 500, "CNY"), (new_id(), -1, 500, "CNY"))


def test_an_entry_needs_its_transfer(accounts):
    with pytest.raises(IntegrityError, match="there is no transfer"):
        run(ENTRY, new_id(), 1, accounts[0], 1, 500, "CNY")


@pytest.mark.parametrize("line", [0, 1, 2, 3, None])
def test_a_finished_transfer_takes_no_more_entries(accounts, line):
    transfer = Transfer.objects.get(kind=TransferKind.CAPTURE)
    connection.check_constraints()  # as it stands once its own transaction is over
    with pytest.raises(IntegrityError, match=r"no number|money_entry_pkey|line"):
        run(ENTRY, transfer.id, line, accounts[0], 1, 500, "CNY")


def test_checking_early_opens_no_gap(accounts):
    """Once checked, a transfer is closed, even in the transaction that makes it."""
    gateway, payable = accounts
    transfer = post_raw((gateway, 1, 500, "CNY"), (payable, -1, 500, "CNY"))
    for line in (0, 1, 2, 3):
        with pytest.raises(IntegrityError):
            run(ENTRY, transfer, line, gateway, 1, 500, "CNY")
    with pytest.raises(IntegrityError, match="it declares 2 and has 0"):
        run("SET CONSTRAINTS ALL IMMEDIATE", then=(TRANSFER, new_id(), "early", 2))


@pytest.mark.parametrize(
    ("table", "column"),
    [("money_account", "currency"), ("money_transfer", "reason"), ("money_entry", "amount")],
)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_what_was_written_stays(accounts, statement, table, column):
    with pytest.raises(IntegrityError, match="append-only"):
        run(statement.format(table, column, column))


def test_no_setting_switches_the_guards_off(accounts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'money_entry'::regclass")
        names = ",".join(name for (name,) in cursor.fetchall())
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"SET LOCAL pgtrigger.ignore = '{{{names}}}'", then=("DELETE FROM money_entry",))


def test_nobody_chooses_the_number_of_the_transaction(accounts):
    gateway, payable = accounts
    transfer = new_id()
    with connection.cursor() as cursor:
        cursor.execute(TRANSFER, [transfer, "forged", 2])
        for line, account, direction in ((1, gateway, 1), (2, payable, -1)):
            cursor.execute(
                "INSERT INTO money_entry (transfer_id, line, account_id, direction, amount,"
                " currency, txid) VALUES (%s, %s, %s, %s, 500, 'CNY', '3')",
                [transfer, line, account, direction],
            )
        cursor.execute(
            "SELECT bool_and(txid = pg_current_xact_id()) FROM money_entry WHERE transfer_id = %s",
            [transfer],
        )
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "fees", "holder_id": "member"},
        {"kind": "payable"},
        {"kind": "gateway"},
        {"kind": "escrow", "holder_id": "member", '"order"': "another"},
        {"kind": "made_up"},
    ],
)
def test_an_account_is_named_as_the_chart_says(town, columns):
    values = {"member": town.seller.id, "another": new_id()}
    row = {"id": new_id(), "currency": "CNY", "gateway": "", **columns}
    row = {name: values.get(value, value) for name, value in row.items()}
    with pytest.raises(IntegrityError, match="money_account_chart"):
        run(
            f"INSERT INTO money_account ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})",
            *row.values(),
        )


@pytest.mark.parametrize(
    "change",
    [
        "released = captured + 1",
        "released = 1, refunded = captured",
        "refunded = -1",
        "state = 'released'",
        "state = 'refunded'",
        "refunded = captured",
        "captured = captured + 1",
        "seller_id = buyer_id",
    ],
)
def test_a_hold_never_goes_below_zero_and_keeps_its_terms(town, change):
    order = town.pay(yuan(100)).order
    with pytest.raises(DatabaseError):
        run(f"UPDATE money_hold SET {change}")
    assert queries.held(order) == yuan(100)


def test_a_hold_is_resolved_once(town):
    town.release(town.pay(yuan(100)).order)
    with pytest.raises(DatabaseError, match="Cannot update rows"):
        run("UPDATE money_hold SET state = 'refunded', released = 0, refunded = captured")


@pytest.mark.parametrize("state", ["sent", "declined", "returned", "made_up"])
def test_a_payment_moves_only_along_its_table(town, state):
    town.pay(yuan(100))
    with pytest.raises(DatabaseError, match="Cannot update rows"):
        run("UPDATE money_payment SET state = %s", state)


def test_one_order_has_one_live_payment(town):
    payment = town.start(yuan(100))
    with pytest.raises(IntegrityError, match="money_payment_live"):
        run(
            "INSERT INTO money_payment SELECT (json_populate_record(p, json_build_object("
            "'id', %s::text, 'key', 'another'))).* FROM money_payment p WHERE id = %s",
            str(new_id()),
            payment.id,
        )
