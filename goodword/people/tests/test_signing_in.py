import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.kit.tests.strictness import faults
from goodword.people.models import Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "The name or the password is not right. Check both and try again."


class CountingHasher(MD5PasswordHasher):
    """Django's own, counting how often a password is computed."""

    computed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.computed += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings: object) -> Iterator[type[CountingHasher]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]  # type: ignore[attr-defined]
    return CountingHasher


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/account/login/", {"login": name, "password": password, **more})


def is_inside(client: Client) -> bool:
    return client.get("/me").status_code == 200


@pytest.mark.parametrize("name", ["lin", " LIN ", "lin@circle.example", "Lin@Circle.Example"])
def test_members_sign_in_by_handle_or_address(client: Client, lin: Member, name: str) -> None:
    answer = sign_in(client, name)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_inside(client)


def test_one_returns_to_where_one_was_going(client: Client, lin: Member) -> None:
    sent_away = client.get("/me/settings?a=b")
    assert sent_away["Location"] == "/account/login/?next=/me/settings%3Fa%3Db"
    assert sign_in(client, "lin", next="/me/settings?a=b")["Location"] == "/me/settings?a=b"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(client: Client, lin: Member, target: str) -> None:
    assert sign_in(client, "lin", next=target)["Location"] == "/"


def test_wrong_names_and_wrong_passwords_get_the_same_answer(lin: Member) -> None:
    pages = {}
    for name in ("lin", "nobody", "lin@circle.example", "nobody@circle.example"):
        answer = sign_in(Client(), name, "not the password")
        assert answer.status_code == 200
        words = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        assert faults(words) == []
        pages[name] = words.replace(f'value="{name}"', "")
        assert WRONG in words
    assert len(set(pages.values())) == 1


def test_the_time_taken_tells_nothing(
    counting: type[CountingHasher], join: Callable[..., Member]
) -> None:
    """One password computation and as many statements, whoever is named."""
    join("lin", email="lin@circle.example")
    join("gone", email="gone@circle.example", password=None)
    costs = {}
    for name in ("lin", "nobody", "gone", "lin@circle.example", "nobody@circle.example"):
        client, counting.computed = Client(), 0
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sign_in(client, name, "not the password")
        costs[name] = counting.computed, len(queries)
    assert len(set(costs.values())) == 1, costs
    assert costs["lin"][0] == 1


def test_too_many_wrong_tries_for_one_name_have_to_wait(client: Client, lin: Member) -> None:
    for _try in range(5):
        assert WRONG in sign_in(client, "lin", "not the password").content.decode()
    assert "Too many tries" in sign_in(client, "lin", "not the password").content.decode()
    assert "Too many tries" in sign_in(client, "lin").content.decode()
    assert not is_inside(client)
    assert sign_in(client, "nobody", "x").status_code == 200  # others are not kept out


def test_too_many_tries_from_one_address_have_to_wait(client: Client) -> None:
    answers = [sign_in(client, f"nobody{n}", "x").status_code for n in range(31)]
    assert answers[:30] == [200] * 30
    assert answers[30] == 429
    refused = sign_in(client, "nobody", "x")
    assert refused["Retry-After"] == "60"
    assert "Wait a minute" in refused.content.decode()


def test_a_closed_account_does_not_open(client: Client, lin: Member) -> None:
    sign_in(client, "lin")
    lin.is_active = False
    lin.save()
    assert not is_inside(client)  # at once, with the session still there
    assert sign_in(client, "lin")["Location"] == "/account/inactive/"
    assert "closed" in client.get("/account/inactive/").content.decode()


def test_signing_out_asks_for_a_post(client: Client, lin: Member) -> None:
    sign_in(client, "lin")
    assert "Sign out?" in client.get("/account/logout/").content.decode()
    assert is_inside(client)
    client.post("/account/logout/")
    assert not is_inside(client)


def test_htmx_moves_the_whole_page_to_signing_in(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/friends?x=1"}
    answer = client.get("/me", headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/account/login/?next=/friends%3Fx%3D1"


def test_what_a_stranger_posted_leads_home(client: Client) -> None:
    assert client.post("/me/theme")["Location"] == "/account/login/?next=/"


def test_what_a_member_posted_too_late_leads_back_to_its_page(client: Client) -> None:
    answer = client.post("/post", headers={"Referer": "http://testserver/post?x=1"})
    assert answer["Location"] == "/account/login/?next=/post%3Fx%3D1"
    answer = client.post("/post", headers={"Referer": "http://elsewhere.example/post"})
    assert answer["Location"] == "/account/login/?next=/"
