"""The API: few requests, the same rules, one sentence for each refusal."""

import json

import pytest
from django.test import TestCase

from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.orders.models import Order
from goodword.people import actions as people

from .town import ADDRESS, DAY, NOW, NUMBER, person, state

pytestmark = pytest.mark.django_db


class Caller:
    """A member's program."""

    def __init__(self, client, member):
        _token, plain = people.issue_token(owner=member, name="test", now=NOW)
        self.client, self.plain = client, plain

    def __call__(self, method, path, body=None, now=NOW):
        with clock.at(now), TestCase.captureOnCommitCallbacks(execute=True):
            answer = self.client.generic(
                method, f"/api/v1{path}", json.dumps(body) if body is not None else "",
                content_type="application/json", headers={"Authorization": f"Bearer {self.plain}"},
            )  # fmt: skip
        return answer.status_code, answer.json() if answer.content else None


@pytest.fixture
def seller(client, lin):
    return Caller(client, lin)


@pytest.fixture
def buyer(client, wang):
    return Caller(client, wang)


def body(variant, **changes):
    return {
        "items": [{"variant": str(variant.id), "quantity": 1}],
        "address": ADDRESS.stored(),
        "key": str(new_id()),
        **changes,
    }


def test_one_request_places_pays_and_answers_the_held_order(committed, buyer, cup):
    status, answer = buyer("POST", "/orders", body(cup, pay="card"))
    (order,) = answer["orders"]
    assert (status, order["state"], order["payment"]["state"]) == (201, "held", "captured")
    assert order["total"] == {"minor": 12000, "currency": "CNY"}


def test_the_same_key_again_answers_the_same_order(committed, buyer, cup):
    asked = body(cup, pay="card")
    first, again = (buyer("POST", "/orders", asked) for _ in range(2))
    assert first == again
    assert Order.objects.count() == 1
    cup.refresh_from_db()
    assert cup.stock == 4
    status, refusal = buyer("POST", "/orders", asked | {"note": "another"})
    assert (status, list(refusal)) == (409, ["detail"])


@pytest.mark.parametrize(
    ("method", "expected", "payment"),
    [
        ("declined", "awaiting_payment", "declined"),
        ("step_up", "awaiting_payment", "step_up"),
        ("pending", "awaiting_payment", "pending"),
    ],
)
def test_a_payment_that_is_not_there_yet_says_how_it_stands(buyer, cup, method, expected, payment):
    _status, answer = buyer("POST", "/orders", body(cup, pay=method))
    (order,) = answer["orders"]
    assert (order["state"], order["payment"]["state"]) == (expected, payment)
    assert bool(order["payment"]["next"]) == (method == "step_up")


def test_the_whole_way(buyer, seller, cup):
    _status, answer = buyer("POST", "/orders", body(cup))
    id_ = answer["orders"][0]["id"]
    assert buyer("GET", f"/orders/{id_}")[1]["money"]["place"] == "buyer"
    assert seller("GET", f"/orders/{id_}")[1]["address"] is None
    assert buyer("POST", f"/orders/{id_}/payments", {"method": "card", "key": "k"})[0] == 201

    seen = seller("GET", f"/orders/{id_}")[1]
    assert (seen["state"], seen["can"], seen["money"]["place"]) == (
        "held", ["cancel", "hand_over", "ship"], "held",
    )  # fmt: skip
    assert seen["address"]["street"] == ADDRESS.street
    wrong = {"carrier": "sf", "number": "12"}
    status, refusal = seller("POST", f"/orders/{id_}/shipments", wrong)
    assert (status, "number" in refusal["fields"]) == (422, True)
    status, seen = seller("POST", f"/orders/{id_}/shipments", {"carrier": "sf", "number": NUMBER})
    assert (status, seen["state"]) == (200, "shipped")

    seen = buyer("GET", f"/orders/{id_}")[1]
    assert seen["parcels"][0]["number"] == NUMBER
    assert [step["kind"] for step in seen["if_nobody_acts"]] == [
        "remind_early", "remind_late", "receive", "release", "complete",
    ]  # fmt: skip
    assert buyer("POST", f"/orders/{id_}/extension")[0] == 200
    status, seen = buyer("POST", f"/orders/{id_}/receipt", {}, now=NOW + DAY)
    assert (status, seen["state"]) == (200, "received")
    assert [event["verb"] for event in seen["story"]] == [
        "orders.placed", "orders.paid", "orders.shipped", "orders.extended", "orders.received",
    ]  # fmt: skip
    assert seen["promises"][0]["title"] == "Celadon cup"


def test_lists_and_the_cart(buyer, seller, cup):
    assert buyer("POST", "/cart", {"variant": str(cup.id), "quantity": 2})[1][0]["quantity"] == 2
    assert buyer("PUT", "/cart", {"variant": str(cup.id), "quantity": 0})[1] == []
    ids = [buyer("POST", "/orders", body(cup, pay="card"))[1]["orders"][0]["id"] for _ in range(3)]
    first = buyer("GET", "/orders?limit=2")[1]
    rest = buyer("GET", f"/orders?limit=2&before={first['next']}")[1]
    assert [one["id"] for one in first["orders"] + rest["orders"]] == ids[::-1]
    assert rest["next"] is None
    assert len(seller("GET", "/sales?only=ship")[1]["orders"]) == 3
    assert seller("GET", "/orders")[1]["orders"] == []
    assert any(one["code"] == "sf" for one in buyer("GET", "/carriers")[1])


def test_somebody_elses_order_is_no_order(client, buyer, cup):
    _status, answer = buyer("POST", "/orders", body(cup, pay="card"))
    id_ = answer["orders"][0]["id"]
    stranger = Caller(client, person("stranger"))
    asked = [
        ("GET", "", None),
        ("POST", "/payments", {"method": "card", "key": "k"}),
        ("POST", "/shipments", {"carrier": "sf", "number": NUMBER}),
        ("POST", "/receipt", {}),
        ("POST", "/extension", None),
        ("POST", "/cancellation", {}),
        ("POST", "/cancellation-request", None),
    ]
    for method, path, sent in asked:
        real = stranger(method, f"/orders/{id_}{path}", sent)
        none = stranger(method, f"/orders/{new_id()}{path}", sent)
        assert real == none
        assert real[0] == 404
    assert state(Order.objects.get()) == "held"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("items", []),
        ("items", [{"variant": "no"}]),
        ("address", {}),
        ("key", ""),
        ("pay", "gold"),
    ],
)
def test_what_cannot_be_read_changes_nothing(buyer, cup, field, wrong):
    status, answer = buyer("POST", "/orders", body(cup) | {field: wrong})
    assert (status, bool(answer["detail"])) == (422, True)
    assert not Order.objects.exists()
    cup.refresh_from_db()
    assert cup.stock == 5
