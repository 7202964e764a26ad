"""Telling friends that they were named, exactly those who may read it."""

from datetime import datetime
from uuid import UUID

from goodword.notices import actions as notices
from goodword.people.models import Member

from .. import mentions
from ..models import Friendship, Moment
from ..queries import can_view, relation
from ..rules import wishes
from ..states import Face, Surface

KIND = "circle.mentioned"


def settle(
    *, moment: Moment, writer: Member, text: str, before: str = "", part: UUID, now: datetime
) -> None:
    """Tell the writer's friends whom `text` names and `before` did not; take it back from those
    who are not named any more, or may not see the moment now.

    `part` is what names them: the moment's own id, or a comment's.
    """
    named, earlier = set(mentions.handles(text)), set(mentions.handles(before))
    if not named | earlier:
        return
    edges = Friendship.objects.filter(owner=writer, friend__handle__in=named | earlier)
    for edge in edges.select_related("friend"):
        friend = edge.friend
        if friend.handle in named and can_view(friend.id, moment.id, now=now):
            if friend.handle not in earlier:
                tell(moment=moment, writer=writer, friend=friend, part=part, now=now)
        else:
            notices.withdraw(
                subject=moment.id, kind=KIND, actor=writer.id, member=friend.id, part=part
            )


def tell(*, moment: Moment, writer: Member, friend: Member, part: UUID, now: datetime) -> None:
    """Unless she hears of it anyway, as the moment's author, or wishes to hear nothing of his."""
    stand = relation(friend.id, writer.id)
    wished = wishes(relation=stand, face=Face.LIFE, surface=Surface.NOTIFICATION, now=now)
    if friend.id != moment.author_id and wished and not stand.blocked:
        notices.tell(
            member=friend.id, kind=KIND, subject=moment.id, actor=writer.id, part=part, now=now
        )
