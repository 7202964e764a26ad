"""What an audience says of groups that are forgotten and of people who are no friends now."""

from uuid import UUID

from .models import Friendship, Group
from .rules import Audience
from .states import AudienceKind


def choosable(author: UUID, audience: Audience) -> Audience:
    """What the author can still choose of an audience: groups that are there, people who are
    friends. Two statements.
    """
    groups = Group.objects.filter(owner=author, id__in=audience.groups)
    friends = Friendship.objects.filter(owner=author, friend__in=audience.people)
    there = {*groups.values_list("id", flat=True), *friends.values_list("friend", flat=True)}
    return Audience(
        audience.kind,
        tuple(one for one in audience.groups if one in there),
        tuple(one for one in audience.people if one in there),
    )


def with_forgotten(audience: Audience, before: Audience, *, author: UUID) -> Audience:
    """`audience` with whom `before` keeps out and the author can choose no more: groups that are
    forgotten, and people who are no friends now.
    """
    if not audience.kind == before.kind == AudienceKind.EXCEPT:
        return audience
    choice = choosable(author, before)
    groups, people = (
        set(old) - set(left)
        for old, left in ((before.groups, choice.groups), (before.people, choice.people))
    )
    return Audience(audience.kind, (*audience.groups, *groups), (*audience.people, *people))
