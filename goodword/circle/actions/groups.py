from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.people.models import Member

from ..models import Friendship, Group
from ..queries import PersonMissing
from . import losses

AT_ONCE = 500  # rows of one statement

# Written to the friends, however many moments exclude the group: without it, forgetting a group
# would show who was in it what was kept from them.
FORGET = """
UPDATE circle_friendship
   SET groups = array_remove(groups, %(group)s),
       former_groups = CASE WHEN EXISTS (
           SELECT 1 FROM circle_moment
            WHERE author_id = %(owner)s AND audience_kind = 'except' AND state = 'published'
              AND %(group)s = ANY (audience_groups))
         THEN former_groups || %(group)s::uuid ELSE former_groups END
 WHERE owner_id = %(owner)s AND %(group)s = ANY (groups)"""


class GroupMissing(NotFound):
    """No such group of this member's."""

    def __init__(self) -> None:
        super().__init__(_("This group does not exist any more."))


class GroupNameTaken(Conflict):
    """Two groups of one name could not be told apart."""

    def __init__(self, name: str) -> None:
        super().__init__(_("You have a group called “%(name)s” already.") % {"name": name})


@transaction.atomic
def make_group(*, owner: Member, name: str, now: datetime) -> Group:
    """An empty group of the owner's. Raises Invalid, GroupNameTaken."""
    group = Group(owner=owner, name=proper(name))
    save(group)
    journal.record(owner=owner.id, actor=owner.id, verb="circle.grouped", subject=group.id, now=now)
    return group


@transaction.atomic
def rename_group(*, owner: Member, group: UUID, name: str) -> Group:
    """Raises GroupMissing, Invalid, GroupNameTaken."""
    row = own(owner, group)
    row.name = proper(name)
    save(row)
    return row


def proper(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 40:
        raise Invalid(_("A group's name has 1 to 40 characters."), fields={"name": _("Required.")})
    return name


def save(group: Group) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise GroupNameTaken(group.name) from None


def own(owner: Member, group: UUID) -> Group:
    row = Group.objects.select_for_update().filter(owner=owner, id=group).first()
    if row is None:
        raise GroupMissing
    return row


@transaction.atomic
def set_members(*, owner: Member, group: UUID, friends: Collection[UUID], now: datetime) -> None:
    """Make exactly these friends the group's members. Raises GroupMissing, PersonMissing."""
    own(owner, group)
    edges = Friendship.objects.select_for_update().filter(owner=owner).order_by("id")
    wanted = set(friends)
    if wanted - {edge.friend_id for edge in edges}:
        raise PersonMissing
    turned = [edge for edge in edges if (group in edge.groups) != (edge.friend_id in wanted)]
    viewers = [edge.friend_id for edge in turned]
    with losses.losing_sight(of=owner.id, viewers=viewers, groups=[group], now=now):
        for edge in turned:
            rest = [one for one in edge.groups if one != group]
            edge.groups = [*rest, group] if edge.friend_id in wanted else rest
        Friendship.objects.bulk_update(turned, ["groups"], batch_size=AT_ONCE)


@transaction.atomic
def set_groups(*, owner: Member, friend: UUID, groups: Collection[UUID], now: datetime) -> None:
    """Put the friend into exactly these groups. Raises PersonMissing, GroupMissing."""
    edge = Friendship.objects.select_for_update().filter(owner=owner, friend=friend).first()
    if edge is None:
        raise PersonMissing
    if Group.objects.filter(owner=owner, id__in=groups).count() != len(set(groups)):
        raise GroupMissing
    turned = set(groups) ^ set(edge.groups)
    with losses.losing_sight(of=owner.id, viewers=[friend], groups=turned, now=now):
        edge.groups = list(dict.fromkeys(groups))
        edge.save(update_fields=["groups"])


@transaction.atomic
def delete_group(*, owner: Member, group: UUID, now: datetime) -> None:
    """Forget a group; moments that excluded it go on excluding who was in it.

    Raises GroupMissing.
    """
    row = own(owner, group)
    edges = Friendship.objects.select_for_update().filter(owner=owner, groups__contains=[group])
    inside = list(edges.order_by("id").values_list("friend", flat=True))
    with (
        losses.losing_sight(of=owner.id, viewers=inside, groups=[group], now=now),
        connection.cursor() as cursor,
    ):
        cursor.execute(FORGET, {"owner": owner.id, "group": group})
    row.delete()
    journal.record(owner=owner.id, actor=owner.id, verb="circle.ungrouped", subject=group, now=now)
