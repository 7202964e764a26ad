"""Whom the sessions of open pages sign in, as Django's own middleware would find it."""

from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from goodword.kit import clock
from goodword.kit.ids import parse_id
from goodword.people import queries as people
from goodword.people.models import Member


def key_of(cookie: str) -> str:
    """The session's key in a Cookie header; empty when there is none."""
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def members_of(keys: Collection[str]) -> dict[str, UUID]:
    """The active member behind each session that is alive now; two statements for any number.

    A session that ended, or that a changed password ended, is not in the answer.
    """
    rows = Session.objects.filter(session_key__in=set(keys), expire_date__gt=clock.now())
    store = SessionStore()
    opened = {row.session_key: store.decode(row.session_data) for row in rows}
    named = {key: parse_id(values.get(SESSION_KEY, "")) for key, values in opened.items()}
    members = people.members({id_ for id_ in named.values() if id_})
    found = {}
    for key, id_ in named.items():
        member = members.get(id_) if id_ else None
        if member is None or not member.is_active:
            continue
        if constant_time_compare(opened[key].get(HASH_SESSION_KEY, ""), session_hash(member)):
            found[key] = member.id
    return found


def session_hash(member: Member) -> str:
    return str(member.get_session_auth_hash())
