"""What is somebody else's answers exactly as what does not exist, to every verb, everywhere."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goodword.kit import clock
from goodword.people import actions as people
from goodword.site.permissions import API, PAGES, Who
from goodword.site.tests.addresses import NOBODYS, operations, pages

from ..things import BY_GATEWAY, Things, make_things, thing_at
from ..town import member

pytestmark = pytest.mark.django_db

# Not for one member and nobody else: a profile's page exists for all, and tells by its contents;
# the demo's doors are anybody's at a demo and nobody's elsewhere.
# Payments by transfer and by code need a gateway of that kind; its own tests ask for both pages.
NOT_ONES_OWN = {
    "reach:profile", "ops:demo_face", "ops:demo_sign_in", "money:transfer", "money:code",
}  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "POST /friends/requests/{id}": {"accept": True},
    "PATCH /friends/{id}": {"nickname": "Bore"},
    "PUT /groups/{id}": {"name": "Bores"},
    "PUT /moments/{id}/audience": {"audience": "only_me"},
    "PUT /shop/evidence/{id}/audience": {"audience": "buyers"},
    "POST /moments/{id}/comments": {"text": "Mine."},
    "PUT /moments/{id}/text": {"text": "Mine."},
    "POST /cases/{id}/acceptance": {"address": "M"},
    "POST /cases/{id}/return-address": {"address": "M"},
    "POST /cases/{id}/refusal": {"words": "M"},
    "POST /cases/{id}/return-shipment": {"carrier": "sf", "number": "SF1234567890123"},
    "POST /cases/{id}/objection": {"words": "M"},
    "POST /cases/{id}/offer": {"minor": 1},
    "POST /cases/{id}/agreement": {"minor": 1},
    "POST /cases/{id}/vote": {"vote": "half"},
    "POST /cases/{id}/decision": {"minor": 1, "words": "M"},
    "PUT /shipments/{id}": {"carrier": "sf", "number": "SF1234567890123"},
    "POST /orders/{id}/cancellation": {},
    "POST /orders/{id}/payments": {"method": "card", "key": "mine"},
    "POST /orders/{id}/receipt": {},
    "POST /orders/{id}/handover": {"code": "123456"},
    "PUT /shop/imports/{id}/fixes": {"row": 2, "column": "title", "text": "Mine."},
    "PUT /moments/{id}/quieter": {"market": "off"},
    "PUT /shop/listings/{id}/interests": {"interests": ["tea"]},
    "POST /orders/{id}/shipments": {"carrier": "sf", "number": "SF1234567890123"},
    "POST /shop/imports/{id}/apply": {},
    "POST /shop/listings/{id}/moments": {"text": "Mine.", "key": "mine"},
    "POST /listings/{id}/quotes": {"wishes": ["S"]},
    "PUT /quotes/{id}/answer": {"price_minor": 1, "lead_days": 1, "valid_days": 1},
    "POST /quotes/{id}/refusal": {},
    "PUT /addresses/{id}": {"name": "M", "phone": "13800138000", "city": "M", "street": "M"},
    "PUT /shop/templates/{id}": {
        "name": "M",
        "zones": [{"regions": ["CN"], "first_grams": 0, "first": 0, "step_grams": 1, "step": 0}],
    },
    "PUT /shop/listings/{id}": {"title": "Mine", "variants": [{"price_minor": 100, "stock": 1}]},
    "PUT /shop/variants/{id}/price": {"price_minor": 1},
    "PUT /shop/variants/{id}/stock": {"stock": 1},
    "POST /shop/variants/{id}/keys": {"keys": ["M"]},
}


@pytest.fixture(scope="module")
def made(lasting) -> Things:
    with lasting():
        return make_things()


@pytest.fixture
def things(made: Things) -> Things:
    return deepcopy(made)


def test_somebody_elses_page_is_the_page_that_does_not_exist(things: Things):
    stranger, other, hers = Client(), signed_in(member("Zhou Yi")), signed_in(things.owner)
    wrong = []
    for name, real, nobodys in addresses(things):
        if not any(map(opens, tried(hers, real))):
            wrong.append(f"{name} does not open for its owner: the test shows nothing")
        for who, client in (("a stranger", stranger), ("another member", other)):
            there, missing = tried(client, real), tried(client, nobodys)
            for verb, one, two in zip(("GET", "POST"), there, missing, strict=True):
                if seen(one, real) != seen(two, nobodys):
                    wrong.append(f"{verb} {name} by {who}: {one.status_code}, {two.status_code}")
                if who == "another member" and one.status_code not in (404, 405):
                    wrong.append(f"{verb} {name} by {who} is answered {one.status_code}")
    assert wrong == []


def addresses(things: Things) -> Iterator[tuple[str, str, str]]:
    """Each page's name, the owner's address of it, and one that nobody has."""
    for page in pages():
        if PAGES[page.name] is not Who.OWNER or page.name in NOT_ONES_OWN:
            continue
        arguments = page.arguments | ({"variant": "thumb"} if "variant" in page.arguments else {})
        key, *others = [name for name in arguments if name != "variant"]
        template = reverse(page.name, kwargs=arguments).replace(str(arguments[key]), "{id}")
        thing = thing_at(template)
        assert thing, f"name in tests/things.py what stands at {template}"
        real = arguments | {key: things[thing], **{other: things[other] for other in others}}
        yield page.name, reverse(page.name, kwargs=real), reverse(page.name, kwargs=arguments)


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def tried(client: Client, url: str) -> list[HttpResponse]:
    """The answers to both verbs; what they change is taken back."""
    return [taken_back(client.get, url), taken_back(client.post, url)]


def taken_back(ask: Callable[..., HttpResponse], *args: Any, **values: Any) -> HttpResponse:
    before = transaction.savepoint()  # a block would be one more around those of payments
    answer = ask(*args, **values)
    transaction.savepoint_rollback(before)
    return answer


def opens(answer: HttpResponse) -> bool:
    """Whether there is something, though it may ask for more or turn the verb down."""
    return answer.status_code not in (404, 405)


PER_ANSWER = re.compile(rb'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|nonce="[^"]*"')


def seen(answer: HttpResponse, url: str) -> tuple[int, bytes, str]:
    """Status, body and where it leads, but for the address and what is new in every answer."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    body = PER_ANSWER.sub(b"", body).replace(url.encode(), b"")
    return answer.status_code, body, answer.headers.get("Location", "").replace(url, "")


