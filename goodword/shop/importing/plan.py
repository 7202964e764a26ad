"""From the reader's draft to a listing of ours: a pure mapping, kept as JSON until confirmed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodword.kit.errors import Refused
from goodword.kit.money import Money

from ..drafts import STOCK, TEXT, TITLE, ListingDraft, VariantDraft, cleaned, one_line
from ..imports import Condition as OldCondition
from ..imports import Draft, Message, Notice, PictureRole, Postage, Promise
from ..masking import hide
from ..states import Condition, Digital

RETURNS_DAYS = 7  # where the old shop took things back without saying how long
CONDITIONS: dict[OldCondition | None, Condition] = {
    OldCondition.NEW: Condition.NEW,
    OldCondition.LIKE_NEW: Condition.LIKE_NEW,
    OldCondition.USED: Condition.USED,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One item of the file, ready to become a listing; `refusal` when our own rules say no."""

    row: int
    key: str
    title: str
    payload: dict[str, Any]
    digest: str  # SHA-256 of the payload: what the file says, without our defaults
    flagged: bool
    messages: list[dict[str, Any]]
    pictures: list[str]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the file does not say, chosen once for all new listings of an import."""

    shipping_minor: int = 0
    shipping_days: tuple[int, int] = (2, 5)
    ship_within_hours: int | None = None  # the house rule
    currency: str = ""  # of the shipping; items in another one come without. "": any


def plan(draft: Draft) -> Plan:
    """How `draft` would stand in our shop."""
    payload = {
        "title": one_line(_public(draft, "title", draft.title), TITLE),
        "description": _description(draft),
        "currency": draft.currency,
        "condition": CONDITIONS.get(draft.condition, Condition.NEW),
        "brand": one_line(draft.brand, 80),
        "origin": one_line(draft.origin or draft.location, 80),
        "returns_days": _returns(draft),
        "shipping_minor": _shipping(draft.postage),
        "variants": _variants(draft),
        **_promise(draft.promise),
    }
    return Plan(
        row=draft.rows[0],
        key=draft.key,
        title=draft.title,
        payload=payload,
        digest=digest(payload),
        flagged=bool(draft.contacts),
        messages=[stored(notice) for notice in draft.notices],
        pictures=[one.name for one in draft.pictures if one.role is PictureRole.MAIN and one.name],
        refusal=_refusal(payload, draft.rows[0]),
    )


def listing_draft(
    payload: dict[str, Any], *, defaults: Defaults, kept: ListingDraft | None = None
) -> ListingDraft:
    """`payload` as a draft; where it is silent, `kept` (what stands here already) or `defaults`."""
    currency = payload["currency"]
    shipping = payload["shipping_minor"]
    if shipping is None:
        shipping = defaults.shipping_minor if defaults.currency in ("", currency) else 0
        if kept:
            shipping = kept.shipping.minor if kept.shipping else 0
    returns = payload["returns_days"]
    if returns is None:
        returns = kept.returns_days if kept else RETURNS_DAYS
    days = payload.get("shipping_days")
    hours = payload.get("ship_within_hours")
    lead = payload.get("lead_days", kept.lead_days if kept else 0)
    return ListingDraft(
        title=payload["title"],
        description=payload["description"] or (kept.description if kept else ""),
        currency=currency,
        condition=payload["condition"],
        brand=payload["brand"] or (kept.brand if kept else ""),
        origin=payload["origin"] or (kept.origin if kept else ""),
        returns_days=returns,
        shipping=Money(shipping, currency),
        shipping_days=tuple(days) if days else (kept or defaults).shipping_days,
        ship_within_hours=hours or (kept or defaults).ship_within_hours,
        template=kept.template if kept else None,
        digital=payload.get("digital", kept.digital if kept else Digital.NO),
        grams=payload.get("grams") or (kept.grams if kept else 0),
        customs_code=payload.get("customs_code") or (kept.customs_code if kept else ""),
        customs_note=payload.get("customs_note") or (kept.customs_note if kept else ""),
        made_to_order=lead > 0,
        lead_days=lead,
        variants=tuple(_variant_draft(one, currency) for one in payload["variants"]),
        offer=False,
    )


def digest(payload: dict[str, Any]) -> str:
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stored(notice: Notice) -> dict[str, Any]:
    """A notice as JSON; `sentence` makes words of it in the reader's language."""
    return {
        "level": notice.level,
        "field": notice.field,
        "row": notice.row,
        **notice.message.as_json(),
    }


def sentence(message: dict[str, Any]) -> str:
    """The stored message in the active language; our own refusals are kept as they were said."""
    return message["said"] if "said" in message else Message.from_json(message).sentence


def _public(draft: Draft, field: str, text: str) -> str:
    return hide(text, tuple(one for one in draft.contacts if one.field == field))


def _description(draft: Draft) -> str:
    parts = [
        _public(draft, "subtitle", draft.subtitle),
        _public(draft, "description_text", draft.description_text),
        "\n".join(f"{name}: {value}" for name, value in draft.attributes),
    ]
    return "\n\n".join(part for part in parts if part)[:TEXT]


def _returns(draft: Draft) -> int | None:
    if draft.promise.returns_days is not None:
        return draft.promise.returns_days
    return None if draft.returns is None else RETURNS_DAYS * draft.returns


def _promise(promise: Promise) -> dict[str, Any]:
    """Only what the file says: where it is silent, the listing's own or the defaults count."""
    said = {
        "ship_within_hours": promise.ship_within_hours,
        "shipping_days": list(promise.shipping_days) if promise.shipping_days else None,
        "lead_days": promise.lead_days,
        "grams": promise.grams,
        "digital": promise.digital,
        "customs_code": promise.customs_code or None,
        "customs_note": promise.customs_note or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _shipping(postage: Postage) -> int | None:
    if postage.paid_by and postage.paid_by.value == "seller":
        return 0
    fees = (postage.express_minor, postage.post_minor, postage.ems_minor)
    return next((fee for fee in fees if fee is not None), None)


def _variants(draft: Draft) -> list[dict[str, Any]]:
    if not draft.variants:
        stock = min(draft.stock or 0, STOCK)
        return [_variant((), draft.price_minor, stock, draft.seller_code)]
    return [
        _variant(one.options, one.price_minor, min(one.stock, STOCK), one.seller_code)
        for one in draft.variants
    ]


def _variant(
    options: Sequence[tuple[str, str]], price: int, stock: int, code: str
) -> dict[str, Any]:
    pairs = [list(pair) for pair in options]
    return {"options": pairs, "price_minor": price, "stock": stock, "seller_code": code}


def _variant_draft(stored: dict[str, Any], currency: str) -> VariantDraft:
    return VariantDraft(
        price=Money(stored["price_minor"], currency),
        stock=stored["stock"],
        options=tuple((option, value) for option, value in stored["options"]),
        seller_code=stored["seller_code"],
    )


def _refusal(payload: dict[str, Any], row: int) -> str:
    try:
        cleaned(listing_draft(payload, defaults=Defaults()))
    except Refused as error:
        return _("Row %(row)s: %(sentence)s") % {"row": row, "sentence": error}
    return ""
