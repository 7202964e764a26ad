from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodword.kit import house, rates
from goodword.kit.errors import Invalid
from goodword.notices import actions as notices
from goodword.notices import stream
from goodword.people.models import Member

from ..mentions import handles
from ..models import Comment, Like, Moment
from ..queries import MomentMissing, can_view, heard_comment, relation
from ..rules import wishes
from ..states import Face, Surface
from . import mentions

HELD = (
    """SELECT 1 FROM circle_friendship
        WHERE owner_id = %(author)s AND friend_id = %(member)s FOR SHARE""",
    "SELECT 1 FROM circle_moment WHERE id = %(moment)s AND state = 'published' FOR SHARE",
)


@transaction.atomic
def like(*, moment: Moment, member: Member, now: datetime) -> None:
    """Like a moment that the caller loaded for `member`; twice is once. Raises MomentMissing."""
    hold(moment, member)
    rates.hit(f"like:{member.id}", limit=600, per=timedelta(hours=1), now=now)
    _row, fresh = Like.objects.get_or_create(
        moment=moment,
        member=member,
        defaults={"author_id": moment.author_id, "listing": moment.listing, "at": now},
    )
    if fresh:
        tell_author(moment=moment, member=member, kind="circle.liked", now=now)
        announce(moment=moment.id, speaker=member.id)


@transaction.atomic
def unlike(*, moment: Moment, member: Member) -> None:
    """Take a like back, and what was told of it; none there is fine."""
    gone, _rows = Like.objects.filter(moment=moment, member=member).delete()
    if gone:
        notices.withdraw(subject=moment.id, kind="circle.liked", actor=member.id)
        announce(moment=moment.id, speaker=member.id)


@transaction.atomic
def comment(
    *, moment: Moment, member: Member, text: str, reply_to: UUID | None = None, now: datetime
) -> Comment:
    """Say something under a moment that the caller loaded for `member`.

    Raises Invalid, TooMany, and MomentMissing for a `reply_to` that the member may not hear, or
    when the two parted or the moment went meanwhile.
    """
    hold(moment, member)
    text = text.strip()
    most = house.rules(now).comment_text_at_most
    if not text:
        raise Invalid(_("Write something first."), fields={"text": _("Required.")})
    if len(text) > most:
        raise Invalid(
            _("That is longer than %(most)s characters. Shorten it a little.") % {"most": most}
        )
    rates.hit(f"comment:{member.id}", limit=120, per=timedelta(hours=1), now=now)
    answered = heard_comment(member.id, moment.id, reply_to) if reply_to else None
    made = Comment.objects.create(
        moment=moment, author_id=moment.author_id, member=member, text=text,
        reply_to=answered, at=now,
    )  # fmt: skip
    tell_author(
        moment=moment, member=member, kind="circle.commented", now=now, part=made.id,
        text=text[:80],
    )  # fmt: skip
    mentions.settle(moment=moment, writer=member, text=text, part=made.id, now=now)
    if answered:
        tell_answered(answered=answered, said=made, moment=moment, member=member, now=now)
    announce(moment=moment.id, speaker=member.id)
    return made


def hold(moment: Moment, member: Member) -> None:
    """Let the friendship and the moment stand until this transaction ends, or raise MomentMissing.

    Parting and deleting take away what they find: what is said while they happen must be among it.
    """
    with connection.cursor() as cursor:
        for sql in HELD[member.id == moment.author_id :]:
            cursor.execute(
                sql, {"moment": moment.id, "author": moment.author_id, "member": member.id}
            )
            if cursor.fetchone() is None:
                raise MomentMissing


def announce(*, moment: UUID, speaker: UUID) -> None:
    """Let open pages look again at what is said under the moment, those that hear the speaker."""
    stream.announce("answers", moment=str(moment), speaker=str(speaker))


def tell_author(*, moment: Moment, member: Member, kind: str, now: datetime, **facts: Any) -> None:
    """Tell the author, unless the author does not wish to hear of this friend."""
    author = moment.author_id
    if author != member.id and wants_to_hear(author, of=member.id, now=now):
        notices.tell(member=author, kind=kind, subject=moment.id, actor=member.id, now=now, **facts)


def tell_answered(
    *, answered: Comment, said: Comment, moment: Moment, member: Member, now: datetime
) -> None:
    """Tell whom a comment answers, if they may read it and it is no news to them otherwise."""
    who = answered.member
    told = who.id == moment.author_id or who.handle in handles(said.text)
    if who.id == member.id or told or not can_view(who.id, moment.id, now=now):
        return
    if wants_to_hear(who.id, of=member.id, now=now):
        notices.tell(
            member=who.id, kind="circle.answered", subject=moment.id, actor=member.id,
            part=said.id, now=now,
        )  # fmt: skip


def wants_to_hear(listener: UUID, *, of: UUID, now: datetime) -> bool:
    """Whether what this friend does may be brought to the listener."""
    stand = relation(listener, of)
    wished = wishes(relation=stand, face=Face.LIFE, surface=Surface.NOTIFICATION, now=now)
    return wished and not stand.blocked


@transaction.atomic
def delete_comment(*, comment: Comment, member: Member) -> None:
    """Remove one's own comment, or any under one's own moment, and what was told of it.

    Raises MomentMissing for anybody else.
    """
    if member.id not in (comment.member_id, comment.author_id):
        raise MomentMissing
    notices.withdraw(subject=comment.moment_id, part=comment.id)
    announce(moment=comment.moment_id, speaker=comment.member_id)
    comment.delete()
