"""The table of who may open what, held against the URLconf and against real requests."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from goodword.people import actions as people
from goodword.site.permissions import API, PAGES, Who

from .addresses import Page, operations, pages

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
# Files, and what some strangers may open: a public shop's things, a demo's doors, a scraper's page.
# What is not there is missing to them; all else asks them first who they are.
TO_STRANGERS_TOO = {
    "care:picture", "ops:demo_face", "ops:demo_sign_in", "ops:metrics", "shop:evidence",
    "shop:listing", "shop:picture", "shop:poster", "shop:shop",
}  # fmt: skip


@pytest.fixture
def client() -> Client:
    """A visitor from the open internet (RFC 5737), not from this machine."""
    return Client(REMOTE_ADDR="203.0.113.9")


def test_every_page_has_a_line_and_every_line_a_page() -> None:
    assert sorted({page.name for page in pages()}) == sorted(PAGES)


def test_every_operation_has_a_line_and_every_line_an_operation() -> None:
    assert sorted(operation.key for operation in operations()) == sorted(API)


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    wrong = []
    for page in named(Who.MEMBER, Who.OWNER, Who.OPERATOR, Who.STEP):
        known = (401, 404, 405) if page.name in TO_STRANGERS_TOO else (401, 405)
        for answer in (client.get(page.url), client.post(page.url)):
            if not (leads_to_login(answer) or answer.status_code in known):
                wrong.append((page.name, answer.status_code))
    assert wrong == []


def test_public_pages_answer_strangers(client: Client) -> None:
    # The GET of a sign-in by passkey is for the script; without one it leads to the form.
    asked = [page for page in named(Who.PUBLIC) if page.name != "mfa_login_webauthn"]
    answers = {page.name: client.get(page.url) for page in asked}
    wrong = {
        name: answer.status_code
        for name, answer in answers.items()
        if leads_to_login(answer) or answer.status_code not in (200, 302, 400, 405)
    }
    assert wrong == {}


def test_nobodys_and_operators_things_do_not_exist(client: Client) -> None:
    """As somebody else's do not: tests/visibility/test_foreign. Only the verb may be wrong."""
    client.force_login(people.register(handle="chen", display_name="Chen", now=datetime.now(UTC)))
    wrong = []
    for page in named(Who.OWNER, Who.OPERATOR):
        statuses = [client.get(page.url).status_code, client.post(page.url).status_code]
        if not set(statuses) <= {404, 405} or 404 not in statuses:
            wrong.append((page.name, statuses))
    assert wrong == []


def test_the_api_knows_nobody_without_a_token(client: Client) -> None:
    wrong = []
    for operation in operations():
        answer = client.generic(operation.method, operation.url)
        known = answer.headers.get("WWW-Authenticate"), answer.status_code
        if known != ("Bearer", 401) or set(answer.json()) != {"detail"}:
            wrong.append((operation.key, answer.status_code))
    assert wrong == []


def test_the_api_has_nothing_of_nobodys(client: Client) -> None:
    """A made-up id is missing, unless the body is refused before anything is looked up."""
    now = datetime.now(UTC)
    chen = people.register(handle="chen", display_name="Chen", now=now)
    _token, secret = people.issue_token(owner=chen, name="test", now=now)
    wrong = []
    for operation in operations():
        if API.get(operation.key) in (Who.OWNER, Who.OPERATOR):
            answer = client.generic(
                operation.method, operation.url, data="{}", content_type="application/json",
                headers={"Authorization": f"Bearer {secret}"},
            )  # fmt: skip
            if answer.status_code not in (404, 422) or not answer.json()["detail"]:
                wrong.append((operation.key, answer.status_code))
    assert wrong == []


def named(*who: Who) -> list[Page]:
    return [page for page in pages() if PAGES.get(page.name) in who]


def leads_to_login(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(LOGIN)
