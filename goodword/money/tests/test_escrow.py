from datetime import timedelta

import pytest
from django.db import connection

from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import actions, queries
from goodword.money.actions.escrow import AlreadyDecided, NotEnough
from goodword.money.actions.posting import KeyReused, Posting, post
from goodword.money.banking import deposit
from goodword.money.models import Entry, Hold, Transfer
from goodword.money.rules import AccountRef, between
from goodword.money.states import AccountKind, HoldState, PaymentState, TransferKind

from .town import Town, check_books, yuan

pytestmark = pytest.mark.django_db


def paid(town: Town, amount=128) -> object:
    return town.pay(yuan(amount)).order


def test_releasing_gives_the_seller_what_was_held_less_the_fee(town):
    town.fee(5)
    order = paid(town)
    town.release(order)
    assert town.stands(AccountKind.PAYABLE) == Money(12160, "CNY")
    assert town.stands(AccountKind.FEES) == Money(640, "CNY")
    assert queries.held(order) == yuan(0) == town.escrow(order)
    assert Hold.objects.get(order=order).state == HoldState.RELEASED
    check_books()


@pytest.mark.parametrize("percent", [0, 100])
def test_a_fee_of_nothing_or_everything(town, percent):
    town.fee(percent)
    town.release(paid(town, 100))
    assert town.stands(AccountKind.FEES) == yuan(percent)
    assert town.stands(AccountKind.PAYABLE) == yuan(100 - percent)
    check_books()


def test_what_a_seller_has_reaches_for_more_than_it_is_since_the_fee_goes_back_too(town):
    town.fee(5)
    order = paid(town)
    town.release(order)  # 121.60 are hers
    deposit.compensate(
        seller=town.seller.id, buyer=town.buyer.id, order=order, amount=yuan(60), reason="a fake",
        key="k", actor=None, now=town.now,
    )  # fmt: skip
    line = town.line(order, 1)
    for asked, reached in ((6400, 6400), (6490, 6160), (12800, 6160)):
        found = actions.within_reach(order=order, line=line, amount=Money(asked, "CNY"))
        assert found == Money(reached, "CNY"), "60.80 of 64.00 are hers to give"


@pytest.mark.parametrize("verb", ["release", "refund"])
def test_the_same_key_answers_the_same_transfer(town, verb):
    order = paid(town)
    first = getattr(town, verb)(order)
    assert getattr(town, verb)(order) == first
    assert Transfer.objects.filter(kind=verb).count() == 1


def test_a_part_refunded_twice_under_one_key_is_refunded_once(town):
    order = paid(town, 100)
    first = town.refund(order, yuan(60))
    assert town.refund(order, yuan(60)) == first
    assert queries.held(order) == yuan(40)
    check_books()


def test_a_key_is_not_for_another_body(town):
    order = paid(town, 100)
    town.refund(order, yuan(10), key="k")
    with pytest.raises(KeyReused):
        town.refund(order, yuan(20), key="k")
    with pytest.raises(KeyReused):
        town.release(order, key="k")
    assert queries.held(order) == yuan(90)


def test_what_was_released_is_not_refunded_and_the_reverse(town):
    released, refunded = paid(town), paid(town)
    town.release(released)
    town.refund(refunded)
    for verb in (town.release, town.refund):
        for order in (released, refunded):
            with pytest.raises(AlreadyDecided):
                verb(order, key="again")
    check_books()


def test_a_whole_refund_ends_the_payment(town):
    payment = town.pay(yuan(100))
    town.refund(payment.order, yuan(30), key="a")
    assert queries.payment(payment.id).state == PaymentState.CAPTURED
    town.refund(payment.order, key="b")
    assert queries.payment(payment.id).state == PaymentState.REFUNDED
    assert queries.held(payment.order) == yuan(0)


@pytest.mark.parametrize("amount", [Money(0, "CNY"), Money(-1, "CNY"), Money(1, "EUR")])
def test_an_amount_that_cannot_be_refunded(town, amount):
    order = paid(town)
    with pytest.raises(Invalid):
        town.refund(order, amount)


def test_no_more_is_refunded_than_is_held(town):
    order = paid(town, 100)
    with pytest.raises(NotEnough, match=r"Only .*100\.00 can be refunded"):
        town.refund(order, Money(10001, "CNY"))


@pytest.mark.parametrize("verb", ["release", "refund"])
def test_nothing_is_decided_about_an_order_that_was_not_paid(town, verb):
    with pytest.raises(NotFound):
        getattr(town, verb)(town.start(yuan(100)).order)


