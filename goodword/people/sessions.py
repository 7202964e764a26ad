"""Where a member is signed in. Ending a session there ends it at once: each page asks the table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from goodword.journal.actions import record
from goodword.kit.errors import NotFound

from . import rules
from .models import Member


@dataclass(frozen=True, slots=True)
class Device:
    """One signed-in browser. `ref` names it in addresses; the session's key is a secret."""

    ref: str
    browser: str
    ip: str
    since: datetime
    is_current: bool


def devices(viewer: Member, *, current: str | None, now: datetime) -> list[Device]:
    """The viewer's living sessions, this one first, then the newest. Two queries.

    `current` is the key of the session that asks.
    """
    found = [
        Device(
            _ref(row),
            rules.browser(row.user_agent),
            row.ip,
            row.created_at,
            row.session_key == current,
        )
        for row in _living(viewer, now)
    ]
    return sorted(found, key=lambda device: (device.is_current, device.since), reverse=True)


def keep(request: HttpRequest) -> None:
    """Count the session that `request` was just given among its member's devices."""
    UserSession.objects.create_from_request(request)


def end(*, member: Member, ref: str, now: datetime) -> None:
    """Sign that browser out. Raises NotFound."""
    row = next((row for row in _rows(member) if constant_time_compare(_ref(row), ref)), None)
    if not row:
        raise NotFound(_("This session has already ended."))
    _end([row], member, now)


def end_others(*, member: Member, current: str | None, now: datetime) -> int:
    """Sign out everywhere but here; returns how many sessions that were."""
    rows = [row for row in _rows(member) if row.session_key != current]
    _end(rows, member, now)
    return len(rows)


def sweep(now: datetime) -> int:
    """Forget sessions that have run out, and the devices whose session is gone."""
    gone = Session.objects.filter(expire_date__lte=now).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone


def _rows(member: Member) -> list[Any]:
    return list(UserSession.objects.filter(user=member))


def _living(member: Member, now: datetime) -> list[Any]:
    rows = {row.session_key: row for row in _rows(member)}
    alive = Session.objects.filter(session_key__in=rows, expire_date__gt=now)
    # A changed password ends the sessions of before without touching their rows.
    good = member.get_session_auth_hash()
    return [
        rows[session.session_key]
        for session in alive
        if session.get_decoded().get(HASH_SESSION_KEY) == good
    ]


@transaction.atomic
def _end(rows: list[Any], member: Member, now: datetime) -> None:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if rows:
        record(
            owner=member.id,
            actor=member.id,
            verb="people.sessions_ended",
            subject=member.id,
            now=now,
            count=len(rows),
        )


def _ref(row: Any) -> str:
    return salted_hmac("goodword.people.sessions", row.session_key).hexdigest()[:20]
