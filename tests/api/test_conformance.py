"""Every operation of the API, asked for what its schema allows and for what it does not."""

import json
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from ninja import Schema
from schemathesis import checks
from schemathesis.specs.openapi import checks as rules

from goodword.kit import clock
from goodword.people import actions as people
from goodword.shop.actions import open_shop
from goodword.site.api import api

from ..conftest import DEEP
from ..house import House, living_in
from ..town import befriend, member, moment

SCHEMA = api.get_openapi_schema()
schema = schemathesis.openapi.from_dict(SCHEMA)
CHECKS = [
    checks.not_a_server_error,
    rules.status_code_conformance,
    rules.content_type_conformance,
    rules.response_schema_conformance,
    rules.response_headers_conformance,
]


@pytest.fixture(scope="module")
def caller(house: House, django_db_blocker) -> dict[str, str]:
    """The headers of a member with a friend, a moment and a shop."""
    with django_db_blocker.unblock(), living_in(NAME=house.database):
        lin, chen = member("Lin Xiaoman"), member("Chen Bo")
        befriend(lin, chen)
        moment(chen, "Rain since the morning.", pictures=1)
        open_shop(owner=lin, name="Lin’s tea things", now=clock.now())
        _row, secret = people.issue_token(owner=lin, name="schemathesis", now=clock.now())
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
def address(house: House) -> str:
    return house.url.replace("localhost", "127.0.0.1")  # one lookup less for each of thousands


@schema.parametrize()
@settings(
    max_examples=200 if DEEP else 6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    database=None,
    derandomize=not DEEP,
)
def test_the_operation_answers_as_it_is_documented(
    case: schemathesis.Case, caller: dict[str, str], address: str
):
    case.headers = {**(case.headers or {}), **caller}
    answer = case.call(base_url=address)
    case.validate_response(answer, checks=CHECKS)


def test_the_documents_are_openapi_3_1_and_everybody_may_read_them(house: House):
    with urlopen(f"{house.url}/api/v1/openapi.json") as answer:
        published = json.load(answer)
    assert published["openapi"].startswith("3.1")
    assert published["paths"].keys() == SCHEMA["paths"].keys()


def test_no_two_shapes_share_a_name():
    """The schema names a shape by its class: a second one of that name would replace the first."""
    shapes: dict[str, set[type]] = {}
    for part in (one for found in Schema.__subclasses__() for one in family(found)):
        if part.__module__.startswith("goodword."):
            shapes.setdefault(part.__name__, set()).add(part)
    assert {name for name, kinds in shapes.items() if len(kinds) > 1} == set()


def family(kind: type) -> list[type]:
    return [kind, *(one for below in kind.__subclasses__() for one in family(below))]


def test_the_documents_say_every_status_that_a_caller_must_expect():
    wrong = []
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            said = set(map(str, operation["responses"]))
            wanted = {"401"} if operation.get("security") else set()
            if "{" in path:
                wanted |= {"404"}
            if "requestBody" in operation:
                wanted |= {"400", "422"}
            if missing := wanted - said:
                wrong.append(f"{method.upper()} {path}: {sorted(missing)}")
    assert wrong == []
