"""Several at once, each on a connection of its own; no test asks how long anything takes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from goodword.kit.errors import Refused
from goodword.kit.ids import new_id
from goodword.money import actions, queries
from goodword.money.actions.posting import Posting, lock_accounts, post
from goodword.money.actions.returning import gateway_account
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.models import Account, Hold, Payment, Transfer
from goodword.money.rules import AccountRef, between
from goodword.money.states import AccountKind, AnswerKind, PaymentState, TransferKind
from goodword.people.models import Member

from .test_escrow import spend
from .town import Town, check_books, yuan

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 8


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all acts together; what each returned, or the refusal it met."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            with connection.cursor() as cursor:
                # Whoever waits for ever would hang the test instead of failing it.
                cursor.execute("SET lock_timeout = '30s'")
            together.wait()
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


def refusals(results: list[Any]) -> int:
    return sum(isinstance(result, Refused) for result in results)


@pytest.mark.parametrize("_round", range(5))
def test_release_against_refund_one_wins(open_town: Town, _round):
    order = open_town.pay(yuan(100)).order
    results = at_once(lambda: open_town.release(order), lambda: open_town.refund(order))
    assert refusals(results) == 1
    decided = Transfer.objects.exclude(kind=TransferKind.CAPTURE)
    assert [transfer.id for transfer in decided] == [
        r for r in results if r in {t.id for t in decided}
    ]
    assert queries.held(order) == yuan(0)
    check_books()


@pytest.mark.parametrize("verb", ["release", "refund"])
def test_one_key_from_many_sides_is_one_transfer(open_town: Town, verb):
    order = open_town.pay(yuan(100)).order
    results = at_once(*[lambda: getattr(open_town, verb)(order)] * CROWD)
    assert len(set(results)) == 1
    assert refusals(results) == 0
    assert Transfer.objects.filter(kind=verb).count() == 1
    check_books()


def test_one_part_refunded_from_many_sides_is_refunded_once(open_town: Town):
    order = open_town.pay(yuan(100)).order
    results = at_once(*[lambda: open_town.refund(order, yuan(30))] * CROWD)
    assert len(set(results)) == 1
    assert queries.held(order) == yuan(70)
    check_books()


def test_a_double_submit_is_one_payment(open_town: Town):
    order = new_id()
    terms = {
        "order": order, "buyer": open_town.buyer.id, "seller": open_town.seller.id,
        "amount": yuan(100), "method": "card", "key": "one click", "now": open_town.now,
    }  # fmt: skip
    started = at_once(*[lambda: actions.start_payment(**terms)] * CROWD)
    assert len({payment.id for payment in started}) == 1
    sent = at_once(
        *[lambda: actions.send_payment(payment=started[0].id, now=open_town.now)] * CROWD
    )
    assert refusals(sent) == 0
    assert queries.held(order) == yuan(100) == open_town.stands(AccountKind.GATEWAY)
    check_books()


def test_two_different_clicks_pay_an_order_once(open_town: Town):
    order = new_id()
    results = at_once(*[lambda: open_town.pay(yuan(100), order=order)] * CROWD)
    assert refusals(results) == CROWD - 1
    assert Payment.objects.get().state == PaymentState.CAPTURED
    assert open_town.stands(AccountKind.GATEWAY) == yuan(100)


def test_one_callback_many_times_captures_once(open_town: Town):
    payment = open_town.pay(yuan(100), method="pending")
    body, headers = Sandbox().message(str(payment.id), AnswerKind.CAPTURED, now=open_town.now)
    results = at_once(
        *[
            lambda: actions.receive_callback(
                gateway="sandbox", body=body, headers=headers, now=open_town.now
            )
        ]
        * CROWD
    )
    assert refusals(results) == 0
    assert open_town.stands(AccountKind.GATEWAY) == yuan(100)
    check_books()


@pytest.mark.parametrize("_round", range(5))
def test_callback_against_expiry_holds_or_returns(open_town: Town, _round):
    payment = open_town.pay(yuan(100), method="pending")
    body, headers = Sandbox().message(str(payment.id), AnswerKind.CAPTURED, now=open_town.now)
    expired, _answered = at_once(
        lambda: actions.expire_payment(order=payment.order, now=open_town.now),
        lambda: actions.receive_callback(
            gateway="sandbox", body=body, headers=headers, now=open_town.now
        ),
    )
    open_town.work()
    state = queries.payment(payment.id).state
    assert state == (PaymentState.RETURNED if expired else PaymentState.CAPTURED)
    assert open_town.stands(AccountKind.GATEWAY) == (yuan(0) if expired else yuan(100))
    check_books()


def test_two_debits_never_take_a_seller_below_zero(open_town: Town):
    orders = [open_town.pay(yuan(100)).order for _order in range(2)]
    open_town.release(orders[0])
    open_town.release(orders[1])
    spend(open_town, yuan(100))
    results = at_once(
        *[lambda order=order: open_town.take_back(order, yuan(100)) for order in orders]
    )
    assert refusals(results) == 1
    assert open_town.stands(AccountKind.PAYABLE) == yuan(0)
    check_books()


def test_a_new_sellers_first_sales_come_at_once(open_town: Town):
    """Opening the same accounts for the first time, from many sides, locks nobody out."""
    orders = [open_town.pay(yuan(10)).order for _order in range(CROWD)]
    assert not Account.objects.filter(kind=AccountKind.PAYABLE).exists()
    results = at_once(*[lambda order=order: open_town.release(order) for order in orders])
    assert refusals(results) == 0
    assert open_town.stands(AccountKind.PAYABLE) == yuan(10 * CROWD)


def test_crediting_a_hot_seller_waits_for_nobody(open_town: Town):
    """While one sale of hers is posted and not committed, 32 others are posted and commit."""
    open_town.fee(5)
    open_town.release(open_town.pay(yuan(10)).order)
    orders = [open_town.pay(yuan(10)).order for _order in range(33)]
    with transaction.atomic():
        open_town.release(orders[0])
        others = at_once(*[lambda order=order: open_town.release(order) for order in orders[1:]])
        locked = at_once(locked_rows)
    assert refusals(others) == 0
    assert locked == [{"accounts": 0, "members": 0, "holds": 1}]
    assert Hold.objects.filter(state="released").count() == 34
    check_books()


def test_paying_a_hot_seller_waits_for_nobody(open_town: Town):
    open_town.pay(yuan(10))
    payments = [open_town.start(yuan(10)) for _order in range(9)]
    with transaction.atomic():
        actions.capture(payment=payments[0].id, now=open_town.now)
        others = at_once(
            *[
                lambda payment=payment: actions.send_payment(payment=payment.id, now=open_town.now)
                for payment in payments[1:]
            ]
        )
        locked = at_once(locked_rows)
    assert refusals(others) == 0
    assert locked == [{"accounts": 0, "members": 0, "holds": 0}]
    check_books()


def locked_rows() -> dict[str, int]:
    """How many committed rows others hold a lock on; even the weakest lock is noticed."""
    with transaction.atomic():
        counts = {}
        for name, model in (("accounts", Account), ("members", Member), ("holds", Hold)):
            all_rows = model.objects.count()
            free = len(model.objects.select_for_update(skip_locked=True).values_list("pk"))
            counts[name] = all_rows - free
        return counts


# How many wait for this transaction, or for one that does.
WAITING = """
WITH waits AS (SELECT pid, pg_blocking_pids(pid) AS behind FROM pg_locks WHERE NOT granted),
     first AS (SELECT pid FROM waits WHERE pg_backend_pid() = ANY (behind))
