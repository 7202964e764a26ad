"""Letters about news, and the page on which a member says which."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from goodword.kit import jobs
from goodword.kit.ids import new_id
from goodword.kit.tests.strictness import faults
from goodword.notices import actions as notices
from goodword.notices import queries
from goodword.people import actions, news
from goodword.people.models import Member

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=6)
HOUR = timedelta(hours=1)


def confirm(member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)


def say(to: Member, by: Member, kind: str, now: datetime) -> None:
    notices.tell(
        member=to.id, kind=kind, subject=new_id(), actor=by.id, now=now, text="a secret word",
        title="A secret teapot",
    )  # fmt: skip


def test_a_letter_says_who_and_what_kind_and_nothing_else(
    lin: Member, join: Callable[..., Member], now: datetime
) -> None:
    confirm(lin)
    chen = join("chen", display_name="Chen Bo")
    say(lin, chen, "circle.asked", now)
    say(lin, chen, "circle.commented", now)
    say(lin, chen, "orders.cancel_asked", now)
    assert news.send_letters(now + SOON) == 1
    jobs.run_due()
    [letter] = mail.outbox
    assert letter.to == [lin.email]
    assert "Friend requests: 1 (Chen Bo)" in letter.body
    assert "Orders: what you sell: 1 (Chen Bo)" in letter.body
    assert "omments" not in letter.body  # not by mail unless one asks for it
    assert "secret" not in letter.body
    assert "http://localhost:8000/notices" in letter.body
    say(lin, chen, "circle.asked", now + SOON)
    assert news.send_letters(now + HOUR) == 0
    assert news.send_letters(now + SOON + HOUR) == 1


def test_an_address_that_nobody_confirmed_gets_no_news(
    lin: Member, join: Callable[..., Member], now: datetime
) -> None:
    EmailAddress.objects.create(user=lin, email=lin.email, primary=True)
    say(lin, join("chen"), "circle.asked", now)
    assert news.send_letters(now + SOON) == 0
    jobs.run_due()
    assert mail.outbox == []


def test_a_letter_is_in_the_language_of_its_reader(
    lin: Member, join: Callable[..., Member], now: datetime
) -> None:
    confirm(lin)
    actions.edit(member=lin, language="zh-hans", now=now)
    say(lin, join("chen", display_name="陈波"), "circle.asked", now)
    news.send_letters(now + SOON)
    jobs.run_due()
    [letter] = mail.outbox
    assert letter.subject == "你的圈子有新消息"
    assert "好友请求：1 条（陈波）" in letter.body


def test_the_page_saves_what_was_chosen(lin: Member, lins_browser: Client) -> None:
    words = lins_browser.get("/notices/settings").content.decode()
    assert faults(words) == []
    assert 'name="told-orders.bought" value="off"' not in words
    assert 'name="told-circle.likes" value="off"' in words
    sent = {"told-circle.likes": "off", "told-circle.requests": "quiet", "mail-circle.likes": "on"}
    assert lins_browser.post("/notices/settings", sent).status_code == 302
    chosen = {one.group: (one.told, one.mail) for one in queries.choices(lin.id)}
    assert chosen["circle.likes"] == ("off", True)
    assert chosen["circle.requests"] == ("quiet", False)
    refused = lins_browser.post("/notices/settings", {"told-orders.sold": "off"})
    assert refused.status_code == 422
    assert "cannot be switched off" in refused.content.decode()


def test_programs_choose_too(lin: Member, now: datetime) -> None:
    _token, secret = actions.issue_token(owner=lin, name="test", now=now)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    body = [{"group": "circle.likes", "told": "quiet", "mail": False}]
    answer = program.put("/api/v1/notices/settings", body, content_type="application/json")
    assert answer.status_code == 200
    likes = [one for one in answer.json() if one["group"] == "circle.likes"]
    assert likes == [
        {"group": "circle.likes", "told": "quiet", "mail": False, "label": "Likes", "vital": False}
    ]
    assert program.get("/api/v1/notices/settings").json() == answer.json()
    body = [{"group": "orders.sold", "told": "off", "mail": False}]
    answer = program.put("/api/v1/notices/settings", body, content_type="application/json")
    assert answer.status_code == 422
