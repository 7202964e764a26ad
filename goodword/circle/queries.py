"""Reads of the circle; the viewer comes first, and what may not be seen is NotFound."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from goodword.kit import house
from goodword.kit.errors import NotFound
from goodword.people import queries as people
from goodword.people.models import Member

from . import cards
from .cards import MomentCard
from .models import (
    Block,
    Comment,
    FriendRequest,
    Friendship,
    Group,
    LinkPicture,
    Moment,
    MomentEdit,
    MomentPicture,
    Settings,
    Voice,
)
from .rules import Audience, Relation, may_edit
from .states import RequestState
from .visibility import COUNTED, HEARD, VISIBLE, named


class MomentMissing(NotFound):
    """No such moment for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("This moment does not exist, or it is not meant for you."))


class PersonMissing(NotFound):
    """No such person for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("There is nobody here by that name."))


def can_view(viewer: UUID, moment: UUID, *, now: datetime) -> bool:
    """Whether the moment exists for the viewer."""
    return Moment.objects.filter(id=moment).visible_to(viewer, now=now).exists()


def moment(viewer: UUID, id_: UUID, *, now: datetime) -> Moment:
    """The moment, or MomentMissing."""
    found = Moment.objects.filter(id=id_).visible_to(viewer, now=now).first()
    if found is None:
        raise MomentMissing
    return found


def own_moment(viewer: UUID, id_: UUID, *, now: datetime) -> Moment:
    """A moment of the viewer's own, or MomentMissing."""
    found = moment(viewer, id_, now=now)
    if found.author_id != viewer:
        raise MomentMissing
    return found


def picture(viewer: UUID, id_: UUID, *, now: datetime) -> MomentPicture | LinkPicture:
    """A picture of a moment that the viewer may see, its link's too, or MomentMissing."""
    own = MomentPicture.objects.filter(id=id_).first()
    of_link = None if own else LinkPicture.objects.filter(id=id_).select_related("card").first()
    moment_id = own.moment_id if own else of_link.card.moment_id if of_link else None
    found = own or of_link
    if found is None or moment_id is None or not can_view(viewer, moment_id, now=now):
        raise MomentMissing
    return found


def voice(viewer: UUID, id_: UUID, *, now: datetime) -> Voice:
    """The voice note of a moment that the viewer may see, or MomentMissing."""
    found = Voice.objects.filter(id=id_).first()
    if found is None or not can_view(viewer, found.moment_id, now=now):
        raise MomentMissing
    return found


ONE = f"SELECT m.id FROM circle_moment m WHERE m.id = %(id)s AND {named(VISIBLE, m='m')}"
BY_AUTHOR = f"""
SELECT m.id FROM circle_moment m
 WHERE m.author_id = %(author)s AND {named(VISIBLE, m="m")}
   AND (m.published_at, m.id) < (%(before)s, %(before_id)s)
   AND {{only}}
 ORDER BY m.published_at DESC, m.id DESC LIMIT %(limit)s"""
LAST_ID = UUID(int=2**128 - 1)


def moment_card(viewer: UUID, id_: UUID, *, now: datetime) -> MomentCard:
    """The moment with its answers as the viewer may read them, or MomentMissing."""
    found = cards.read(ONE, {"id": id_, "now": now}, viewer=viewer)
    if not found:
        raise MomentMissing
    cards.with_answers(found, viewer=viewer)
    card = found[0]
    if card.mine:
        within = house.rules(card.published_at).edit_within
        card.editable = may_edit(published_at=card.published_at, now=now, within=within)
    return card


@dataclass(frozen=True, slots=True)
class Wording:
    """What a moment said from `since` on."""

    text: str
    since: datetime


def history(viewer: UUID, id_: UUID, *, now: datetime) -> list[Wording]:
    """Everything that the moment has said, newest first; or MomentMissing."""
    seen = moment(viewer, id_, now=now)
    edits = list(MomentEdit.objects.filter(moment=seen).order_by("until", "id"))
    texts = [*(edit.text for edit in edits), seen.text]
    times = [seen.published_at, *(edit.until for edit in edits)]
    return [Wording(*one) for one in zip(texts, times, strict=True)][::-1]


SHOWN_TO = f"""
SELECT m.id FROM circle_moment m
 WHERE m.author_id = %(viewer)s AND {COUNTED.format(m="m", viewer="%(friend)s", now="%(now)s")}
   AND (m.published_at, m.id) < (%(before)s, %(before_id)s)
   AND {{only}}
 ORDER BY m.published_at DESC, m.id DESC LIMIT %(limit)s"""


