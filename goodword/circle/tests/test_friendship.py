import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connections

from goodword.circle import actions, queries
from goodword.circle.actions import friendship
from goodword.circle.models import Comment, Friendship, Like
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.notices.models import Notice

from .worlds import NOON, befriend, chosen, member, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def other():
    return member("other")


def test_a_pending_request_grants_nothing(wen, other):
    made = moment(wen)
    actions.ask(asker=other, asked=wen, now=NOON)
    assert not queries.are_friends(wen.id, other.id)
    assert not queries.can_view(other.id, made.id, now=NOON)


def test_accepting_makes_both_sides_and_puts_the_friend_into_groups(wen, other):
    family = actions.make_group(owner=wen, name="family", now=NOON)
    befriend(other, wen, groups=[family.id])
    assert queries.friendship(wen.id, other.id).groups == [family.id]
    assert queries.friendship(other.id, wen.id).groups == []


def test_two_who_ask_each_other_are_friends(wen, other):
    actions.ask(asker=wen, asked=other, now=NOON)
    actions.ask(asker=other, asked=wen, now=NOON)
    assert queries.are_friends(wen.id, other.id)


def test_asking_twice_is_once_and_a_friend_cannot_be_asked(wen, other):
    first = actions.ask(asker=wen, asked=other, now=NOON)
    assert actions.ask(asker=wen, asked=other, now=NOON).id == first.id
    actions.accept(request=first, member=other, now=NOON)
    with pytest.raises(Invalid, match="friends already"):
        actions.ask(asker=wen, asked=other, now=NOON)
    with pytest.raises(Invalid, match="your own"):
        actions.ask(asker=wen, asked=wen, now=NOON)


def test_only_the_asked_may_accept_and_only_once(wen, other):
    request = actions.ask(asker=wen, asked=other, now=NOON)
    for nobody in (wen, member("third")):
        with pytest.raises(NotFound):
            actions.accept(request=request, member=nobody, now=NOON)
    actions.accept(request=request, member=other, now=NOON)
    with pytest.raises(Conflict):
        actions.accept(request=request, member=other, now=NOON)


def test_a_declined_request_looks_like_waiting(wen, other):
    request = actions.ask(asker=wen, asked=other, now=NOON)
    waiting = [(r.asked_id, r.message) for r in queries.requests_by(wen.id)]
    actions.decline(request=request, member=other, now=NOON)
    assert [(r.asked_id, r.message) for r in queries.requests_by(wen.id)] == waiting
    assert not queries.requests_to(other.id)


def test_a_refusal_cannot_be_found_out_by_asking_again_or_taking_back(wen, other):
    request = actions.ask(asker=wen, asked=other, now=NOON)
    actions.decline(request=request, member=other, now=NOON)
    told = Notice.objects.filter(owner=other.id).count()
    assert actions.ask(asker=wen, asked=other, now=NOON).id == request.id
    assert not queries.requests_to(other.id)
    assert Notice.objects.filter(owner=other.id).count() == told
    actions.withdraw(request=request, member=wen, now=NOON)
    assert not queries.requests_by(wen.id)
    with pytest.raises(Conflict):
        actions.accept(request=request, member=other, now=NOON)
    again = actions.ask(asker=wen, asked=other, now=NOON)  # nobody is pestered by taking back
    assert [row.id for row in queries.requests_by(wen.id)] == [again.id]
    assert not queries.requests_to(other.id)
    assert Notice.objects.filter(owner=other.id).count() <= told
    actions.withdraw(request=again, member=wen, now=NOON)
    assert not queries.requests_by(wen.id)


def test_what_is_taken_back_is_not_told_any_more(wen, other):
    request = actions.ask(asker=wen, asked=other, now=NOON)
    assert Notice.objects.filter(owner=other.id, kind="circle.asked").exists()
    actions.withdraw(request=request, member=wen, now=NOON)
    assert not Notice.objects.filter(owner=other.id).exists()
    actions.ask(asker=wen, asked=other, now=NOON)
    assert len(queries.requests_to(other.id)) == 1  # who was not refused may ask again


def test_who_has_refused_may_ask_later_and_nothing_waits_after_they_part(wen, other):
    first = actions.ask(asker=wen, asked=other, now=NOON)
    actions.decline(request=first, member=other, now=NOON)
    befriend(other, wen)
    actions.unfriend(member=other, friend=wen, now=NOON)
    assert not queries.requests_by(wen.id)
    assert actions.ask(asker=wen, asked=other, now=NOON).id != first.id
    assert len(queries.requests_to(other.id)) == 1


