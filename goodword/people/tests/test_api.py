from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from goodword.people import actions, rules
from goodword.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(lin: Member, now: datetime) -> Callable[..., Any]:
    """Lin's own program: api("get", "/me"), api("patch", "/me", {"bio": "…"})."""
    _token, secret = actions.issue_token(owner=lin, name="test", now=now)
    client = Client(headers={"Authorization": f"Bearer {secret}"})

    def ask(method: str, path: str, body: object = None, **more: Any) -> Any:
        given = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(client, method)(f"/api/v1{path}", **given, **more)

    return ask


def test_one_reads_and_changes_oneself(api: Callable[..., Any], lin: Member) -> None:
    me = api("get", "/me").json()
    assert me == {
        "id": str(lin.id),
        "handle": "lin",
        "name": "Lin Xiaoman",
        "avatar": f"/avatars/{lin.id}/small/none",
        "bio": "",
        "joined_at": "2026-05-04T12:00:00+00:00",
        "email": "lin@circle.example",
        "language": "",
        "region": "CN",
        "theme": "",
    }
    changed = {"name": "小满", "bio": "Tea.", "language": "zh-hans", "theme": "dark"}
    answer = api("patch", "/me", changed)
    assert answer.status_code == 200
    assert answer.json() == me | changed
    assert api("get", "/me").json() == me | changed


@pytest.mark.parametrize(
    ("body", "field"),
    [({"name": " "}, "name"), ({"bio": "x" * 301}, "bio"), ({"region": "XX"}, "region"),
     ({"language": "fr"}, "language"), ({"theme": "pink"}, "theme")],
)  # fmt: skip
def test_bad_values_change_nothing(
    api: Callable[..., Any], lin: Member, body: dict[str, str], field: str
) -> None:
    answer = api("patch", "/me", {"name": "Other", "bio": "other"} | body)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert answer.json()["detail"] == answer.json()["fields"][field]
    lin.refresh_from_db()
    assert (lin.display_name, lin.bio) == ("Lin Xiaoman", "")


def test_tokens_are_made_listed_and_revoked(api: Callable[..., Any]) -> None:
    made = api("post", "/me/tokens", {"name": "printer"})
    assert made.status_code == 201
    token = made.json()
    assert token["token"].startswith("gw_")
    assert token["token"].endswith(token["hint"])
    listed = api("get", "/me/tokens").json()
    assert [one["name"] for one in listed] == ["printer", "test"]
    assert "token" not in listed[0]
    assert api("delete", f"/me/tokens/{token['id']}").status_code == 204
    assert [one["name"] for one in api("get", "/me/tokens").json()] == ["test"]


def test_others_are_found_by_handle_without_what_is_theirs(
    api: Callable[..., Any], join: Callable[..., Member]
) -> None:
    join("chen", email="chen@circle.example", bio="Bakes.")
    found = api("get", "/members/CHEN").json()
    assert (found["handle"], found["bio"]) == ("chen", "Bakes.")
    assert set(found) == {"id", "handle", "name", "avatar", "bio", "joined_at"}
    missing = api("get", "/members/nobody")
    assert (missing.status_code, missing.json()) == (
        404,
        {"detail": "Nobody here has this handle."},
    )
    assert api("get", "/members/a%00b").status_code == 400


def test_sentences_come_in_the_member_s_language(api: Callable[..., Any], lin: Member) -> None:
    chinese = {"Accept-Language": "zh-Hans"}
    assert api("get", "/members/nobody", headers=chinese).json() == {
        "detail": "这里没有人使用这个账号名。"
    }
    actions.edit(member=lin, language="en", now=lin.joined_at)
    missing = api("get", "/members/nobody", headers=chinese).json()
    assert missing == {"detail": "Nobody here has this handle."}


def test_faces_are_addressed_as_the_urlconf_says(lin: Member) -> None:
    from django.urls import reverse

    assert lin.avatar_url == reverse("people:avatar", args=[lin.id, "small", "none"])
    assert set(rules.LANGUAGES) == {"", "en", "zh-hans"}
