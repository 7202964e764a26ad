"""Claims: the worked numbers of docs/algorithms/deposit.md, and two who pay one at once."""

import re
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from goodword.journal import queries as journal
from goodword.kit.ids import new_id
from goodword.kit.money import Money, parse_amount
from goodword.money.banking import claims, deposit, queries, rules
from goodword.money.models import Claim, Transfer
from goodword.money.states import AccountKind, TransferKind
from goodword.notices.models import Notice

from ..town import check_books, yuan
from .houses import ask, euro, iban, sell, stands

DOC = (Path(__file__).parents[4] / "docs/algorithms/deposit.md").read_text()


def rows(width: int) -> list[list[Money]]:
    """The rows of the tables that have so many amounts, of the part about claims."""
    row = re.compile(r"^\| " + r" \| ".join([r"(-?[\d.]+)"] * width) + r" \|$", re.MULTILINE)
    return [[amount(text) for text in found] for found in row.findall(DOC.split("\n## ")[1])]


def amount(text: str) -> Money:
    sign = -1 if text.startswith("-") else 1
    return parse_amount(text.lstrip("-"), "EUR") * sign


def test_the_worked_numbers_hold():
    assert (len(rows(6)), len(rows(7))) == (5, 4)
    for owed, kept, reserve, balance, stays, out in rows(6):
        assert rules.frozen(owed, [kept, reserve]) == stays
        assert max(Money(0, "EUR"), balance - stays) == out
    for owed, kept, reserve, balance, missing, paid, rest in rows(7):
        assert min(owed, rules.within([kept, reserve, balance], [missing])) == paid
        assert owed - paid == rest


def owe(town, sum_, key="k", **values):
    asked = {"kind": "compensation", "state": "frozen", "order": new_id(), "reason": "“Cup”"}
    return claims.claim(
        seller=town.seller.id, buyer=town.buyer.id, amount=sum_, key=key, now=town.now,
        **(asked | values),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_claim_is_made_once_and_lifted_only_while_it_is_frozen(town):
    assert owe(town, euro(50))
    assert not owe(town, euro(60))
    assert Claim.objects.get().amount == 5000
    assert claims.lift(key="k", now=town.now)
    assert not claims.lift(key="k", now=town.now)
    claims.fall_due(key="k", now=town.now)
    assert Claim.objects.get().state == "lifted"
    owe(town, euro(50), "l")
    claims.fall_due(key="l", now=town.now)
    assert not claims.lift(key="l", now=town.now)
    assert [(one.state, one.mine) for one in queries.claims_of(town.buyer.id)] == [
        ("due", False), ("lifted", False),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_a_decision_asks_for_stays_where_it_is(town):
    """In the deposit, and of the balance what the deposit does not provide for."""
    sell(town, euro(100))
    deposit.top_up(seller=town.seller.id, amount=euro(60), key="k", now=town.now)
    assert deposit.free_deposit(town.seller.id) == [euro(60)]
    owe(town, euro(15), "m")
    assert deposit.free_deposit(town.seller.id) == [euro(45)], "what anyone may know of it"
    claims.lift(key="m", now=town.now)
    owe(town, euro(75))
    assert deposit.free_deposit(town.seller.id) == []
    town.now += timedelta(days=40)
    out = {"seller": town.seller.id, "amount": euro(60), "now": town.now}
    with pytest.raises(deposit.StillNeeded, match="decision"):
        deposit.take_out(key="o", **out)
    iban(town.seller)
    assert ask(town).money == euro(25)
    claims.lift(key="k", now=town.now)
    assert deposit.free_deposit(town.seller.id) == [euro(60)]
    deposit.take_out(key="o", **out)
    assert deposit.free_deposit(town.seller.id) == []
    assert ask(town).money == euro(75)
    check_books()


@pytest.mark.django_db
def test_only_what_is_due_is_paid_and_in_its_own_currency(town):
    """What may still be appealed stays hers; her yuan and another's debts hold up no euro."""
    sell(town, euro(100))
    owe(town, euro(30), "appealed")
    owe(town, euro(20), "due", state="due")
    owe(town, yuan(500), "yuan", state="due")
    owe(replace(town, seller=town.member("another_seller")), euro(90), "another", state="due")
    claims.pay_due(seller=town.seller.id, currency="EUR", now=town.now)
    assert stands(AccountKind.PAYABLE, town.buyer) == euro(20)
    owed = Claim.objects.order_by("id").values_list("state", "paid")
    assert list(owed) == [("frozen", 0), ("paid", 2000), ("due", 0), ("due", 0)]
    iban(town.seller)
    assert ask(town).money == euro(50)
    check_books()


@pytest.mark.django_db
def test_both_sides_are_told_and_it_is_written_down(town):
    sell(town, euro(100))
    order = new_id()
    owe(town, euro(30), order=order)
    claims.fall_due(key="k", now=town.now)
    deeds = [deed.verb for deed in journal.story(order)]
    assert deeds == ["money.claimed", "money.compensated"]
    told = Notice.objects.filter(subject=order).values_list("owner", "kind", "facts__reason")
    assert set(told) == {
        (town.buyer.id, "money.compensated", "“Cup”"),
        (town.seller.id, "money.compensation_paid", "“Cup”"),
    }


@pytest.mark.django_db(transaction=True)
def test_two_who_pay_a_claim_at_once_pay_it_once(open_town):
    town = open_town
    sell(town, euro(100))
    deposit.top_up(seller=town.seller.id, amount=euro(60), key="k", now=town.now)
    owe(town, euro(150), state="due")

    def pay():
        try:
            claims.pay_due(seller=town.seller.id, currency="EUR", now=town.now)
        finally:
            connection.close()

    both = [threading.Thread(target=pay) for _one in range(4)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert stands(AccountKind.PAYABLE, town.buyer) == euro(100)
    assert Transfer.objects.filter(kind=TransferKind.COMPENSATE).count() == 1
    assert Claim.objects.get().rest == euro(50)
    check_books()