def test_taking_back_corrects_the_release(town):
    order = paid(town, 100)
    release = town.release(order)
    town.take_back(order, yuan(30))
    undo = Transfer.objects.get(kind=TransferKind.TAKE_BACK)
    assert (undo.corrects, undo.reason) == (release, "it broke")
    hold = Hold.objects.get(order=order)
    assert (hold.state, hold.released, hold.refunded) == ("released", 7000, 3000)
    check_books()


def test_taking_everything_back_ends_the_payment(town):
    payment = town.pay(yuan(100))
    town.release(payment.order)
    town.take_back(payment.order, yuan(40), key="a")
    town.take_back(payment.order, yuan(60), key="b")
    assert queries.payment(payment.id).state == PaymentState.REFUNDED
    with pytest.raises(NotEnough):
        town.take_back(payment.order, Money(1, "CNY"), key="c")
    check_books()


def test_taking_back_twice_under_one_key_takes_once(town):
    order = paid(town, 100)
    town.release(order)
    assert town.take_back(order, yuan(30)) == town.take_back(order, yuan(30))
    assert town.stands(AccountKind.PAYABLE) == yuan(70)


def test_what_is_taken_back_leaves_the_day_of_the_release(town):
    order = paid(town, 100)
    town.release(order)
    town.now += timedelta(days=3)
    town.take_back(order, yuan(30))
    hold = Hold.objects.get(order=order)
    assert hold.resolved_at == town.now - timedelta(days=3)
    assert (hold.released, hold.refunded) == (7000, 3000)


def test_nothing_is_taken_back_before_it_was_released(town):
    with pytest.raises(Conflict):
        town.take_back(paid(town), yuan(1))


def test_a_seller_never_goes_below_zero(town):
    order = paid(town, 100)
    town.release(order)
    spend(town, yuan(80))
    with pytest.raises(NotEnough, match="does not cover"):
        town.take_back(order, yuan(21))
    town.take_back(order, yuan(20))
    assert town.stands(AccountKind.PAYABLE) == yuan(0)
    check_books()


def spend(town: Town, amount: Money) -> None:
    """As a payout would."""
    payable, payout = (
        AccountRef(kind, amount.currency, holder=town.seller.id)
        for kind in (AccountKind.PAYABLE, AccountKind.PAYOUT)
    )
    posting = Posting(
        owner=town.seller.id, kind=TransferKind.RELEASE, key="payout", body={},
        lines=between(debit=payable, credits=[(payout, amount)]),
    )  # fmt: skip
    assert post(posting, now=town.now)


def test_a_seller_sees_what_is_hers_what_is_held_and_what_is_on_its_way(town):
    town.fee(10)
    town.release(paid(town, 100))
    paid(town, 50)
    town.refund(paid(town, 40), yuan(15))
    town.pay(yuan(7, "EUR"))
    spend(town, yuan(30))
    euros, yuans = sorted(
        queries.seller_balance(town.seller.id), key=lambda line: line.currency, reverse=True
    )
    assert (yuans.posted, yuans.pending, yuans.reserve) == (yuan(90), yuan(30), yuan(0))
    assert yuans.available == yuans.posted - yuans.pending - yuans.reserve == yuan(60)
    assert yuans.held == yuan(50 + 25)
    assert (euros.available, euros.held) == (Money(0, "EUR"), yuan(7, "EUR"))
    assert queries.seller_balance(town.buyer.id) == []


def test_currencies_are_never_mixed(town):
    town.fee(5)
    for currency in ("CNY", "EUR", "JPY"):
        order = town.pay(Money(999, currency)).order
        town.release(order)
    assert [line.currency for line in queries.trial_balance()] == ["CNY", "EUR", "JPY"]
    for currency in ("CNY", "EUR", "JPY"):
        assert town.stands(AccountKind.FEES, currency) == Money(50, currency)
    check_books()


def test_the_books_say_what_stands_where(town):
    town.fee(5)
    town.release(paid(town, 100))
    paid(town, 60)
    assert [(line.kind, *line.amounts) for line in queries.books()] == [
        (AccountKind.GATEWAY, yuan(160)),
        (AccountKind.ESCROW, yuan(60)),
        (AccountKind.PAYABLE, yuan(95)),
        (AccountKind.FEES, yuan(5)),
    ]


