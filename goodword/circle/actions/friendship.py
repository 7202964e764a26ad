from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house, jobs, rates
from goodword.kit.errors import Conflict, Invalid
from goodword.notices import actions as notices
from goodword.people.models import Member

from ..models import Comment, FriendRequest, Friendship, Group, Like
from ..queries import PersonMissing, is_blocked
from ..states import REQUEST_MOVES, RequestState
from . import losses

REFUSED = (RequestState.DECLINED, RequestState.TAKEN_BACK)

# A group that is forgotten keeps out by the friendship, and nobody can be put into it again: what
# it kept from either of the two says so by name before they part.
BY_NAME = """
UPDATE circle_moment m SET audience_people = m.audience_people || f.friend_id
  FROM circle_friendship f
 WHERE (f.owner_id, f.friend_id) IN ((%(one)s, %(other)s), (%(other)s, %(one)s))
   AND f.former_groups <> '{}' AND m.author_id = f.owner_id AND m.audience_kind = 'except'
   AND m.audience_groups && f.former_groups AND f.friend_id <> ALL (m.audience_people)"""


class CircleFull(Conflict):
    """A circle has an upper size (a house rule)."""

    def __init__(self, most: int) -> None:
        super().__init__(_("A circle holds at most %(most)s friends.") % {"most": most})


class RequestDecided(Conflict):
    """Somebody was faster."""

    def __init__(self) -> None:
        super().__init__(_("This request was already answered or taken back."))


@transaction.atomic
def ask(*, asker: Member, asked: Member, message: str = "", now: datetime) -> FriendRequest:
    """Ask for friendship. Asking again, also after a refusal, or a person who blocks the asker,
    looks the same; who has refused is not asked again.

    When the other has asked already, this accepts. Raises Invalid for oneself or a friend,
    CircleFull, TooMany, and RequestDecided where the other takes theirs back meanwhile.
    """
    if asker.id == asked.id:
        raise Invalid(_("You are your own friend already."))
    if Friendship.objects.filter(owner=asker, friend=asked).exists():
        raise Invalid(_("You are friends already."))
    rates.hit(f"ask:{asker.id}", limit=60, per=timedelta(days=1), now=now)
    check_room(asker, now=now)
    met = FriendRequest.objects.filter(asker=asked, asked=asker, state=RequestState.ASKED).first()
    if met:
        accept(request=met, member=asker, now=now)
        return met
    refused = FriendRequest.objects.filter(asker=asker, asked=asked, state__in=REFUSED).first()
    if refused:
        if refused.state == RequestState.TAKEN_BACK:
            move(request=refused, to=RequestState.DECLINED, party=Q(asker=asker), now=now)
        return refused
    request, fresh = FriendRequest.objects.get_or_create(
        asker=asker, asked=asked, state=RequestState.ASKED,
        defaults={"message": message.strip()[:200], "asked_at": now},
    )  # fmt: skip
    if fresh:
        journal.record(
            owner=asker.id, actor=asker.id, verb="circle.asked", subject=request.id, now=now
        )
        if not is_blocked(asker.id, asked.id):
            notices.tell(
                member=asked.id, kind="circle.asked", subject=request.id, actor=asker.id, now=now
            )
    return request


def lock_circles(*members: UUID) -> None:
    """Let nobody else change how many friends these have until this transaction ends.

    One statement at a time in one order, so that two who befriend each other cannot wait for each
    other; before any other lock, for the same reason.
    """
    for member in sorted(members):
        Member.objects.select_for_update(no_key=True).filter(id=member).values("id").first()


def check_room(member: Member, *, now: datetime) -> None:
    most = house.rules(now).friends_at_most
    if Friendship.objects.filter(owner=member).count() >= most:
        raise CircleFull(most)


@transaction.atomic
def accept(
    *, request: FriendRequest, member: Member, groups: Sequence[UUID] = (), now: datetime
) -> Friendship:
    """Become friends; `groups` are the accepting member's groups for the new friend.

    Raises PersonMissing unless the request is to `member`, RequestDecided, CircleFull, Invalid.
    """
    lock_circles(request.asker_id, request.asked_id)
    locked = move(request=request, to=RequestState.ACCEPTED, party=Q(asked=member), now=now)
    for side in (locked.asker, locked.asked):
        check_room(side, now=now)
    return become_friends(
        asker=locked.asker, accepter=locked.asked, subject=locked.id, now=now,
        accepters_groups=own_groups(member, groups),
    )  # fmt: skip


