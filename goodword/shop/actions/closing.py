"""Closing a shop: no new orders at once, for good later, and time to think better of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kit import house
from goodword.kit.errors import Conflict
from goodword.kit.rows import joined
from goodword.notices import actions as notices
from goodword.people.models import Member

from ..models import Follow, Listing, Quote, Shop
from ..sellers import clocks, rules
from ..sellers.states import ClockKind
from ..states import ListingState, QuoteState
from .listings import move
from .quotes import end_quote
from .shops import note, own

OPEN_QUOTES = [QuoteState.ASKED, QuoteState.ANSWERED, QuoteState.ACCEPTED]


class NotClosing(Conflict):
    """There is nothing to take back."""

    def __init__(self) -> None:
        super().__init__(_("Your shop is not being closed."))


@transaction.atomic
def close_shop(*, owner: Member, now: datetime) -> Shop:
    """No new orders from now on; after the house rule's time it is closed for good.

    Orders that are open go on. A second time changes nothing. Raises ShopMissing.
    """
    shop = own(owner)
    if shop.closing_at:
        return shop
    shop.closing_at = now + house.rules(now).close_after
    shop.save(update_fields=["closing_at"])
    clocks.wind(owner=owner.id, kind=ClockKind.CLOSE, due_at=shop.closing_at, shop=shop.id)
    note(shop, "shop.closing", now, until=shop.closing_at.isoformat())
    return shop


@transaction.atomic
def reopen_shop(*, owner: Member, now: datetime) -> Shop:
    """Think better of it, as long as it is not closed for good. Raises ShopMissing, NotClosing."""
    shop = own(owner)
    if shop.closing_at is None:
        raise NotClosing
    shop.closing_at = None
    shop.save(update_fields=["closing_at"])
    clocks.stop(owner=owner.id, kind=ClockKind.CLOSE, now=now)
    note(shop, "shop.reopened", now)
    return shop


@joined
def end_closing(*, shop: Shop, open_orders: int, now: datetime) -> bool:
    """Its clock rang, and the row is locked: end the shop if it really is over; says whether.

    What it offered is withdrawn and stays readable; nobody follows it, nobody waits for a quote.
    """
    if not rules.may_end(shop.closing_at, open_orders, now):
        return False
    shop.closed_at, shop.closing_at = now, None
    shop.save(update_fields=["closed_at", "closing_at"])
    for listing in Listing.objects.select_for_update(no_key=True).filter(
        shop=shop, state=ListingState.ACTIVE
    ):
        move(listing, ListingState.WITHDRAWN, now=now)
    for quote in Quote.objects.filter(listing__shop=shop, state__in=OPEN_QUOTES):
        end_quote(quote=quote.id, now=now)
    Follow.objects.filter(shop=shop).delete()
    note(shop, "shop.closed", now)
    notices.tell(member=shop.owner_id, kind="shop.closed", subject=shop.id, now=now, name=shop.name)
    return True