def test_an_account_that_never_took_an_entry_is_empty(town):
    assert town.stands(AccountKind.PAYABLE) == yuan(0)
    assert queries.held(new_id()) is None


def test_only_the_two_parties_read_an_orders_trail(town):
    order = paid(town)
    for party in (town.buyer, town.seller):
        assert len(queries.trail_of(party.id, order)) == 1
    with pytest.raises(NotFound):
        queries.trail_of(town.member("stranger").id, order)


def test_every_entry_names_the_owner_of_its_transfer(town):
    town.release(paid(town))
    assert set(Entry.objects.values_list("owner", flat=True)) == {town.buyer.id}


def test_an_expired_order_that_was_never_paid_holds_nothing(town):
    order = town.start(yuan(100)).order
    actions.expire_payment(order=order, now=town.now)
    with pytest.raises(NotFound):
        town.release(order)


def test_a_release_reads_its_own_hold_however_many_there_are(town):
    """A session keeps the plan of the posting function, made while there were few."""
    read = []

    def posting(execute, sql, *rest):
        if "money_post" not in sql:  # what asks for holds in other ways is planned each for itself
            return execute(sql, *rest)
        before = holds_read()
        answer = execute(sql, *rest)
        read.append(holds_read() - before)
        return answer

    orders = [paid(town, 10) for _ in range(40)]
    with connection.execute_wrapper(posting):
        town.release(orders[0])
        town.release(orders[-1])
    first, last = read
    assert first == last < len(orders) / 2


def holds_read() -> int:
    """Rows of the holds that this transaction has looked at."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT pg_stat_get_xact_tuples_returned('money_hold'::regclass)
                    + sum(pg_stat_get_xact_tuples_returned(indexrelid))
                 FROM pg_index WHERE indrelid = 'money_hold'::regclass"""
        )
        return int(cursor.fetchone()[0])


def test_of_lines_that_are_named_each_must_still_be_held(town):
    order = new_id()
    town.pay_lines(order, yuan(60), yuan(40))
    both = [town.line(order, 1), town.line(order, 2)]
    town.release(order, line=1)
    for verb, asked in (
        (actions.release, {"lines": both}),
        (actions.refund, {"parts": {line: yuan(1) for line in both}, "reason": "late"}),
    ):
        with pytest.raises(AlreadyDecided):
            verb(order=order, key="both", now=town.now, **asked)
    assert queries.held(order) == yuan(40)
    check_books()


def test_each_line_bears_its_own_share_of_the_fee(town):
    """5 % of 100.01 yuan is 5.00, cut by the largest remainder: 1.67, 1.67 and 1.66."""
    town.fee(5)
    order = new_id()
    town.pay_lines(order, Money(3334, "CNY"), Money(3334, "CNY"), Money(3333, "CNY"))
    fees = Hold.objects.filter(order=order).order_by("id").values_list("fee", flat=True)
    assert sorted(fees) == [166, 167, 167]
    town.refund(order, line=1)
    town.release(order, line=2)
    assert town.stands(AccountKind.FEES).minor == fees[1]
    check_books()


def test_a_seller_gives_back_of_her_balance_then_her_reserve_then_her_deposit(town):
    order = paid(town, 100)
    town.release(order)

    def account(kind):
        return AccountRef(kind, "CNY", holder=town.seller.id)

    kinds = (AccountKind.PAYABLE, AccountKind.RESERVE, AccountKind.DEPOSIT)
    put_aside = [(account(kind), yuan(30)) for kind in kinds[1:]]
    lines = between(debit=account(AccountKind.PAYABLE), credits=put_aside)
    asked = {"owner": town.seller.id, "kind": TransferKind.KEPT, "key": "aside", "body": {}}
    post(Posting(lines=lines, **asked), now=town.now)
    for back, left in ((30, [10, 30, 30]), (30, [0, 10, 30]), (30, [0, 0, 10])):
        town.take_back(order, yuan(back), key=f"left {left}")
        assert [queries.balance(account(kind)) for kind in kinds] == [yuan(sum_) for sum_ in left]
    check_books()


def test_what_is_sold_in_a_year_ends_where_the_next_begins(town):
    town.release(paid(town, 100))
    moment = timedelta(microseconds=1)
    for since, until, sold in (
        (town.now, town.now + moment, {"CNY": yuan(100)}),
        (town.now - moment, town.now, {}),
        (town.now + moment, town.now + timedelta(days=365), {}),
    ):
        assert queries.released_in(town.seller.id, since, until) == sold
