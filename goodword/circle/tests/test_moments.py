from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions, audiences, queries, rules
from goodword.circle.models import Group, Moment
from goodword.circle.states import Face
from goodword.journal import queries as journal
from goodword.kit import jobs
from goodword.kit.errors import Conflict, Invalid, TooMany
from goodword.kit.ids import new_id

from .worlds import NOON, all_but, befriend, chosen, member, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def friend(wen):
    friend = member("friend")
    befriend(friend, wen)
    return friend


def sees(viewer, made, now=NOON):
    return queries.can_view(viewer.id, made.id, now=now)


def test_a_double_tap_publishes_one(wen):
    both = [
        actions.publish(author=wen, face=Face.LIFE, text="rain", key="tap", now=NOON)
        for _ in range(2)
    ]
    assert both[0].id == both[1].id
    assert Moment.objects.filter(author=wen).count() == 1
    with pytest.raises(Conflict, match="posted already"):
        actions.publish(author=wen, face=Face.LIFE, text="rain again", key="tap", now=NOON)


def test_nothing_is_no_moment(wen):
    with pytest.raises(Invalid, match="Write something"):
        moment(wen, "  \n ")
    assert not Moment.objects.exists()


def test_a_text_beyond_the_house_rule_is_refused_with_the_number(wen):
    with pytest.raises(Invalid, match="5000"):
        moment(wen, "x" * 5001)


def test_a_day_has_a_most(wen):
    for _ in range(200):
        moment(wen)
    with pytest.raises(TooMany):
        moment(wen)


def test_somebody_elses_group_or_friend_is_no_audience(wen, friend):
    theirs = actions.make_group(owner=friend, name="family", now=NOON)
    stranger = member("stranger")
    for audience in (chosen(groups=[theirs.id]), chosen(stranger), chosen()):
        with pytest.raises(Invalid):
            moment(wen, audience=audience)


def test_groups_are_live(wen, friend):
    family = actions.make_group(owner=wen, name="family", now=NOON)
    made = moment(wen, audience=chosen(groups=[family.id]))
    assert not sees(friend, made)
    actions.set_groups(owner=wen, friend=friend.id, groups=[family.id], now=NOON)
    assert sees(friend, made)
    actions.set_members(owner=wen, group=family.id, friends=[], now=NOON)
    assert not sees(friend, made)


def test_forgetting_a_group_shows_its_members_nothing_new(wen, friend):
    """Nor anybody else who was kept out, by name or by another group."""
    named, relative = member("named"), member("relative")
    work = actions.make_group(owner=wen, name="work", now=NOON)
    family = actions.make_group(owner=wen, name="family", now=NOON)
    befriend(named, wen)
    befriend(relative, wen, groups=[family.id])
    actions.set_groups(owner=wen, friend=friend.id, groups=[work.id], now=NOON)
    made = moment(wen, audience=all_but(named, groups=[work.id, family.id]))
    assert [sees(one, made) for one in (friend, named, relative)] == [False] * 3
    actions.delete_group(owner=wen, group=work.id, now=NOON)
    assert [sees(one, made) for one in (friend, named, relative)] == [False] * 3
    assert not Group.objects.filter(id=work.id).exists()


def test_what_a_forgotten_group_let_in_is_gone_and_what_it_kept_out_stays_so(wen, friend):
    """Also when they part and meet again: nobody could put the friend back into it."""
    work = actions.make_group(owner=wen, name="work", now=NOON)
    beside = member("beside")
    befriend(beside, wen)
    shown = moment(wen, audience=chosen(groups=[work.id]))
    actions.set_members(owner=wen, group=work.id, friends=[friend.id, beside.id], now=NOON)
    hidden = moment(wen, audience=all_but(groups=[work.id]))
    actions.set_members(owner=wen, group=work.id, friends=[friend.id], now=NOON)
    assert [sees(friend, shown), sees(friend, hidden), sees(beside, hidden)] == [True, False, True]
    actions.delete_group(owner=wen, group=work.id, now=NOON)
    assert [sees(friend, shown), sees(friend, hidden), sees(beside, hidden)] == [False, False, True]
    for one in (friend, beside):
        actions.unfriend(member=one, friend=wen, now=NOON)
        befriend(one, wen)
    assert [sees(friend, hidden), sees(beside, hidden)] == [False, True]
    hidden.refresh_from_db()
    assert hidden.audience_people == [friend.id]


def test_forgetting_a_group_writes_as_much_for_one_moment_as_for_many(wen, friend):
    """It excluded as many as there are; their names in each of them took minutes."""
    costs = []
    for count in (1, 5):
        group = actions.make_group(owner=wen, name=f"work {count}", now=NOON)
        actions.set_groups(owner=wen, friend=friend.id, groups=[group.id], now=NOON)
        made = [moment(wen, audience=all_but(groups=[group.id])) for _ in range(count)]
        with CaptureQueriesContext(connection) as asked:
            actions.delete_group(owner=wen, group=group.id, now=NOON)
        costs.append(len(asked))
        for one in made:
            one.refresh_from_db()
        assert {(*one.audience_groups, *one.audience_people) for one in made} == {(group.id,)}
        assert not any(sees(friend, one) for one in made)
    assert costs[0] == costs[1]