def own_groups(owner: Member, groups: Sequence[UUID]) -> list[UUID]:
    """The same groups, once each. Raises Invalid unless all are the owner's."""
    own = set(Group.objects.filter(owner=owner, id__in=groups).values_list("id", flat=True))
    if own != set(groups):
        raise Invalid(_("One of these groups is not yours any more. Choose again."))
    return list(dict.fromkeys(groups))


def become_friends(
    *,
    asker: Member,
    accepter: Member,
    subject: UUID,
    now: datetime,
    askers_groups: Sequence[UUID] = (),
    accepters_groups: Sequence[UUID] = (),
) -> Friendship:
    """Write both sides; returns the accepter's. `subject` is what led to it, for the journal."""
    mine = Friendship(owner=accepter, friend=asker, since=now, groups=list(accepters_groups))
    theirs = Friendship(owner=asker, friend=accepter, since=now, groups=list(askers_groups))
    Friendship.objects.bulk_create([mine, theirs], ignore_conflicts=True)
    forget_requests(asker.id, accepter.id, now=now)
    journal.record(
        owner=accepter.id, actor=accepter.id, verb="circle.befriended", subject=subject, now=now
    )
    notices.tell(
        member=asker.id, kind="circle.accepted", subject=accepter.id, actor=accepter.id, now=now
    )
    for owner, friend in ((accepter, asker), (asker, accepter)):
        jobs.defer_now("reach.back_fill", reader=str(owner.id), author=str(friend.id))
    return mine


def forget_requests(one: UUID, other: UUID, *, now: datetime) -> None:
    """End what else the two have asked each other, or it would wait again after they part."""
    pair = Q(asker=one, asked=other) | Q(asker=other, asked=one)
    left = FriendRequest.objects.filter(pair, state__in=[RequestState.ASKED, *REFUSED])
    left.update(state=RequestState.WITHDRAWN, decided_at=now)


@transaction.atomic
def decline(*, request: FriendRequest, member: Member, now: datetime) -> None:
    """Turn a request down; the asker is not told and sees it waiting."""
    move(request=request, to=RequestState.DECLINED, party=Q(asked=member), now=now)


@transaction.atomic
def withdraw(*, request: FriendRequest, member: Member, now: datetime) -> None:
    """Take one's own request back, which also works when it was refused: nobody can tell.

    What was told of it goes too.
    """
    locked = FriendRequest.objects.select_for_update().filter(id=request.id).first()
    refused = locked is not None and locked.state == RequestState.DECLINED
    to = RequestState.TAKEN_BACK if refused else RequestState.WITHDRAWN
    move(request=request, to=to, party=Q(asker=member), now=now)
    notices.withdraw(subject=request.id, kind="circle.asked")


def move(*, request: FriendRequest, to: RequestState, party: Q, now: datetime) -> FriendRequest:
    locked = (
        FriendRequest.objects.select_for_update(of=("self",))
        .select_related("asker", "asked")
        .filter(party, id=request.id)
        .first()
    )
    if locked is None:
        raise PersonMissing
    if to not in REQUEST_MOVES[RequestState(locked.state)]:
        raise RequestDecided
    locked.state, locked.decided_at = to, now
    locked.save(update_fields=["state", "decided_at"])
    return locked


@transaction.atomic
def unfriend(*, member: Member, friend: Member, now: datetime) -> None:
    """End a friendship on both sides, with the likes and comments between the two, and their news.

    Raises PersonMissing when they are no friends.
    """
    pair = Q(owner=member, friend=friend) | Q(owner=friend, friend=member)
    with losses.parting(one=member.id, other=friend.id, now=now):
        with connection.cursor() as cursor:
            cursor.execute(BY_NAME, {"one": member.id, "other": friend.id})
        gone, _rows = Friendship.objects.filter(pair).delete()
        if not gone:
            raise PersonMissing
        losses.tell_hearers(take_back_between(member, friend))
    notices.withdraw_between(one=member.id, other=friend.id, domain="circle")
    journal.record(
        owner=member.id, actor=member.id, verb="circle.unfriended", subject=friend.id, now=now
    )
    jobs.defer("reach.part", one=str(member.id), other=str(friend.id))


def take_back_between(one: Member, other: Member) -> dict[UUID, set[UUID]]:
    """Remove what each of the two said under moments of the other; for each speaker, where."""
    between = Q(author=one, member=other) | Q(author=other, member=one)
    unsaid: dict[UUID, set[UUID]] = {}
    for model in (Like, Comment):
        rows = model.objects.filter(between)
        for speaker, moment in rows.values_list("member", "moment"):
            unsaid.setdefault(speaker, set()).add(moment)
        rows.delete()
    return unsaid
