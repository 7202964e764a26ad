"""Made to order: a buyer asks with her numbers, the seller answers, the buyer accepts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house, jobs, rates
from goodword.kit.errors import Conflict, NotFound
from goodword.kit.money import Money
from goodword.notices import actions as notices
from goodword.people.models import Member

from .. import asking
from ..drafts import BadListing, check_price
from ..masking import masked
from ..models import Listing, Quote, Variant
from ..queries import ListingMissing
from ..states import QUOTE_MOVES, QuoteState
from ..visibility import listing_offered
from .refusals import BoughtFromOneself

A_DAY = 30  # questions of one buyer
PIECES = 9_999
LONGEST = 90  # days an answer may hold

OPEN = f"""
SELECT 1 FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
 WHERE l.id = %(id)s AND l.made_to_order AND {listing_offered("l", "s")}"""


class QuoteMissing(NotFound):
    """No such quote of this member's."""

    def __init__(self) -> None:
        super().__init__(_("There is no such quote."))


class NotQuoted(Conflict):
    """The quote does not stand where this could be done."""

    def __init__(self) -> None:
        super().__init__(_("This quote has moved on. Look at it again."))


@transaction.atomic
def ask_quote(
    *,
    buyer: Member,
    listing: UUID,
    wishes: Sequence[str],
    quantity: int = 1,
    note: str = "",
    now: datetime,
) -> Quote:
    """Ask what it costs with these answers to the listing's questions, in their order.

    The seller has the house rule `quote_waits` to answer. Raises ListingMissing, BadWish,
    BadListing, BoughtFromOneself, TooMany.
    """
    row = Listing.objects.filter(id=listing).first()
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"id": listing, "viewer": buyer.id})
        if cursor.fetchone() is None or row is None or not row.asks:
            raise ListingMissing
    if row.seller_id == buyer.id:
        raise BoughtFromOneself
    found = asking.answers(asking.read(row.asks), wishes)
    if not 1 <= quantity <= PIECES:
        raise BadListing("quantity", _("Ask for 1 to %(most)s pieces.") % {"most": PIECES})
    rates.hit(f"quote:{buyer.id}", limit=A_DAY, per=timedelta(days=1), now=now)
    until = now + house.rules(now).quote_waits
    quote = Quote.objects.create(
        listing=row, seller_id=row.seller_id, buyer=buyer, wishes=[list(pair) for pair in found],
        quantity=quantity, note=masked(note.strip()).text[:500], asked_at=now, waits_until=until,
        currency=row.currency,
    )  # fmt: skip
    jobs.defer("shop.expire_quote", at=until, quote=str(quote.id))
    _note(quote, "quote_asked", now, actor=buyer.id, tell=quote.seller_id)
    return quote


@transaction.atomic
def answer_quote(
    *,
    seller: Member,
    quote: UUID,
    price: Money,
    lead_days: int,
    valid_days: int,
    answer: str = "",
    now: datetime,
) -> Quote:
    """Say what all pieces cost together, how long making them takes, and how long that holds.

    Raises QuoteMissing, NotQuoted, BadListing.
    """
    row = _locked(quote, seller=seller.id)
    if price.currency != row.currency:
        raise BadListing("price", _("All prices must be in the listing's currency."))
    check_price(price)
    if not 0 <= lead_days <= 730:
        raise BadListing("lead_days", _("Say how many days it takes to make, up to 730."))
    if not 1 <= valid_days <= LONGEST:
        raise BadListing("valid_days", _("Let it hold for 1 to %(most)s days.") % {"most": LONGEST})
    row.price_minor, row.lead_days = price.minor, lead_days
    row.valid_until, row.answered_at = now + timedelta(days=valid_days), now
    row.answer = masked(answer.strip()).text[:500]
    _move(row, QuoteState.ANSWERED)
    jobs.defer("shop.expire_quote", at=row.valid_until, quote=str(row.id))
    _note(row, "quote_answered", now, actor=seller.id, tell=row.buyer_id, sum=_facts(price))
    return row


