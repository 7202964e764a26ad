"""The desk: what waits for an operator, and nobody else sees it."""

import pytest
from django.test import Client

from goodword.kit import clock, desk
from goodword.money.banking import details, payouts, rules
from goodword.money.banking.states import DetailKind
from goodword.money.tests.town import Town, yuan
from goodword.people.actions import issue_token
from goodword.people.models import Member

pytestmark = pytest.mark.django_db


def test_what_waits_stands_first_and_only_operators_see_it():
    town = Town.founded(clock.now())
    client = Client()
    client.force_login(town.seller)
    assert client.get("/desk").status_code == 404
    Member.objects.filter(id=town.seller.id).update(is_operator=True)
    assert "Nothing waits." in client.get("/desk").content.decode()
    town.release(town.pay(yuan(50)).order)
    given = rules.details(
        kind=DetailKind.CARD, holder="林梅", number="6222021001116245702", bank="工商银行"
    )
    details.keep_details(member=town.seller.id, currency="CNY", details=given, now=town.now)
    payouts.ask_payout(seller=town.seller.id, currency="CNY", key="k", now=town.now)
    shown = client.get("/desk").content.decode()
    assert "Nothing waits." not in shown
    _token, secret = issue_token(owner=town.seller, name="t", now=town.now)
    answer = Client().get("/api/v1/desk", headers={"Authorization": f"Bearer {secret}"}).json()
    assert (answer[0]["key"], answer[0]["count"]) == ("payouts", 1)
    assert all(pile["count"] == 0 for pile in answer[1:])


def test_a_list_lies_on_the_desk_once():
    with pytest.raises(ValueError, match="already"):
        desk.register(desk._desks["payouts"])
