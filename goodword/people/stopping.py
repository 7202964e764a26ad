"""Letters that end with one tap: the link in each of them says whose they are and what about.

Whoever holds the letter may use it, without signing in; it does nothing but end such letters. Mail
programs post to it by themselves (RFC 8058).
"""

from collections.abc import Sequence
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.notices import actions as notices
from goodword.notices import kinds

from . import queries

SALT = "goodword.people.stopping"


class NoSuchLetter(Refused):
    """The link was cut, changed, or belongs to nobody any more."""

    def __init__(self) -> None:
        super().__init__(
            _("This link does not work any more. Sign in and choose which letters you get.")
        )


def link(owner: UUID, groups: Sequence[str]) -> str:
    """The address at which letters about these groups end; empty where none may end by itself."""
    known = kinds.groups()
    theirs = [name for name in groups if not known[name].vital]
    if not theirs:
        return ""
    token = signing.dumps([owner.hex, *theirs], salt=SALT)
    return urljoin(settings.CONFIG.public_url, reverse("people:stop_letters", args=[token]))


def read(token: str) -> tuple[UUID, list[str]]:
    """Whose letters the link ends, and of which groups that still are. Raises NoSuchLetter."""
    try:
        owner, *names = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise NoSuchLetter from error
    member = queries.member(parse_id(owner) or UUID(int=0))
    if member is None:
        raise NoSuchLetter
    return member.id, [name for name in names if name in kinds.groups()]


def stop(token: str) -> list[str]:
    """End these letters; again changes nothing. What is told in the app stays as it was.

    Returns the groups. Raises NoSuchLetter.
    """
    owner, groups = read(token)
    notices.stop_letters(owner=owner, groups=groups)
    return groups
