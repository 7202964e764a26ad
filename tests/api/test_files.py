"""Each address of a file that the API gives is opened by the token that asked for it."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from django.http import HttpResponse
from django.test import Client

from goodword.circle.models import Moment
from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.orders.models import DeliveredItem
from goodword.people import actions as people
from goodword.people.models import Member

from ..things import Things, make_things
from ..town import member
from .test_counterparts import FILES, MACHINES

pytestmark = pytest.mark.django_db

Asks = Callable[[str], HttpResponse]


def given(kind: str, ask: Asks, things: Things) -> str:
    """The address that the API gives for a file of that kind."""
    where, *keys = {
        "circle:picture": (f"/moments/{things['moment']}", "pictures", 0, "large"),
        "circle:voice": (f"/moments/{moment_of_voice(things)}", "voice", "url"),
        "shop:picture": (f"/listings/{things['listing']}", "pictures", 0, "large"),
        "shop:evidence": (f"/listings/{things['listing']}", "evidence", 0, "picture", "large"),
        "shop:poster": (f"/listings/{things['listing']}", "poster"),
        "shop:goods_file": (f"/shop/listings/{things['digital']}/goods", 0, "url"),
        "orders:goods": (f"/orders/{sold(things)}", "delivered", 0, "goods", 0, "url"),
        "care:picture": (f"/cases/{things['case']}", "pictures", 0),
        "people:avatar": (f"/members/{things.owner.handle}", "avatar"),
    }[kind]
    found = ask(f"/api/v1{where}").json()
    for key in keys:
        found = found[key]
    return found


def sold(things: Things) -> object:
    return DeliveredItem.objects.get(id=things["delivered"]).order_id


def moment_of_voice(things: Things) -> object:
    return Moment.objects.get(voice=things["voice"]).id


@pytest.fixture(scope="module")
def made(lasting) -> Things:
    with lasting():
        return make_things()


@pytest.fixture
def things(made: Things) -> Things:
    return deepcopy(made)


def asks(who: Member | None, secret: str = "") -> Asks:
    if who:
        _row, secret = people.issue_token(owner=who, name="test", now=clock.now())
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    return client.get


@pytest.mark.parametrize("kind", sorted(FILES - MACHINES))
def test_a_token_opens_what_the_api_names(kind: str, things: Things):
    ask = asks(things.owner if kind == "shop:goods_file" else things.friend)
    path = given(kind, ask, things)
    answer = ask(path)
    assert answer.status_code == 200, path
    kinds = ("application",) if "goods" in kind else ("image", "audio")
    assert answer["Content-Type"].split("/")[0] in kinds

    other = asks(member("Zhou Yi"))(path)
    assert other.status_code == (200 if kind == "people:avatar" else 404)

    for bad in (asks(None, f"gw_{new_id().hex}"), asks(None, "")):
        refused = bad(path)
        assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
        assert refused.json()["detail"].startswith("Send a token that works")
    # Without any, it is as it was: a browser without a session.
    assert Client().get(path).status_code in (302, 404)


def test_whoever_sends_a_token_is_nobody_else(things: Things):
    """A cookie of her friend's does not open to a stranger's program what the token does not."""
    path = given("circle:picture", asks(things.friend), things)
    both = Client()
    both.force_login(things.friend)
    assert both.get(path).status_code == 200
    _row, secret = people.issue_token(owner=member("Zhou Yi"), name="test", now=clock.now())
    assert both.get(path, headers={"Authorization": f"Bearer {secret}"}).status_code == 404
    assert both.get(path, headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert both.get(path, headers={"Authorization": "Basic bm9uZQ=="}).status_code == 200


def test_a_token_writes_through_the_api_alone(things: Things):
    answer = asks(things.friend)(f"/moments/{things['moment']}")
    assert answer.status_code == 302
