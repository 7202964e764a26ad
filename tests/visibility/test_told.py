"""What the author of a moment is told of several who like it, and who is never counted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle.rules import Audience
from goodword.circle.states import AudienceKind
from goodword.kit import clock
from goodword.notices import actions as notices
from goodword.notices import exports, queries
from goodword.notices.models import Notice
from goodword.people.models import Member

from ..town import befriend, member, moment
from .test_foreign import bearer_of

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
    circle.set_nickname(owner=lin, friend=bo.id, nickname="Xiao Bo")
    circle.set_nickname(owner=wen, friend=lin.id, nickname="Potter")  # hers alone
    assert likes(lin) == ["Xiao Bo and 2 others like your moment."]
    circle.set_nickname(owner=lin, friend=bo.id, nickname="")
    circle.unfriend(member=lin, friend=wen, now=clock.now())
    assert likes(lin) == ["Bo Hai and 1 other like your moment."]
    circle.block(owner=bo, other=lin, now=clock.now())
    assert likes(lin) == ["Chen Bo likes your moment."]
    browser = Client(headers={"Accept-Language": "zh-CN"})
    browser.force_login(lin)
    assert "Chen Bo 赞了你的动态" in browser.get("/notices").content.decode()
    circle.delete_moment(moment=mine, author=lin, now=clock.now())
    assert likes(lin) == []


def befriended(*names: str) -> list[Member]:
    """Members who all know each other."""
    people = [member(name) for name in names]
    for one, other in combinations(people, 2):
        befriend(one, other)
    return people


def everywhere(reader: Member, now: datetime) -> list[bool]:
    """Whether the reader is told of a moment: on the page, as data, by the bell, to take along, in
    a letter, and by following it."""
    page, program = Client(), Client(headers=bearer_of(reader))
    page.force_login(reader)
    with clock.at(now):
        line = Notice.objects.get(owner=reader.id, kind__in=["circle.mentioned", "circle.answered"])
        Notice.objects.filter(id=line.id).update(read_at=None)  # following it read it
        letters = queries.waiting_for_letters(now)
        told = program.get("/api/v1/notices").json()
        return [
            str(line.id) in page.get("/notices").content.decode(),
            str(line.id) in {one["id"] for one in told["notices"]},
            told["unread"] == 1,
            line.kind in {row["kind"] for row in exports.notices(reader.id, now)},
            reader.id in {news.owner for news in letters},
            page.get(f"/notices/{line.id}").status_code == 302,
        ]


HIDES: dict[str, Callable[[Member, Member, UUID], object]] = {
    "hidden from him": lambda lin, chen, _group: circle.hide_mine(
        owner=lin, friend=chen.id, on=True, now=clock.now()
    ),
    "out of the group": lambda lin, _chen, group: circle.set_members(
        owner=lin, group=group, friends=[], now=clock.now()
    ),
    "past the window": lambda lin, _chen, _group: circle.set_window(
        owner=lin, window=timedelta(days=1), now=clock.now()
    ),
    "parted": lambda lin, chen, _group: circle.unfriend(member=lin, friend=chen, now=clock.now()),
    "blocked": lambda lin, chen, _group: circle.block(owner=lin, other=chen, now=clock.now()),
}


@pytest.mark.parametrize(
    ("how", "kind"),
    [*((how, "circle.mentioned") for how in HIDES), ("hidden from him", "circle.answered")],
)
def test_what_was_told_of_a_moment_is_there_as_long_as_the_moment_is(how: str, kind: str):
    """By Wen, whom nothing parts from Chen, under a moment of Lin's that Chen then loses."""
    lin, chen, wen = befriended("Lin Xiaoman", "Chen Bo", "Wen Jing")
    group = circle.make_group(owner=lin, name="Kiln", now=clock.now()).id
    circle.set_members(owner=lin, group=group, friends=[chen.id, wen.id], now=clock.now())
    made = moment(lin, "Warm.", audience=Audience(AudienceKind.CHOSEN, groups=(group,)))
    asked = circle.comment(moment=made, member=chen, text="Still?", now=clock.now())
    named = f"@{chen.handle}!" if kind == "circle.mentioned" else "Yes."
    Notice.objects.filter(owner=chen.id).delete()
    notices.choose(owner=chen.id, wishes={"circle.answers": ("on", True)})
    circle.comment(moment=made, member=wen, text=named, reply_to=asked.id, now=clock.now())
    later = clock.now() + timedelta(days=2)
    assert everywhere(chen, later) == [True] * 6
    HIDES[how](lin, chen, group)
    assert everywhere(chen, later) == [False] * 6
    if how == "hidden from him":
        circle.hide_mine(owner=lin, friend=chen.id, on=False, now=clock.now())
        assert everywhere(chen, later) == [True] * 6


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
