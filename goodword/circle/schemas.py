"""The circle as the API shows it."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from .cards import Link, MomentCard, Picture, VoiceNote


class PersonOut(Schema):
    id: UUID
    handle: str
    name: str = Field(description="As the viewer knows them: a nickname wins over the own name.")
    avatar: str


class PictureOut(Schema):
    id: UUID
    width: int = Field(description="Pixels of the large form.")
    height: int
    colour: str = Field(description="The dominant colour as #rrggbb.")
    alt: str
    thumb: str
    large: str


class VoiceOut(Schema):
    url: str
    seconds: int
    peaks: list[int] = Field(description="64 numbers from 0 to 255: how loud each part of it is.")


class LinkOut(Schema):
    url: str = Field(description="As it stands in the text.")
    host: str = Field(description="Where it really led.")
    title: str
    description: str
    site_name: str
    picture: PictureOut | None


class MomentOut(Schema):
    id: UUID
    face: Literal["life", "market"]
    text: str
    published_at: datetime
    author: PersonOut
    pictures: list[PictureOut]
    voice: VoiceOut | None = None
    link: LinkOut | None = Field(None, description="What stands behind the first link.")
    likes: int = Field(description="As far as this viewer may know of them.")
    liked: bool
    comments: int
    edited_at: datetime | None = Field(None, description="When its words last changed.")
    listing: UUID | None = None


class CommentOut(Schema):
    id: UUID
    by: PersonOut
    at: datetime
    text: str
    to: PersonOut | None = None


class MomentFullOut(MomentOut):
    likers: list[PersonOut]
    answers: list[CommentOut]


class CommentIn(Schema):
    text: str
    reply_to: UUID | None = None


class TextIn(Schema):
    text: str


class WordingOut(Schema):
    text: str
    since: datetime


class AudienceIn(Schema):
    kind: Literal["everyone", "chosen", "except", "only_me"] = "everyone"
    groups: list[UUID] = []
    people: list[UUID] = []


class AudienceOut(AudienceIn):
    viewers: list[PersonOut] = Field(
        description="The friends whom the author shows it to now; a friend's block changes nothing."
    )


class AskIn(Schema):
    handle: str
    message: str = ""


class AnswerIn(Schema):
    accept: bool
    groups: list[UUID] = []


class RequestOut(Schema):
    id: UUID
    state: str = Field(description="“asked” while it waits; a refusal looks like waiting.")
    asker: UUID
    asked: UUID


class RequestIn(Schema):
    id: UUID
    by: PersonOut
    message: str
    asked_at: datetime


class InviteIn(Schema):
    groups: list[UUID] = Field([], description="Where the new friend belongs.")


class InvitationOut(Schema):
    id: UUID
    token: str = Field(description="What stands in the link: `/i/` and this.")
    groups: list[UUID]
    made_at: datetime
    expires_at: datetime


class InvitedOut(Schema):
    by: PersonOut
    expires_at: datetime


class IntroductionsIn(Schema):
    on: bool = Field(description="Whether others may meet through the viewer, and the viewer too.")


class FriendOut(Schema):
    id: UUID
    handle: str
    name: str
    avatar: str
    since: datetime
    nickname: str
    note: str = Field(description="What the viewer wants to remember; for nobody else.")
    life: bool
    market: Literal["on", "digest", "off"]
    snoozed_until: datetime | None
    hides_mine: bool
    groups: list[UUID]


class DialsIn(Schema):
    nickname: str | None = None
    note: str | None = None
    life: bool | None = None
    market: Literal["on", "digest", "off"] | None = None
    snoozed: bool | None = None
    hides_mine: bool | None = None
    groups: list[UUID] | None = None


class WindowIn(Schema):
    window: Literal["3d", "1m", "6m", "always"]


class GroupIn(Schema):
    name: str
    friends: list[UUID] | None = None


class GroupOut(Schema):
    id: UUID
    name: str
    friends: list[UUID]


def person(who: Any) -> dict[str, Any]:
    return {"id": who.id, "handle": who.handle, "name": who.name, "avatar": who.avatar_url}


def moment(card: MomentCard) -> dict[str, Any]:
    """A card in the shape of MomentOut; plain dictionaries, since timelines need many fast."""
    return {
        "id": card.id,
        "face": card.face,
        "text": card.text,
        "published_at": card.published_at,
        "author": person(card.author),
        "pictures": [picture(one) for one in card.pictures],
        "voice": voice(card.voice),
        "link": link(card.link),
        "likes": card.likes,
        "liked": card.liked,
        "comments": card.comments,
        "edited_at": card.edited_at,
        "listing": card.listing,
    }


def picture(one: Picture) -> dict[str, Any]:
    return {
        "id": one.id,
        "width": one.width,
        "height": one.height,
        "colour": one.colour,
        "alt": one.alt,
        "thumb": one.thumb_url,
        "large": one.url,
    }


def link(card: Link | None) -> dict[str, Any] | None:
    if card is None:
        return None
    return {
        "url": card.url,
        "host": card.host,
        "title": card.title,
        "description": card.description,
        "site_name": card.site_name,
        "picture": picture(card.picture) if card.picture else None,
    }


def voice(note: VoiceNote | None) -> dict[str, Any] | None:
    if note is None:
        return None
    return {"url": note.url, "seconds": note.seconds, "peaks": list(note.peaks)}


def full(card: MomentCard) -> dict[str, Any]:
    """A card in the shape of MomentFullOut."""
    return moment(card) | {
        "likers": [person(who) for who in card.likers],
        "answers": [
            {
                "id": answer.id,
                "by": person(answer.by),
                "at": answer.at,
                "text": answer.text,
                "to": person(answer.to) if answer.to else None,
            }
            for answer in card.answers
        ],
    }
