from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.people import actions
from goodword.people.models import Member

pytestmark = pytest.mark.django_db
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9"}


def lang(answer: object) -> str:
    return answer.content.decode().split('<html lang="', 1)[1].split('"', 1)[0]  # type: ignore[attr-defined]


def test_strangers_are_spoken_to_as_their_browser_asks(client: Client) -> None:
    assert lang(client.get("/account/login/", headers=CHINESE)) == "zh-Hans"
    assert lang(client.get("/account/login/", headers={"Accept-Language": "fr"})) == "en"
    assert "登录" in client.get("/account/login/", headers=CHINESE).content.decode()


def test_a_stranger_s_choice_is_kept_in_a_cookie(client: Client) -> None:
    answer = client.post("/language", {"language": "zh-hans", "next": "/rules"})
    assert answer["Location"] == "/rules"
    cookie = answer.cookies["django_language"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert lang(client.get("/rules", headers={"Accept-Language": "en"})) == "zh-Hans"
    client.post("/language", {"language": ""})
    assert lang(client.get("/rules", headers={"Accept-Language": "en"})) == "en"


@pytest.mark.parametrize("code", ["fr", "../../etc", "zh-hans\r\nSet-Cookie: a=b"])
def test_a_made_up_language_changes_nothing(client: Client, code: str) -> None:
    answer = client.post("/language", {"language": code, "next": "//evil.example"})
    assert answer["Location"] == "/"
    assert "django_language" not in answer.cookies


def test_a_member_s_choice_wins_over_browser_and_cookie(
    lin: Member, lins_browser: Client, now: datetime
) -> None:
    lins_browser.post("/language", {"language": "zh-hans", "next": "/me/settings"})
    assert lang(lins_browser.get("/me", headers={"Accept-Language": "en"})) == "zh-Hans"
    lin.refresh_from_db()
    assert lin.language == "zh-hans"
    actions.edit(member=lin, language="en", now=now)
    assert lang(lins_browser.get("/me", headers=CHINESE)) == "en"  # also over the cookie
    another_browser = Client(headers=CHINESE)
    another_browser.force_login(lin)
    assert lang(another_browser.get("/me")) == "en"


def test_one_member_s_language_does_not_stay_for_the_next(lin: Member, now: datetime) -> None:
    actions.edit(member=lin, language="zh-hans", now=now)
    lins = Client()
    lins.force_login(lin)
    assert lang(lins.get("/me")) == "zh-Hans"
    assert lang(Client().get("/rules", headers={"Accept-Language": "en"})) == "en"


def test_strangers_cost_no_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as made:
        client.get("/account/login/")
    assert len(made) == 0


def test_the_theme_is_the_member_s(lin: Member, lins_browser: Client) -> None:
    assert "data-theme" not in lins_browser.get("/me").content.decode()
    lins_browser.post("/me/theme", {"theme": "dark"})
    assert '<html lang="en" data-theme="dark">' in lins_browser.get("/me").content.decode()
    assert lins_browser.post("/me/theme", {"theme": "pink"}).status_code == 422
