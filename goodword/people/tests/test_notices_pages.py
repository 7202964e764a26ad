"""The notices' pages and API, which need members: that floor itself knows none."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.kit import ui
from goodword.kit.ids import new_id
from goodword.kit.tests.strictness import faults
from goodword.notices import actions as notices
from goodword.notices import kinds, queries
from goodword.people import actions
from goodword.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def waved() -> Any:
    kinds.register(
        "tests.waved", sentence=lambda facts: f"{facts['actor']} waved.", url=lambda _id: "/rules"
    )
    yield
    kinds.forget("tests.waved")


def wave(member: Member, actor: Member, now: datetime, count: int = 1) -> None:
    for _each in range(count):
        notices.tell(
            member=member.id, kind="tests.waved", subject=new_id(), actor=actor.id, now=now
        )


def test_the_bell_counts_and_leads_to_the_list(
    lin: Member, lins_browser: Client, join: Callable[..., Member], now: datetime
) -> None:
    chen = join("chen", display_name="<b>Chen</b>")
    assert '<span class="count">' not in lins_browser.get("/me").content.decode()
    wave(lin, chen, now, count=2)
    assert '<span class="count">2</span>' in lins_browser.get("/me").content.decode()
    words = lins_browser.get("/notices").content.decode()
    assert faults(words) == []
    assert "&lt;b&gt;Chen&lt;/b&gt; waved." in words
    assert chen.avatar_url not in words  # no picture, no request: the initial is drawn in the page
    assert f'avatar--s tint-{ui.tint("chen")}" aria-hidden="true">B</span>' in words


def test_following_a_notice_reads_it(
    lin: Member, lins_browser: Client, join: Callable[..., Member], now: datetime
) -> None:
    wave(lin, join("chen"), now)
    [line] = queries.notices(lin.id)
    answer = lins_browser.get(f"/notices/{line.id}")
    assert answer["Location"] == "/rules"
    assert queries.unread(lin.id) == 0
    chens = Client()
    chens.force_login(Member.objects.get(handle="chen"))
    assert chens.get(f"/notices/{line.id}").status_code == 404


def test_all_are_read_by_a_button(
    lin: Member, lins_browser: Client, join: Callable[..., Member], now: datetime
) -> None:
    wave(lin, join("chen"), now, count=3)
    lins_browser.post("/notices/read")
    assert queries.unread(lin.id) == 0
    assert "Mark all as read" not in lins_browser.get("/notices").content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_takes_as_many_queries_for_few_and_many(
    lin: Member, lins_browser: Client, join: Callable[..., Member], now: datetime, count: int
) -> None:
    wave(lin, join("chen"), now, count=count)
    with CaptureQueriesContext(connection) as made:
        words = lins_browser.get("/notices").content.decode()
    assert words.count("Chen waved.") == count
    assert len(made) == 6  # session, member, notices, actors, nicknames, unread


def test_the_list_goes_on(
    lin: Member, lins_browser: Client, join: Callable[..., Member], now: datetime
) -> None:
    import re

    wave(lin, join("chen"), now, count=31)
    first = lins_browser.get("/notices").content.decode()
    [following] = set(re.findall(r'href="(/notices\?before=[^"]+)"', first))
    second = lins_browser.get(following).content.decode()
    assert (first.count("Chen waved."), second.count("Chen waved.")) == (30, 1)
    assert lins_browser.get("/notices?before=nonsense").status_code == 200
    assert lins_browser.get(f"/notices?before={new_id()}").status_code == 404


def test_programs_read_them_too(lin: Member, join: Callable[..., Member], now: datetime) -> None:
    chen = join("chen")
    wave(lin, chen, now, count=3)
    _token, secret = actions.issue_token(owner=lin, name="test", now=now)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    page = program.get("/api/v1/notices?limit=2").json()
    assert page["unread"] == 3
    assert page["notices"][0]["sentence"] == "Chen waved."
    assert page["notices"][0]["actor"] == {
        "handle": "chen", "name": "Chen", "avatar": chen.avatar_url,
    }  # fmt: skip
    rest = program.get(f"/api/v1/notices?limit=2&before={page['next']}").json()
    assert (len(rest["notices"]), rest["next"]) == (1, None)
    one = page["notices"][0]["id"]
    assert program.post(f"/api/v1/notices/{one}/read").status_code == 204
    assert program.post(f"/api/v1/notices/{new_id()}/read").status_code == 404
    assert program.post("/api/v1/notices/read").json() == {"read": 2}
    assert program.get("/api/v1/notices?limit=0").status_code == 422
