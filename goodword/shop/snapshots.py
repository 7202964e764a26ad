"""A listing as it was promised: what an order keeps, whatever the seller changes later."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from goodword.kit.money import Money

from . import rules
from .models import Evidence, ListingPicture
from .parcels import Template

VERSION = 4

# For the RETURNING of a statement over shop_variant v, shop_listing l and shop_shop s.
COLUMNS = """
  v.id, v.options, v.seller_code, v.price_minor,
  l.id, l.title, l.description, l.currency, l.condition, l.brand, l.origin, l.returns_days,
  l.ship_within_hours, l.shipping_minor, l.shipping_days_min, l.shipping_days_max,
  l.made_to_order, l.lead_days, s.id, s.name, s.level, s.promise, l.seller_id,
  (SELECT json_build_object('handle', o.handle, 'name', o.display_name)
     FROM people_member o WHERE o.id = l.seller_id),
  (SELECT coalesce(json_agg(json_build_object('id', p.id, 'width', p.width, 'height', p.height,
            'colour', p.colour, 'alt', p.alt, 'sha256', encode(p.sha256, 'hex'))
            ORDER BY p.position), '[]')
     FROM shop_listingpicture p WHERE p.listing_id = l.id AND p.removed_at IS NULL),
  (SELECT coalesce(json_agg(json_build_object('id', e.id, 'kind', e.kind,
            'sha256', encode(e.sha256, 'hex')) ORDER BY e.id), '[]')
     FROM shop_evidence e WHERE e.listing_id = l.id AND e.removed_at IS NULL
      AND e.audience <> 'operators'),
  l.grams, l.customs_code, l.customs_note,
  (SELECT json_build_object('id', t.id, 'name', t.name, 'zones', t.zones)
     FROM shop_shippingtemplate t WHERE t.id = l.template_id),
  CASE WHEN s.level = 'registered' THEN
    (SELECT json_build_object('name', d.name, 'scheme', d.scheme, 'number', d.number)
       FROM shop_declaration d
      WHERE d.owner_id = l.seller_id AND d.kind = 'registered' AND d.state = 'in_force') END,
  v.lead_days,
  (SELECT json_build_object('id', q.id, 'wishes', q.wishes, 'pieces', q.quantity, 'note', q.note,
            'asked_at', q.asked_at, 'answer', q.answer, 'answered_at', q.answered_at,
            'valid_until', q.valid_until)
     FROM shop_quote q WHERE q.variant_id = v.id),
  l.digital, v.keyed,
  CASE WHEN l.digital <> '' THEN
    (SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'bytes', g.size,
              'sha256', encode(g.sha256, 'hex')) ORDER BY g.id), '[]')
       FROM shop_digitalitem g
      WHERE g.listing_id = l.id AND g.removed_at IS NULL AND g.line IS NULL) END"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One variant as it was on sale at an instant."""

    listing: UUID
    shop: UUID
    seller: UUID
    price: Money
    shipping: Money
    ship_within: timedelta
    facts: dict[str, Any]
    grams: int  # of one piece
    template: Template | None


def pairs(options: Any) -> list[tuple[str, str]]:
    """The (option, value) pairs of a jsonb column, which raw cursors give as text."""
    stored: Sequence[Sequence[str]] = json.loads(options) if isinstance(options, str) else options
    return [(option, value) for option, value in stored]


def kept(snapshots: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Where the pictures and papers of these promises lie, by id, shown to this day or not.

    The caller checked who may read the promises.
    """
    found: dict[str, str] = {}
    for name, model in (("pictures", ListingPicture), ("evidence", Evidence)):
        ids = [one["id"] for said in snapshots for one in said.get(name) or ()]
        rows = model.objects.filter(id__in=ids).values_list("id", "key")
        found |= {str(id_): key for id_, key in rows}
    return found


def read(row: Sequence[Any], *, now: datetime) -> Seen:
    """The COLUMNS as values. `facts` is JSON-able: amounts in minor units, times in hours or days.

    Keys: version, at, title, options, variant_name, seller_code, price, shipping (each {minor,
    currency}), description, condition, brand, origin, returns_days, ship_within_hours (making
    included), shipping_days, made_to_order, lead_days, shop {id, name, level, promise},
    seller {id, handle, name}, pictures [{id, width, height, colour, alt, sha256}],
    evidence [{id, kind, sha256}], grams, customs {code, note}, business {name, scheme, number} as
    an operator had checked it, null for everybody else. What its parcel costs is not known
    before its other lines are: `shipping` and `parcel` are filled in by `reserve`.
    `quote` is what was asked and answered, null for what everybody can buy. `digital` says how it
    is delivered, and what is (a text without name or digest: its buyers alone read it), and whether
    each piece gets a key of its own.
    """
    (variant, options, code, minor, listing, title, text, currency, condition, brand, origin,
     returns, hours, cost, days_min, days_max, made, lead, shop, shop_name, level, promise,
     seller, person, pictures, evidence, grams, customs, customs_note, template,
     business, quoted_lead, quote, digital, keyed, items) = row  # fmt: skip
    lead, made = (lead, made) if quoted_lead is None else (quoted_lead, True)
    ship_within = rules.time_to_ship(made_to_order=made, lead_days=lead, ship_within_hours=hours)
    chosen = pairs(options)
    facts = {
        "version": VERSION,
        "at": now.isoformat(),
        "variant": str(variant),
        "listing": str(listing),
        "title": title,
        "options": [list(pair) for pair in chosen],
        "variant_name": rules.variant_name(chosen),
        "seller_code": code,
        "price": {"minor": minor, "currency": currency},
        "shipping": {"minor": cost, "currency": currency},
        "description": text,
        "condition": condition,
        "brand": brand,
        "origin": origin,
        "returns_days": returns,
        "ship_within_hours": ship_within // timedelta(hours=1),
        "shipping_days": [days_min, days_max],
        "made_to_order": made,
        "lead_days": lead,
        "shop": {"id": str(shop), "name": shop_name, "level": level, "promise": promise},
        "seller": {"id": str(seller), **person},
        "pictures": pictures,
        "evidence": evidence,
        "grams": grams,
        "customs": {"code": customs, "note": customs_note},
        "business": business,
        "quote": quote,
        "digital": {"delivery": digital, "items": items, "keys": keyed} if digital else None,
    }
    price, shipping = Money(minor, currency), Money(cost, currency)
    found = Template.read(template, currency=currency) if template else None
    return Seen(listing, shop, seller, price, shipping, ship_within, facts, grams, found)
