from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.journal import actions as journal
from goodword.kit import house, jobs, rates
from goodword.kit.errors import Conflict, Invalid
from goodword.kit.ids import new_id
from goodword.kit.pictures import discard_pictures
from goodword.kit.voice import discard_voices
from goodword.notices import actions as notices
from goodword.notices import stream
from goodword.people.models import Member

from ..audiences import with_forgotten
from ..models import (
    Comment,
    Friendship,
    Group,
    Like,
    Moment,
    MomentEdit,
    MomentPicture,
    Voice,
)
from ..queries import viewers
from ..rules import EVERYONE, Audience, may_edit, narrows
from ..states import MOMENT_MOVES, AudienceKind, Face, MomentState
from . import links, losses, mentions, words


class NotNarrower(Conflict):
    """A published moment's audience may shrink, never grow."""

    def __init__(self) -> None:
        super().__init__(
            _("An audience can only be made smaller. To show it to more people, post it again.")
        )


class EditingEnded(Conflict):
    """The grace time is over: by now people have answered the words that stand there."""

    def __init__(self) -> None:
        super().__init__(
            _("It is too late to change this moment. You can delete it and post it anew.")
        )


class PostedAlready(Conflict):
    """Its answer was lost, or another window sent it; what was written since would go unheard."""

    def __init__(self) -> None:
        super().__init__(
            _("It was posted already, with other words. Change them there, or begin a new one.")
        )


@transaction.atomic
def publish(
    *,
    author: Member,
    face: Face,
    text: str,
    pictures: Sequence[Mapping[str, Any]] = (),
    voice: Mapping[str, Any] | None = None,
    audience: Audience = EVERYONE,
    listing: UUID | None = None,
    from_listing: UUID | None = None,
    key: str,
    now: datetime,
) -> Moment:
    """Publish a moment and hand it to the timelines of the author's friends.

    `pictures` are the values of saved pictures (`save_picture`), with their `alt`; `voice` those of
    a saved voice note (`save_voice`), which stands in the place of pictures.

    The same `key` again answers the moment it made the first time; raises PostedAlready when that
    has other words. Raises Invalid for an empty or oversized moment or an audience that is not the
    author's own, TooMany beyond a day's allowance.
    """
    text = text.strip()
    if made := made_before(author=author, key=key, text=text):
        return made
    rules = house.rules(now)
    check_content(
        text=text, pictures=len(pictures), face=face, rules=rules, voice=voice is not None
    )
    check_audience(author=author, audience=audience)
    rates.hit(f"publish:{author.id}", limit=rules.moments_a_day, per=timedelta(days=1), now=now)
    try:
        with transaction.atomic():
            moment = Moment.objects.create(
                author=author,
                face=face,
                text=text,
                audience_kind=audience.kind,
                audience_groups=list(audience.groups),
                audience_people=list(audience.people),
                listing=listing,
                from_listing=from_listing,
                published_at=now,
                key=key or str(new_id()),
            )
    except IntegrityError:
        faster = made_before(author=author, key=key, text=text)
        if faster is None:
            raise
        return faster  # the other half of a double tap
    words.keep([moment])
    links.ask_link(moment)
    attach(moment=moment, author=author, pictures=pictures, voice=voice)
    journal.record(
        owner=author.id, actor=author.id, verb="circle.published", subject=moment.id, now=now,
        face=face, audience=audience.kind, pictures=len(pictures), voice=voice is not None,
    )  # fmt: skip
    mentions.settle(moment=moment, writer=author, text=text, part=moment.id, now=now)
    jobs.defer_now("reach.fan_out", moment=str(moment.id))
    return moment


def made_before(*, author: Member, key: str, text: str) -> Moment | None:
    """The moment that `key` made, if there is one. Raises PostedAlready when it has other words."""
    made = Moment.objects.filter(author=author, key=key).first() if key else None
    if made and made.text != text:
        raise PostedAlready
    return made


def allow_upload(
    *, author: Member, text: str, pictures: int, voice: bool = False, now: datetime
) -> None:
    """Whether files may be let in at all: decoding is dear, so it is asked before.

    Raises what `publish` raises for the content, and TooMany beyond an hour's allowance.
    """
    text = text.strip()
    check_content(text=text, pictures=pictures, face=Face.LIFE, rules=house.rules(now), voice=voice)
    for _file in range(pictures + voice):
        rates.hit(f"upload:{author.id}", limit=300, per=timedelta(hours=1), now=now)


def check_content(
    *, text: str, pictures: int, face: Face, rules: house.HouseRules, voice: bool = False
) -> None:
    if not text and not pictures and not voice and face == Face.LIFE:
        raise Invalid(_("Write something or add a picture first."))
    if voice and pictures:
        raise Invalid(_("A moment holds pictures or a voice note. Take one of them out."))
    if len(text) > rules.moment_text_at_most:
        raise Invalid(
            _("That is longer than %(most)s characters. Shorten it a little.")
            % {"most": rules.moment_text_at_most},
            fields={"text": _("Too long.")},
        )
    if pictures > rules.pictures_at_most:
        raise Invalid(
            ngettext(
                "A moment holds at most %(most)s picture.",
                "A moment holds at most %(most)s pictures.",
                rules.pictures_at_most,
            )
            % {"most": rules.pictures_at_most}
        )