def test_who_can_be_named_no_more_stays_kept_out_by_a_narrower_audience(wen, friend):
    """A forgotten group, or somebody who is no friend now, stands on no form."""
    work = actions.make_group(owner=wen, name="work", now=NOON)
    parted, beside = member("parted"), member("beside")
    befriend(parted, wen)
    befriend(beside, wen)
    actions.set_groups(owner=wen, friend=friend.id, groups=[work.id], now=NOON)
    made = moment(wen, audience=all_but(parted, groups=[work.id]))
    actions.delete_group(owner=wen, group=work.id, now=NOON)
    actions.unfriend(member=wen, friend=parted, now=NOON)
    made.refresh_from_db()
    assert audiences.choosable(wen.id, made.audience) == all_but()
    actions.narrow(moment=made, author=wen, audience=all_but(beside), now=NOON)
    befriend(parted, wen)
    assert [sees(one, made) for one in (friend, parted, beside)] == [False] * 3
    with pytest.raises(Conflict, match="smaller"):
        actions.narrow(moment=made, author=wen, audience=all_but(parted), now=NOON)


def test_narrowing_holds_at_once_and_widening_is_refused(wen, friend):
    made = moment(wen)
    assert sees(friend, made)
    actions.narrow(moment=made, author=wen, audience=all_but(friend), now=NOON)
    assert not sees(friend, made)
    with pytest.raises(Conflict, match="smaller"):
        actions.narrow(moment=made, author=wen, audience=rules.EVERYONE, now=NOON)
    assert not sees(friend, made)


def test_a_deleted_moment_is_gone_for_everybody(wen, friend):
    made = moment(wen)
    actions.like(moment=made, member=friend, now=NOON)
    actions.comment(moment=made, member=friend, text="Fine indeed", now=NOON)
    actions.delete_moment(moment=made, author=wen, now=NOON)
    left = Moment.objects.get(id=made.id)
    assert (left.text, left.like_set.count(), left.comment_set.count()) == ("", 0, 0)
    assert not sees(friend, made)
    assert not sees(wen, made)
    actions.delete_moment(moment=made, author=wen, now=NOON)  # again changes nothing
    assert [deed.verb for deed in journal.story(made.id)] == ["circle.published", "circle.deleted"]


def test_the_author_cannot_count_out_who_blocks_her(wen, friend):
    made = moment(wen, audience=chosen(friend))
    actions.block(owner=friend, other=wen, now=NOON)
    assert not queries.can_view(friend.id, made.id, now=NOON)
    assert queries.viewer_count(wen.id, made.id, now=NOON) == 1
    actions.block(owner=wen, other=friend, now=NOON)
    assert queries.viewer_count(wen.id, made.id, now=NOON) == 0


def test_the_author_counts_who_can_see(wen, friend):
    befriend(member("second"), wen)
    assert queries.viewer_count(wen.id, moment(wen).id, now=NOON) == 2
    assert queries.viewer_count(wen.id, moment(wen, audience=chosen(friend)).id, now=NOON) == 1
    assert queries.viewer_count(wen.id, moment(wen, audience=rules.ONLY_ME).id, now=NOON) == 0


def test_a_market_moment_carries_exactly_one_listing(wen):
    from django.db import IntegrityError, transaction

    moment(wen, face=Face.MARKET, listing=new_id())
    for face, listing in ((Face.MARKET, None), (Face.LIFE, new_id())):
        with pytest.raises(IntegrityError), transaction.atomic():
            moment(wen, face=face, listing=listing)


def test_publishing_leaves_the_fan_out_to_a_job_that_commits_with_it(wen):
    moment(wen)
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0


def test_paging_meets_every_moment_once(wen, friend):
    made = [moment(wen, str(n), now=NOON - timedelta(minutes=n // 3)) for n in range(11)]
    seen, before = [], None
    # Three of each time, two on a page: a page ends among equals.
    while page := queries.moments_of(friend.id, wen.id, now=NOON, before=before, limit=2):
        seen += [card.id for card in page]
        before = (page[-1].published_at, page[-1].id)
    order = sorted(made, key=lambda m: (m.published_at, m.id), reverse=True)
    assert seen == [m.id for m in order]


def test_three_and_thirty_moments_cost_the_same_statements(wen, friend, django_assert_num_queries):
    for count in (3, 30):
        for _ in range(count):
            made = moment(wen)
            actions.like(moment=made, member=friend, now=NOON)
        with django_assert_num_queries(2):
            queries.moments_of(friend.id, wen.id, now=NOON, limit=50)
