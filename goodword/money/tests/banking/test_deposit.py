"""The deposit: frozen, topped up, given to a buyer, unfrozen; worked numbers of docs/algorithms."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from goodword.kit.errors import Invalid
from goodword.kit.ids import new_id
from goodword.kit.money import Money, parse_amount
from goodword.money.actions.escrow import NotEnough
from goodword.money.actions.posting import KeyReused
from goodword.money.banking import deposit
from goodword.money.banking.rules import cover
from goodword.money.models import Transfer
from goodword.money.queries.payments import trail
from goodword.money.states import AccountKind, TransferKind

from ..town import check_books
from .houses import ask, euro, iban, rule, sell, stands

DOC = (Path(__file__).parents[4] / "docs/algorithms/deposit.md").read_text()
ROW = re.compile(r"^\| " + r" \| ".join([r"(-?[\d.]+|refused)"] * 7) + r" \|$", re.MULTILINE)


def amount(text: str) -> Money:
    sign = -1 if text.startswith("-") else 1
    return parse_amount(text.lstrip("-"), "EUR") * sign


def test_the_worked_numbers_hold():
    rows = ROW.findall(DOC.split("\n## ")[0])
    assert len(rows) == 5
    for asked, *stood, a, b, c in rows:
        given = [amount(text) for text in stood]
        below_zero = a != "refused"
        parts = cover(amount(asked), given, below_zero=below_zero)
        assert parts == (None if a == "refused" else [amount(text) for text in (a, b, c)])


@pytest.fixture
def rich(town):
    sell(town, euro(100))
    return town


def give(town, sum_, **asked):
    values = {"order": new_id(), "reason": "a fake", "key": "k", "actor": None, "now": town.now}
    return deposit.compensate(
        seller=town.seller.id, buyer=town.buyer.id, amount=sum_, **(values | asked)
    )


@pytest.mark.django_db
def test_topping_up_freezes_a_part_of_the_balance(rich):
    top = {"seller": rich.seller.id, "now": rich.now}
    first = deposit.top_up(amount=euro(60), key="k", **top)
    assert deposit.top_up(amount=euro(60), key="k", **top) == first
    with pytest.raises(KeyReused):
        deposit.top_up(amount=euro(1), key="k", **top)
    with pytest.raises(NotEnough):
        deposit.top_up(amount=euro(41), key="l", **top)
    with pytest.raises(Invalid):
        deposit.top_up(amount=euro(0), key="m", **top)
    assert stands(AccountKind.DEPOSIT, rich.seller) == euro(60)
    iban(rich.seller)
    assert ask(rich).money == euro(40)
    check_books()


@pytest.mark.django_db
def test_it_can_be_taken_out_once_nobody_may_need_it(rich):
    deposit.top_up(seller=rich.seller.id, amount=euro(60), key="k", now=rich.now)
    out = {"seller": rich.seller.id, "amount": euro(60), "key": "o"}
    with pytest.raises(deposit.StillNeeded, match="30 days"):
        deposit.take_out(**out, now=rich.now)
    rich.now += timedelta(days=31)
    order = rich.pay(euro(5)).order
    with pytest.raises(deposit.StillNeeded, match="not settled"):
        deposit.take_out(**out, now=rich.now)
    rich.refund(order)
    another = replace(
        rich, seller=rich.member("another_seller")
    )  # whose sales are no matter of hers
    sell(another, euro(5))
    another.pay(euro(5))
    moved = deposit.take_out(**out, now=rich.now)
    assert deposit.take_out(**out, now=rich.now) == moved
    assert stands(AccountKind.DEPOSIT, rich.seller) == euro(0)
    with pytest.raises(NotEnough):
        deposit.take_out(**(out | {"key": "p"}), now=rich.now)
    check_books()


@pytest.mark.django_db
def test_it_rests_as_long_as_was_said_when_each_sale_was_settled(rich):
    deposit.top_up(seller=rich.seller.id, amount=euro(60), key="k", now=rich.now)
    out = {"seller": rich.seller.id, "amount": euro(20)}
    day = timedelta(days=1)
    rich.now += day
    rule(rich, "deposit_rests", 10 * 86400)
    sell(rich, euro(5))
    with pytest.raises(deposit.StillNeeded, match="30 days after a sale"):
        deposit.take_out(**out, key="at once", now=rich.now)
    with pytest.raises(deposit.StillNeeded, match="30 days after a sale"):
        deposit.take_out(**out, key="early", now=rich.now + 29 * day - timedelta(seconds=1))
    deposit.take_out(**out, key="then", now=rich.now + 29 * day)
    rich.now += 29 * day
    rule(rich, "deposit_rests", 90 * 86400)
    deposit.take_out(**out, key="though it is longer now", now=rich.now)
    sell(rich, euro(5))
    with pytest.raises(deposit.StillNeeded, match="90 days after a sale"):
        deposit.take_out(**out, key="late", now=rich.now + 89 * day)
    deposit.take_out(**out, key="at last", now=rich.now + 90 * day)


@pytest.mark.django_db
def test_a_buyer_is_compensated_from_the_deposit_first(rich):
    deposit.top_up(seller=rich.seller.id, amount=euro(60), key="k", now=rich.now)
    first = give(rich, euro(50))
    assert give(rich, euro(50), order=Transfer.objects.get(id=first).order) == first
    assert stands(AccountKind.DEPOSIT, rich.seller) == euro(10)
    assert stands(AccountKind.PAYABLE, rich.seller) == euro(40)
    assert stands(AccountKind.PAYABLE, rich.buyer) == euro(50)
    check_books()


@pytest.mark.django_db
def test_then_from_the_reserve_and_last_from_the_balance(rich):
    rule(rich, "reserve_percent", 30)
    deposit.top_up(seller=rich.seller.id, amount=euro(60), key="k", now=rich.now)
    kinds = (AccountKind.DEPOSIT, AccountKind.RESERVE, AccountKind.PAYABLE)
    for given, left in ((50, (10, 30, 10)), (25, (0, 15, 10)), (20, (0, 0, 5))):
        give(rich, euro(given), key=str(given))
        assert [stands(kind, rich.seller) for kind in kinds] == [euro(sum_) for sum_ in left]


@pytest.mark.django_db
def test_the_buyer_reads_one_sum_and_not_of_which_accounts_it_came(rich):
    deposit.top_up(seller=rich.seller.id, amount=euro(60), key="k", now=rich.now)
    order = Transfer.objects.get(id=give(rich, euro(80))).order
    (moved,) = [one.amount for one in trail(order, for_buyer=True)]
    assert moved == euro(80)
    assert [one.amount for one in trail(order)] == [euro(60), euro(20)]  # as its seller reads it


@pytest.mark.django_db
def test_what_is_missing_leaves_the_balance_below_zero_or_is_refused(rich):
    deposit.top_up(seller=rich.seller.id, amount=euro(60), key="k", now=rich.now)
    with pytest.raises(NotEnough, match=r"150\.00"):
        give(rich, euro(150), below_zero=False)
    assert not Transfer.objects.filter(kind=TransferKind.COMPENSATE).exists()
    give(rich, euro(150))
    assert stands(AccountKind.DEPOSIT, rich.seller) == euro(0)
    assert stands(AccountKind.PAYABLE, rich.seller) == euro(-50)
    iban(rich.seller)
    sell(rich, euro(50))
    with pytest.raises(NotEnough):
        ask(rich)
    check_books()
