"""What two do at the same moment: nothing is left over, and nobody sees what was kept from them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connections, transaction

from goodword.circle import actions, queries
from goodword.circle.models import Comment, Like
from goodword.circle.queries import MomentMissing

from .worlds import NOON, all_but, befriend, member, moment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def friend(wen):
    friend = member("friend")
    befriend(friend, wen)
    return friend


def while_open(first, then):
    """Run `first` and, before its transaction ends, start `then`; it may wait for that end."""

    def elsewhere():
        try:
            return then()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            made = first()
            going = pool.submit(elsewhere)
            with suppress(TimeoutError):
                going.result(timeout=0.5)
        going.result(timeout=30)
    return made


def test_a_group_forgotten_while_one_posts_still_keeps_its_people_out(wen, friend):
    work = actions.make_group(owner=wen, name="work", now=NOON)
    actions.set_groups(owner=wen, friend=friend.id, groups=[work.id], now=NOON)
    made = while_open(
        lambda: moment(wen, audience=all_but(groups=[work.id])),
        lambda: actions.delete_group(owner=wen, group=work.id, now=NOON),
    )
    assert not queries.can_view(friend.id, made.id, now=NOON)


ENDS = {
    "they part": lambda wen, friend, _made: actions.unfriend(member=wen, friend=friend, now=NOON),
    "it is deleted": lambda wen, _friend, made: actions.delete_moment(
        moment=made, author=wen, now=NOON
    ),
}


def answer(made, friend):
    actions.like(moment=made, member=friend, now=NOON)
    actions.comment(moment=made, member=friend, text="Oh", now=NOON)


def said():
    return Like.objects.count() + Comment.objects.count()


@pytest.mark.parametrize("how", list(ENDS))
def test_what_is_said_while_it_ends_ends_with_it(wen, friend, how):
    made = moment(wen)
    while_open(lambda: answer(made, friend), lambda: ENDS[how](wen, friend, made))
    assert said() == 0


@pytest.mark.parametrize("how", list(ENDS))
def test_what_ended_meanwhile_is_not_answered(wen, friend, how):
    made = moment(wen)  # loaded while it was there
    ENDS[how](wen, friend, made)
    with pytest.raises(MomentMissing):
        actions.comment(moment=made, member=friend, text="Oh", now=NOON)
    with pytest.raises(MomentMissing):
        actions.like(moment=made, member=friend, now=NOON)
    assert said() == 0
