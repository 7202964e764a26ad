from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from goodword.kit.errors import Invalid
from goodword.kit.ids import new_id
from goodword.notices import actions, kinds, queries
from goodword.notices.models import Notice

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def groups() -> Iterator[None]:
    """Kinds of the tests' own: claps that fold, parcels that must not be lost."""
    before = dict(kinds._groups)
    kinds.register_group("tests.claps", label="Claps")
    kinds.register_group("tests.parcels", label="Parcels", mail=True, vital=True)
    kinds.register(
        "tests.clapped",
        sentence=lambda facts: f"{facts['actor']} claps.",
        crowd=lambda facts: f"{facts['actor']} and {facts['others']} more clap.",
        url=lambda _subject: "/claps",
        group="tests.claps",
    )
    kinds.register(
        "tests.parcel",
        sentence=lambda _facts: "A parcel is there.",
        url=lambda _subject: "/parcels",
        group=lambda facts: facts.get("to", "tests.parcels"),
    )
    yield
    for kind in ("tests.clapped", "tests.parcel"):
        kinds.forget(kind)
    kinds._groups.clear()
    kinds._groups.update(before)


def clap(member: UUID, now: datetime, **more: Any) -> None:
    actions.tell(
        member=member,
        kind="tests.clapped",
        subject=more.pop("subject", new_id()),
        actor=more.pop("actor", new_id()),
        now=now,
    )


def parcel(member: UUID, now: datetime, **facts: Any) -> None:
    actions.tell(member=member, kind="tests.parcel", subject=new_id(), now=now, **facts)


def test_what_is_off_is_not_told(lin: UUID, chen: Any, now: datetime) -> None:
    actions.choose(owner=lin, wishes={"tests.claps": ("off", False)})
    clap(lin, now)
    clap(chen.id, now)
    parcel(lin, now)
    assert [line.kind for line in queries.notices(lin)] == ["tests.parcel"]
    assert len(queries.notices(chen.id)) == 1


def test_what_is_quiet_is_listed_and_not_counted(lin: UUID, now: datetime) -> None:
    actions.choose(owner=lin, wishes={"tests.claps": ("quiet", False)})
    clap(lin, now)
    assert queries.unread(lin) == 0
    [line] = queries.notices(lin)
    assert line.is_unread


def test_what_matters_can_be_quiet_but_never_off(lin: UUID, now: datetime) -> None:
    with pytest.raises(actions.NeverOff):
        actions.choose(
            owner=lin,
            wishes={"tests.claps": ("off", False), "tests.parcels": ("off", False)},
        )
    clap(lin, now)
    assert len(queries.notices(lin)) == 1  # all of it was refused
    from goodword.notices.models import Wish

    Wish.objects.create(owner=lin, group="tests.parcels", told="off", mail=False)
    parcel(lin, now)  # whatever a row says
    assert len(queries.notices(lin)) == 2


def test_unknown_groups_and_ways_are_refused(lin: UUID) -> None:
    for wishes in ({"tests.none": ("on", True)}, {"tests.claps": ("loud", True)}):
        with pytest.raises(Invalid):
            actions.choose(owner=lin, wishes=wishes)


def test_the_facts_may_choose_the_group(lin: UUID, now: datetime) -> None:
    actions.choose(owner=lin, wishes={"tests.claps": ("off", False)})
    parcel(lin, now, to="tests.claps")
    assert queries.notices(lin) == []


def test_several_who_do_the_same_are_one_line(lin: UUID, chen: Any, now: datetime) -> None:
    moment = new_id()
    for n in range(3):
        clap(lin, now + n * MINUTE, subject=moment)
    clap(lin, now + 3 * MINUTE, subject=moment, actor=chen.id)
    clap(lin, now)
    crowd, alone = queries.notices(lin)
    assert crowd.sentence == "Chen and 3 more clap."
    assert (crowd.actor, crowd.others, alone.others) == (chen, 3, 0)
    actions.read(owner=lin, notice=crowd.id, now=now + HOUR)
    assert Notice.objects.filter(owner=lin, read_at=None).count() == 1
    # What comes afterwards is news again, and does not count those that were read.
    clap(lin, now + HOUR, subject=moment)
    fresh, read, _alone = queries.notices(lin)
    assert (fresh.is_unread, fresh.others, read.others) == (True, 0, 3)


def test_whoever_goes_leaves_the_line(lin: UUID, chen: Any, now: datetime) -> None:
    moment = new_id()
    clap(lin, now, subject=moment)
    clap(lin, now + MINUTE, subject=moment, actor=chen.id)
    actions.withdraw_between(one=lin, other=chen.id, domain="tests")
    [line] = queries.notices(lin)
    assert line.others == 0
    assert "Chen" not in line.sentence


@pytest.mark.parametrize("count", [3, 30])
def test_a_page_of_crowds_takes_four_queries(
    lin: UUID, now: datetime, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        moment = new_id()
        clap(lin, now + n * MINUTE, subject=moment)
        clap(lin, now + n * MINUTE, subject=moment)
    with django_assert_num_queries(4):  # lines, people, nicknames, crowds
        lines = queries.notices(lin)
    assert [line.others for line in lines] == [1] * count


def test_pages_of_crowds_neither_repeat_nor_skip(lin: UUID, now: datetime) -> None:
    for n in range(5):
        moment = new_id()
        for k in range(3):
            clap(lin, now + (5 * k + n) * MINUTE, subject=moment)
    whole = [line.id for line in queries.notices(lin)]
    seen: list[UUID] = []
    while page := queries.notices(lin, before=seen[-1] if seen else None, limit=2):
        seen += [line.id for line in page]
    assert seen == whole
    assert len(whole) == 5


def test_letters_wait_for_what_matters_and_is_unread(lin: UUID, chen: Any, now: datetime) -> None:
    clap(lin, now)
    parcel(lin, now, actor=chen.id)
    parcel(chen.id, now)
    actions.read_all(owner=chen.id, now=now)
    assert queries.waiting_for_letters(now + MINUTE) == []  # perhaps she is just reading it
    [news] = queries.waiting_for_letters(now + 5 * MINUTE)
    assert (news.owner, news.items) == (lin, [("tests.parcels", chen.id)])
    actions.note_letter(owner=lin, until=news.until, now=now + 5 * MINUTE)
    parcel(lin, now + 6 * MINUTE)
    assert queries.waiting_for_letters(now + HOUR) == []  # one an hour
    assert len(queries.waiting_for_letters(now + HOUR + 5 * MINUTE)) == 1
    actions.choose(owner=lin, wishes={"tests.parcels": ("on", False)})
    parcel(chen.id, now)
    assert [one.owner for one in queries.waiting_for_letters(now + 2 * HOUR)] == [lin, chen.id]


def test_forgetting_a_member_takes_both_sides(lin: UUID, chen: Any, now: datetime) -> None:
    clap(lin, now, actor=chen.id)
    clap(chen.id, now, actor=lin)
    clap(chen.id, now)
    actions.choose(owner=lin, wishes={"tests.claps": ("quiet", True)})
    actions.forget(member=lin)
    assert queries.notices(lin) == []
    assert len(queries.notices(chen.id)) == 1
