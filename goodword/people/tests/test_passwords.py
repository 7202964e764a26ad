import re
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodword.kit import jobs
from goodword.kit.tests.strictness import faults
from goodword.people import actions, queries
from goodword.people.models import Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "two cups and a window"


def without_csrf(answer: object) -> str:
    words = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", words)


def ask(client: Client, email: str) -> object:
    return client.post("/account/password/reset/", {"email": email})


def the_link() -> str:
    [letter] = mail.outbox
    return next(line for line in letter.body.splitlines() if "/password/reset/key/" in line)


def test_known_and_unknown_addresses_are_answered_alike(lin: Member) -> None:
    answers = []
    for email in ("lin@circle.example", "nobody@circle.example"):
        client = Client()
        with CaptureQueriesContext(connection) as made:
            answer = ask(client, email)
        page = client.get(answer["Location"])
        headers = dict(answer.headers.items())
        answers.append((answer.status_code, headers, without_csrf(page), len(made)))
    assert answers[0] == answers[1]


def test_only_a_member_gets_a_letter(
    client: Client, lin: Member, join: Callable[..., Member]
) -> None:
    closed = join("closed", email="closed@circle.example")
    Member.objects.filter(id=closed.id).update(is_active=False)
    for email in ("nobody@circle.example", closed.email):
        ask(client, email)
    jobs.run_due()
    assert mail.outbox == []
    ask(client, "LIN@circle.example")
    jobs.run_due()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["lin@circle.example"], "Choose a new password")
    assert "@lin" in letter.body


def test_the_letter_speaks_the_asker_s_language(client: Client, lin: Member) -> None:
    client.post(
        "/account/password/reset/",
        {"email": lin.email},
        headers={"Accept-Language": "zh-Hans"},
    )
    jobs.run_due()
    assert mail.outbox[0].subject == "设置新密码"


def test_the_link_sets_a_new_password_once(client: Client, lin: Member) -> None:
    ask(client, lin.email)
    jobs.run_due()
    link = the_link()
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    assert faults(form.content.decode()) == []
    assert "&lt;" not in form.content.decode()
    place = form.redirect_chain[-1][0]
    answer = client.post(place, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert answer["Location"] == "/account/password/reset/key/done/"
    assert "Your password is changed" in client.get(answer["Location"]).content.decode()
    lin.refresh_from_db()
    assert lin.check_password(NEW_PASSWORD)
    again = Client().get(link, follow=True)
    assert "no longer works" in again.content.decode()


def test_a_reset_ends_every_session_and_tells_the_member(client: Client, lin: Member) -> None:
    EmailAddress.objects.create(user=lin, email=lin.email, verified=True, primary=True)
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": "lin", "password": PASSWORD})
    ask(client, lin.email)
    jobs.run_due()
    place = client.get(the_link(), follow=True).redirect_chain[-1][0]
    client.post(place, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert elsewhere.get("/me").status_code == 302
    jobs.run_due()
    assert mail.outbox[-1].subject == "Your password was changed"
    assert "127.0.0.1" in mail.outbox[-1].body
    assert "all tokens for programs are revoked" in mail.outbox[-1].body
    assert "ask for a new one where you sign in" in mail.outbox[-1].body


def test_a_reset_leaves_no_way_back_to_who_knew_the_old_one(
    client: Client, lin: Member, now: datetime
) -> None:
    """With the old password somebody made a token and began to change the address to their own."""
    mine, theirs = (
        EmailAddress.objects.create(user=lin, email=email, primary=email == lin.email)
        for email in (lin.email, "thief@circle.example")
    )
    link = reverse("account_confirm_email", args=[EmailConfirmationHMAC(theirs).key])
    tokens = [actions.issue_token(owner=lin, name=name, now=now)[1] for name in ("a", "b")]
    ask(client, lin.email)
    jobs.run_due()
    place = client.get(the_link(), follow=True).redirect_chain[-1][0]
    client.post(place, {"password1": NEW_PASSWORD, "password2": "another"})  # nothing yet
    assert [queries.caller(one) is None for one in tokens] == [False, False]
    answer = client.post(place, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)
    assert "Tokens for programs are revoked" in answer.content.decode()
    assert [queries.caller(one) for one in tokens] == [None, None]
    Client().post(link)
    lin.refresh_from_db()
    assert lin.email == mine.email == "lin@circle.example"
    assert EmailAddress.objects.get(user=lin) == mine


def test_changing_the_password_asks_about_tokens(lin: Member, now: datetime) -> None:
    here, words = Client(), [PASSWORD, NEW_PASSWORD, "a kettle, and some rain"]
    here.post("/account/login/", {"login": "lin", "password": PASSWORD})
    page = "/account/password/change/"
    plain = here.get(page).content.decode()
    assert "Revoke my tokens" not in plain
    assert "At least 10 characters" in plain
    assert "&lt;" not in plain
    _token, secret = actions.issue_token(owner=lin, name="script", now=now)
    assert "1 token lets a program" in here.get(page).content.decode()
    for (old, new), more in zip(pairwise(words), ({}, {"tokens": "on"}), strict=True):
        assert queries.caller(secret)
        form = {"oldpassword": old, "password1": new, "password2": new, **more}
        assert here.post(page, form)["Location"] == "/me/settings"
    assert queries.caller(secret) is None


def test_changing_the_password_ends_the_other_sessions(lin: Member) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/account/login/", {"login": "lin", "password": PASSWORD})
    refused = here.post(
        "/account/password/change/",
        {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert "Type your present password." in refused.content.decode()
    assert elsewhere.get("/me").status_code == 200
    answer = here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert answer["Location"] == "/me/settings"
    assert here.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 302


def test_changing_the_address_asks_who_one_is_first(lin: Member) -> None:
    client = Client()
    client.post("/account/login/", {"login": "lin", "password": PASSWORD})
    form = {"email": "new@circle.example", "action_add": "1"}
    sent_away = client.post("/account/email/", form)
    assert sent_away["Location"].startswith("/account/reauthenticate/?next=")
    wrong = client.post(sent_away["Location"], {"password": "not it"})
    assert "This is not your password." in wrong.content.decode()
    client.post(sent_away["Location"], {"password": PASSWORD, "next": "/account/email/"})
    assert "new@circle.example" in client.get("/account/email/").content.decode()
    jobs.run_due()
    assert [letter.to for letter in mail.outbox] == [["new@circle.example"]]


def test_proving_oneself_works_with_an_address_that_opens_another_account(
    lin: Member, join: object
) -> None:
    """Chen gave Lin's address at sign-up; it must not be Lin's password that Chen is asked for."""
    chen = join("chen", email="lin@circle.example", password="chen's own password")  # type: ignore[operator]
    EmailAddress.objects.create(user=chen, email="lin@circle.example", primary=True)
    client = Client()
    client.post("/account/login/", {"login": "chen", "password": "chen's own password"})
    place = "/account/reauthenticate/?next=/me/settings"
    assert client.post(place, {"password": PASSWORD}).status_code == 200
    answer = client.post(place, {"password": "chen's own password", "next": "/me/settings"})
    assert answer["Location"] == "/me/settings"
