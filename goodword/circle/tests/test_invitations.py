"""A link for one person: holds once, for a week, and tells nothing about itself."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from goodword.circle import actions, invitations, meeting, queries
from goodword.circle.invitations import InvitationGone
from goodword.circle.models import FriendRequest, Friendship, Invitation
from goodword.circle.states import RequestState
from goodword.kit import clock
from goodword.kit.errors import Conflict, Invalid
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.notices.models import Notice

from .worlds import NOON, befriend, member, moment

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def other():
    return member("other")


def browser(who):
    client = Client()
    client.force_login(who)
    return client


def link(invitation):
    return f"/i/{invitations.token(invitation.id)}"


def test_taking_it_makes_friends_with_both_ones_groups(wen, other):
    family = actions.make_group(owner=wen, name="family", now=NOON)
    work = actions.make_group(owner=other, name="work", now=NOON)
    made = actions.invite(owner=wen, groups=[family.id], now=NOON)
    actions.take(invitation=made.id, member=other, groups=[work.id], now=NOON)
    assert queries.friendship(wen.id, other.id).groups == [family.id]
    assert queries.friendship(other.id, wen.id).groups == [work.id]
    assert Notice.objects.filter(owner=wen.id, kind="circle.accepted", actor=other.id).exists()
    assert queries.can_view(other.id, moment(wen).id, now=NOON)


def test_it_holds_once_and_for_a_week_and_until_it_is_revoked(wen, other):
    third = member("third")
    stale = actions.invite(owner=wen, now=NOON - 7 * DAY)
    fresh = actions.invite(owner=wen, now=NOON - 7 * DAY + timedelta(minutes=30))
    taken = actions.invite(owner=wen, now=NOON)
    actions.take(invitation=taken.id, member=other, now=NOON)
    revoked = actions.invite(owner=wen, now=NOON)
    actions.revoke(invitation=revoked.id, owner=wen, now=NOON)
    for gone in (taken.id, revoked.id, stale.id, new_id()):
        with pytest.raises(InvitationGone):
            actions.take(invitation=gone, member=third, now=NOON)
        with pytest.raises(InvitationGone):
            meeting.invitation(third.id, invitations.token(gone), now=NOON)
    assert meeting.open_invitations(wen.id, now=NOON) == [fresh]
    actions.take(invitation=fresh.id, member=third, now=NOON)
    assert queries.are_friends(wen.id, third.id)


def test_the_house_rule_holds_for_what_starts_after_it(wen):
    before = actions.invite(owner=wen, now=NOON)
    HouseRule.objects.create(name="invitation_holds", value=3600, since=NOON)
    after = actions.invite(owner=wen, now=NOON)
    assert (before.expires_at, after.expires_at) == (NOON + 7 * DAY, NOON + DAY / 24)


def test_only_its_owner_revokes_it(wen, other):
    made = actions.invite(owner=wen, now=NOON)
    with pytest.raises(InvitationGone):
        actions.revoke(invitation=made.id, owner=other, now=NOON)
    actions.take(invitation=made.id, member=other, now=NOON)
    actions.revoke(invitation=made.id, owner=wen, now=NOON)
    assert Invitation.objects.get().revoked_at is None
    assert queries.are_friends(wen.id, other.id)


def test_the_link_of_a_closed_account_is_unknown(wen, other):
    made = actions.invite(owner=wen, now=clock.now())
    type(wen).objects.filter(id=wen.id).update(is_active=False)
    assert browser(other).get(link(made)).status_code == 404


@pytest.mark.parametrize("blocks", ["who invites", "who is invited"])
def test_across_a_block_it_is_as_unknown(wen, other, blocks):
    now = clock.now()
    made = actions.invite(owner=wen, now=now)
    owner, blocked = (wen, other) if blocks == "who invites" else (other, wen)
    assert browser(other).get(link(made)).status_code == 200
    actions.block(owner=owner, other=blocked, now=now)
    with pytest.raises(InvitationGone):
        actions.take(invitation=made.id, member=other, now=now)
    seen, unknown = (
        browser(other).get(path) for path in (link(made), f"/i/{invitations.token(new_id())}")
    )
    assert seen.status_code == unknown.status_code == 404
    assert scrubbed(seen) == scrubbed(unknown)


def scrubbed(answer):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|/i/[\w-]+', b"", answer.content)


def test_neither_oneself_nor_a_friend_uses_it_up(wen, other):
    befriend(other, wen)
    made = actions.invite(owner=wen, now=NOON)
    for nobody in (wen, other):
        with pytest.raises(Invalid):
            actions.take(invitation=made.id, member=nobody, now=NOON)
    assert meeting.open_invitations(wen.id, now=NOON) == [made]


def test_a_full_circle_does_not_use_it_up(wen, other):
    made = actions.invite(owner=wen, now=NOON)
    befriend(member("third"), wen)
    HouseRule.objects.create(name="friends_at_most", value=1, since=NOON)
    with pytest.raises(Conflict):
        actions.take(invitation=made.id, member=other, now=NOON)
    assert Invitation.objects.get().taken_at is None


def test_what_the_two_had_asked_each_other_ends(wen, other):
    actions.ask(asker=other, asked=wen, now=NOON)
    made = actions.invite(owner=wen, now=NOON)
    actions.take(invitation=made.id, member=other, now=NOON)
    assert {row.state for row in FriendRequest.objects.all()} == {RequestState.WITHDRAWN}


def test_a_group_of_somebody_else_is_refused(wen, other):
    foreign = actions.make_group(owner=other, name="work", now=NOON)
    with pytest.raises(Invalid):
        actions.invite(owner=wen, groups=[foreign.id], now=NOON)
    made = actions.invite(owner=other, now=NOON)
    with pytest.raises(Invalid):
        actions.take(invitation=made.id, member=wen, groups=[foreign.id], now=NOON)
    assert not Friendship.objects.exists()


def test_a_link_that_was_not_signed_here_is_none(wen, other):
    made = actions.invite(owner=wen, now=clock.now())
    good = invitations.token(made.id)
    for bad in (made.id.hex, f"{made.id.hex}-x", good[:-1], "none", f"{new_id().hex}{good[32:]}"):
        assert browser(other).get(f"/i/{bad}").status_code == 404
    assert browser(other).get(f"/i/{good}").status_code == 200


def test_from_the_page_with_the_code_to_friends(wen, other):
    she, he = browser(wen), browser(other)
    answer = she.post("/friends/invitations")
    page = she.get(answer.url).content.decode()
    path = re.search(r'value="http://testserver(/i/[\w-]+)"', page).group(1)
    assert "<svg" in page
    assert "style=" not in re.search(r"<svg.*?</svg>", page, re.DOTALL | re.IGNORECASE).group(0)
    assert answer.url in she.get("/friends/invitations").content.decode()
    assert he.get(answer.url).status_code == 404
    assert "your own" in she.get(path).content.decode()
    shown = he.get(path).content.decode()
    assert "An invitation from Wen" in shown
    assert not queries.are_friends(wen.id, other.id)  # a preview makes nobody friends
    assert he.post(path).url == "/@wen"
    assert queries.are_friends(wen.id, other.id)
    assert she.get(answer.url).status_code == he.get(path).status_code == 404
    assert he.post(path).status_code == 404


def test_ones_own_code_leads_anybody_to_where_they_can_ask(wen, other):
    page = browser(wen).get("/friends/invitations").content.decode()
    goal = re.search(r"<svg.*?<title>http://testserver(/.*?)</title>", page, re.DOTALL).group(1)
    assert Client().get(goal).url == "/account/login/?next=/%40wen"  # to an account first
    for who in (other, member("third")):
        shown = browser(who).get(goal).content.decode()
        assert 'action="/friends/ask"' in shown
        assert browser(who).post("/friends/ask", {"handle": "wen"}).status_code == 302
    assert len(queries.requests_to(wen.id)) == 2
    assert not queries.are_friends(wen.id, other.id)


def test_a_revoked_link_is_gone(wen, other):
    she = browser(wen)
    made = actions.invite(owner=wen, now=clock.now())
    assert browser(other).post(f"/friends/invitations/{made.id}/revoke").status_code == 404
    assert browser(other).get(link(made)).status_code == 200
    assert she.post(f"/friends/invitations/{made.id}/revoke").status_code == 302
    assert browser(other).get(link(made)).status_code == 404


def test_a_stranger_joins_and_comes_back_to_the_link(wen):
    made = actions.invite(owner=wen, now=clock.now())
    visitor = Client()
    page = visitor.get(link(made))
    unknown = visitor.get(f"/i/{invitations.token(new_id())}")
    assert page.status_code == unknown.status_code == 200
    assert scrubbed(page) == scrubbed(unknown)
    assert b"Wen" not in page.content
    join = re.search(r'href="(/account/signup/[^"]+)"', page.content.decode()).group(1)
    form = visitor.get(join).content.decode()
    assert f'value="{link(made)}"' in form
    answer = visitor.post(
        "/account/signup/",
        {"username": "newcomer", "display_name": "New", "password1": "a-long-enough-phrase",
         "next": link(made)},
    )  # fmt: skip
    assert answer.url == link(made)
    assert visitor.post(link(made)).url == "/@wen"
    assert Friendship.objects.filter(owner=wen).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_at_once_are_one(wen):
    made = actions.invite(owner=wen, now=NOON)
    both = [member("first"), member("second")]
    start = threading.Barrier(2)

    def take(who):
        try:
            start.wait()
            actions.take(invitation=made.id, member=who, now=NOON)
            return "friends"
        except InvitationGone:
            return "gone"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, both)) == ["friends", "gone"]
    assert Friendship.objects.filter(owner=wen).count() == 1
