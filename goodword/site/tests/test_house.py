from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from goodword.kit import formats, house
from goodword.kit.models import HouseRule
from goodword.people import actions as people

pytestmark = pytest.mark.django_db


def test_every_house_rule_is_readable_by_anybody(client: Client) -> None:
    words = client.get("/rules").content.decode()
    for rule in house.table():
        assert str(rule.metadata["sentence"]).replace("'", "&#39;") in words
    assert "5,000" in words
    assert "15 minutes" in words
    assert "0 %" in words


def test_a_changed_rule_is_shown_from_its_start(client: Client) -> None:
    now = datetime.now(UTC)
    HouseRule.objects.create(name="friends_at_most", value=77, since=now - timedelta(seconds=1))
    HouseRule.objects.create(name="friends_at_most", value=99, since=now + timedelta(days=1))
    words = client.get("/rules").content.decode()
    assert ">77<" in words
    assert ">99<" not in words


def test_a_changed_rule_says_since_when_and_what_it_was_before(client: Client) -> None:
    since = datetime.now(UTC) - timedelta(days=40)
    for value, later in ((77, 0), (88, 1)):
        HouseRule.objects.create(
            name="friends_at_most", value=value, since=since + timedelta(minutes=later)
        )
    english = client.get("/rules", headers={"accept-language": "en"}).content.decode()
    chinese = client.get("/rules", headers={"accept-language": "zh-hans"}).content.decode()
    for words, said in (
        (english, "before: 77. What counts is when two people become friends."),
        (chinese, "此前为 77。以成为好友的时间为准。"),
    ):
        assert said in words
        assert words.count(said[-12:]) == 1  # beside no rule that was never changed
    assert f"Since {written(since, 'en')}; before" in english
    assert f"{written(since, 'zh-hans')}起；此前为" in chinese


def written(day: datetime, language: str) -> str:
    with translation.override(language):
        return formats.date(day)


def test_the_layout_costs_a_member_three_queries() -> None:
    client = Client()
    client.force_login(people.register(handle="lin", display_name="Lin", now=datetime.now(UTC)))
    with CaptureQueriesContext(connection) as made:
        client.get("/me/settings")
    own = 2  # whether strangers find her by name, whether a mail server refuses her address
    assert len(made) == 3 + own  # session, member, unread notices
