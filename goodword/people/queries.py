import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import F

from .models import ApiToken, Claim, Face, Findable, Member

COLUMNS = [field.attname for field in Member._meta.concrete_fields]
CALLER = f"""
SELECT t.id, t.last_used_on, {", ".join(f"m.{column}" for column in COLUMNS)}
  FROM people_apitoken t JOIN people_member m ON m.id = t.owner_id
 WHERE t.digest = %s AND t.revoked_at IS NULL AND m.is_active
"""


def by_handle(handle: str) -> Member | None:
    """The active member with this handle, in whatever case it was typed."""
    return _claimed(f"handle:{handle.strip().lower()}")


def by_login(name: str) -> Member | None:
    """Who signs in as `name`, a handle or an e-mail address. One query; also finds inactive ones.

    An address counts only while it is the member's present one: a claim that was left behind by a
    change opens nothing.
    """
    value = name.strip().lower()
    if "@" not in value:
        return _claimed(f"handle:{value}", active=False)
    member = _claimed(f"email:{value}", active=False)
    return member if member and member.email == value else None


def _claimed(value: str, *, active: bool = True) -> Member | None:
    if "\x00" in value:
        return None
    claim = Claim.objects.select_related("member").filter(value=value).first()
    return claim.member if claim and (claim.member.is_active or not active) else None


def members(ids: Collection[UUID]) -> dict[UUID, Member]:
    """The members with these ids, by id, in one query; unknown ids are left out."""
    return Member.objects.in_bulk(list(ids))


def member(id: UUID) -> Member | None:
    """The active member with this id."""
    return Member.objects.filter(id=id, is_active=True).first()


def found_by_name(viewer: Member) -> bool:
    """Whether the viewer may be found by name."""
    return not Findable.objects.filter(member=viewer, by_name=False).exists()


def handle_is_taken(handle: str) -> bool:
    return Claim.objects.filter(value=f"handle:{handle}").exists()


def tokens(viewer: Member) -> list[ApiToken]:
    """The viewer's tokens that still work, newest first."""
    return list(
        ApiToken.objects.filter(owner=viewer, revoked_at=None).order_by("-created_at", "-id")
    )


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks through the API, and with which token."""

    member: Member
    token: UUID
    last_used_on: date | None


def caller(secret: str) -> Caller | None:
    """Whose working token `secret` spells. One query, written out: every API request makes it."""
    digest = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
    with connection.cursor() as cursor:
        cursor.execute(CALLER, [digest])
        row = cursor.fetchone()
    if not row:
        return None
    return Caller(Member.from_db(connection.alias, COLUMNS, row[2:]), row[0], row[1])


def face(owner: UUID) -> tuple[Member, Face | None] | None:
    """An active member with their picture, if they sent one. One query."""
    member = Member.objects.select_related("face").filter(id=owner, is_active=True).first()
    return (member, getattr(member, "face", None)) if member else None


def owners_of(email: str) -> list[Member]:
    """The active members whose present address this is; if one of them proved it, only they."""
    value = email.strip().lower()
    found = list(Member.objects.filter(email=value, is_active=True).order_by("joined_at")[:5])
    proved = set(
        EmailAddress.objects.filter(email=value, verified=True).values_list("user", flat=True)
    )
    return [one for one in found if one.id in proved] or found


def confirmed_addresses(ids: Collection[UUID]) -> dict[UUID, str]:
    """The present address of each of these active members who proved that it is theirs."""
    rows = EmailAddress.objects.filter(
        user__in=list(ids), verified=True, user__is_active=True, email=F("user__email")
    )
    return dict(rows.values_list("user_id", "email"))


def name(member: Member) -> str:
    """What allauth calls a member."""
    return member.display_name
