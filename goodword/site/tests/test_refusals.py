"""One shape for every refusal, on pages and in the API."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings

from goodword.kit.tests.strictness import faults
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.site import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> Member:
    return people.register(handle="lin", display_name="Lin", now=datetime.now(UTC))


@pytest.fixture
def send(lin: Member) -> Callable[..., Any]:
    """Send a raw body to the API as Lin."""
    _token, secret = people.issue_token(owner=lin, name="test", now=datetime.now(UTC))
    client = Client(headers={"Authorization": f"Bearer {secret}"})

    def request(method: str, path: str, body: bytes = b"", kind: str = "application/json") -> Any:
        return client.generic(method, f"/api/v1{path}", body, content_type=kind)

    return request


def test_a_missing_page_says_so(client: Client) -> None:
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert "There is nothing here, or it is not meant for you." in answer.content.decode()
    assert faults(answer.content.decode()) == []


def test_a_missing_place_in_the_api_says_so_in_json(client: Client) -> None:
    answer = client.get("/api/v1/no/such/place")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "There is nothing here, or it is not meant for you."}


@pytest.mark.parametrize(
    "body", [b"{", b"nonsense", b"\xff\xfe", b'{"bio": "\\ud800"}', b'{"bio": "a\\u0000b"}']
)
def test_a_body_that_cannot_be_read_is_a_sentence(send: Callable[..., Any], body: bytes) -> None:
    answer = send("PATCH", "/me", body)
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "The body is not JSON that can be read."},
    )


def test_what_looks_like_an_escape_but_is_none_is_kept(send: Callable[..., Any]) -> None:
    answer = send("PATCH", "/me", rb'{"bio": "a backslash: \\u0000"}')
    assert answer.json()["bio"] == "a backslash: \\u0000"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"{}", {"name": "This value is missing."}),
        (b'{"name": 5}', {"name": "This value cannot be used: Input should be a valid string"}),
    ],
)
def test_bad_values_are_named(
    send: Callable[..., Any], body: bytes, fields: dict[str, str]
) -> None:
    answer = send("POST", "/me/tokens", body)
    assert answer.status_code == 422
    assert answer.json() == {
        "detail": "Some values are missing or cannot be used.",
        "fields": fields,
    }


def test_a_list_for_a_body_is_refused(send: Callable[..., Any]) -> None:
    assert send("POST", "/me/tokens", b"[1, 2]").status_code == 422


def test_bad_ids_and_nul_in_the_address_are_refused(send: Callable[..., Any]) -> None:
    assert send("DELETE", "/me/tokens/not-an-id").status_code == 404
    assert send("GET", "/notices?before=%00").status_code == 400
    assert send("GET", "/notices?before=none").status_code == 422


def test_the_wrong_verb_is_said_with_the_right_ones(send: Callable[..., Any]) -> None:
    answer = send("PUT", "/me")
    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "PATCH"}


@override_settings(DEBUG=False)
@pytest.mark.parametrize("path", ["/me", "/api/v1/me"])
def test_our_own_faults_need_no_database(
    path: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    request = RequestFactory().get(path)
    with django_assert_num_queries(0):
        answer = views.our_fault(request)
    assert answer.status_code == 500
    words = answer.content.decode()
    assert "That was our fault" in words
    assert faults(words) == []


def test_a_foreign_host_is_refused(client: Client) -> None:
    answer = client.get("/rules", headers={"Host": "evil.example"})
    assert answer.status_code == 400