def shown_to(
    author: UUID,
    friend: UUID,
    *,
    now: datetime,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 20,
    only: str = "TRUE",
) -> list[MomentCard]:
    """What the author shows to one friend, newest first, as the author's own cards.

    A block by the friend changes nothing here, and the cards come without answers: which of them
    the friend hears would tell whom the friend knows. Raises PersonMissing unless they are friends.
    """
    friendship(author, friend)
    at, id_ = before or (now + timedelta(days=1), LAST_ID)
    values = {"friend": friend, "now": now, "before": at, "before_id": id_, "limit": limit}
    return cards.read(SHOWN_TO.format(only=only), values, viewer=author)


def moments_of(
    viewer: UUID,
    author: UUID,
    *,
    now: datetime,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 20,
    only: str = "TRUE",
) -> list[MomentCard]:
    """What the viewer may see of the author's page, newest first, after the cursor `before`.

    `only` is SQL about the moment `m` that holds too, such as a rule of a floor above.
    """
    at, id_ = before or (now + timedelta(days=1), LAST_ID)
    found = cards.read(
        BY_AUTHOR.format(only=only),
        {"author": author, "now": now, "before": at, "before_id": id_, "limit": limit},
        viewer=viewer,
    )
    cards.with_answers(found, viewer=viewer)
    return found


VIEWERS = f"""
SELECT f0.friend_id, a.handle, coalesce(nullif(f0.nickname, ''), a.display_name), a.avatar_version
  FROM circle_moment m
  JOIN circle_friendship f0 ON f0.owner_id = m.author_id
  JOIN people_member a ON a.id = f0.friend_id
 WHERE m.id = %(id)s AND m.author_id = %(author)s
   AND {COUNTED.format(m="m", viewer="f0.friend_id", now="%(now)s")}
 ORDER BY 3, 1"""


def viewers(author: UUID, moment: UUID, *, now: datetime) -> list[cards.Person]:
    """The friends to whom the author shows the moment now; a friend's block changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(VIEWERS, {"id": moment, "author": author, "now": now})
        return [cards.Person(*row) for row in cursor.fetchall()]


def viewer_count(author: UUID, moment: UUID, *, now: datetime) -> int:
    """How many friends the author shows the moment to now; a friend's block does not count."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({VIEWERS}) v", {"id": moment, "author": author, "now": now}
        )
        return cursor.fetchone()[0]


AUDIENCE = f"""
SELECT count(*) FROM circle_friendship f0, (
  SELECT 'published' AS state, %(author)s::uuid AS author_id, %(now)s::timestamptz AS published_at,
         %(kind)s AS audience_kind, %(groups)s::uuid[] AS audience_groups,
         %(people)s::uuid[] AS audience_people) m
 WHERE f0.owner_id = m.author_id
   AND {COUNTED.format(m="m", viewer="f0.friend_id", now="%(now)s")}"""


def audience_count(author: UUID, audience: Audience, *, now: datetime) -> int:
    """To how many friends the author would show a moment for this audience now; as
    `viewer_count` would count it, so a friend's block does not count."""
    values: dict[str, Any] = {
        "author": author, "now": now, "kind": audience.kind.value,
        "groups": list(audience.groups), "people": list(audience.people),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AUDIENCE, values)
        return cursor.fetchone()[0]


def are_friends(one: UUID, other: UUID) -> bool:
    return Friendship.objects.filter(owner=one, friend=other).exists()


def friend_ids(viewer: UUID) -> list[UUID]:
    return list(Friendship.objects.filter(owner=viewer).values_list("friend", flat=True))


def friends(viewer: UUID) -> list[Friendship]:
    """The viewer's friends by the name the viewer knows them under."""
    rows = own_friendships(viewer)
    return sorted(rows, key=lambda row: (row.nickname or row.friend.display_name).casefold())


