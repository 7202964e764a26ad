from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.notices import actions, queries
from goodword.notices.models import Notice

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def wave(member: UUID, now: datetime, **more: Any) -> UUID:
    subject = more.pop("subject", None) or new_id()
    actions.tell(member=member, kind="tests.waved", subject=subject, now=now, what="scarf", **more)
    return subject


def test_what_is_told_is_read_as_a_sentence(lin: UUID, chen: Any, now: datetime) -> None:
    subject = wave(lin, now, actor=chen.id)
    [line] = queries.notices(lin)
    assert line.sentence == "Chen waved with a scarf."
    assert (line.url, line.at, line.is_unread, line.actor) == (f"/waves/{subject}", now, True, chen)
    assert queries.unread(lin) == 1


def test_nobody_reads_what_others_were_told(lin: UUID, chen: Any, now: datetime) -> None:
    wave(lin, now, actor=chen.id)
    notice = Notice.objects.get().id
    assert queries.notices(chen.id) == []
    assert queries.unread(chen.id) == 0
    assert actions.read_all(owner=chen.id, now=now) == 0
    for peek in (
        lambda: actions.read(owner=chen.id, notice=notice, now=now),
        lambda: queries.url(chen.id, notice),
        lambda: queries.notices(chen.id, before=notice),
    ):
        with pytest.raises(NotFound):
            peek()
    assert queries.unread(lin) == 1


def test_the_same_again_is_one_line_until_it_is_read(lin: UUID, chen: Any, now: datetime) -> None:
    subject = wave(lin, now, actor=chen.id)
    wave(lin, now + MINUTE, actor=chen.id, subject=subject)
    [line] = queries.notices(lin)
    assert line.at == now + MINUTE
    actions.read(owner=lin, notice=line.id, now=now + MINUTE)
    wave(lin, now + 2 * MINUTE, actor=chen.id, subject=subject)
    assert [line.is_unread for line in queries.notices(lin)] == [True, False]


def test_reading_one_and_all(lin: UUID, now: datetime) -> None:
    for number in range(3):
        wave(lin, now + number * MINUTE)
    first = queries.notices(lin)[-1]
    actions.read(owner=lin, notice=first.id, now=now)
    actions.read(owner=lin, notice=first.id, now=now + MINUTE)  # twice is no error
    assert Notice.objects.get(id=first.id).read_at == now
    # What arrived while the page was open stays unread.
    assert actions.read_all(owner=lin, now=now + MINUTE) == 1
    assert [line.is_unread for line in queries.notices(lin)] == [True, False, False]


def test_pages_neither_repeat_nor_skip(lin: UUID, now: datetime) -> None:
    for _each in range(4):
        wave(lin, now)  # all in one instant: the id decides
    wave(lin, now + MINUTE)
    whole = [line.id for line in queries.notices(lin)]
    seen: list[UUID] = []
    while page := queries.notices(lin, before=seen[-1] if seen else None, limit=2):
        wave(lin, now + 5 * MINUTE)  # newer ones do not push what follows
        seen += [line.id for line in page]
    assert seen == whole


@pytest.mark.parametrize("count", [3, 30])
def test_a_page_takes_one_query_and_two_for_the_people(
    lin: UUID, chen: Any, now: datetime, count: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    for _each in range(count):
        wave(lin, now, actor=chen.id)
    with django_assert_num_queries(2):  # Chen is no row here; a nickname is asked for
        assert len(queries.notices(lin)) == count


def test_the_count_ends_at_a_hundred(lin: UUID, now: datetime) -> None:
    Notice.objects.bulk_create(
        Notice(owner=lin, kind="tests.waved", subject=new_id(), at=now, facts={"what": "hat"})
        for _each in range(120)
    )
    assert queries.unread(lin) == 100


def test_what_may_no_longer_be_known_is_withdrawn(lin: UUID, chen: Any, now: datetime) -> None:
    subject = wave(lin, now, actor=chen.id)
    wave(lin, now, actor=chen.id)
    assert actions.withdraw(subject=subject, kind="tests.other") == 0
    assert actions.withdraw(subject=subject, actor=new_id()) == 0
    assert actions.withdraw(subject=subject, kind="tests.waved", actor=chen.id) == 1
    assert queries.unread(lin) == 1


def test_a_kind_whose_domain_is_gone_still_reads(lin: UUID, now: datetime) -> None:
    actions.tell(member=lin, kind="gone.waved", subject=new_id(), now=now)
    [line] = queries.notices(lin)
    assert (line.sentence, line.url) == ("This is about something that is no longer here.", "/")
