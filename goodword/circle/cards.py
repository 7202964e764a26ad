"""A moment as a reader gets it: one SQL statement for any number of them, whatever page asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.kit.voice.waveform import Bar, bars

from . import mentions
from .linking import Part, host
from .rules import reads_long
from .visibility import HEARD, named

# Reads the ids that a `picked (id)` CTE chose; whoever picks them has asked VISIBLE already.
CARD = """
SELECT m.id, m.face, m.text, m.published_at, m.audience_kind, m.listing, m.from_listing,
       m.author_id, a.handle, coalesce(nullif(k.nickname, ''), a.display_name), a.avatar_version,
       p.pictures, l.likes, l.mine, c.comments, m.edited_at, v.id, v.duration, v.peaks,
       w.url, w.goal, w.title, w.description, w.site_name,
       g.id, g.width, g.height, g.colour
  FROM picked
  JOIN circle_moment m ON m.id = picked.id
  JOIN people_member a ON a.id = m.author_id
  LEFT JOIN circle_friendship k ON k.owner_id = %(viewer)s AND k.friend_id = m.author_id
  LEFT JOIN circle_voice v ON v.moment_id = m.id
  LEFT JOIN circle_linkcard w ON w.moment_id = m.id AND w.state = 'shown'
  LEFT JOIN circle_linkpicture g ON g.card_id = w.id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(p.id, p.width, p.height, p.colour, p.alt) ORDER BY p.position)
           AS pictures FROM circle_momentpicture p WHERE p.moment_id = m.id) p ON TRUE
  LEFT JOIN LATERAL (
    SELECT count(*) AS likes, coalesce(bool_or(l.member_id = %(viewer)s), FALSE) AS mine
      FROM circle_like l WHERE l.moment_id = m.id AND {heard_like}) l ON TRUE
  LEFT JOIN LATERAL (
    SELECT count(*) AS comments FROM circle_comment c
     WHERE c.moment_id = m.id AND {heard_comment}) c ON TRUE
 ORDER BY m.published_at DESC, m.id DESC
""".format(heard_like=named(HEARD, m="m", c="l"), heard_comment=named(HEARD, m="m", c="c"))

ANSWERS = """
SELECT 'like' AS kind, l.id, l.moment_id, l.member_id, l.at, '' AS text, NULL AS reply_to,
       coalesce(nullif(k.nickname, ''), a.display_name), a.handle, a.avatar_version
  FROM circle_like l JOIN circle_moment m ON m.id = l.moment_id
  JOIN people_member a ON a.id = l.member_id
  LEFT JOIN circle_friendship k ON k.owner_id = %(viewer)s AND k.friend_id = l.member_id
 WHERE l.moment_id = ANY (%(ids)s) AND {heard_like}
UNION ALL
SELECT 'comment', c.id, c.moment_id, c.member_id, c.at, c.text, c.reply_to_id,
       coalesce(nullif(k.nickname, ''), a.display_name), a.handle, a.avatar_version
  FROM circle_comment c JOIN circle_moment m ON m.id = c.moment_id
  JOIN people_member a ON a.id = c.member_id
  LEFT JOIN circle_friendship k ON k.owner_id = %(viewer)s AND k.friend_id = c.member_id
 WHERE c.moment_id = ANY (%(ids)s) AND {heard_comment}
 ORDER BY 5, 2
