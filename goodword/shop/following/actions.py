from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, Forbidden
from goodword.kit.rows import insert_new
from goodword.people.models import Member

from ..models import Follow
from ..queries import shop as visible_shop
from . import queries

MOST = 500  # shops of one member


class NotFollowable(Forbidden):
    """Its owner does not let strangers follow it."""

    def __init__(self) -> None:
        super().__init__(_("This shop cannot be followed."))


class TooManyFollowed(Conflict):
    """More than anybody looks at."""

    def __init__(self) -> None:
        super().__init__(
            _("You follow %(most)s shops. Stop following one that you no longer need.")
            % {"most": MOST}
        )


@transaction.atomic
def follow(*, member: Member, shop: UUID, now: datetime) -> None:
    """See what the shop offers among the shops one follows; again changes nothing.

    Raises ShopMissing, NotFollowable, TooManyFollowed.
    """
    found = visible_shop(member.id, shop)
    if not queries.may_follow(member.id, shop):
        raise NotFollowable
    if Follow.objects.filter(owner=member).count() >= MOST:
        raise TooManyFollowed
    if insert_new(Follow(owner=member, shop_id=found.id, at=now)):
        note(member.id, "followed", shop, now)


@transaction.atomic
def unfollow(*, member: Member, shop: UUID, now: datetime) -> None:
    """End it at once, also where the shop is out of sight by now; without one nothing changes.

    Raises ShopMissing for what is neither followed nor to be seen.
    """
    gone, _rows = Follow.objects.filter(owner=member, shop=shop).delete()
    if gone:
        note(member.id, "unfollowed", shop, now)
    else:
        visible_shop(member.id, shop)


@transaction.atomic
def end_between(*, one: UUID, other: UUID) -> None:
    """One of them has blocked the other: neither follows the other's shop any more, for good."""
    for follower, owner in ((one, other), (other, one)):
        Follow.objects.filter(owner=follower, shop__owner=owner).delete()


def note(member: UUID, verb: str, shop: UUID, now: datetime) -> None:
    # In the follower's own chain: the seller's tells nobody's name.
    journal.record(owner=member, actor=member, verb=f"shop.{verb}", subject=shop, now=now)
