"""Every operation of the API, asked for what its schema allows and for what it does not."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from ninja import Schema
from schemathesis import checks
from schemathesis.specs.openapi import checks as rules

from goodword.kit import clock
from goodword.people import actions as people
from goodword.site.api import api
from goodword.site.permissions import API, Who

from ..conftest import DEEP
from ..house import House, living_in
from ..things import ASKS_MORE, BY_GATEWAY, Things, make_things, thing_at

SCHEMA = api.get_openapi_schema()
schema = schemathesis.openapi.from_dict(SCHEMA)
CHECKS = [
    checks.not_a_server_error,
    rules.status_code_conformance,
    rules.content_type_conformance,
    rules.response_schema_conformance,
    rules.response_headers_conformance,
]


def for_operators(path: str) -> bool:
    return API[f"GET {path.removeprefix('/api/v1')}"] is Who.OPERATOR


READS = [
    (path, method)
    for path, operations in SCHEMA["paths"].items()
    for method in operations
    if method == "get" and "{" in path and not for_operators(path)
    if path.removeprefix("/api/v1") not in BY_GATEWAY | ASKS_MORE
]


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


@schema.hook
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


@schema.parametrize()
@settings(
    max_examples=200 if DEEP else 6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    database=None,
    derandomize=not DEEP,
)
def test_the_operation_answers_as_it_is_documented(case: schemathesis.Case, address: str):
    case.headers = {**(case.headers or {}), **caller_of(case.method).headers}
    answer = case.call(base_url=address)
    case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize(("path", "method"), READS)
def test_what_there_is_has_the_documented_shape(path: str, method: str, address: str):
    real = real_parameters(path, method)
    assert real, f"name in tests/things.py what stands at {path}"
    case = schema[path][method].Case(path_parameters=real, headers=caller_of(method).headers)
    answer = case.call(base_url=address)
    assert answer.status_code == 200
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
