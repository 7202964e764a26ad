"""A stream loses access the moment its viewer does: a friend beside still hears, the other not."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle.actions import losses
from goodword.circle.models import Moment
from goodword.circle.rules import ONLY_ME
from goodword.circle.tests.worlds import all_but, befriend, chosen, member, moment
from goodword.kit import clock, jobs
from goodword.kit.tests.loops import alone
from goodword.notices import stream as notices
from goodword.people import actions as people
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
    "hidden from": lambda lin, chen, _: circle.hide_mine(
        owner=lin, friend=chen.id, on=True, now=clock.now()
    ),
    "narrowed": lambda lin, chen, made: circle.narrow(
        moment=made, author=lin, audience=all_but(chen), now=clock.now()
    ),
    "past the window": lambda lin, _chen, made: (
        type(made).objects.filter(id=made.id).update(published_at=clock.now() - timedelta(days=4)),
        circle.set_window(owner=lin, window=timedelta(days=3), now=clock.now()),
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
            assert await his.next() == ("gone" if how == "narrowed" else "look")
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
            assert await his.next() == ("gone" if how == "narrowed" else "look")
            await sync_to_async(publish)(lin, **audience)
            assert await beside.next() == "moment"
            await sync_to_async(notices.announce)("notice", member=str(chen.id))
            assert await his.next() == "badge"

    alone(story)


def end_session(_chen, ear):
    Session.objects.filter(session_key=ear.client.session.session_key).delete()


def end_time(_chen, ear):
    Session.objects.filter(session_key=ear.client.session.session_key).update(
        expire_date=clock.now()
    )


ENDS = {
    "signed out": lambda _chen, ear: ear.client.logout(),
    "its session ended elsewhere": end_session,
    "its time is over": end_time,
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
            # Nor when she lost it and has it again by the time that it is said.
            await sync_to_async(notices.announce)(
                "narrowed", moment=str(made.id), members=[str(wen.id)]
            )
            for who in (wen, yu, bo):
                await sync_to_async(notices.announce)("notice", member=str(who.id))
                assert await ears[who.handle].next() == "badge"

    alone(story)


@pytest.mark.parametrize("how", [name for name in REVOCATIONS if name not in ("narrowed", "left")])
def test_who_had_nothing_to_lose_hears_nothing_of_it(lin, chen, how):
    """Not even that something was decided about them: a reload would show no difference either."""
    made = publish(lin, audience=ONLY_ME)
    his = Ear(chen)

    async def story():
        async with open_pages(his):
            await sync_to_async(REVOCATIONS[how])(lin, chen, made)
            await sync_to_async(notices.announce)("notice", member=str(chen.id))
            assert await his.next() == "badge"

    alone(story)


def test_what_a_friend_says_elsewhere_goes_too_when_one_blocks_the_other(lin, chen, wen):
    befriend(chen, wen)
    elsewhere = publish(wen)
    says(lin, elsewhere)
    his, hers = Ear(chen), Ear(wen)

    async def story():
        async with open_pages(his, hers):
            await sync_to_async(circle.block)(owner=lin, other=chen, now=clock.now())
            assert await his.next() == "look"
            await sync_to_async(notices.announce)("notice", member=str(wen.id))
            assert await hers.next() == "badge"  # Wen hears both as before

    alone(story)


def test_when_two_part_who_heard_them_answer_each_other_looks_again(lin, chen, wen):
    """Yu is a friend of hers alone: he never heard Chen, and is told nothing."""
    yu = friend_of(lin, "yu_tong")
    befriend(chen, wen)
    made = publish(lin)
    says(chen, made)
    wens, yus = Ear(wen), Ear(yu)

    async def story():
        async with open_pages(wens, yus):
            await sync_to_async(circle.unfriend)(member=lin, friend=chen, now=clock.now())
            assert await wens.next() == "look"
            await sync_to_async(notices.announce)("notice", member=str(yu.id))
            assert await yus.next() == "badge"

    alone(story)


def test_who_leaves_a_group_lets_go_of_what_was_for_it(lin, chen, wen):
    group = circle.make_group(owner=lin, name="Kiln", now=clock.now()).id
    both = {"owner": lin, "group": group, "now": clock.now()}
    circle.set_members(friends=[chen.id, wen.id], **both)
    publish(lin, audience=chosen(groups=[group]))
    publish(lin, audience=chosen(chen, wen, groups=[group]))  # which both of them keep
    his, wens = Ear(chen), Ear(wen)

    async def story():
        async with open_pages(his, wens):
            await sync_to_async(circle.set_members)(friends=[wen.id], **both)
            assert await his.next() == "look"
            await sync_to_async(circle.set_groups)(
                owner=lin, friend=wen.id, groups=[], now=clock.now()
            )
            assert await wens.next() == "look"
            await sync_to_async(circle.set_members)(friends=[chen.id], **both)  # he gains it
            await sync_to_async(circle.delete_group)(owner=lin, group=group, now=clock.now())
            assert await his.next() == "look"
            assert his.heard.empty()

    alone(story)


def test_a_decision_is_told_by_what_its_viewer_saw_until_then(lin, chen):
    """Nothing is lost with a group that only one of two reasons hung on; what is past the window
    already does not stand for what is newer."""
    group = circle.make_group(owner=lin, name="Kiln", now=clock.now()).id
    circle.set_members(owner=lin, group=group, friends=[chen.id], now=clock.now())
    old, _newer = (publish(lin, audience=chosen(chen, groups=[group])) for _ in range(2))
    Moment.objects.filter(id=old.id).update(published_at=clock.now() - timedelta(days=4))
    circle.set_window(owner=lin, window=timedelta(days=3), now=clock.now())
    his = Ear(chen)

    async def story():
        async with open_pages(his):
            await sync_to_async(circle.set_members)(
                owner=lin, group=group, friends=[], now=clock.now()
            )
            await sync_to_async(notices.announce)("notice", member=str(chen.id))
            await sync_to_async(circle.set_window)(
                owner=lin, window=timedelta(days=2), now=clock.now()
            )
            await sync_to_async(notices.announce)("notice", member=str(chen.id))
            assert [await his.next() for _ in range(2)] == ["badge"] * 2
            await sync_to_async(circle.hide_mine)(
                owner=lin, friend=chen.id, on=True, now=clock.now()
            )
            assert await his.next() == "look"

    alone(story)


def test_a_page_asks_which_of_what_it_shows_is_there_still(lin, chen):
    made, kept = publish(lin), publish(lin, audience=ONLY_ME)
    circle.hide_mine(owner=lin, friend=chen.id, on=True, now=clock.now())
    his, hers = Client(), Client()
    his.force_login(chen)
    hers.force_login(lin)
    asked = {"of": [str(made.id), str(kept.id), "no-id", str(chen.id)]}
    assert his.get("/circle/standing", asked).json() == []
    assert hers.get("/circle/standing", asked).json() == [str(made.id), str(kept.id)]
    del asked["of"][2]
    _row, secret = people.issue_token(owner=lin, name="test", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    answer = program.get("/api/v1/timeline/standing", asked)
    assert answer.json() == {"moments": [str(made.id), str(kept.id)]}


def test_a_narrowing_that_hundreds_lose_is_told_in_parts(lin, chen, monkeypatch):
    monkeypatch.setattr(losses, "TOLD_AT_ONCE", 1)
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
