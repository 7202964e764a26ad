from datetime import datetime
from uuid import UUID

from django.db import transaction

from goodword.circle import actions as circle
from goodword.circle.composing import Sheet, post
from goodword.circle.models import Moment
from goodword.circle.rules import EVERYONE, Audience
from goodword.circle.states import Face
from goodword.journal import actions as journal
from goodword.people.models import Member

from .. import queries
from ..copies import copied
from ..models import ListingPicture
from ..queries import ListingMissing
from ..states import ListingState
from .listings import check_ready, locked
from .refusals import NotForSale

SHOWN = 3  # pictures that travel with the moment


def tell(*, author: Member, listing: UUID, sheet: Sheet, now: datetime) -> Moment:
    """Publish a life moment that says it is from the listing; it stays life.

    Who of the author's friends may see the listing sees the line. Not inside a transaction. Raises
    ListingMissing when the author may not see it, and what `circle.composing.post` raises.
    """
    found = queries.cards(author.id, [listing])
    if not found:
        raise ListingMissing
    return post(sheet, author=author, from_listing=listing, now=now)


@transaction.atomic
def show(
    *,
    seller: Member,
    listing: UUID,
    text: str = "",
    audience: Audience = EVERYONE,
    key: str,
    now: datetime,
) -> Moment:
    """Show the listing to the seller's circle as a market moment, its first pictures copied.

    The same `key` again answers the same moment. Raises ListingMissing, NotForSale when it is not
    on sale, NotReady, and what `circle.actions.publish` raises.
    """
    row = locked(seller, listing)
    if row.state != ListingState.ACTIVE:
        raise NotForSale(row.title)
    check_ready(row)
    pictures = ListingPicture.objects.filter(listing=row, removed_at=None).order_by("position")
    moment = circle.publish(
        author=seller,
        face=Face.MARKET,
        text=text,
        pictures=[copied(picture) for picture in pictures[:SHOWN]],
        audience=audience,
        listing=row.id,
        key=key,
        now=now,
    )
    journal.record(
        owner=seller.id, actor=seller.id, verb="shop.shown", subject=row.id, now=now,
        moment=str(moment.id),
    )  # fmt: skip
    return moment
