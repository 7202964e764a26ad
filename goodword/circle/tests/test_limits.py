"""What the actions refuse themselves, whatever the pages and the API let through."""

from datetime import timedelta

import pytest

from goodword.circle import actions, queries, rules
from goodword.circle.actions import moments
from goodword.circle.models import Block, FriendRequest, Moment, Settings
from goodword.circle.states import Face, RequestState
from goodword.kit.errors import Invalid, NotFound, TooMany
from goodword.kit.models import RateBucket
from goodword.notices import actions as notices
from goodword.notices.models import Notice

from .worlds import NOON, befriend, member, moment

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def other(wen):
    other = member("other")
    befriend(other, wen)
    return other


@pytest.mark.parametrize("what", ["like", "comment", "ask", "invite"])
def test_a_time_has_a_most(wen, other, what):
    made, third = moment(wen), member("third")
    tries = {
        "like": lambda now: actions.like(moment=made, member=other, now=now),
        "comment": lambda now: actions.comment(moment=made, member=other, text="hm", now=now),
        "ask": lambda now: actions.ask(asker=other, asked=third, now=now),
        "invite": lambda now: actions.invite(owner=other, now=now),
    }
    RateBucket.objects.update_or_create(
        key=f"{what}:{other.id}", defaults={"full_until": NOON + DAY}
    )
    with pytest.raises(TooMany):
        tries[what](NOON)
    tries[what](NOON + DAY)


def test_nobody_blocks_themselves(wen):
    with pytest.raises(Invalid, match="yourself"):
        actions.block(owner=wen, other=wen, now=NOON)
    assert not Block.objects.exists()


def test_liking_again_is_no_news(wen, other):
    made = moment(wen)
    actions.like(moment=made, member=other, now=NOON)
    Notice.objects.filter(owner=wen.id).update(read_at=NOON)
    actions.like(moment=made, member=other, now=NOON + DAY)
    assert not Notice.objects.filter(owner=wen.id, read_at=None).exists()


def test_a_closed_account_has_no_page(wen, other):
    type(wen).objects.filter(id=wen.id).update(is_active=False)
    with pytest.raises(NotFound):
        queries.person(other.id, "wen")


def test_parting_takes_back_what_the_circle_told_and_nothing_else(wen, other):
    """News of an order between the two stays: money may wait."""
    told = {"member": wen.id, "subject": wen.id, "actor": other.id, "now": NOON}
    for kind in ("circle.liked", "orders.paid"):
        notices.tell(kind=kind, **told)
    actions.unfriend(member=wen, friend=other, now=NOON)
    kinds = Notice.objects.filter(owner=wen.id, actor=other.id).values_list("kind", flat=True)
    assert list(kinds) == ["orders.paid"]


def test_one_unblocks_for_oneself_alone(wen, other):
    third = member("third")
    for owner in (wen, other):
        actions.block(owner=owner, other=third, now=NOON)
    actions.unblock(owner=wen, other=third, now=NOON)
    assert [block.owner for block in Block.objects.all()] == [other]


def test_groups_are_ones_own_and_hold_friends_alone(wen, other):
    theirs = actions.make_group(owner=other, name="family", now=NOON)
    mine = actions.make_group(owner=wen, name="kiln", now=NOON)
    both = {"owner": wen, "now": NOON}
    tries = (
        lambda: actions.set_groups(friend=other.id, groups=[mine.id, theirs.id], **both),
        lambda: actions.set_members(group=theirs.id, friends=[other.id], **both),
        lambda: actions.set_members(group=mine.id, friends=[other.id, member("third").id], **both),
    )
    for attempt in tries:
        with pytest.raises(NotFound):
            attempt()
    assert queries.friendship(wen.id, other.id).groups == []
    for name in ("", "k" * 41):
        with pytest.raises(Invalid):
            actions.make_group(owner=wen, name=name, now=NOON)


def test_a_name_for_a_friend_is_cut_to_its_length(wen, other):
    actions.set_nickname(owner=wen, friend=other.id, nickname=" x " + "y" * 80)
    assert queries.friendship(wen.id, other.id).nickname == "x " + "y" * 58


@pytest.mark.parametrize("window", [timedelta(0), -DAY])
def test_friends_look_back_for_some_time(wen, window):
    with pytest.raises(Invalid):
        actions.set_window(owner=wen, window=window, now=NOON)
    assert not Settings.objects.filter(owner=wen, window=window).exists()


def test_only_the_asked_declines(wen):
    request = actions.ask(asker=wen, asked=member("third"), now=NOON)
    for nobody in (wen, member("fourth")):
        with pytest.raises(NotFound):
            actions.decline(request=request, member=nobody, now=NOON)
    with pytest.raises(NotFound):
        actions.withdraw(request=request, member=request.asked, now=NOON)
    assert FriendRequest.objects.get(id=request.id).state == RequestState.ASKED


@pytest.mark.parametrize("text", ["", " \n ", "x" * 1001])
def test_a_comment_says_something_and_not_too_much(wen, other, text):
    with pytest.raises(Invalid):
        actions.comment(moment=moment(wen), member=other, text=text, now=NOON)


def test_a_block_that_came_while_one_wrote_keeps_it_from_the_author(wen, other):
    made = moment(wen)  # which the other loaded
    actions.block(owner=wen, other=other, now=NOON)
    actions.comment(moment=made, member=other, text="and another thing", now=NOON)
    assert not Notice.objects.filter(owner=wen.id, kind="circle.commented").exists()


def test_only_its_author_changes_a_moment(wen, other):
    made = moment(wen)
    tries = (
        lambda: actions.narrow(moment=made, author=other, audience=rules.ONLY_ME, now=NOON),
        lambda: actions.edit_moment(moment=made, author=other, text="mine", now=NOON),
        lambda: actions.delete_moment(moment=made, author=other, now=NOON),
    )
    for attempt in tries:
        with pytest.raises(Moment.DoesNotExist):
            attempt()
    assert queries.moment_card(other.id, made.id, now=NOON).text == made.text


def test_two_taps_at_once_publish_one(wen, monkeypatch):
    """The second is let in before the first has written anything."""
    tap = {"author": wen, "face": Face.LIFE, "text": "rain", "key": "tap", "now": NOON}
    faster = []

    def meanwhile(**_asked):
        monkeypatch.undo()
        faster.append(actions.publish(**tap))

    monkeypatch.setattr(moments, "check_audience", meanwhile)
    assert actions.publish(**tap).id == faster[0].id
    assert Moment.objects.count() == 1
