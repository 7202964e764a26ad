"""What a row of a file changes in a listing that is there: pure, field by field."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from goodword.kit.money import Money

from ..drafts import ListingDraft, VariantDraft, cleaned
from ..imports.values import visible
from ..masking import masked
from ..models import Listing, Variant
from ..rules import variant_name
from .plan import Defaults, listing_draft

SHOWN = 300  # characters of a text that a change shows
KEPT = (
    "title", "description", "condition", "brand", "origin", "returns_days", "ship_within_hours",
    "shipping_minor", "shipping_days_min", "shipping_days_max", "template_id", "grams", "digital",
    "customs_code", "customs_note", "made_to_order", "lead_days", "contacts_flagged",
    "source_digest",
)  # fmt: skip

Change = dict[str, Any]  # field, before, after, and the variant's name where it is about one


def kept(listing: Listing) -> ListingDraft:
    """What the seller promised here and the file may be silent about."""
    return ListingDraft(
        title=listing.title,
        variants=(),
        description=listing.description,
        brand=listing.brand,
        origin=listing.origin,
        returns_days=listing.returns_days,
        ship_within_hours=listing.ship_within_hours,
        shipping=Money(listing.shipping_minor, listing.currency),
        shipping_days=(listing.shipping_days_min, listing.shipping_days_max),
        template=listing.template_id,
        grams=listing.grams,
        digital=listing.digital,
        customs_code=listing.customs_code,
        customs_note=listing.customs_note,
        made_to_order=listing.made_to_order,
        lead_days=listing.lead_days,
    )


def becomes(listing: Listing, payload: dict[str, Any]) -> ListingDraft:
    """The listing as the row wants it. Raises BadListing."""
    return cleaned(listing_draft(payload, defaults=Defaults(), kept=kept(listing)))


def changes(listing: Listing, variants: Sequence[Variant], draft: ListingDraft) -> list[Change]:
    """Every difference between the listing with its offered `variants` and what it would become."""
    was = {
        "title": listing.title,
        "description": visible(listing.description),
        "condition": listing.condition,
        "brand": listing.brand,
        "origin": listing.origin,
        "returns_days": listing.returns_days,
        "ship_within_hours": listing.ship_within_hours,
        "shipping": _money(listing.shipping_minor, listing.currency),
        "shipping_days": [listing.shipping_days_min, listing.shipping_days_max],
        "lead_days": listing.lead_days,
        "grams": listing.grams,
        "digital": listing.digital,
        "customs_code": listing.customs_code,
        "customs_note": listing.customs_note,
    }
    will = {
        "title": masked(draft.title, field="title").text[:120],
        "description": visible(masked(draft.description).text),
        "condition": str(draft.condition),
        "brand": draft.brand,
        "origin": draft.origin,
        "returns_days": draft.returns_days,
        "ship_within_hours": draft.ship_within_hours,
        "shipping": _money(draft.shipping.minor if draft.shipping else 0, draft.currency),
        "shipping_days": list(draft.shipping_days),
        "lead_days": draft.lead_days,
        "grams": draft.grams,
        "digital": draft.digital,
        "customs_code": draft.customs_code,
        "customs_note": draft.customs_note,
    }
    fields = [_change(name, was[name], will[name]) for name in was if was[name] != will[name]]
    return [*fields, *_of_variants(listing.currency, variants, draft.variants)]


def snapshot(listing: Listing, variants: Sequence[Variant]) -> dict[str, Any]:
    """The listing and its offered variants as JSON, to be put back exactly."""
    return {
        **{name: getattr(listing, name) for name in KEPT},
        "template_id": str(listing.template_id) if listing.template_id else None,
        "changed_at": listing.changed_at.isoformat(),
        "variants": {str(one.id): _variant(one) for one in variants},
    }


def imprint(listing: Listing, variants: Sequence[Variant]) -> str:
    """SHA-256 of all that a seller or a buyer can change about a listing."""
    known = {name: getattr(listing, name) for name in KEPT}
    if not listing.digital:  # what was imported before there were digital goods looks the same
        del known["digital"]
    said = {
        **known,
        "state": listing.state,
        "variants": sorted((str(one.id), _variant(one)) for one in variants),
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _variant(one: Variant) -> list[Any]:
    pairs = [list(pair) for pair in one.options]
    return [pairs, one.seller_code, one.price_minor, one.stock, one.position]


def _of_variants(
    currency: str, variants: Sequence[Variant], drafts: Sequence[VariantDraft]
) -> list[Change]:
    there = {tuple((o, v) for o, v in one.options): one for one in variants}
    found: list[Change] = []
    for draft in drafts:
        one, name = there.pop(draft.options, None), variant_name(draft.options)
        price = _money(draft.price.minor, currency)
        if one is None:
            found.append(_change("variant_new", None, price, name))
            continue
        old = _money(one.price_minor, currency)
        pairs = (
            ("price", old, price),
            ("stock", one.stock, one.stock if one.keyed else draft.stock),
            ("code", one.seller_code, draft.seller_code),
        )
        found += [_change(field, a, b, name) for field, a, b in pairs if a != b]
    gone = (variant_name(one.options) for one in there.values())
    prices = (_money(one.price_minor, currency) for one in there.values())
    found += [
        _change("variant_gone", price, None, name) for name, price in zip(gone, prices, strict=True)
    ]
    return found


def _change(field: str, before: Any, after: Any, variant: str = "") -> Change:
    change = {"field": field, "before": _short(before), "after": _short(after)}
    return {**change, "variant": variant} if variant else change


def _short(value: Any) -> Any:
    return value[:SHOWN] if isinstance(value, str) else value


def _money(minor: int, currency: str) -> dict[str, Any]:
    return {"minor": minor, "currency": currency}