@pytest.mark.parametrize("end", ["unfriend", "block"])
def test_what_the_two_told_each_other_is_not_kept_in_the_notices(wen, other, end):
    befriend(other, wen)
    actions.comment(moment=moment(wen), member=other, text="a secret", now=NOON)
    if end == "unfriend":
        actions.unfriend(member=wen, friend=other, now=NOON)
    else:
        actions.block(owner=other, other=wen, now=NOON)
    assert not Notice.objects.filter(owner=wen.id, actor=other.id).exists()


def test_a_blocked_person_asks_and_is_not_heard(wen, other):
    actions.block(owner=wen, other=other, now=NOON)
    actions.ask(asker=other, asked=wen, now=NOON)
    assert not queries.requests_to(wen.id)
    assert not Notice.objects.filter(owner=wen.id).exists()
    assert len(queries.requests_by(other.id)) == 1


def test_the_circle_has_an_upper_size(wen, other):
    HouseRule.objects.create(name="friends_at_most", value=1, since=NOON)
    befriend(other, wen)
    with pytest.raises(Conflict, match="at most 1"):
        actions.ask(asker=wen, asked=member("third"), now=NOON)


@pytest.mark.parametrize("full", ["asker", "asked"])
def test_nobody_is_accepted_into_or_out_of_a_full_circle(wen, other, full):
    waits = actions.ask(asker=other, asked=wen, now=NOON)
    HouseRule.objects.create(name="friends_at_most", value=1, since=NOON)
    befriend(member("third"), other if full == "asker" else wen)
    with pytest.raises(Conflict, match="at most 1"):
        actions.accept(request=waits, member=wen, now=NOON)
    assert not queries.are_friends(wen.id, other.id)
    assert [row.id for row in queries.requests_to(wen.id)] == [waits.id]  # it waits on


def test_ending_a_friendship_takes_the_answers_between_the_two(wen, other):
    third = member("third")
    befriend(other, wen)
    befriend(third, wen)
    made = moment(wen)
    for speaker in (other, third):
        actions.like(moment=made, member=speaker, now=NOON)
        actions.comment(moment=made, member=speaker, text="!", now=NOON)
    actions.unfriend(member=other, friend=wen, now=NOON)
    assert not Friendship.objects.filter(owner__in=[wen, other], friend__in=[wen, other]).exists()
    assert {row.member_id for row in Like.objects.all()} == {third.id}
    assert {row.member_id for row in Comment.objects.all()} == {third.id}
    assert not queries.can_view(other.id, made.id, now=NOON)
    with pytest.raises(NotFound):
        actions.unfriend(member=other, friend=wen, now=NOON)


def test_a_reply_hides_whom_the_viewer_does_not_know(wen, other):
    stranger = member("stranger")
    befriend(other, wen)
    befriend(stranger, wen)
    made = moment(wen)
    first = actions.comment(moment=made, member=stranger, text="first", now=NOON)
    actions.comment(moment=made, member=wen, text="thanks", reply_to=first.id, now=NOON)
    card = queries.moment_card(other.id, made.id, now=NOON)
    assert [(answer.text, answer.to) for answer in card.answers] == [("thanks", None)]
    assert card.comments == 1
    mine = queries.moment_card(wen.id, made.id, now=NOON)
    assert [answer.to and answer.to.name for answer in mine.answers] == [None, "Stranger"]


def answers_of(viewer, made):
    return queries.moment_card(viewer.id, made.id, now=NOON).answers


def test_a_comment_is_removed_by_its_writer_or_under_ones_own_moment(wen, other):
    third = member("third")
    befriend(other, wen)
    befriend(third, wen)
    made = moment(wen)
    said = actions.comment(moment=made, member=other, text="hm", now=NOON)
    with pytest.raises(NotFound):
        actions.delete_comment(comment=said, member=third)
    befriend(other, third)  # who reads it from now on
    (offered,) = zip(*(answers_of(who, made) for who in (wen, other, third)), strict=True)
    assert [answer.deletable for answer in offered] == [True, True, False]
    assert queries.comment(other.id, said.id, now=NOON) == said
    actions.hide_mine(owner=wen, friend=other.id, on=True, now=NOON)
    with pytest.raises(NotFound):  # even that it is there still would tell of the moment
        queries.comment(other.id, said.id, now=NOON)
    actions.delete_comment(comment=said, member=wen)
    assert answers_of(wen, made) == []


def test_what_was_told_goes_with_what_it_told_of(wen, other):
    befriend(other, wen)
    made = moment(wen)
    said = actions.comment(moment=made, member=other, text="a secret", now=NOON)
    actions.like(moment=made, member=other, now=NOON)
    told = {notice.kind for notice in Notice.objects.filter(owner=wen.id)}
    assert {"circle.commented", "circle.liked"} <= told
    actions.delete_comment(comment=said, member=other)
    actions.unlike(moment=made, member=other)
    left = {notice.kind for notice in Notice.objects.filter(owner=wen.id)}
    assert not {"circle.commented", "circle.liked"} & left


