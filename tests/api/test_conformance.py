"""Every operation of the API, asked for what its schema allows and for what it does not."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from ninja import Schema
from schemathesis import BaseSchema, checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi import checks as rules

from goodword.kit import clock
from goodword.people import actions as people
from goodword.site.api import api
from goodword.site.permissions import API, Who

from ..conftest import DEEP
from ..house import House, living_in
from ..things import ASKS_MORE, BY_GATEWAY, Things, make_things, thing_at

CHECKS = [
    checks.not_a_server_error,
    rules.status_code_conformance,
    rules.content_type_conformance,
    rules.response_schema_conformance,
    rules.response_headers_conformance,
]


READS = [
    path
    for method, path in map(str.split, API)
    if method == "GET" and "{" in path and API[f"GET {path}"] is not Who.OPERATOR
    if path not in BY_GATEWAY | ASKS_MORE
]


@cache
def documents() -> dict[str, Any]:
    return api.get_openapi_schema()


@cache
def described() -> BaseSchema:
    """For the processes that ask: reading it takes each of them seconds."""
    schema = schemathesis.openapi.from_dict(documents())
    schema.hook(flatmap_path_parameters)
    return schema


@dataclass(frozen=True, slots=True)
class Caller:
    """A member who has one of everything, and her token."""

    things: Things
    headers: dict[str, str]


# Two of them: what one changes and deletes, the other can still read.
callers: dict[bool, Caller] = {}


@pytest.fixture(scope="module", autouse=True)
def _callers(house: House, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), living_in(NAME=house.database):
        for reads in (True, False):
            things = make_things()
            _row, secret = people.issue_token(owner=things.owner, name="test", now=clock.now())
            callers[reads] = Caller(things, {"Authorization": f"Bearer {secret}"})
    yield
    callers.clear()


def caller_of(method: str) -> Caller:
    return callers[method.lower() == "get"]


def flatmap_path_parameters(context, path_parameters):
    """In half of the cases there is something at the address, and it is the caller's."""
    real = real_parameters(context.operation.path, context.operation.method)
    return st.sampled_from([path_parameters, real]) if real else st.just(path_parameters)


def real_parameters(path: str, method: str) -> dict[str, str]:
    template = path.removeprefix("/api/v1")
    name = thing_at(template)
    if not name or "{" not in template:
        return {}
    first, *others = re.findall(r"{(\w+)}", template)
    things = caller_of(method).things
    return {first: str(things[name]), **{other: str(things[other]) for other in others}}


@pytest.fixture(scope="module")
def address(house: House) -> str:
    return house.url.replace("localhost", "127.0.0.1")  # one lookup less for each of thousands


@pytest.mark.parametrize("operation", API)
def test_the_operation_answers_as_it_is_documented(operation: str, address: str):
    method, path = operation.split()
    # As `schema.parametrize` does for all of them, in every process, before the first test runs.
    asks = build_operation_test(
        config=described().config,
        operation=described()[f"/api/v1{path}"][method],
        test_func=ask,
        given_kwargs={},
        feedback=FeedbackSources(),
    )
    asks(address=address)


@settings(
    max_examples=200 if DEEP else 6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    database=None,
    derandomize=not DEEP,
)
def ask(case: schemathesis.Case, address: str):
    case.headers = {**(case.headers or {}), **caller_of(case.method).headers}
    answer = case.call(base_url=address)
    case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize("path", READS)
def test_what_there_is_has_the_documented_shape(path: str, address: str):
    real = real_parameters(path, "get")
    assert real, f"name in tests/things.py what stands at {path}"
    read = described()[f"/api/v1{path}"]["get"]
    case = read.Case(path_parameters=real, headers=caller_of("get").headers)
    answer = case.call(base_url=address)
    assert answer.status_code == 200
    case.validate_response(answer, checks=CHECKS)


def test_the_documents_are_openapi_3_1_and_everybody_may_read_them(house: House):
    with urlopen(f"{house.url}/api/v1/openapi.json") as answer:
        published = json.load(answer)
    assert published["openapi"].startswith("3.1")
    assert published["paths"].keys() == documents()["paths"].keys()


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
    for path, methods in documents()["paths"].items():
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