""".format(heard_like=named(HEARD, m="m", c="l"), heard_comment=named(HEARD, m="m", c="c"))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the viewer knows them: a nickname of the viewer's wins as `name`."""

    id: UUID
    handle: str
    name: str
    avatar_version: str

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def avatar_url(self) -> str:
        return f"/avatars/{self.id}/small/{self.avatar_version or 'none'}"

    @property
    def url(self) -> str:
        return f"/@{self.handle}"


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` and `height` are those of the large form, in pixels; `colour` is "#rrggbb"."""

    id: str
    width: int
    height: int
    colour: str
    alt: str

    @property
    def url(self) -> str:
        return f"/pictures/{self.id}/large"

    @property
    def thumb_url(self) -> str:
        return f"/pictures/{self.id}/thumb"


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A voice note; `peaks` are 64 bytes, how loud each part of it is, 255 being full scale."""

    id: UUID
    duration: timedelta
    peaks: bytes

    @property
    def seconds(self) -> int:
        return max(1, round(self.duration.total_seconds()))

    @property
    def bars(self) -> list[Bar]:
        return bars(self.peaks)

    @property
    def url(self) -> str:
        return f"/voices/{self.id}"


@dataclass(frozen=True, slots=True)
class Link:
    """What stands behind a moment's first link; `url` as it was written, `host` where it led."""

    url: str
    host: str
    title: str
    description: str
    site_name: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A comment as the viewer may read it; `to` is named only when the viewer hears them too."""

    id: UUID
    by: Person
    at: datetime
    text: str
    to: Person | None
    deletable: bool
    known: frozenset[str] = frozenset()  # handles in it that the viewer knows

    @property
    def parts(self) -> list[Part]:
        return mentions.parts(self.text, self.known)


@dataclass(slots=True)
class MomentCard:
    """Everything a page or the API shows of a moment; counts are this viewer's."""

    id: UUID
    face: str
    text: str
    published_at: datetime
    audience_kind: str
    listing: UUID | None
    from_listing: UUID | None
    author: Person
    pictures: list[Picture]
    likes: int
    liked: bool
    comments: int
    mine: bool
    edited_at: datetime | None = None
    voice: VoiceNote | None = None
    link: Link | None = None
    known: frozenset[str] = frozenset()  # handles in the text that the viewer knows
    editable: bool = False  # told on the moment's own page alone
    likers: list[Person] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/moments/{self.id}"

    @property
    def is_long(self) -> bool:
        """Whether a page of many moments shows its beginning only."""
        return reads_long(self.text)

    @property
    def parts(self) -> list[Part]:
        """The text with its links, and the friends it names, apart."""
        return mentions.parts(self.text, self.known)


def read(picked: str, params: dict[str, Any], *, viewer: UUID) -> list[MomentCard]:
    """The cards of the moments that the SQL `picked` (columns: id) chooses, newest first.

    `picked` must contain VISIBLE; `params` are its named values.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"WITH picked AS ({picked}) {CARD}", {**params, "viewer": viewer})
        found = [card(row, viewer) for row in cursor.fetchall()]
    known = mentions.known(viewer, [one.text for one in found])
    for one in found:
        one.known = known
    return found


def card(row: Sequence[Any], viewer: UUID) -> MomentCard:
    (id_, face, text, at, audience, listing, from_listing, author, handle, name, avatar,
     pictures, likes, mine, comments, edited_at, voice, duration, peaks,
     *link) = row  # fmt: skip
    note = VoiceNote(voice, duration, bytes(peaks)) if voice else None
    return MomentCard(
        id_, face, text, at, audience, listing, from_listing,
        Person(author, handle, name, avatar),
        [Picture(*picture) for picture in pictures or ()],
        likes, mine, comments, author == viewer, edited_at, note,
        link_of(*link) if link[0] else None,
    )  # fmt: skip


def link_of(
    url: str, goal: str, title: str, description: str, site_name: str,
    picture: UUID | None, width: int, height: int, colour: str,
) -> Link:  # fmt: skip
    seen = Picture(str(picture), width, height, colour, "") if picture else None
    return Link(url, host(goal), title, description, site_name, seen)


def with_answers(cards: Sequence[MomentCard], *, viewer: UUID) -> None:
    """Fill in who liked and what was said, as far as the viewer may hear it; one statement."""
    # The counts ask the same predicate, so where they are 0 there is nothing to read.
    by_id = {card.id: card for card in cards if card.likes or card.comments}
    if not by_id:
        return
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, {"viewer": viewer, "ids": list(by_id)})
        rows = cursor.fetchall()
    known = mentions.known(viewer, [row[5] for row in rows])
    speakers: dict[UUID, Person] = {}
    for kind, id_, moment, member, at, text, reply_to, name, handle, avatar in rows:
        person = Person(member, handle, name, avatar)
        card = by_id[moment]
        if kind == "like":
            card.likers.append(person)
            continue
        speakers[id_] = person
        to = speakers.get(reply_to) if reply_to else None
        deletable = viewer in (member, card.author.id)
        card.answers.append(Answer(id_, person, at, text, to, deletable, known))
