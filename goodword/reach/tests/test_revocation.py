"""A stream loses access the moment its viewer does: a friend beside still hears, the other not."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from goodword.circle import actions as circle
from goodword.circle.actions import moments
from goodword.circle.rules import ONLY_ME
from goodword.circle.tests.worlds import all_but, befriend, chosen, member, moment
from goodword.kit import clock, jobs
from goodword.kit.tests.loops import alone
from goodword.notices import stream as notices
from goodword.people.models import Member

from .ears import Ear, open_pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lin():
    return member("lin")


@pytest.fixture
def chen(lin):
    return friend_of(lin, "chen")


@pytest.fixture
def wen(lin):
    return friend_of(lin, "wen")


def friend_of(lin, handle):
    made = member(handle)
    befriend(lin, made)
    jobs.run_due()
    return made


def says(speaker, made, text="hm"):
    return circle.comment(moment=made, member=speaker, text=text, now=clock.now())


def publish(author, **values):
    made = moment(author, now=clock.now() - timedelta(seconds=1), **values)
    jobs.run_due()
    return made


REVOCATIONS = {
    "unfriended": lambda lin, chen, _: circle.unfriend(member=lin, friend=chen, now=clock.now()),
    "left": lambda lin, chen, _: circle.unfriend(member=chen, friend=lin, now=clock.now()),
    "blocked": lambda lin, chen, _: circle.block(owner=lin, other=chen, now=clock.now()),
    "blocks": lambda lin, chen, _: circle.block(owner=chen, other=lin, now=clock.now()),
    "hidden from": lambda lin, chen, _: circle.hide_mine(owner=lin, friend=chen.id, on=True),
    "narrowed": lambda lin, chen, made: circle.narrow(
        moment=made, author=lin, audience=all_but(chen), now=clock.now()
    ),
    "past the window": lambda lin, _chen, made: (
        circle.set_window(owner=lin, window=timedelta(days=3)),
        type(made).objects.filter(id=made.id).update(published_at=clock.now() - timedelta(days=4)),
    ),
}


@pytest.mark.parametrize("how", list(REVOCATIONS))
def test_a_page_that_stays_open_hears_no_more_of_what_its_viewer_lost(lin, chen, wen, how):
    made = publish(lin)
    befriend(chen, wen)
    elsewhere = publish(wen)
    hers, his = Ear(lin), Ear(chen)

    async def story():
        async with open_pages(his, hers):
            await sync_to_async(says)(lin, made)
            assert await his.next() == "answers"
            assert await hers.next() == "answers"
            await sync_to_async(REVOCATIONS[how])(lin, chen, made)
            if how == "narrowed":
                assert await his.next() == "gone"
            await sync_to_async(says)(lin, made)
            assert await hers.next() == "answers"  # and his was asked for in the same breath
            await sync_to_async(says)(wen, elsewhere)
            assert await his.next() == "answers"  # the next he hears is of somebody else
            assert his.heard.empty()

    alone(story)


@pytest.mark.parametrize("how", [name for name in REVOCATIONS if name[0] != "p"])
def test_a_new_moment_is_announced_to_nobody_who_lost_it_before(lin, chen, wen, how):
    made = publish(lin)
    his, beside = Ear(chen), Ear(wen)
    audience = {"audience": all_but(chen)} if how == "narrowed" else {}

    async def story():
        async with open_pages(his, beside):
            await sync_to_async(REVOCATIONS[how])(lin, chen, made)
            if how == "narrowed":
                assert await his.next() == "gone"
            await sync_to_async(publish)(lin, **audience)
            assert await beside.next() == "moment"
            await sync_to_async(notices.announce)("notice", member=str(chen.id))
            assert await his.next() == "badge"

    alone(story)


def end_session(_chen, ear):
    Session.objects.filter(session_key=ear.client.session.session_key).delete()


ENDS = {
    "signed out": lambda _chen, ear: ear.client.logout(),
    "its session ended elsewhere": end_session,
    "deactivated": lambda chen, _ear: Member.objects.filter(id=chen.id).update(is_active=False),
    "new password": lambda chen, _ear: (
        chen.set_password("a new one, and longer"), chen.save(update_fields=["password"])
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", list(ENDS))
def test_a_page_whose_session_ended_is_ended_instead_of_told(lin, chen, how):
    made = publish(lin)
    his, other = Ear(chen), Ear(lin)

    async def story():
        async with open_pages(his, other):
            await sync_to_async(says)(lin, made)
            assert await his.next() == "answers"
            await sync_to_async(ENDS[how])(chen, his)
            await sync_to_async(says)(lin, made)
            assert await his.next() == "the end"
            assert his.heard.empty()
            assert not other.ended

    alone(story)


def test_what_somebody_says_is_announced_to_those_who_hear_them_alone(lin, chen, wen):
    """Chen and Wen are Lin's friends and do not know each other: not even that he spoke is told."""
    made = publish(lin)
    hers, his, wens = Ear(lin), Ear(chen), Ear(wen)

    async def story():
        async with open_pages(hers, his, wens):
            said = await sync_to_async(says)(chen, made)
            assert [await hers.next(), await hers.next()] == ["badge", "answers"]
            assert await his.next() == "answers"
            await sync_to_async(circle.like)(moment=made, member=chen, now=clock.now())
            await sync_to_async(circle.unlike)(moment=made, member=chen)
            await sync_to_async(circle.delete_comment)(comment=said, member=chen)
            assert [await his.next() for _ in range(3)] == ["answers"] * 3
            await sync_to_async(says)(lin, made)
            assert await wens.next() == "answers"
            assert wens.heard.empty()

    alone(story)


def test_a_deleted_moment_is_taken_from_those_who_saw_it_and_unknown_to_others(lin, chen, wen):
    made = publish(lin, audience=chosen(chen))
    his, wens = Ear(chen), Ear(wen)

    async def story():
        async with open_pages(his, wens):
            await sync_to_async(circle.delete_moment)(moment=made, author=lin, now=clock.now())
            assert await his.next() == "gone"
            await sync_to_async(notices.announce)("notice", member=str(wen.id))
            assert await wens.next() == "badge"

    alone(story)


def test_a_narrowed_moment_leaves_the_pages_of_those_who_lost_it(lin, chen, wen):
    """And says nothing to who keeps it, who never had it, or who blocks her."""
    yu, bo = friend_of(lin, "yu_tong"), friend_of(lin, "bo_hai")
    circle.block(owner=bo, other=lin, now=clock.now())
    made = publish(lin, audience=all_but(yu))
    ears = {who.handle: Ear(who) for who in (chen, wen, yu, bo)}

    async def story():
        async with open_pages(*ears.values()):
            await sync_to_async(circle.narrow)(
                moment=made, author=lin, audience=all_but(yu, chen, bo), now=clock.now()
            )
            assert await ears["chen"].next() == "gone"
            for who in (wen, yu, bo):
                await sync_to_async(notices.announce)("notice", member=str(who.id))
                assert await ears[who.handle].next() == "badge"

    alone(story)


def test_a_narrowing_that_hundreds_lose_is_told_in_parts(lin, chen, monkeypatch):
    monkeypatch.setattr(moments, "TOLD_AT_ONCE", 1)
    yu = friend_of(lin, "yu_tong")
    made = publish(lin)
    his, yus = Ear(chen), Ear(yu)

    async def story():
        async with open_pages(his, yus):
            await sync_to_async(circle.narrow)(
                moment=made, author=lin, audience=ONLY_ME, now=clock.now()
            )
            assert [await his.next(), await yus.next()] == ["gone", "gone"]

    alone(story)
