"""What the author of a moment is told of several who like it, and who is never counted."""

import pytest
from django.test import Client

from goodword.circle import actions as circle
from goodword.kit import clock
from goodword.notices import actions as notices
from goodword.notices import queries
from goodword.notices.models import Notice

from ..town import befriend, member, moment

pytestmark = pytest.mark.django_db


def likes(author) -> list[str]:
    return [line.sentence for line in queries.notices(author.id) if line.kind == "circle.liked"]


def test_a_line_counts_only_those_whom_the_author_may_hear():
    lin = member("Lin Xiaoman")
    _chen, wen, bo = friends = [member("Chen Bo"), member("Wen Jing"), member("Bo Hai")]
    for friend in friends:
        befriend(lin, friend)
    mine = moment(lin, "The kiln is warm again.")
    for friend in friends:
        circle.like(moment=mine, member=friend, now=clock.now())
    assert likes(lin) == ["Bo Hai and 2 others like your moment."]
    circle.unfriend(member=lin, friend=wen, now=clock.now())
    assert likes(lin) == ["Bo Hai and 1 other like your moment."]
    circle.block(owner=bo, other=lin, now=clock.now())
    assert likes(lin) == ["Chen Bo likes your moment."]
    browser = Client(headers={"Accept-Language": "zh-CN"})
    browser.force_login(lin)
    assert "Chen Bo 赞了你的动态" in browser.get("/notices").content.decode()
    circle.delete_moment(moment=mine, author=lin, now=clock.now())
    assert likes(lin) == []


def test_a_setting_of_mine_is_nobody_elses_to_notice():
    lin, chen = member("Lin Xiaoman"), member("Chen Bo")
    befriend(lin, chen)
    mine = moment(lin, "The kiln is warm again.")
    chens = Client()
    chens.force_login(chen)
    chens.post(f"/moments/{mine.id}/like", {"on": "1"})
    told = chens.get(f"/moments/{mine.id}").content
    chens.post(f"/moments/{mine.id}/like", {"on": "0"})
    Notice.objects.filter(owner=lin.id).delete()
    notices.choose(owner=lin.id, wishes={"circle.likes": ("off", False)})
    chens.post(f"/moments/{mine.id}/like", {"on": "1"})
    assert likes(lin) == []
    assert without_secrets(chens.get(f"/moments/{mine.id}").content) == without_secrets(told)


def without_secrets(html: bytes) -> list[bytes]:
    """The page's lines without those that hold a form's secret, which is masked anew each time."""
    return [line for line in html.splitlines() if b"csrf" not in line and b"<time" not in line]