def test_only_the_notice_of_the_comment_that_went_is_taken_back(wen, other):
    befriend(other, wen)
    made = moment(wen)
    first = actions.comment(moment=made, member=other, text="first", now=NOON)
    actions.comment(moment=made, member=other, text="second", now=NOON)
    actions.delete_comment(comment=first, member=other)
    told = Notice.objects.filter(owner=wen.id, kind="circle.commented")
    assert [notice.facts["text"] for notice in told] == ["second"]


def test_nothing_is_told_of_a_moment_that_is_gone(wen, other):
    befriend(other, wen)
    made, kept = moment(wen), moment(wen)
    for one in (made, kept):
        actions.like(moment=one, member=other, now=NOON)
        actions.comment(moment=one, member=other, text="!", now=NOON)
    actions.delete_moment(moment=made, author=wen, now=NOON)
    told = Notice.objects.filter(owner=wen.id, kind__in=["circle.liked", "circle.commented"])
    assert sorted((notice.kind, notice.subject) for notice in told) == [
        ("circle.commented", kept.id),
        ("circle.liked", kept.id),
    ]


def test_who_is_not_heard_cannot_be_answered(wen, other):
    stranger = member("stranger")
    befriend(other, wen)
    befriend(stranger, wen)
    made, elsewhere = moment(wen), moment(wen)
    unheard = actions.comment(moment=made, member=stranger, text="hm", now=NOON)
    for reply_to in (unheard.id, new_id()):
        with pytest.raises(queries.MomentMissing):
            actions.comment(moment=made, member=other, text="?", reply_to=reply_to, now=NOON)
    with pytest.raises(queries.MomentMissing):
        actions.comment(moment=elsewhere, member=wen, text="?", reply_to=unheard.id, now=NOON)
    befriend(stranger, other)
    said = actions.comment(moment=made, member=other, text="?", reply_to=unheard.id, now=NOON)
    assert said.reply_to_id == unheard.id


def answers_told(member):
    return Notice.objects.filter(owner=member.id, kind="circle.answered").count()


def test_who_is_answered_is_told_unless_they_hear_of_it_anyway(wen, other):
    third = member("third")
    for one, two in ((other, wen), (third, wen), (third, other)):
        befriend(one, two)
    made = moment(wen)

    def answer(speaker, to, text="!"):
        return actions.comment(moment=made, member=speaker, text=text, reply_to=to.id, now=NOON)

    said = actions.comment(moment=made, member=other, text="?", now=NOON)
    first = answer(third, said)
    answer(third, actions.comment(moment=made, member=wen, text="!", now=NOON))
    assert (answers_told(other), answers_told(wen)) == (1, 0)  # she reads of every comment
    answer(other, said)
    answer(third, said, "I told you, @other.")  # who is named is told so
    assert answers_told(other) == 1
    actions.delete_comment(comment=first, member=third)
    assert answers_told(other) == 0
    answer(third, said)
    actions.snooze(owner=other, friend=third.id, on=True, now=NOON)
    answer(third, said)
    assert answers_told(other) == 1
    actions.snooze(owner=other, friend=third.id, on=False, now=NOON)
    actions.narrow(moment=made, author=wen, audience=chosen(third), now=NOON)
    assert answers_told(other) == 0
    answer(third, answer(third, first_of(made)))
    assert answers_told(other) == 0


def first_of(made):
    return Comment.objects.filter(moment=made).order_by("at", "id").first()


@pytest.mark.django_db(transaction=True)
def test_two_who_are_accepted_at_once_do_not_overfill_a_circle(wen, monkeypatch):
    HouseRule.objects.create(name="friends_at_most", value=1, since=NOON)
    asked = [actions.ask(asker=member(f"asker{n}"), asked=wen, now=NOON) for n in range(2)]
    counted = threading.Barrier(2)
    check = friendship.check_room

    def check_and_wait(side, *, now):
        check(side, now=now)
        with suppress(threading.BrokenBarrierError):
            counted.wait(timeout=1)  # both have counted, unless one waits for the other's end

    monkeypatch.setattr(friendship, "check_room", check_and_wait)

    def accept(request):
        try:
            actions.accept(request=request, member=wen, now=NOON)
            return "friends"
        except Conflict as refused:
            return type(refused).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(accept, asked))
    assert outcomes == ["CircleFull", "friends"]
    assert Friendship.objects.filter(owner=wen).count() == 1
