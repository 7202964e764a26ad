"""Reads of how people meet: invitations and suggestions; the viewer comes first."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from . import invitations
from .cards import Person
from .invitations import InvitationGone
from .models import Invitation, Settings
from .queries import is_blocked

NEAR = 500  # of so many friends, the newest, others are suggested
COMMON = 2  # friends in common that it needs

# Through whom somebody is known stays untold, so a hidden friendship cannot show: both the one who
# introduces and the one who is shown allow it, and two are needed, so that no answer is one person.
SUGGESTED = f"""
WITH near AS (
  SELECT f.friend_id FROM circle_friendship f WHERE f.owner_id = %(viewer)s
   ORDER BY f.since DESC LIMIT {NEAR})
SELECT p.id, p.handle, p.display_name, p.avatar_version
  FROM near
  JOIN circle_friendship g ON g.owner_id = near.friend_id
  JOIN people_member p ON p.id = g.friend_id AND p.is_active
 WHERE g.friend_id <> %(viewer)s
   AND NOT EXISTS (SELECT 1 FROM circle_settings s WHERE NOT s.introduces
                    AND s.owner_id IN (near.friend_id, g.friend_id))
   AND NOT EXISTS (SELECT 1 FROM circle_settings s WHERE NOT s.introduces
                    AND s.owner_id = %(viewer)s)
   AND NOT EXISTS (SELECT 1 FROM circle_friendship k
                    WHERE k.owner_id = %(viewer)s AND k.friend_id = g.friend_id)
   AND NOT EXISTS (SELECT 1 FROM circle_friendrequest r WHERE r.state IN ('asked', 'declined')
                    AND (r.asker_id = %(viewer)s AND r.asked_id = g.friend_id
                      OR r.asker_id = g.friend_id AND r.asked_id = %(viewer)s))
   AND NOT EXISTS (SELECT 1 FROM circle_block b
                    WHERE b.owner_id IN (%(viewer)s, near.friend_id, g.friend_id)
                      AND b.blocked_id IN (%(viewer)s, near.friend_id, g.friend_id))
 GROUP BY p.id HAVING count(*) >= {COMMON}
 ORDER BY count(*) DESC, p.id LIMIT %(limit)s"""


def suggestions(viewer: UUID, *, limit: int = 8) -> list[Person]:
    """Whom the viewer may know: at least two friends in common, all of whom allow it."""
    with connection.cursor() as cursor:
        cursor.execute(SUGGESTED, {"viewer": viewer, "limit": limit})
        return [Person(*row) for row in cursor.fetchall()]


def introduces(viewer: UUID) -> bool:
    """Whether others may meet through the viewer."""
    row = Settings.objects.filter(owner=viewer).first()
    return row.introduces if row else True


def invitation(viewer: UUID, token: str, *, now: datetime) -> Invitation:
    """The open invitation that a link names, by somebody whom no block parts from the viewer.

    Raises InvitationGone.
    """
    found = Invitation.objects.filter(id=invitations.read(token)).select_related("owner").first()
    if found is None or not invitations.is_open(found, now=now):
        raise InvitationGone
    if not found.owner.is_active or is_blocked(viewer, found.owner_id):
        raise InvitationGone
    return found


def own_invitation(owner: UUID, id_: UUID, *, now: datetime) -> Invitation:
    """An open invitation of the owner's, or InvitationGone."""
    found = Invitation.objects.filter(owner=owner, id=id_).first()
    if found is None or not invitations.is_open(found, now=now):
        raise InvitationGone
    return found


def open_invitations(owner: UUID, *, now: datetime) -> list[Invitation]:
    """The owner's invitations that can still be taken, newest first."""
    rows = Invitation.objects.filter(
        owner=owner, revoked_at=None, taken_at=None, expires_at__gt=now
    )
    return list(rows.order_by("-made_at", "-id"))
