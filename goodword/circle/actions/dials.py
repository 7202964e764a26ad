"""What a member decides about one friend, or about everybody. Nobody else can ever tell."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house, jobs
from goodword.kit.errors import Invalid
from goodword.notices import actions as notices
from goodword.people.models import Member

from ..models import Block, Friendship, Settings
from ..queries import PersonMissing
from ..states import MarketDial
from . import losses


def turn(*, owner: Member, friend: UUID, **values: object) -> None:
    if not Friendship.objects.filter(owner=owner, friend=friend).update(**values):
        raise PersonMissing


def set_dials(*, owner: Member, friend: UUID, life: bool, market: MarketDial) -> None:
    """Which faces of a friend the owner wants in the timeline. Raises PersonMissing."""
    turn(owner=owner, friend=friend, life=life, market=MarketDial(market))


def set_nickname(*, owner: Member, friend: UUID, nickname: str) -> None:
    """The name under which the owner sees the friend; empty for their own. Raises PersonMissing."""
    turn(owner=owner, friend=friend, nickname=" ".join(nickname.split())[:60])


def set_note(*, owner: Member, friend: UUID, note: str) -> None:
    """What the owner wants to remember about the friend. Raises PersonMissing, Invalid."""
    note = note.strip()
    if len(note) > 500:
        raise Invalid(
            _("That is longer than %(most)s characters. Shorten it a little.") % {"most": 500},
            fields={"note": _("Too long.")},
        )
    turn(owner=owner, friend=friend, note=note)


def introduce(*, owner: Member, on: bool) -> None:
    """Whether others may meet through the owner, and meet the owner through others."""
    Settings.objects.update_or_create(owner=owner, defaults={"introduces": on})


def snooze(*, owner: Member, friend: UUID, on: bool, now: datetime) -> None:
    """Give a friend's posts a rest (house rule `snooze`), or end it. Raises PersonMissing."""
    until = now + house.rules(now).snooze if on else None
    turn(owner=owner, friend=friend, snoozed_until=until)


@transaction.atomic
def hide_mine(*, owner: Member, friend: UUID, on: bool, now: datetime) -> None:
    """Hide all moments of the owner from a friend, who cannot tell. Raises PersonMissing."""
    with losses.losing_sight(of=owner.id, viewers=[friend] if on else [], now=now):
        turn(owner=owner, friend=friend, hides_mine=on)


@transaction.atomic
def set_window(*, owner: Member, window: timedelta | None, now: datetime) -> None:
    """How far back friends may look; None for always. Raises Invalid for no positive time."""
    if window is not None and window <= timedelta(0):
        raise Invalid(_("Choose how far back your friends may look."))
    losses.tell_those_looking_back(at=owner.id, window=window, now=now)
    Settings.objects.update_or_create(owner=owner, defaults={"window": window})


@transaction.atomic
def block(*, owner: Member, other: Member, now: datetime) -> None:
    """Neither sees anything of the other from now on; the other cannot tell. Raises Invalid."""
    if owner.id == other.id:
        raise Invalid(_("You cannot block yourself."))
    with losses.parting(one=owner.id, other=other.id, now=now):
        _row, fresh = Block.objects.get_or_create(
            owner=owner, blocked=other, defaults={"since": now}
        )
    if fresh:
        notices.withdraw_between(one=owner.id, other=other.id, domain="circle")
        # What either of them sees hides it at once; this ends it for good.
        jobs.defer_now("shop.end_following", one=str(owner.id), other=str(other.id))
        journal.record(
            owner=owner.id, actor=owner.id, verb="circle.blocked", subject=other.id, now=now
        )


@transaction.atomic
def unblock(*, owner: Member, other: Member, now: datetime) -> None:
    """Undo a block; nothing to undo is fine."""
    gone, _rows = Block.objects.filter(owner=owner, blocked=other).delete()
    if gone:
        journal.record(
            owner=owner.id, actor=owner.id, verb="circle.unblocked", subject=other.id, now=now
        )
