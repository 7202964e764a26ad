"""A payout from the wish to the bank's word, and the ways it ends otherwise."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from goodword.journal import queries as journal
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.money import actions
from goodword.money.actions.escrow import NotEnough
from goodword.money.actions.posting import KeyReused
from goodword.money.banking import details, payouts, reserve, rules
from goodword.money.banking.states import DetailKind, PayoutState
from goodword.money.leaving import owed
from goodword.money.models import BankDetails, Payout
from goodword.money.queries import seller_balance
from goodword.money.states import AccountKind
from goodword.notices import queries as notices
from goodword.notices.models import Notice
from goodword.people.models import Member

from ..town import check_books, yuan
from .houses import CARD, IBAN, ask, euro, house_account, iban, operator, rule, sell, stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(town):
    """A seller with 100 euros on her balance and an account at a bank."""
    sell(town, euro(100))
    iban(town.seller)
    return town


def test_what_is_asked_for_is_frozen_at_once(rich):
    payout = ask(rich, euro(60))
    assert payout.state == PayoutState.ASKED
    (line,) = seller_balance(rich.seller.id)
    assert (line.available, line.pending, line.posted) == (euro(40), euro(60), euro(100))
    with pytest.raises(NotEnough, match=r"40\.00"):
        ask(rich, euro(41))
    check_books()


def test_all_of_it_is_what_is_available(rich):
    assert ask(rich).money == euro(100)
    with pytest.raises(NotEnough):
        ask(rich)


def test_whoever_it_concerns_is_told_and_it_is_written_down(rich):
    by, seller = operator(rich).id, rich.seller.id
    payout = ask(rich, euro(60))
    hand = {"payout": payout.id, "operator": by, "now": rich.now}
    payouts.confirm_payout(reference="B-1", **hand)
    payouts.return_payout(reason="account closed", **hand)
    told = Notice.objects.filter(subject=payout.id).order_by("id")
    assert [(one.owner, one.kind, one.facts["reason"]) for one in told] == [
        (by, "money.payout_to_send", ""),
        (seller, "money.payout_paid", ""),
        (seller, "money.payout_returned", "account closed"),
    ]
    assert [(deed.verb, deed.actor) for deed in journal.story(payout.id)] == [
        ("money.payout_asked", seller), ("money.payout_paid", by), ("money.payout_returned", by),
    ]  # fmt: skip


def test_the_same_key_is_the_same_payout(rich):
    first = ask(rich, euro(60), key="k")
    assert ask(rich, euro(60), key="k").id == first.id
    assert stands(AccountKind.PAYOUT, rich.seller) == euro(60)
    with pytest.raises(KeyReused):
        ask(rich, euro(50), key="k")


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_and_less_are_refused(rich, amount):
    with pytest.raises(Invalid):
        ask(rich, euro(amount))


def test_without_an_account_at_a_bank_nothing_is_frozen(town):
    sell(town, euro(100))
    with pytest.raises(payouts.NoDetails):
        ask(town)
    assert stands(AccountKind.PAYABLE, town.seller) == euro(100)


def test_a_balance_below_zero_is_filled_first(rich):
    """The negative-balance rule: new sales make good what is owed before anything is paid out."""
    payout = ask(rich)
    payouts.confirm_payout(payout=payout.id, operator=None, reference="B-1", now=rich.now)
    below(rich, euro(30))
    with pytest.raises(NotEnough, match=r"0\.00"):
        ask(rich)
    sell(rich, euro(20))
    with pytest.raises(NotEnough):
        ask(rich)
    sell(rich, euro(20))
    assert ask(rich).money == euro(10)
    check_books()


def below(town, amount):
    from goodword.money import rules as ledger
    from goodword.money.actions.posting import Posting, post
    from goodword.money.banking.reserve import payable
    from goodword.money.states import TransferKind

    lines = ledger.between(
        debit=payable(town.seller.id, "EUR"), credits=[(payable(town.buyer.id, "EUR"), amount)]
    )
    post(Posting(town.seller.id, TransferKind.COMPENSATE, "below", {}, lines), now=town.now)


def test_paid_out_it_leaves_the_books(rich):
    payout = ask(rich, euro(60))
    by = operator(rich)
    payouts.confirm_payout(payout=payout.id, operator=by.id, reference=" B-1 ", now=rich.now)
    assert stands(AccountKind.PAYOUT, rich.seller) == euro(0)
    assert stands(AccountKind.GATEWAY) == euro(-60)
    assert Payout.objects.get().reference == "B-1"
    with pytest.raises(payouts.NotNow):
        payouts.confirm_payout(payout=payout.id, operator=by.id, reference="B-1", now=rich.now)
    check_books()


@pytest.mark.parametrize("left", [False, True])
def test_what_comes_back_is_on_the_balance_again(rich, left):
    payout = ask(rich, euro(60))
    by = operator(rich).id
    if left:
        payouts.confirm_payout(payout=payout.id, operator=by, reference="B-1", now=rich.now)
    payouts.return_payout(payout=payout.id, operator=by, reason="account closed", now=rich.now)
    assert stands(AccountKind.PAYABLE, rich.seller) == euro(100)
    assert stands(AccountKind.PAYOUT, rich.seller) == stands(AccountKind.GATEWAY) == euro(0)
    with pytest.raises(payouts.NotNow):
        payouts.return_payout(payout=payout.id, operator=by, reason="again", now=rich.now)
    check_books()


def test_it_can_be_called_off_by_its_owner_until_it_is_sent(rich):
    payout = ask(rich, euro(60))
    with pytest.raises(NotFound):
        payouts.cancel_payout(viewer=rich.buyer.id, payout=payout.id, now=rich.now)
    payouts.cancel_payout(viewer=rich.seller.id, payout=payout.id, now=rich.now)
    assert stands(AccountKind.PAYABLE, rich.seller) == euro(100)
    with pytest.raises(Conflict):
        payouts.cancel_payout(viewer=rich.seller.id, payout=payout.id, now=rich.now)


def test_a_payout_moves_only_along_its_table(rich):
    ask(rich, euro(60))
    for change in ("state = 'asked', amount = 1", "seller_id = id", "state = 'made_up'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE money_payout SET {change}")


def test_the_reserve_follows_the_sales_of_the_last_time(town):
    sell(town, euro(100))
    iban(town.seller)
    town.now += timedelta(days=1)
    rule(town, "reserve_percent", 10)
    town.now += timedelta(days=1)
    sell(town, euro(50))
    # 10 % of what was sold since the rule began; what was sold before it is free.
    payout = ask(town)
    assert payout.money == euro(145)
    assert stands(AccountKind.RESERVE, town.seller) == euro(5)
    town.now += timedelta(days=20)
    reserve.settle_reserve(seller=town.seller.id, currency="EUR", now=town.now)
    assert stands(AccountKind.RESERVE, town.seller) == euro(5)
    town.now += timedelta(days=11)
    town.work()
    assert reserve.sellers(town.now) == [(town.seller.id, "EUR")]
    reserve.settle_reserve(seller=town.seller.id, currency="EUR", now=town.now)
    assert stands(AccountKind.RESERVE, town.seller) == euro(0)
    assert stands(AccountKind.PAYABLE, town.seller) == euro(5)
    check_books()


def test_each_sale_is_reserved_by_the_rule_of_its_day(town):
    for percent in (10, 30):
        rule(town, "reserve_percent", percent)
        sell(town, euro(100))
        town.now += timedelta(days=1)
    reserve.settle_reserve(seller=town.seller.id, currency="EUR", now=town.now)
    assert stands(AccountKind.RESERVE, town.seller) == euro(10 + 30)


def test_each_sale_is_kept_back_as_long_as_the_rule_of_its_day_says(town):
    def kept(after):
        now = start + timedelta(days=after)
        reserve.settle_reserve(seller=town.seller.id, currency="EUR", now=now)
        return stands(AccountKind.RESERVE, town.seller)

    start = town.now
    rule(town, "reserve_percent", 10)
    sell(town, euro(100))
    town.now += timedelta(days=1)
    rule(town, "reserve_for", 5 * 86400)
    sell(town, euro(50))
    town.now += timedelta(days=1)
    rule(town, "reserve_percent", 0)
    sell(town, euro(70))
    # Nothing is in reserve yet, and nothing new will be; what was earned before has to be.
    assert reserve.sellers(town.now) == [(town.seller.id, "EUR")]
    assert [kept(days) for days in (2, 6, 29, 30)] == [euro(15), euro(10), euro(10), euro(0)]
    assert reserve.sellers(town.now + timedelta(days=30)) == [(town.seller.id, "EUR")]  # has one
    check_books()


def test_the_reserve_never_takes_more_than_there_is(town):
    rule(town, "reserve_percent", 10)
    sell(town, euro(100))
    below(town, euro(95))
    assert reserve.settle_reserve(seller=town.seller.id, currency="EUR", now=town.now) == euro(0)
    assert stands(AccountKind.RESERVE, town.seller) == euro(5)


def test_what_was_taken_back_out_of_the_reserve_is_earned_no_more(town):
    """The balance gives first, then the reserve: both were the sale's."""
    rule(town, "reserve_percent", 50)
    sold = town.pay(euro(100))
    town.release(sold.order)
    iban(town.seller)
    assert ask(town).money == euro(50)
    actions.take_back(
        order=sold.order, amount=euro(30), reason="faulty", key="k", now=town.now
    )  # of the reserve, since the balance is paid out
    sell(town, euro(100))
    reserve.settle_reserve(seller=town.seller.id, currency="EUR", now=town.now)
    assert stands(AccountKind.RESERVE, town.seller) == euro(85)  # half of 70 and 100
    check_books()


