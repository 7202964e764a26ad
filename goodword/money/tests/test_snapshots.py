"""Balances are snapshots and newer entries; a snapshot must never change what a balance is."""

import psycopg
import pytest
from django.db import connection

from goodword.kit.ids import new_id
from goodword.money import actions, queries
from goodword.money.actions.posting import Posting, post
from goodword.money.models import Snapshot
from goodword.money.rules import AccountRef, between
from goodword.money.states import AccountKind, TransferKind

from .town import Town, check_books, yuan

GATEWAY = AccountRef(AccountKind.GATEWAY, "CNY", gateway="sandbox")


def credit(town: Town, amount: int = 1) -> None:
    payable = AccountRef(AccountKind.PAYABLE, "CNY", holder=town.seller.id)
    posting = Posting(
        owner=town.buyer.id, kind=TransferKind.RELEASE, key=str(new_id()), body={},
        lines=between(debit=GATEWAY, credits=[(payable, yuan(amount))]),
    )  # fmt: skip
    assert post(posting, now=town.now)


def roll(town: Town) -> int:
    """As if nobody else used the test server: their open transactions hold its horizon back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        (horizon,) = cursor.fetchone()
    return actions.roll_snapshots(now=town.now, enough=1, horizon=horizon)


@pytest.mark.django_db(transaction=True)
class TestCommitted:
    """Only what is committed can be final, so these tests commit."""

    def test_a_snapshot_changes_no_balance(self, open_town: Town):
        for _time in range(3):
            credit(open_town)
        assert roll(open_town) == 2
        assert Snapshot.objects.get(account=GATEWAY.id).debits == 300
        credit(open_town)
        assert open_town.stands(AccountKind.PAYABLE) == yuan(4)
        assert roll(open_town) == 2
        assert Snapshot.objects.get(account=GATEWAY.id).debits == 400
        assert roll(open_town) == 0
        check_books()

    def test_a_few_entries_are_not_worth_a_snapshot(self, open_town):
        credit(open_town)
        assert actions.roll_snapshots(now=open_town.now, enough=2) == 0
        assert Snapshot.objects.count() == 0

    def test_an_orders_escrow_needs_none(self, open_town):
        open_town.release(open_town.pay(yuan(100)).order)
        roll(open_town)
        assert set(Snapshot.objects.values_list("account__kind", flat=True)) == {
            AccountKind.GATEWAY,
            AccountKind.PAYABLE,
        }

    def test_a_transaction_that_is_still_open_is_waited_for_by_the_horizon_only(self, open_town):
        """An entry written before the roll and committed after it must not fall through."""
        credit(open_town)
        roll(open_town)
        with another_connection() as other:
            other.execute("BEGIN")
            found = other.execute("SELECT pg_current_xact_id()::text").fetchone()
            credit(open_town)  # newer than the open one, and committed before the roll
            for horizon in (found[0], None):  # of ours alone, and as the server itself sees it
                actions.roll_snapshots(now=open_town.now, enough=1, horizon=horizon)
            post_by_hand(other, open_town)
            before = open_town.stands(AccountKind.PAYABLE)
            other.execute("COMMIT")
        assert before == yuan(2)
        assert open_town.stands(AccountKind.PAYABLE) == yuan(7)
        assert Snapshot.objects.get(account=GATEWAY.id).debits == 100
        roll(open_town)
        assert open_town.stands(AccountKind.PAYABLE) == yuan(7)
        check_books()

    def test_a_snapshot_of_another_server_is_not_believed(self, open_town):
        """After a restore from a dump, transaction numbers begin again lower."""
        credit(open_town)
        roll(open_town)
        Snapshot.objects.update(server=7, horizon="9000000000", debits=5, credits=5)
        credit(open_town)
        assert open_town.stands(AccountKind.PAYABLE) == yuan(2)
        assert roll(open_town) == 2
        assert Snapshot.objects.get(account=GATEWAY.id).debits == 200
        check_books()

    def test_a_wrong_snapshot_is_found(self, open_town):
        credit(open_town)
        roll(open_town)
        Snapshot.objects.filter(account=GATEWAY.id).update(debits=99)
        assert queries.drift() == [GATEWAY.id]


def another_connection() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(
        **{name: parameters[name] for name in wanted if parameters.get(name)}, autocommit=True
    )


def post_by_hand(other: psycopg.Connection, town: Town) -> None:
    transfer = new_id()
    payable = AccountRef(AccountKind.PAYABLE, "CNY", holder=town.seller.id)
    other.execute(
        "INSERT INTO money_transfer (id, key, digest, kind, lines, reason, created_at)"
        " VALUES (%s, 'by hand', '', 'release', 2, '', now())",
        [transfer],
    )
    for line, account, direction in ((1, GATEWAY.id, 1), (2, payable.id, -1)):
        other.execute(
            "INSERT INTO money_entry (transfer_id, line, account_id, direction, amount,"
            " currency) VALUES (%s, %s, %s, %s, 500, 'CNY')",
            [transfer, line, account, direction],
        )


@pytest.mark.django_db
def test_a_balance_is_one_range_of_one_index(town: Town):
    for _time in range(3):
        credit(town)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT sum(amount) FILTER (WHERE direction = 1) FROM money_entry"
            " WHERE account_id = %s AND txid >= '3'::xid8",
            [GATEWAY.id],
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using money_entry_balance" in plan
