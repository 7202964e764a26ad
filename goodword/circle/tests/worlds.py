"""Small worlds for tests: named people, friendships and moments, made through the actions."""

from datetime import UTC, datetime, timedelta

from goodword.circle import actions
from goodword.circle.models import FriendRequest
from goodword.circle.rules import EVERYONE, Audience
from goodword.circle.states import AudienceKind, Face
from goodword.kit.ids import new_id
from goodword.people import actions as people
from goodword.people.models import Member

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def member(handle: str, **values) -> Member:
    return people.register(
        handle=handle, display_name=values.pop("display_name", handle.title()), now=NOON, **values
    )


def befriend(one: Member, other: Member, *, groups=(), now=NOON) -> None:
    """`other` accepts `one`; `groups` are `other`'s groups for `one`."""
    request = actions.ask(asker=one, asked=other, now=now)
    assert isinstance(request, FriendRequest)
    actions.accept(request=request, member=other, groups=groups, now=now)


def moment(author: Member, text: str = "a fine day", *, audience=EVERYONE, now=NOON, **values):
    return actions.publish(
        author=author,
        face=values.pop("face", Face.LIFE),
        text=text,
        audience=audience,
        key=str(new_id()),
        now=now,
        **values,
    )


def chosen(*people: Member, groups=()) -> Audience:
    return Audience(AudienceKind.CHOSEN, tuple(groups), tuple(p.id for p in people))


def all_but(*people: Member, groups=()) -> Audience:
    return Audience(AudienceKind.EXCEPT, tuple(groups), tuple(p.id for p in people))