def test_by_the_houses_rule_payouts_begin_by_themselves(rich):
    assert payouts.due(rich.now) == []
    rule(rich, "payout_every", 7 * 86400)
    assert payouts.due(rich.now) == [(rich.seller.id, "EUR")]
    begin = {"seller": rich.seller.id, "currency": "EUR"}
    payout = payouts.begin_payout(**begin, now=rich.now)
    assert payout.money == euro(100)
    assert payouts.begin_payout(**begin, now=rich.now) is None
    payouts.confirm_payout(payout=payout.id, operator=None, reference="B", now=rich.now)
    rich.now += timedelta(days=6)
    assert payouts.due(rich.now) == []
    rich.now += timedelta(days=1)
    assert payouts.due(rich.now) == [(rich.seller.id, "EUR")]
    sell(rich, euro(50))
    waiting = payouts.begin_payout(**begin, now=rich.now)
    rich.now += timedelta(days=8)
    assert payouts.due(rich.now) == [], "one is on its way still"
    iban(rich.seller, currency="GBP")
    assert payouts.due(rich.now) == [(rich.seller.id, "GBP")], "nothing is, in this currency"
    BankDetails.objects.filter(currency="GBP").delete()
    payouts.return_payout(payout=waiting.id, operator=None, reason="closed", now=rich.now)
    assert payouts.due(rich.now) == [(rich.seller.id, "EUR")]