SELECT count(*) FROM waits
 WHERE pg_backend_pid() = ANY (behind) OR behind && ARRAY(SELECT pid FROM first)"""


@pytest.mark.parametrize("what", ["accounts", "holds"])
def test_postings_of_the_same_rows_in_opposite_order_take_turns(open_town: Town, what):
    """While the row in the middle is somebody's, both come as far as they can: then both go on."""
    order = new_id()
    open_town.pay_lines(order, *[yuan(10)] * 3)
    members = sorted((open_town.member(f"m{n}") for n in range(3)), key=lambda one: payable(one).id)
    holds = sorted(queries.parts_of(order))

    def posting(turn: int) -> Callable[[], Any]:
        accounts = [(payable(one), yuan(1)) for one in members[::turn]]
        given = Posting(
            owner=None, kind=TransferKind.RELEASE, key=f"turn {turn}", body={},
            lines=between(debit=gateway_account("sandbox", "CNY"), credits=accounts),
        )  # fmt: skip
        parts = [
            {"id": hold, "released": 0, "refunded": 1, "state": "held"} for hold in holds[::turn]
        ]
        return lambda: post(given, holds=parts if what == "holds" else (), now=open_town.now)

    with ThreadPoolExecutor(1) as beside:
        if what == "holds":  # they shall meet there first
            with transaction.atomic():
                lock_accounts([payable(one) for one in members])
        with transaction.atomic():
            if what == "holds":
                Hold.objects.select_for_update().get(id=holds[1])
            else:
                lock_accounts([payable(members[1])])
            both = beside.submit(at_once, posting(1), posting(-1))
            with connection.cursor() as cursor:
                while cursor.execute(WAITING).fetchone() != (2,):
                    assert not both.done()
            transaction.set_rollback(True)
        assert both.result() == [True, True]
    assert sum(hold.refunded for hold in Hold.objects.all()) == (6 if what == "holds" else 0)


def payable(member: Member) -> AccountRef:
    return AccountRef(AccountKind.PAYABLE, "CNY", holder=member.id)
