"""The cart: put aside, nothing promised."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from goodword.kit.rows import insert_new
from goodword.people.models import Member
from goodword.shop.actions import VariantMissing
from goodword.shop.actions.refusals import BadQuantity, BoughtFromOneself

from .. import queries
from ..models import CartLine
from ..queries import Offer

MOST = 999


def add_to_cart(*, buyer: Member, variant: UUID, quantity: int = 1, now: datetime) -> Offer:
    """Put pieces into the cart; the same variant again adds to what is there. Answers the offer.

    Raises VariantMissing for what the buyer may not see, BoughtFromOneself, BadQuantity.
    """
    offer = queries.offers(buyer.id, [variant]).get(variant)
    if offer is None:
        raise VariantMissing
    if offer.seller.id == buyer.id:
        raise BoughtFromOneself
    check_quantity(quantity)
    fresh = CartLine(
        buyer=buyer, variant_id=variant, quantity=quantity, seen_minor=offer.price.minor,
        seen_currency=offer.price.currency, added_at=now,
    )  # fmt: skip
    if not insert_new(fresh):
        add_more(fresh)
    return offer


@transaction.atomic
def add_more(more: CartLine) -> None:
    """Add to what was put aside before. Raises BadQuantity."""
    rows = CartLine.objects.select_for_update().filter(buyer=more.buyer, variant=more.variant_id)
    there = rows.first()
    if there is None:  # taken out or ordered at this instant
        insert_new(more)
        return
    check_quantity(there.quantity + more.quantity)
    rows.update(quantity=F("quantity") + more.quantity, seen_minor=more.seen_minor)


@transaction.atomic
def change_cart(*, buyer: Member, variant: UUID, quantity: int) -> None:
    """Set how many; none takes it out. What is not in the cart changes nothing.

    Raises BadQuantity.
    """
    rows = CartLine.objects.filter(buyer=buyer, variant=variant)
    if quantity == 0:
        rows.delete()
        return
    check_quantity(quantity)
    rows.update(quantity=quantity)


def check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MOST:
        raise BadQuantity(MOST)
