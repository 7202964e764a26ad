"""Leaving for good: asked for, taken back within the grace time, or carried out."""

from datetime import datetime
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.journal.actions import record
from goodword.kit import formats, house

from . import letters, queries
from .models import Claim, Member

RESTS = "resting:"  # claims of handles that nobody may have for a while; digests, not names
LETTER = letters.Draft(
    gettext_lazy("Your account will be deleted"),
    gettext_lazy(
        "You asked to delete your Goodword account @%(handle)s. It will be deleted on %(day)s. "
        "Until then you can sign in and take it back. If it was not you, do that now and choose "
        "a new password:"
    ),
    "url",
)


@transaction.atomic
def ask(*, member: Member, now: datetime) -> Member:
    """Delete the account when the grace time is over; asking again changes nothing.

    Whether anything keeps the member here is for the caller to know.
    """
    locked = Member.objects.select_for_update().get(id=member.id)
    if locked.leaving_at:
        return locked
    locked.leaving_at = now + house.rules(now).leave_after
    locked.save(update_fields=["leaving_at"])
    record(owner=member.id, actor=member.id, verb="people.leaving", subject=member.id, now=now)
    for address in queries.confirmed_addresses([member.id]).values():
        letters.post(address, letter(locked))
    return locked


def letter(member: Member) -> letters.Letter:
    """What the member is told, in case that it was somebody else who asked."""
    with translation.override(member.language or settings.LANGUAGE_CODE):
        day = formats.date(member.leaving_at) if member.leaving_at else ""
        url = urljoin(settings.CONFIG.public_url, reverse("people:settings"))
        return letters.write(LETTER, {"handle": member.handle, "day": day, "url": url})


@transaction.atomic
def take_back(*, member: Member, now: datetime) -> None:
    """Stay; for whoever is not about to leave nothing changes."""
    if Member.objects.filter(id=member.id, left_at=None, leaving_at__isnull=False).update(
        leaving_at=None
    ):
        record(owner=member.id, actor=member.id, verb="people.stays", subject=member.id, now=now)


def due(now: datetime) -> list[UUID]:
    """Whose grace time is over."""
    rows = Member.objects.filter(leaving_at__lte=now, left_at=None)
    return list(rows.values_list("id", flat=True))


def become_nobody(*, member: Member, now: datetime) -> None:
    """Take the person out of the member's row, which orders and the ledger still point to.

    The handle rests under a digest, so that nobody takes their place while they are remembered.
    """
    handle = member.handle
    Claim.objects.filter(member=member).delete()
    Claim.objects.create(value=resting(handle), member=member, claimed_at=now)
    with translation.override(settings.LANGUAGE_CODE):
        member.display_name = _("A former member")
    member.handle = f"gone_{member.id.hex[-20:]}"
    member.email = member.bio = member.language = member.theme = member.avatar_version = ""
    member.region = "ZZ"  # ISO 3166-1: unknown
    member.is_active = member.is_operator = False
    member.last_login = member.leaving_at = None
    member.left_at = now
    member.set_unusable_password()
    member.save()
    record(owner=member.id, actor=member.id, verb="people.left", subject=member.id, now=now)


def resting(handle: str) -> str:
    return RESTS + salted_hmac("goodword.people.handles", handle, algorithm="sha256").hexdigest()


def rests(handle: str, *, now: datetime) -> bool:
    """Whether the handle was that of somebody who left not long ago, by the rule of that day."""
    claim = Claim.objects.filter(value=resting(handle)).first()
    if claim is None:
        return False
    return now < claim.claimed_at + house.rules(claim.claimed_at).handle_rests


def sweep(now: datetime) -> int:
    """Give rested handles free; returns how many."""
    rested = Claim.objects.filter(value__startswith=RESTS)
    for one in house.waiting("handle_rests", now=now):
        rested = rested.exclude(claimed_at__gte=one.begin, claimed_at__lt=one.end)
    return rested.delete()[0]
