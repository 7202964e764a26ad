"""What a member takes along of this domain: only what they may see today."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.exports import Kept, Media, Part, Rows, chunks
from goodword.kit.pictures.shapes import FEED
from goodword.kit.voice.keeping import SUFFIX
from goodword.people.queries import members

from . import meeting, queries
from .cards import MomentCard, Person
from .models import (
    Block,
    Comment,
    FriendRequest,
    Group,
    Invitation,
    Like,
    Moment,
    MomentEdit,
    MomentPicture,
    Voice,
)
from .states import RequestState

PAGE = 100


def friends(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Everybody in the circle with what the viewer wrote and decided about them."""
    names = group_names(viewer)
    for row in queries.own_friendships(viewer).order_by("since").iterator():
        yield {
            "handle": row.friend.handle, "name": row.friend.display_name, "since": row.since,
            "nickname": row.nickname, "note": row.note,
            "groups": [names[one] for one in row.groups if one in names],
            "life": row.life, "market": row.market, "snoozed_until": row.snoozed_until,
            "hides_mine": row.hides_mine,
        }  # fmt: skip


def group_names(viewer: UUID) -> dict[UUID, str]:
    return dict(Group.objects.filter(owner=viewer).values_list("id", "name"))


def groups(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's groups; who is in each stands with the friends."""
    for name in sorted(group_names(viewer).values()):
        yield {"name": name}


def requests(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Who asked and whom the viewer asked; a refusal by others looks like waiting."""
    for row in queries.requests_to(viewer):
        yield asked(row, "to you", row.asker.handle, "waiting")
    decided = FriendRequest.objects.filter(asked=viewer).exclude(
        state__in=[RequestState.ASKED, RequestState.WITHDRAWN]
    )
    for row in decided.select_related("asker").order_by("asked_at").iterator():
        # That the asker took back what was declined is the asker's own matter.
        state = RequestState.DECLINED if row.state == RequestState.TAKEN_BACK else row.state
        yield asked(row, "to you", row.asker.handle, state)
    for row in queries.requests_by(viewer):
        yield asked(row, "by you", row.asked.handle, "waiting")


def asked(row: FriendRequest, way: str, handle: str, state: str) -> dict[str, Any]:
    return {
        "way": way, "handle": handle, "message": row.message, "at": row.asked_at, "state": state,
    }  # fmt: skip


def invitations(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The links that the viewer made, without the secret in them."""
    rows = Invitation.objects.filter(owner=viewer).order_by("made_at")
    yield from rows.values("made_at", "expires_at", "revoked_at", "taken_at").iterator()


def blocks(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Whom the viewer blocks; who blocks the viewer is nobody's to know."""
    rows = Block.objects.filter(owner=viewer).select_related("blocked").order_by("since")
    for row in rows.iterator():
        yield {"handle": row.blocked.handle, "since": row.since}


def settings(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What holds for the whole circle; `window_days` None shows everything."""
    window = queries.window(viewer)
    yield {
        "window_days": window.days if window else None,
        "introduces": meeting.introduces(viewer),
    }


def moments(viewer: UUID, now: datetime) -> Rows:
    """The viewer's moments, newest first, with the answers that the viewer may hear."""
    names = group_names(viewer)
    before = None
    while cards := queries.moments_of(viewer, viewer, now=now, before=before, limit=PAGE):
        yield from with_more(cards, names)
        before = (cards[-1].published_at, cards[-1].id)


def with_more(cards: Sequence[MomentCard], names: dict[UUID, str]) -> Rows:
    """Cards as rows, with audience, former wordings and voice, in a few statements for all."""
    ids = [card.id for card in cards]
    stored = Moment.objects.in_bulk(ids)
    people = members({one for row in stored.values() for one in row.audience_people})
    edits: dict[UUID, list[dict[str, Any]]] = {}
    for edit in MomentEdit.objects.filter(moment__in=ids).order_by("until", "id"):
        edits.setdefault(edit.moment_id, []).append({"text": edit.text, "until": edit.until})
    voices = {row.moment_id: row for row in Voice.objects.filter(moment__in=ids)}
    for card in cards:
        row, voice = stored[card.id], voices.get(card.id)
        yield {
            "id": card.id, "face": card.face, "text": card.text,
            "published_at": card.published_at, "edited_at": card.edited_at,
            "earlier": edits.get(card.id, []), "listing": card.listing,
            "from_listing": card.from_listing,
            "audience": {
                "kind": row.audience_kind,
                "groups": [names[one] for one in row.audience_groups if one in names],
                "people": [people[one].handle for one in row.audience_people if one in people],
            },
            "pictures": [
                {"file": picture_file(one.id), "alt": one.alt, "width": one.width,
                 "height": one.height}
                for one in card.pictures
            ],
            "voice": {"file": voice_file(voice.id), "seconds": voice.seconds} if voice else None,
            "link": linked(card),
            "likes": [said_by(one) for one in card.likers],
            "comments": [
                {"by": said_by(one.by), "at": one.at, "text": one.text,
                 "to": said_by(one.to) if one.to else None}
                for one in card.answers
            ],
        }  # fmt: skip


def linked(card: MomentCard) -> dict[str, str] | None:
    """What the page behind the moment's first link said of itself."""
    if card.link is None:
        return None
    link = card.link
    return {"url": link.url, "title": link.title, "description": link.description}


def said_by(person: Person) -> dict[str, str]:
    return {"handle": person.handle, "name": person.name}


def picture_file(id_: UUID | str) -> str:
    return f"media/{id_}.webp"


def voice_file(id_: UUID) -> str:
    return f"media/{id_}{SUFFIX}"


def likes(viewer: UUID, now: datetime) -> Rows:
    """What the viewer liked; whose it was only while the viewer may still see it."""
    rows = Like.objects.filter(member=viewer).order_by("at")
    for part in chunks(rows.iterator()):
        authors = authors_of(viewer, [row.moment_id for row in part], now)
        for row in part:
            yield {"at": row.at, "moment": row.moment_id, "of": authors.get(row.moment_id)}


def comments(viewer: UUID, now: datetime) -> Rows:
    """What the viewer said; under whose moment only while the viewer may still see it."""
    rows = Comment.objects.filter(member=viewer).order_by("at")
    for part in chunks(rows.iterator()):
        authors = authors_of(viewer, [row.moment_id for row in part], now)
        for row in part:
            yield {
                "at": row.at, "text": row.text, "moment": row.moment_id,
                "of": authors.get(row.moment_id),
            }  # fmt: skip


def authors_of(viewer: UUID, moments: Sequence[UUID], now: datetime) -> dict[UUID, str]:
    seen = Moment.objects.filter(id__in=moments).visible_to(viewer, now=now)
    return dict(seen.values_list("id", "author__handle"))


def pictures(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """The viewer's pictures in the largest form that is kept."""
    rows = MomentPicture.objects.filter(author=viewer, moment__state="published")
    for row in rows.order_by("id").iterator():
        yield Kept(picture_file(row.id), row.key + FEED[-1].suffix)


def voices(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """The viewer's voice notes."""
    for row in Voice.objects.filter(author=viewer, moment__state="published").iterator():
        yield Kept(voice_file(row.id), row.key + SUFFIX)


PARTS = (
    Part("friends", friends, covers=("circle.Friendship",)),
    Part("groups", groups, covers=("circle.Group",)),
    Part("friend-requests", requests, covers=("circle.FriendRequest",)),
    Part("invitations", invitations, covers=("circle.Invitation",)),
    Part("blocks", blocks, covers=("circle.Block",)),
    Part("circle-settings", settings, covers=("circle.Settings",)),
    Part("moments", moments, covers=("circle.Moment", "circle.MomentEdit", "circle.LinkCard")),
    Part("likes", likes, covers=("circle.Like",)),
    Part("comments", comments, covers=("circle.Comment",)),
)
MEDIA = (
    Media(pictures, covers=("circle.MomentPicture",)),
    Media(voices, covers=("circle.Voice",)),
)