def test_several_currencies_do_not_mix(rich):
    sell(rich, yuan(500))
    given = rules.details(
        kind=DetailKind.CARD, holder="林梅", number=CARD, bank="工商银行 浦东支行"
    )
    details.keep_details(member=rich.seller.id, currency="CNY", details=given, now=rich.now)
    assert ask(rich).money == euro(100)
    assert ask(rich, currency="CNY").money == yuan(500)
    check_books()


def test_whoever_was_paid_out_owes_and_is_owed_nothing(rich):
    assert owed(rich.seller.id) == [euro(100)]
    payout = ask(rich)
    assert owed(rich.seller.id) == [euro(100)]
    payouts.confirm_payout(payout=payout.id, operator=None, reference="B", now=rich.now)
    assert owed(rich.seller.id) == []


def test_the_database_alone_tells_no_account(rich):
    payout = ask(rich)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(d)::text || to_jsonb(p)::text FROM money_bankdetails d, money_payout p"
        )
        (stored,) = cursor.fetchone()
    assert IBAN not in stored
    assert "Lin" not in stored
    assert details.opened(payout.kind, payout.sealed).number == IBAN
    details.drop_details(member=rich.seller.id, currency="EUR", now=rich.now)
    assert not BankDetails.objects.exists()
    assert details.opened(payout.kind, payout.sealed).number == IBAN


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": "NL91ABNA0417164301"}, "number"),
        ({"number": "hello"}, "number"),
        ({"holder": "林梅"}, "holder"),
        ({"holder": " "}, "holder"),
        ({"bic": "NOPE"}, "bic"),
        ({"kind": DetailKind.CARD, "number": "6222021001116245705", "bank": "ICBC"}, "number"),
        ({"kind": DetailKind.CARD, "number": CARD}, "bank"),
    ],
)
def test_what_no_bank_would_take_is_refused(given, field):
    values = {"kind": DetailKind.IBAN, "holder": "Lin Mei", "number": IBAN} | given
    with pytest.raises(Invalid) as refused:
        rules.details(**values)
    assert list(refused.value.fields) == [field]


@pytest.mark.django_db(transaction=True)
def test_two_payouts_at_once_never_overdraw(open_town):
    sell(open_town, euro(100))
    iban(open_town.seller)
    start = threading.Barrier(6)
    got, refused = [], []

    def once(number: int) -> None:
        try:
            start.wait()
            got.append(ask(open_town, euro(40), key=f"k{number}").money)
        except NotEnough:
            refused.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=once, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (got, len(refused)) == ([euro(40), euro(40)], 4)
    assert stands(AccountKind.PAYABLE, open_town.seller) == euro(20)
    check_books()


@pytest.mark.django_db(transaction=True)
def test_a_payout_and_a_refund_at_once_never_overdraw(open_town):
    order = open_town.pay(euro(100)).order
    open_town.release(order)
    iban(open_town.seller)
    start = threading.Barrier(2)
    done, refused = [], []

    def run(act) -> None:
        try:
            start.wait()
            done.append(act())
        except NotEnough:
            refused.append(act)
        finally:
            connection.close()

    acts = [
        lambda: ask(open_town, euro(100)),
        lambda: actions.take_back(
            order=order, amount=euro(100), reason="broken", key="b", now=open_town.now
        ),
    ]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(refused)) == (1, 1)
    assert stands(AccountKind.PAYABLE, open_town.seller) == euro(0)
    check_books()


def test_a_change_of_account_is_told_to_whom_it_would_hurt(rich):
    """A stolen session must not send her money elsewhere unseen, nor an operator the buyers'."""
    iban(rich.seller, number="DE89370400440532013000")
    other = rich.member("second-desk")
    Member.objects.filter(id=other.id).update(is_operator=True)
    house_account(rich)
    assert any("ending in 3000" in one for one in told(rich.seller))
    assert any("house’s account in EUR" in one for one in told(other))
    assert not any("house’s account" in one for one in told(operator(rich)))


def told(member):
    with translation.override("en"):
        return [str(line.sentence) for line in notices.notices(member.id)]
