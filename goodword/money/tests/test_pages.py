import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import actions, queries
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.states import AnswerKind, PaymentState
from goodword.people.actions import issue_token
from goodword.people.models import Member

from .town import Town, yuan

pytestmark = pytest.mark.django_db


def browser(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def ask(member: Member, path: str):
    _token, secret = issue_token(owner=member, name="test", now=member.joined_at)
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().get(f"/api/v1{path}", headers=headers)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_a_seller_sees_what_is_hers_and_what_is_held(town):
    town.fee(5)
    town.release(town.pay(yuan(100)).order)
    town.pay(Money(3210, "CNY"))
    shown = page(browser(town.seller), "/money")
    assert "95.00" in shown
    assert "32.10" in shown


def test_a_seller_sees_what_went_back(town):
    order = town.pay(yuan(100)).order
    town.refund(order, yuan(30))
    shown = page(browser(town.seller), "/money?show=sold")
    assert "30.00 went back to the buyer" in shown


def test_a_buyer_sees_her_payments(town):
    town.pay(yuan(100), method="declined")
    town.pay(Money(4567, "CNY"))
    shown = page(browser(town.buyer), "/money")
    town.release(town.pay(Money(7654, "CNY")).order)
    assert "45.67" in shown
    assert "Declined" in shown
    assert "Released to the seller" not in shown
    assert "Released to the seller" in page(browser(town.buyer), "/money")
    assert "Nothing bought yet" in page(browser(town.seller), "/money?show=bought")


def test_nobody_sees_anothers_money(town):
    town.release(town.pay(Money(4567, "CNY")).order)
    stranger = browser(town.member("stranger"))
    assert "45.67" not in page(stranger, "/money?show=sold") + page(stranger, "/money?show=bought")


@pytest.mark.parametrize("show", ["sold", "bought"])
def test_a_long_list_is_cut_in_pages_that_neither_repeat_nor_skip(town, show):
    amounts = [Money(1000 + number, "CNY") for number in range(35)]
    for amount in amounts:
        town.pay(amount)
    client = browser(town.seller if show == "sold" else town.buyer)
    first = page(client, f"/money?show={show}")
    more = first.split("&amp;before=")[1].split('"')[0]
    second = page(client, f"/money?show={show}&before={more}")
    for amount in amounts:
        text = f"{amount.amount:.2f}<"
        assert (first.count(text), second.count(text)) in ((1, 0), (0, 1))


@pytest.mark.parametrize("path", ["/money?show=sold", "/money?show=bought"])
def test_pages_ask_the_same_questions_for_3_rows_and_30(town, path):
    client = browser(town.seller if "sold" in path else town.buyer)
    counts = []
    for rows in (3, 27):
        for _row in range(rows):
            town.pay(yuan(1))
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_books_are_for_operators(town):
    town.fee(5)
    town.release(town.pay(yuan(100)).order)
    assert browser(town.seller).get("/money/books").status_code == 404
    Member.objects.filter(id=town.seller.id).update(is_operator=True)
    shown = page(browser(town.seller), "/money/books")
    for amount in ("200.00", "95.00", "5.00", "0.00"):
        assert amount in shown


def step_up(town: Town, return_url: str = "/rules"):
    started = actions.start_payment(
        order=new_id(), buyer=town.buyer.id, seller=town.seller.id, amount=yuan(100),
        method="step_up", key="k", return_url=return_url, now=town.now,
    )  # fmt: skip
    return actions.send_payment(payment=started.id, now=town.now)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [("confirm", PaymentState.CAPTURED), ("refuse", PaymentState.DECLINED)],
)
def test_the_sandboxes_bank_asks_the_payer_and_sends_her_back(town, decision, expected):
    payment = step_up(town)
    client = browser(town.buyer)
    shown = page(client, f"/money/sandbox/{payment.id}")
    assert "100.00" in shown
    assert "No real money moves" in shown
    with clock.at(town.now):
        answer = client.post(f"/money/sandbox/{payment.id}", {"decision": decision})
    assert (answer.status_code, answer["Location"]) == (302, "/rules")
    town.work(after=jobs.GRACE)
    assert queries.payment(payment.id).state == expected
    again = client.get(f"/money/sandbox/{payment.id}")
    assert (again.status_code, again["Location"]) == (302, "/rules")


def test_nobody_else_confirms_a_payment(town):
    payment = step_up(town)
    for member in (town.seller, town.member("stranger")):
        client = browser(member)
        assert client.get(f"/money/sandbox/{payment.id}").status_code == 404
        answer = client.post(f"/money/sandbox/{payment.id}", {"decision": "confirm"})
        assert answer.status_code == 404
    assert queries.payment(payment.id).state == PaymentState.STEP_UP


def test_a_gateway_calls_back_with_its_signature_and_nobody_without(town):
    payment = town.pay(yuan(100), method="pending")
    body, headers = Sandbox().message(str(payment.id), AnswerKind.CAPTURED, now=clock.now())
    client = Client(enforce_csrf_checks=True)
    path = "/money/callback/sandbox"
    sent = {"data": body, "content_type": "application/json"}
    assert client.post(path, **sent).status_code == 403
    assert client.post("/money/callback/nobody", **sent, headers=headers).status_code == 404
    assert queries.payment(payment.id).state == PaymentState.PENDING
    assert client.post(path, **sent, headers=headers).status_code == 204
    assert client.post(path, **sent, headers=headers).status_code == 204
    assert queries.payment(payment.id).state == PaymentState.CAPTURED


def test_the_api_says_what_the_pages_say(town):
    town.fee(5)
    order = town.pay(yuan(100)).order
    town.release(order)
    (balance,) = ask(town.seller, "/money/balance").json()
    assert balance["available"] == {"minor": 9500, "currency": "CNY"}
    (sale,) = ask(town.seller, "/money/sales").json()
    assert (sale["order"], sale["state"]) == (str(order), "released")
    (paid,) = ask(town.buyer, "/money/payments").json()
    assert (paid["order"], paid["state"]) == (str(order), "captured")
    assert ask(town.buyer, f"/money/payments/{paid['id']}").json() == paid
    trail = ask(town.seller, f"/money/orders/{order}/trail").json()
    assert [(step["from_kind"], step["to_kind"], step["amount"]["minor"]) for step in trail] == [
        ("gateway", "escrow", 10000),
        ("escrow", "payable", 9500),
        ("escrow", "fees", 500),
    ]


def test_the_api_keeps_each_members_money_to_herself(town):
    payment = town.pay(yuan(100))
    stranger = town.member("stranger")
    assert ask(stranger, f"/money/payments/{payment.id}").status_code == 404
    assert ask(town.seller, f"/money/payments/{payment.id}").status_code == 404
    assert ask(stranger, f"/money/orders/{payment.order}/trail").status_code == 404
    assert ask(stranger, "/money/payments").json() == []
    assert ask(stranger, "/money/balance").json() == []


def test_the_api_shows_the_books_to_operators(town):
    town.pay(yuan(100))
    assert ask(town.buyer, "/money/books").status_code == 404
    Member.objects.filter(id=town.buyer.id).update(is_operator=True)
    books = ask(town.buyer, "/money/books").json()
    assert books["trial_balance"] == [
        {"currency": "CNY", "debits": 10000, "credits": 10000, "difference": 0}
    ]
    assert books["drift"] == 0


def test_the_api_says_who_keeps_the_money(town):
    shown = ask(town.buyer, "/money/gateways/sandbox").json()
    assert shown["custodian"]["protects"] is False
    assert shown["methods"][0]["code"] == "card"
    assert ask(town.buyer, "/money/gateways/nobody").status_code == 404