def check_audience(*, author: Member, audience: Audience, held: bool = True) -> None:
    """Groups must be the author's, people her friends; a list where one is needed.

    `held` keeps the groups as they are until the transaction ends, which there must be then.
    """
    listed = audience.kind in (AudienceKind.CHOSEN, AudienceKind.EXCEPT)
    if listed and not (audience.groups or audience.people):
        raise Invalid(_("Choose at least one group or person for this audience."))
    groups, people = set(audience.groups), set(audience.people)
    # Locked: a group that is forgotten meanwhile must find the moment that excludes it.
    own = Group.objects.filter(owner=author, id__in=groups)
    if held:
        own = own.select_for_update(no_key=True)
    if groups and len(own.order_by("id").values_list("id")) != len(groups):
        raise Invalid(_("One of these groups is not yours any more. Choose again."))
    if people and Friendship.objects.filter(owner=author, friend__in=people).count() != len(people):
        raise Invalid(_("One of these people is not your friend any more. Choose again."))


def attach(
    *,
    moment: Moment,
    author: Member,
    pictures: Sequence[Mapping[str, Any]],
    voice: Mapping[str, Any] | None,
) -> None:
    MomentPicture.objects.bulk_create(
        MomentPicture(moment=moment, author=author, position=position, **values)
        for position, values in enumerate(pictures)
    )
    if voice is not None:
        Voice.objects.create(moment=moment, author=author, **voice)


@transaction.atomic
def narrow(*, moment: Moment, author: Member, audience: Audience, now: datetime) -> None:
    """Make the author's moment visible to fewer; at once and everywhere.

    Whom it keeps out and nobody can name any more stays kept out, though `audience` says nothing of
    them. Who loses it loses what was told about it too, and open pages let it go. Raises
    NotNarrower, and Invalid for an audience that is not the author's own.
    """
    check_audience(author=author, audience=audience)
    locked = Moment.objects.select_for_update().get(id=moment.id, author=author)
    audience = with_forgotten(audience, locked.audience, author=author.id)
    if not narrows(locked.audience, audience):
        raise NotNarrower
    before = who_sees(locked, now=now)
    locked.audience_kind = audience.kind
    locked.audience_groups = list(audience.groups)
    locked.audience_people = list(audience.people)
    locked.save(update_fields=["audience_kind", "audience_groups", "audience_people"])
    lost = before - who_sees(locked, now=now)
    notices.withdraw_from(subject=locked.id, members=sorted(lost))
    for members in losses.parts(lost):
        stream.announce("narrowed", moment=str(locked.id), members=members)
    journal.record(
        owner=author.id, actor=author.id, verb="circle.narrowed", subject=moment.id, now=now,
        audience=audience.kind,
    )  # fmt: skip


def who_sees(moment: Moment, *, now: datetime) -> set[UUID]:
    return {person.id for person in viewers(moment.author_id, moment.id, now=now)}


@transaction.atomic
def edit_moment(*, moment: Moment, author: Member, text: str, now: datetime) -> None:
    """Change the words of the author's moment within the house rule `edit_within`.

    What it said before stays readable for whoever may see it. Raises Invalid, EditingEnded.
    """
    locked = Moment.objects.select_for_update().get(id=moment.id, author=author)
    rules = house.rules(locked.published_at)
    if locked.state != MomentState.PUBLISHED or not may_edit(
        published_at=locked.published_at, now=now, within=rules.edit_within
    ):
        raise EditingEnded
    text = text.strip()
    pictures = MomentPicture.objects.filter(moment=locked).count()
    voice = Voice.objects.filter(moment=locked).exists()
    check_content(text=text, pictures=pictures, face=Face(locked.face), rules=rules, voice=voice)
    if text == locked.text:
        return
    MomentEdit.objects.create(moment=locked, author=author, text=locked.text, until=now)
    before, locked.text, locked.edited_at = locked.text, text, now
    locked.save(update_fields=["text", "edited_at"])
    mentions.settle(moment=locked, writer=author, text=text, before=before, part=locked.id, now=now)
    words.keep([locked])
    links.ask_link_again(locked)
    journal.record(
        owner=author.id, actor=author.id, verb="circle.edited", subject=moment.id, now=now
    )


@transaction.atomic
def delete_moment(*, moment: Moment, author: Member, now: datetime) -> None:
    """Take the author's moment away everywhere: its words, what was said and told about it, and,
    by a job, its files. What is left says only that there was one.

    A second time changes nothing.
    """
    locked = Moment.objects.select_for_update().get(id=moment.id, author=author)
    if MomentState.DELETED not in MOMENT_MOVES[MomentState(locked.state)]:
        return
    locked.state, locked.text = MomentState.DELETED, ""
    locked.save(update_fields=["state", "text"])
    notices.withdraw(subject=moment.id)
    stream.announce("gone", moment=str(moment.id))
    for rows in (MomentEdit, Like, Comment):
        rows.objects.filter(moment=locked).delete()
    words.forget(locked.id)
    journal.record(
        owner=author.id, actor=author.id, verb="circle.deleted", subject=moment.id, now=now
    )
    jobs.defer("circle.forget_pictures", moment=str(moment.id))


@transaction.atomic
def forget_pictures(*, moment: UUID) -> None:
    """Remove the rows and files of what a deleted moment carried; again is fine."""
    gone = {"moment": moment, "moment__state": MomentState.DELETED}
    rows = MomentPicture.objects.filter(**gone)
    discard_pictures([picture.key for picture in rows])
    rows.delete()
    notes = Voice.objects.filter(**gone)
    discard_voices([note.key for note in notes])
    notes.delete()
    if Moment.objects.filter(id=moment, state=MomentState.DELETED).exists():
        links.forget_link(moment)


def audience_kind(name: str) -> AudienceKind:
    """The kind that `name` names. Raises Invalid: an unknown audience is never shown."""
    try:
        return AudienceKind(name)
    except ValueError:
        raise Invalid(
            _("“%(name)s” is no audience. Choose one of: %(kinds)s.")
            % {"name": name, "kinds": ", ".join(AudienceKind)}
        ) from None
