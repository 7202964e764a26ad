"""Addresses that a mail server refuses: whoever has one is told in the app, where letters fail.

Neither the address nor whose it is is kept for that, only its seal, for HOLDS at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from goodword.notices import actions as notices

from .models import Member, Shelved

HOLDS = timedelta(days=30)
MARK = "address-refused:"  # the shelf's keys for these
KIND = "people.address_refused"


@dataclass(frozen=True, slots=True)
class Address:
    """One of a member's own addresses; `refused`: a letter to it came to nothing lately."""

    email: str
    confirmed: bool
    refused: bool


@transaction.atomic
def note(*, email: str, now: datetime) -> None:
    """Letters to `email` are refused for good. Its members are told once, until one gets through.

    An address that nobody here has is not remembered.
    """
    owners = owners_of(email)
    if not owners:
        return
    standing = Shelved.objects.filter(key=key(email), until__gt=now).exists()
    Shelved.objects.update_or_create(key=key(email), defaults={"value": None, "until": now + HOLDS})
    if standing:
        return
    for owner in owners:
        notices.tell(member=owner.id, kind=KIND, subject=owner.id, now=now)


@transaction.atomic
def forget(*, email: str) -> None:
    """A letter to `email` was taken, so what was told is no longer so."""
    if Shelved.objects.filter(key=key(email)).delete()[0]:
        for owner in owners_of(email):
            notices.withdraw(subject=owner.id, kind=KIND)


def addresses(viewer: Member, now: datetime) -> list[Address]:
    """The viewer's present address, and one that is still to be confirmed."""
    known = dict(EmailAddress.objects.filter(user=viewer).values_list("email", "verified"))
    if viewer.email:
        known = {viewer.email: known.get(viewer.email, False)} | known
    refused = refused_of(known, now)
    return [Address(one, confirmed, one in refused) for one, confirmed in known.items()]


def refused(viewer: Member, now: datetime) -> list[str]:
    """Those of the viewer's addresses to which no letter gets."""
    return [one.email for one in addresses(viewer, now) if one.refused]


def refused_of(emails: Iterable[str], now: datetime) -> set[str]:
    keys = {key(one): one for one in emails}
    if not keys:
        return set()
    rows = Shelved.objects.filter(key__in=list(keys), until__gt=now)
    return {keys[found] for found in rows.values_list("key", flat=True)}


def owners_of(email: str) -> list[Member]:
    """The active members who gave this address, proved or not."""
    value = email.strip().lower()
    given = EmailAddress.objects.filter(email=value).values("user")
    rows = Member.objects.filter(is_active=True)
    return list(rows.filter(Q(email=value) | Q(id__in=given)))


def key(email: str) -> str:
    seal = salted_hmac("goodword.address", email.strip().lower(), algorithm="sha256")
    return f"{MARK}{seal.hexdigest()}"
