"""What machines read of an offer's delivery and return, in schema.org's words."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from goodword.kit.money import Money

from .pages import ListingPage, VariantView
from .parcels import ELSEWHERE, Zone

DAY, GRAM = "DAY", "GRM"  # of UN/CEFACT's codes of units


def delivery(page: ListingPage, variant: VariantView) -> dict[str, Any]:
    """What one piece of it costs to send, where to and how long it takes; nothing if nothing is."""
    if page.digital:
        return {}
    if page.template is None:
        return {"shippingDetails": shipment(page, page.shipping, *page.shipping_days)}
    zones = [
        shipment(page, one_piece(page, variant, zone), *zone.days, regions=zone.regions)
        for zone in page.template.zones
    ]
    return {"shippingDetails": zones}


def one_piece(page: ListingPage, variant: VariantView, zone: Zone) -> Money:
    return Money(zone.cost(grams=page.grams, goods=variant.price.minor), page.currency)


def shipment(
    page: ListingPage, rate: Money, low: int, high: int, *, regions: tuple[str, ...] = ()
) -> dict[str, Any]:
    """`low` and `high`: the days on the way, 0 and 0 when the seller has not said."""
    time = {"@type": "ShippingDeliveryTime", "handlingTime": days(0, whole_days(page.ship_within))}
    if high:
        time["transitTime"] = days(low, high)
    return {
        "@type": "OfferShippingDetails",
        "shippingRate": {
            "@type": "MonetaryAmount", "value": str(rate.amount), "currency": rate.currency,
        },
        **({"shippingDestination": places} if (places := destinations(regions)) else {}),
        "deliveryTime": time,
    }  # fmt: skip


def destinations(regions: tuple[str, ...]) -> list[dict[str, Any]]:
    """One of each country, with the provinces of it that are meant; none for everywhere else."""
    found = []
    named = sorted(one.partition("-")[::2] for one in regions if one != ELSEWHERE)
    for country, parts in groupby(named, key=lambda one: one[0]):
        provinces = [province for _country, province in parts]
        # A country that is named beside its own provinces is meant whole.
        narrowed = {"addressRegion": provinces} if all(provinces) else {}
        found.append({"@type": "DefinedRegion", "addressCountry": country, **narrowed})
    return found


def making(page: ListingPage) -> dict[str, Any]:
    """How long it is made, where it is made to order."""
    if not page.made_to_order:
        return {}
    return {"deliveryLeadTime": {**quantity(DAY), "value": page.lead_days}}


def returning(page: ListingPage) -> dict[str, Any]:
    """The seller's promise. Without one the law's remains, of which machines are told nothing."""
    if not page.returns_days or page.digital:
        return {}
    return {
        "hasMerchantReturnPolicy": {
            "@type": "MerchantReturnPolicy",
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": page.returns_days,
        }
    }


def weight(page: ListingPage) -> dict[str, Any]:
    return {"weight": {**quantity(GRAM), "value": page.grams}} if page.grams else {}


def days(low: int, high: int) -> dict[str, Any]:
    return {**quantity(DAY), "minValue": low, "maxValue": high}


def quantity(unit: str) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "unitCode": unit}


def whole_days(time: timedelta) -> int:
    """As many as it may begin: the third day counts after two days and an hour."""
    return -(-time // timedelta(days=1))
