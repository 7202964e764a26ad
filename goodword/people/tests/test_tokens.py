import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.journal.queries import story
from goodword.kit import clock, jobs
from goodword.kit.errors import NotFound
from goodword.kit.tests.strictness import faults
from goodword.people import actions, queries, rules
from goodword.people.models import ApiToken, Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def ask(secret: str, url: str = "/api/v1/me", **more: str) -> object:
    return Client().get(url, headers={"Authorization": f"Bearer {secret}", **more})


@pytest.fixture
def proved(lins_browser: Client) -> Client:
    """Lin's browser, in which she has just typed her password."""
    lins_browser.post("/account/reauthenticate/?next=/me/tokens", {"password": PASSWORD})
    return lins_browser


def test_whoever_finds_an_open_browser_makes_no_token(lins_browser: Client) -> None:
    """With one they could do by the API what the pages ask a password for."""
    answer = lins_browser.post("/me/tokens", {"name": "mine now"})
    assert "reauthenticate" in answer.headers["Location"]
    assert not ApiToken.objects.exists()


def test_a_letter_tells_of_a_token_without_the_token(lin: Member, now: datetime) -> None:
    actions.issue_token(owner=lin, name="too early", now=now)
    EmailAddress.objects.create(user=lin, email=lin.email, verified=True, primary=True)
    _token, secret = actions.issue_token(owner=lin, name="my script", now=now)
    jobs.run_due()
    [letter] = mail.outbox
    assert letter.to == [lin.email]
    assert "“my script”" in letter.body
    assert "/me/tokens" in letter.body
    assert secret not in letter.body


def test_a_token_is_shown_once_and_kept_as_a_digest(lin: Member, proved: Client) -> None:
    answer = proved.post("/me/tokens", {"name": "my script"})
    words = answer.content.decode()
    assert faults(words) == []
    found = re.search(r'value="(gw_[\w-]{43})" readonly', words)
    assert found
    assert "no-store" in answer.headers["Cache-Control"]
    listed = proved.get("/me/tokens").content.decode()
    assert found[1] not in listed
    assert "my script" in listed
    assert f"…{found[1][-4:]}" in listed
    kept = ApiToken.objects.get()
    assert bytes(kept.digest) == hashlib.sha256(found[1].encode()).digest()
    assert ask(found[1]).json()["handle"] == "lin"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_token_needs_a_name(proved: Client, name: str) -> None:
    answer = proved.post("/me/tokens", {"name": name})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_revoked_token_stops_at_once(lin: Member, lins_browser: Client, now: datetime) -> None:
    token, secret = actions.issue_token(owner=lin, name="script", now=now)
    assert ask(secret).status_code == 200  # type: ignore[attr-defined]
    lins_browser.post(f"/me/tokens/{token.id}/revoke")
    refused = ask(secret)
    assert refused.status_code == 401  # type: ignore[attr-defined]
    assert refused.json() == {  # type: ignore[attr-defined]
        "detail": "Send a token that works, as “Authorization: Bearer gw_…”."
    }
    actions.revoke_token(owner=lin, token=token.id, now=now)  # twice is no error
    assert [deed.verb for deed in story(token.id)] == [
        "people.token_issued",
        "people.token_revoked",
    ]


def test_nobody_revokes_another_s_token(
    lin: Member, join: Callable[..., Member], now: datetime
) -> None:
    token, secret = actions.issue_token(owner=lin, name="script", now=now)
    with pytest.raises(NotFound):
        actions.revoke_token(owner=join("chen"), token=token.id, now=now)
    assert ask(secret).status_code == 200  # type: ignore[attr-defined]


def test_a_closed_account_s_tokens_do_not_work(lin: Member, now: datetime) -> None:
    _token, secret = actions.issue_token(owner=lin, name="script", now=now)
    lin.is_active = False
    lin.save()
    assert ask(secret).status_code == 401  # type: ignore[attr-defined]


def test_a_request_costs_one_query_and_once_a_day_a_second(lin: Member, now: datetime) -> None:
    token, secret = actions.issue_token(owner=lin, name="script", now=now)
    costs = []
    for hours in (0, 1, 23, 24, 25):
        with clock.at(now.replace(hour=0) + timedelta(hours=hours)):
            with CaptureQueriesContext(connection) as made:
                assert ask(secret).status_code == 200  # type: ignore[attr-defined]
            costs.append(len(made))
    assert costs == [2, 1, 1, 2, 1]
    token.refresh_from_db()
    assert token.last_used_on == now.date() + timedelta(days=1)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic bGluOng=", "Bearer gw_none", "Bearer \xe9\x00"]
)
def test_what_is_no_token_opens_nothing(client: Client, lin: Member, header: str) -> None:
    answer = client.get("/api/v1/me", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_does_not_open_the_api(lins_browser: Client) -> None:
    assert lins_browser.get("/api/v1/me").status_code == 401


def test_wrong_tokens_are_counted_and_right_ones_are_not(lin: Member, now: datetime) -> None:
    _token, secret = actions.issue_token(owner=lin, name="script", now=now)
    with clock.at(now):
        answers = [ask("gw_wrong") for _try in range(31)]
        assert [answer.status_code for answer in answers] == [401] * 30 + [429]  # type: ignore[attr-defined]
        assert int(answers[-1]["Retry-After"]) > 0  # type: ignore[index]
        assert ask(secret).status_code == 200  # type: ignore[attr-defined]


def test_a_member_has_a_limit_of_tokens(lin: Member, now: datetime) -> None:
    for number in range(rules.TOKENS_MAX):
        actions.issue_token(owner=lin, name=f"script {number}", now=now)
    with pytest.raises(actions.TooManyTokens):
        actions.issue_token(owner=lin, name="one more", now=now)
    actions.revoke_token(owner=lin, token=queries.tokens(lin)[0].id, now=now)
    actions.issue_token(owner=lin, name="one more", now=now)


@pytest.mark.parametrize("count", [3, 19])
def test_the_page_takes_as_many_queries_for_few_and_many(
    lin: Member, lins_browser: Client, now: datetime, count: int
) -> None:
    for number in range(count):
        actions.issue_token(owner=lin, name=f"script {number}", now=now)
    with CaptureQueriesContext(connection) as made:
        lins_browser.get("/me/tokens")
    assert len(made) == 4  # session, member, tokens, unread notices
