"""What shipping a shop's goods will cost, before they are ordered: each parcel in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.kit import formats
from goodword.kit.money import Money
from goodword.shop import parcels, regions
from goodword.shop.parcels import Parcel

from .queries import Offer

Goods = Sequence[tuple[Offer, int]]


@dataclass(frozen=True, slots=True)
class Shipping:
    """`cost` is None while the region is not known, or where something is not sent there.

    `sentences` say each parcel that a template prices; `refusal` says what is not sent there.
    """

    cost: Money | None
    sentences: tuple[str, ...] = ()
    refusal: str = ""
    is_digital: bool = False  # all of it: nothing is sent


def shipping(goods: Goods, region: str) -> Shipping:
    """Of one shop's goods to `region`, as the order will charge it; "" asks without a region."""
    currency = goods[0][0].price.currency
    if all(offer.digital for offer, _quantity in goods):
        return Shipping(Money(0, currency), is_digital=True)
    pieces = [offer.piece(quantity) for offer, quantity in goods]
    if not region and any(piece.template for piece in pieces):
        return Shipping(None, (_("What shipping costs depends on where it goes."),))
    try:
        found = parcels.parcels(pieces, region)
    except parcels.Undelivered as error:
        words = {"title": goods[error.place][0].title, "region": regions.name(region)}
        return Shipping(None, refusal=_("“%(title)s” is not sent to %(region)s.") % words)
    cost = Money(sum(parcel.cost for parcel in found), currency)
    told = [sentence(parcel, region, currency) for parcel in found if parcel.zone]
    return Shipping(cost, tuple(told))


def sentence(parcel: Parcel, region: str, currency: str) -> str:
    """“One parcel of 1.2 kg to Zhejiang, 2–4 days: ¥12.00”."""
    assert parcel.zone is not None
    words = {
        "weight": weight(parcel.grams),
        "region": regions.name(region),
        "days": parcel.zone.day_range,
        "cost": formats.money(Money(parcel.cost, currency)) if parcel.cost else _("free"),
    }
    if parcel.grams:
        return _("One parcel of %(weight)s to %(region)s, %(days)s days: %(cost)s") % words
    return _("One parcel to %(region)s, %(days)s days: %(cost)s") % words


def weight(grams: int) -> str:
    """“350 g”, “1.25 kg”."""
    if grams < 1000:
        return f"{grams} g"
    return f"{formats.decimal(grams / 1000)} kg"
