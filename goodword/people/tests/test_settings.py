from datetime import datetime

import pytest
from django.test import Client

from goodword.journal.queries import story
from goodword.kit.tests.strictness import faults
from goodword.people import actions
from goodword.people.models import Member

pytestmark = pytest.mark.django_db
PROFILE = {"display_name": "小满", "bio": "茶与瓷", "region": "SE"}


def test_a_profile_is_edited(lin: Member, lins_browser: Client) -> None:
    answer = lins_browser.post("/me/settings", PROFILE, follow=True)
    assert "Saved." in answer.content.decode()
    lin.refresh_from_db()
    assert (lin.display_name, lin.bio, lin.region) == ("小满", "茶与瓷", "SE")
    assert story(lin.id)[-1].facts == {"changed": ["display_name", "bio", "region"]}


@pytest.mark.parametrize(
    "changed",
    [{"display_name": ""}, {"display_name": "\u200b"}, {"region": "XX"}, {"bio": "x" * 301}],
)
def test_what_cannot_be_changes_nothing(
    lin: Member, lins_browser: Client, changed: dict[str, str]
) -> None:
    answer = lins_browser.post("/me/settings", PROFILE | changed)
    assert answer.status_code == 422
    assert faults(answer.content.decode()) == []
    lin.refresh_from_db()
    assert lin.display_name == "Lin Xiaoman"


def test_saving_the_same_writes_no_deed(lin: Member, now: datetime) -> None:
    actions.edit(member=lin, display_name="Lin Xiaoman", now=now)
    assert [deed.verb for deed in story(lin.id)] == ["people.joined"]


def test_the_hub_leads_on(lins_browser: Client) -> None:
    words = lins_browser.get("/me").content.decode()
    for place in ("/@lin", "/friends", "/groups", "/notices", "/me/settings", "/rules"):
        assert f'href="{place}"' in words
    assert 'action="/account/logout/"' in words
