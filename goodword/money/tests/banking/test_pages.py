"""The doors: a member's payouts, and the operators' side of the bank."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodword.money.banking.states import PayoutState
from goodword.money.models import BankDetails, HouseAccount, Payout
from goodword.people.actions import issue_token
from goodword.people.models import Claim, Member

from ..bank.papers import HOUSE, camt, entry
from .houses import IBAN, ask, euro, house_account, iban, left, operator, sell

pytestmark = pytest.mark.django_db
PASSWORD = "a long way round the lake"
ACCOUNT = {
    "currency": "eur", "kind": "iban", "holder": "Lin Mei", "number": "nl91 abna 0417 1643 00",
    "bank": "", "bic": "",
}  # fmt: skip


def browser(member: Member, *, proved: bool = True) -> Client:
    client = Client()
    client.force_login(member)
    if proved:
        member.set_password(PASSWORD)
        member.save()
        handle = f"handle:{member.handle}"
        Claim.objects.get_or_create(value=handle, member=member, claimed_at=member.joined_at)
        client.force_login(member)
        client.post("/account/reauthenticate/?next=/me/settings", {"password": PASSWORD})
    return client


def program(member: Member) -> Client:
    _token, secret = issue_token(owner=member, name="test", now=member.joined_at)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("statement.xml", data)}


def test_a_member_says_where_her_money_goes_and_has_it_paid_out(town):
    sell(town, euro(100))
    me = browser(town.seller)
    assert "My account at a bank" in me.get("/money/payouts").content.decode()
    wrong = me.post("/money/bank-details", ACCOUNT | {"number": "NL00"})
    assert wrong.status_code == 422
    assert "a digit is wrong" in wrong.content.decode()
    assert me.post("/money/bank-details", ACCOUNT).status_code == 302
    shown = me.get("/money/payouts").content.decode()
    assert "ending in 4300" in shown
    assert IBAN not in shown
    too_much = me.post("/money/payouts", {"currency": "EUR", "amount": "100.01", "key": "k"})
    assert too_much.status_code == 422
    assert "Ask for that or less" in too_much.content.decode()
    for _twice in range(2):
        asked = me.post("/money/payouts", {"currency": "EUR", "amount": "60", "key": "k"})
        assert asked.status_code == 302
    payout = Payout.objects.get()
    assert payout.money == euro(60)
    assert browser(town.buyer).post(f"/money/payouts/{payout.id}/cancel").status_code == 404
    assert me.post(f"/money/payouts/{payout.id}/cancel").status_code == 302
    payout.refresh_from_db()
    assert payout.state == PayoutState.CANCELLED
    me.post("/money/bank-details/drop", {"currency": "EUR"})
    assert not BankDetails.objects.exists()
    for verb in ("", "/withdrawals"):
        form = {"currency": "EUR", "amount": "1000", "key": f"d{verb}"}
        refused = me.post(f"/money/deposit{verb}", form)
        assert refused.status_code in (409, 422)
        page = refused.content.decode()
        assert "notice--bad" in page, "said where it was asked"
        assert "Yours to have paid out" in page


def test_whoever_finds_an_open_browser_cannot_redirect_the_money(town):
    stale = browser(town.seller, proved=False)
    assert "reauthenticate" in stale.post("/money/bank-details", ACCOUNT)["Location"]
    assert not BankDetails.objects.exists()
    by = operator(town)
    house = {"currency": "EUR", "holder": "Mallory", "number": IBAN}
    answer = browser(by, proved=False).post("/money/bank/account", house)
    assert "reauthenticate" in answer["Location"]
    assert not HouseAccount.objects.exists()


def test_the_operator_sends_and_takes_in(town):
    by = browser(operator(town))
    house = {"currency": "EUR", "holder": "Goodword", "number": HOUSE, "bic": "", "bank": ""}
    assert by.post("/money/bank/account", house).status_code == 302
    assert "name bank in GOODWORD_PAY_WITH" in by.get("/money/bank").content.decode()
    sell(town, euro(100))
    iban(town.seller)
    payout = ask(town, euro(60))
    assert "1 payout waits" in by.get("/money/bank").content.decode()
    assert by.post("/money/bank/files", {"currency": "EUR"}).status_code == 302
    again = by.post("/money/bank/files", {"currency": "EUR"})
    assert (again.status_code, "Take in a bank statement" in again.content.decode()) == (409, True)
    payout.refresh_from_db()
    file = by.get(f"/money/bank/files/{payout.file_id}")
    assert payout.number.encode() in file.content
    assert "attachment" in file["Content-Disposition"]
    broken = by.post("/money/bank/statements", upload(b"hello"))
    assert (broken.status_code, "camt.053" in broken.content.decode()) == (422, True)
    data = camt(left(payout), entry("5.00", id="X"), opening="500.00", closing="445.00")
    assert by.post("/money/bank/statements", upload(data)).status_code == 302
    shown = by.get("/money/bank").content.decode()
    assert "Lines to explain" in shown
    payout.refresh_from_db()
    assert payout.state == PayoutState.PAID
    line = shown.split("/money/bank/lines/")[1].split('"')[0]
    assert by.post(f"/money/bank/lines/{line}", {"what": "nonsense"}).status_code == 422
    assert by.post(f"/money/bank/lines/{line}", {"what": "own"}).status_code == 302
    assert "Lines to explain" not in by.get("/money/bank").content.decode()


def test_by_hand_needs_the_banks_number_and_a_reason(town):
    sell(town, euro(100))
    iban(town.seller)
    payout = ask(town)
    by = browser(operator(town))
    assert by.post(f"/money/payouts/{payout.id}/paid", {"reference": " "}).status_code == 422
    assert by.post(f"/money/payouts/{payout.id}/paid", {"reference": "B-9"}).status_code == 302
    assert by.post(f"/money/payouts/{payout.id}/returned", {"reason": ""}).status_code == 422
    returned = by.post(f"/money/payouts/{payout.id}/returned", {"reason": "account closed"})
    assert returned.status_code == 302
    shown = browser(town.seller).get("/money/payouts").content.decode()
    assert "account closed" in shown


def test_programs_do_what_the_pages_do(town):
    house_account(town)
    sell(town, euro(100))
    iban(town.seller)
    me, by = program(town.seller), program(operator(town))
    body = {"amount": {"minor": 6000, "currency": "EUR"}, "key": "k"}
    asked = me.post("/api/v1/money/payouts", body, content_type="application/json")
    assert (asked.status_code, asked.json()["state"]) == (201, "asked")
    id = asked.json()["id"]
    assert me.get("/api/v1/money/payouts").json()[0]["id"] == id
    assert me.get("/api/v1/money/bank-details").json()[0]["hint"] == "4300"
    assert me.get("/api/v1/money/bank").status_code == 404
    made = by.post("/api/v1/money/bank/files", {"currency": "EUR"}, content_type="application/json")
    assert (made.status_code, made.json()["money"]["minor"]) == (201, 6000)
    assert b"pain.001" in by.get(f"/api/v1/money/bank/files/{made.json()['id']}").content
    assert me.delete(f"/api/v1/money/payouts/{id}").status_code == 409
    data = camt(left(Payout.objects.get()), opening="500.00", closing="440.00")
    taken = by.post("/api/v1/money/bank/statements", upload(data))
    assert taken.json() == {"new": 1, "known": 0, "explained": 1, "open": 0}
    shown = by.get("/api/v1/money/bank").json()
    assert (shown["payouts"], shown["stands"][0]["closed"]["minor"]) == ([], 44000)
    back = by.post(
        f"/api/v1/money/payouts/{id}/returned", {"reason": "closed"},
        content_type="application/json",
    )  # fmt: skip
    assert back.status_code == 204
    assert me.delete("/api/v1/money/bank-details/EUR").status_code == 204