@transaction.atomic
def accept_quote(*, buyer: Member, quote: UUID, now: datetime) -> Variant:
    """Take the answer: the variant that only this buyer can order, at that price, until it is over.

    Again answers the same variant. Raises QuoteMissing, NotQuoted.
    """
    row = _locked(quote, buyer=buyer.id)
    if row.state == QuoteState.ACCEPTED and row.variant:
        return row.variant
    if row.valid_until is None or now >= row.valid_until:
        raise NotQuoted
    _move(row, QuoteState.ACCEPTED, save=False)
    # Beside other values a bare number could be anything.
    pieces = [[_("Pieces"), f"× {row.quantity}"]] if row.quantity > 1 else []
    options = [*row.wishes, *pieces]
    assert row.price_minor is not None
    row.variant = Variant.objects.create(
        listing_id=row.listing_id, seller_id=row.seller_id, buyer=buyer, options=options,
        price_minor=row.price_minor, stock=1, until=row.valid_until, lead_days=row.lead_days,
    )  # fmt: skip
    row.save()
    _note(row, "quote_accepted", now, actor=buyer.id, tell=row.seller_id)
    return row.variant


@transaction.atomic
def decline_quote(*, seller: Member, quote: UUID, answer: str = "", now: datetime) -> Quote:
    """The seller does not make it. Raises QuoteMissing, NotQuoted."""
    row = _locked(quote, seller=seller.id)
    row.answer, row.ended_at = masked(answer.strip()).text[:500], now
    _move(row, QuoteState.DECLINED)
    _note(row, "quote_declined", now, actor=seller.id, tell=row.buyer_id)
    return row


@transaction.atomic
def withdraw_quote(*, buyer: Member, quote: UUID, now: datetime) -> Quote:
    """The buyer does not want it any more. Raises QuoteMissing, NotQuoted."""
    row = _locked(quote, buyer=buyer.id)
    row.ended_at = now
    _move(row, QuoteState.WITHDRAWN)
    _note(row, "quote_withdrawn", now, actor=buyer.id, tell=row.seller_id)
    return row


@transaction.atomic
def expire_quote(*, quote: UUID, now: datetime) -> bool:
    """End it if its time is really over; answers whether it did. Pieces on order stay ordered."""
    row = Quote.objects.select_for_update(of=("self",)).filter(id=quote).first()
    if row is None or QuoteState.EXPIRED not in QUOTE_MOVES[QuoteState(row.state)]:
        return False
    if now < (row.valid_until or row.waits_until):
        return False
    return _end(row, now)


@transaction.atomic
def end_quote(*, quote: UUID, now: datetime) -> bool:
    """End it before its time: its shop has closed for good. Answers whether it did."""
    row = Quote.objects.select_for_update(of=("self",)).filter(id=quote).first()
    if row is None or QuoteState.EXPIRED not in QUOTE_MOVES[QuoteState(row.state)]:
        return False
    return _end(row, now)


def _end(row: Quote, now: datetime) -> bool:
    unsold = Variant.objects.filter(quote=row, stock__gt=0)
    if row.variant_id and not unsold.update(retired_at=now):
        return False  # ordered meanwhile: it stays accepted, and the order's own clocks go on
    row.ended_at = now
    _move(row, QuoteState.EXPIRED)
    for member in (row.buyer_id, row.seller_id):
        _tell(row, "quote_expired", now, member=member)
    return True


def _locked(quote: UUID, **whose: UUID) -> Quote:
    rows = Quote.objects.select_for_update(of=("self",)).select_related("variant")
    row = rows.filter(id=quote, **whose).first()
    if row is None:
        raise QuoteMissing
    return row


def _move(row: Quote, to: QuoteState, *, save: bool = True) -> None:
    if to not in QUOTE_MOVES[QuoteState(row.state)]:
        raise NotQuoted
    row.state = to
    if save:
        row.save()


def _facts(price: Money) -> dict[str, object]:
    return {"minor": price.minor, "currency": price.currency}


def _note(row: Quote, verb: str, now: datetime, *, actor: UUID, tell: UUID, **facts: Any) -> None:
    journal.record(
        owner=row.buyer_id, actor=actor, verb=f"shop.{verb}", subject=row.id, now=now, **facts
    )
    _tell(row, verb, now, member=tell, actor=actor, **facts)


def _tell(
    row: Quote,
    verb: str,
    now: datetime,
    *,
    member: UUID,
    actor: UUID | None = None,
    **facts: Any,
) -> None:
    notices.tell(
        member=member, kind=f"shop.{verb}", subject=row.id, now=now, actor=actor,
        title=row.listing.title, **facts,
    )  # fmt: skip
