from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house, rates
from goodword.kit.errors import Invalid
from goodword.people.models import Member

from ..invitations import InvitationGone, is_open
from ..models import Friendship, Invitation
from ..queries import is_blocked
from .friendship import become_friends, check_room, lock_circles, own_groups


@transaction.atomic
def invite(*, owner: Member, groups: Sequence[UUID] = (), now: datetime) -> Invitation:
    """Make a link for one person; `groups` are the owner's groups for them.

    It holds for the house rule `invitation_holds`. Raises Invalid, CircleFull, TooMany.
    """
    check_room(owner, now=now)
    rates.hit(f"invite:{owner.id}", limit=60, per=timedelta(days=1), now=now)
    made = Invitation.objects.create(
        owner=owner,
        groups=own_groups(owner, groups),
        made_at=now,
        expires_at=now + house.rules(now).invitation_holds,
    )
    journal.record(owner=owner.id, actor=owner.id, verb="circle.invited", subject=made.id, now=now)
    return made


@transaction.atomic
def revoke(*, invitation: UUID, owner: Member, now: datetime) -> None:
    """Make the owner's link worthless. One that was taken or has run out stays as it is.

    Raises InvitationGone for anybody else's.
    """
    locked = Invitation.objects.select_for_update().filter(id=invitation, owner=owner).first()
    if locked is None:
        raise InvitationGone
    if not is_open(locked, now=now):
        return
    locked.revoked_at = now
    locked.save(update_fields=["revoked_at"])
    journal.record(
        owner=owner.id, actor=owner.id, verb="circle.invitation_revoked", subject=locked.id, now=now
    )


@transaction.atomic
def take(
    *, invitation: UUID, member: Member, groups: Sequence[UUID] = (), now: datetime
) -> Friendship:
    """Become friends with who invited; `groups` are the member's groups for them. Holds once.

    Raises InvitationGone when it does not hold (any more) or one blocks the other, Invalid for
    one's own or a friend's, CircleFull.
    """
    found = Invitation.objects.filter(id=invitation).select_related("owner").first()
    if found is None:
        raise InvitationGone
    lock_circles(found.owner_id, member.id)
    locked = Invitation.objects.select_for_update().get(id=invitation)
    if not is_open(locked, now=now) or is_blocked(found.owner_id, member.id):
        raise InvitationGone
    if found.owner_id == member.id:
        raise Invalid(_("This invitation is your own. Give it to somebody you know."))
    if Friendship.objects.filter(owner=member, friend=found.owner_id).exists():
        raise Invalid(_("You are friends already."))
    for side in (found.owner, member):
        check_room(side, now=now)
    locked.taken_at, locked.taken_by = now, member
    locked.save(update_fields=["taken_at", "taken_by"])
    return become_friends(
        asker=found.owner, accepter=member, subject=locked.id, now=now,
        askers_groups=locked.groups, accepters_groups=own_groups(member, groups),
    )  # fmt: skip