def nicknames(viewer: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """What the viewer calls those friends whom they call otherwise than by their own name."""
    rows = Friendship.objects.filter(owner=viewer, friend__in=ids).exclude(nickname="")
    return dict(rows.values_list("friend", "nickname"))


def mentionable(viewer: UUID, begin: str, *, limit: int = 8) -> list[Friendship]:
    """The viewer's friends whose handle or name begins so, to be mentioned; nobody else."""
    begin = begin.strip().removeprefix("@")[:60]
    if not begin:
        return []
    like = (
        Q(friend__handle__istartswith=begin)
        | Q(nickname__istartswith=begin)
        | Q(friend__display_name__istartswith=begin)
    )
    rows = own_friendships(viewer).filter(like, friend__is_active=True)
    return list(rows.order_by("friend__handle")[:limit])


def friendship(viewer: UUID, friend: UUID) -> Friendship:
    """The viewer's side of the friendship, or PersonMissing."""
    row = Friendship.objects.filter(owner=viewer, friend=friend).select_related("friend").first()
    if row is None:
        raise PersonMissing
    return row


def is_blocked(one: UUID, other: UUID) -> bool:
    """Whether either blocks the other."""
    return Block.objects.filter(Q(owner=one, blocked=other) | Q(owner=other, blocked=one)).exists()


def has_blocked(viewer: UUID, other: UUID) -> bool:
    return Block.objects.filter(owner=viewer, blocked=other).exists()


def relation(viewer: UUID, author: UUID) -> Relation:
    """How the two stand, for `rules.wishes`; what may be seen is asked of `can_view`."""
    if viewer == author:
        return Relation(same=True)
    rows = Friendship.objects.filter(
        Q(owner=author, friend=viewer) | Q(owner=viewer, friend=author)
    )
    edges = {row.owner_id: row.edge for row in rows}
    return Relation(
        authors_edge=edges.get(author),
        viewers_edge=edges.get(viewer),
        blocked=is_blocked(viewer, author),
    )


def own_groups(owner: UUID) -> QuerySet[Group]:
    return Group.objects.filter(owner=owner).order_by("name")


def own_friendships(owner: UUID) -> QuerySet[Friendship]:
    return Friendship.objects.filter(owner=owner).select_related("friend")


@dataclass(frozen=True, slots=True)
class GroupView:
    group: Group
    friends: list[Member]


def groups(viewer: UUID) -> list[GroupView]:
    """The viewer's groups with who is in each now; two statements."""
    edges = Friendship.objects.filter(owner=viewer).select_related("friend")
    inside: dict[UUID, list[Member]] = {}
    for edge in edges.order_by("friend__display_name"):
        for group in edge.groups:
            inside.setdefault(group, []).append(edge.friend)
    return [GroupView(group, inside.get(group.id, [])) for group in own_groups(viewer)]


def requests_to(viewer: UUID) -> list[FriendRequest]:
    """Who waits for the viewer's answer, newest first; blocked people wait unseen."""
    blocked = Block.objects.filter(owner=viewer).values("blocked")
    return list(
        FriendRequest.objects.filter(asked=viewer, state=RequestState.ASKED)
        .exclude(asker__in=blocked)
        .select_related("asker")
        .order_by("-asked_at")
    )


def request_for(member: UUID, id_: UUID) -> FriendRequest:
    """A request by or to the member, or PersonMissing."""
    row = FriendRequest.objects.filter(Q(asker=member) | Q(asked=member), id=id_).first()
    if row is None:
        raise PersonMissing
    return row


def requests_by(viewer: UUID) -> list[FriendRequest]:
    """Whom the viewer has asked and who has not accepted: a refusal looks like waiting."""
    return list(
        FriendRequest.objects.filter(
            asker=viewer, state__in=[RequestState.ASKED, RequestState.DECLINED]
        )
        .exclude(asked__in=Friendship.objects.filter(owner=viewer).values("friend"))
        .select_related("asked")
        .order_by("asked", "-asked_at")
        .distinct("asked")
    )


def person(viewer: UUID, handle: str) -> Member:
    """A member by handle, or PersonMissing. Being blocked does not hide a name: it would show."""
    del viewer
    found = Member.objects.filter(handle=handle.lower(), is_active=True).first()
    if found is None:
        raise PersonMissing
    return found


def person_of(member: Member) -> cards.Person:
    return cards.Person(member.id, member.handle, member.display_name, member.avatar_version)


def known(viewer: UUID, id_: UUID) -> Member:
    """A member by id, friend or not, or PersonMissing; nobody is a stranger to being blocked."""
    found = people.member(id_)
    if found is None or found.id == viewer:
        raise PersonMissing
    return found


def comment(viewer: UUID, id_: UUID, *, now: datetime) -> Comment:
    """A comment on a moment that the viewer may see, or MomentMissing."""
    found = Comment.objects.filter(id=id_).select_related("moment").first()
    if found is None or not can_view(viewer, found.moment_id, now=now):
        raise MomentMissing
    return found


HEARD_COMMENT = f"""
SELECT c.id FROM circle_comment c JOIN circle_moment m ON m.id = c.moment_id
 WHERE c.id = %(id)s AND m.id = %(moment)s AND {named(HEARD, m="m", c="c")}"""


def heard_comment(viewer: UUID, moment: UUID, id_: UUID) -> Comment:
    """A comment on a moment that was loaded for the viewer; MomentMissing unless it is heard."""
    values = {"id": id_, "moment": moment, "viewer": viewer}
    found = next(iter(Comment.objects.raw(HEARD_COMMENT, values)), None)
    if found is None:
        raise MomentMissing
    return found


def window(viewer: UUID) -> timedelta | None:
    """How far back the viewer lets friends look; None is always."""
    row = Settings.objects.filter(owner=viewer).first()
    return row.window if row else None