def test_somebody_elses_thing_is_missing_in_the_api(things: Things):
    hers, others = bearer_of(things.owner), bearer_of(member("Zhou Yi"))
    wrong = []
    for operation in operations():
        if API[operation.key] is not Who.OWNER or operation.template in OPEN:
            continue
        name = thing_at(operation.template)
        assert name, f"name in tests/things.py what stands at {operation.template}"
        real = operation.url.replace(str(NOBODYS), str(things[name]), 1)
        for other in re.findall(r"\{(\w+)\}", operation.template)[1:]:
            real = real.replace(str(NOBODYS), str(things[other]), 1)
        body = BODIES.get(operation.key, {})
        if asked(operation.method, real, body, hers).status_code == 404:
            wrong.append(f"{operation.key} does not open for its owner: the test shows nothing")
        one, two = (asked(operation.method, url, body, others) for url in (real, operation.url))
        if seen(one, real) != seen(two, operation.url):
            wrong.append(f"{operation.key}: {one.status_code}, {two.status_code}")
        if one.status_code != 404 and operation.key not in FILES:
            wrong.append(f"{operation.key} is answered {one.status_code}")
    assert wrong == []


# The link is the proof; and a member's name stands for everybody, with nothing behind it.
OPEN = {"/invitations/{token}", "/members/{handle}/moments", *BY_GATEWAY}
# Without a file these are refused before anything is looked up.
FILES = {
    "POST /cases/{id}/appeal",
    "POST /cases/{id}/statement",
    "POST /lines/{id}/cases",
    "POST /shop/listings/{id}/evidence",
    "POST /shop/listings/{id}/pictures",
}


def bearer_of(who: Any) -> dict[str, str]:
    _row, secret = people.issue_token(owner=who, name="test", now=clock.now())
    return {"Authorization": f"Bearer {secret}"}


def asked(method: str, url: str, body: Any, headers: dict[str, str]) -> HttpResponse:
    """The answer; what it changes is taken back."""
    return taken_back(
        Client().generic, method, url, data=json.dumps(body), content_type="application/json",
        headers=headers,
    )  # fmt: skip
