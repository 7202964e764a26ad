"""Google Merchant's feed, as XML and as a table, and schema.org's JSON-LD."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from ..imports.drafting import needs_wrapping, wrapped
from ..imports.goods import THING
from ..imports.jsonld import OPTION
from ..imports.merchant import OPTIONS
from ..imports.values import visible
from ..states import Condition
from .catalogue import Choice, Ware

GOOGLE = (
    "id", "item_group_id", "title", "description", "link", "image_link", "additional_image_link",
    "availability", "price", "brand", "condition", "shipping", "identifier_exists",
)  # fmt: skip
CUSTOM = (
    *(f"goodword_option{n}_{part}" for n in range(1, OPTIONS + 1) for part in ("name", "value")),
    "goodword_sku", "goodword_stock", "goodword_condition", "goodword_origin", "goodword_days_min",
    "goodword_days_max", "goodword_ship_within_hours", "goodword_returns_days",
    "goodword_lead_days", "goodword_digital", "goodword_grams", "goodword_customs_code",
    "goodword_customs_note",
)  # fmt: skip
TABLE = (*GOOGLE, *CUSTOM)
CONDITIONS = {"new": "NewCondition"}  # others are used ones in schema.org's words
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0" xmlns:c="http://base.google.com/cns/1.0">
<channel>
<title>{title}</title>
<link>{link}</link>
<description>{title}</description>
"""


def entries(wares: Iterable[Ware]) -> Iterator[dict[str, str]]:
    """Google's attributes of each variant, in the words of the table."""
    for ware in wares:
        for at, one in enumerate(ware.choices, 1):
            yield {name: str(said) for name, said in _entry(ware, one, at).items() if said != ""}


def _entry(ware: Ware, one: Choice, at: int) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for n, (name, value) in enumerate(one.options[:OPTIONS], 1):
        options |= {f"goodword_option{n}_name": name, f"goodword_option{n}_value": value}
    return {
        "id": ware.code if ware.is_plain else f"{ware.code}-{at}",
        "item_group_id": "" if ware.is_plain else ware.code,
        "title": ware.title,
        "description": _described(ware),
        "link": ware.link,
        "image_link": ware.pictures[0] if ware.pictures else "",
        "additional_image_link": ",".join(ware.pictures[1:11]),
        "availability": "in_stock" if one.stock else "out_of_stock",
        "price": f"{one.price} {ware.currency}",
        "brand": ware.brand,
        "condition": "new" if ware.condition == Condition.NEW else "used",
        "shipping": f":::{ware.shipping} {ware.currency}",
        "identifier_exists": "no",
        **options,
        "goodword_sku": one.code,
        "goodword_stock": one.stock,
        "goodword_condition": ware.condition,
        "goodword_origin": ware.origin,
        "goodword_days_min": ware.days_min,
        "goodword_days_max": ware.days_max,
        "goodword_ship_within_hours": ware.ship_within_hours,
        "goodword_returns_days": ware.returns_days,
        "goodword_lead_days": ware.lead_days,
        "goodword_digital": ware.digital or THING,
        "goodword_grams": ware.grams,
        "goodword_customs_code": ware.customs_code,
        "goodword_customs_note": ware.customs_note,
    }


def merchant(wares: Iterable[Ware], *, title: str, link: str) -> bytes:
    """The feed as RSS 2.0 with Google's namespace."""
    parts = [HEAD.format(title=_text(title), link=_text(link))]
    for entry in entries(wares):
        parts.append("<item>\n")
        parts += [_element(name, said) for name, said in entry.items()]
        parts.append("</item>\n")
    parts.append("</channel>\n</rss>\n")
    return "".join(parts).encode()


def _element(name: str, said: str) -> str:
    if name == "shipping":
        price = said.rsplit(":", 1)[-1]
        return f"<g:shipping><g:price>{_text(price)}</g:price></g:shipping>\n"
    if name == "additional_image_link":
        return "".join(f"<g:{name}>{_text(one)}</g:{name}>\n" for one in said.split(","))
    mark = "c" if name.startswith("goodword_") else "g"
    return f"<{mark}:{name}>{_text(said)}</{mark}:{name}>\n"


def _text(said: str) -> str:
    """For an XML document, which has no place for control characters and half surrogates."""
    return escape(visible(said).encode("utf-8", "replace").decode().translate(_NOWHERE))


_NOWHERE = dict.fromkeys((0xFFFE, 0xFFFF))


def jsonld(wares: Iterable[Ware]) -> bytes:
    """One document with a graph of Products and ProductGroups."""
    graph = [_plain(ware) if ware.is_plain else _group(ware) for ware in wares]
    document = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _plain(ware: Ware) -> dict[str, Any]:
    return _said(
        {
            "@type": "Product",
            "inProductGroupWithID": ware.code,
            **_common(ware),
            "sku": ware.choices[0].code,
            "offers": _offer(ware, ware.choices[0]),
        }
    )


def _group(ware: Ware) -> dict[str, Any]:
    return _said(
        {
            "@type": "ProductGroup",
            "productGroupID": ware.code,
            **_common(ware),
            "variesBy": ware.option_names,
            "hasVariant": [_variant(ware, one) for one in ware.choices],
        }
    )


def _common(ware: Ware) -> dict[str, Any]:
    return {
        "name": ware.title,
        "description": _described(ware),
        "url": ware.link,
        "image": list(ware.pictures),
        "brand": {"@type": "Brand", "name": ware.brand} if ware.brand else "",
        "countryOfOrigin": ware.origin,
        "itemCondition": f"https://schema.org/{CONDITIONS.get(ware.condition, 'UsedCondition')}",
        "additionalProperty": [
            _property("goodword:condition", "condition", ware.condition),
            _property("goodword:ship_within_hours", "ships within hours", ware.ship_within_hours),
            _property("goodword:lead_days", "days to make", ware.lead_days),
            _property("goodword:digital", "digital", ware.digital or THING),
            _property("goodword:grams", "grams", ware.grams),
            _property("goodword:customs_code", "customs code", ware.customs_code),
            _property("goodword:customs_note", "customs description", ware.customs_note),
        ],
    }


def _variant(ware: Ware, one: Choice) -> dict[str, Any]:
    named = " · ".join((ware.title, *(value for _name, value in one.options)))
    return _said(
        {
            "@type": "Product",
            "name": named,
            "sku": one.code,
            "additionalProperty": [_property(OPTION, *pair) for pair in one.options],
            "offers": _offer(ware, one),
        }
    )


def _offer(ware: Ware, one: Choice) -> dict[str, Any]:
    days = {"@type": "QuantitativeValue", "minValue": ware.days_min, "maxValue": ware.days_max}
    return {
        "@type": "Offer",
        "price": one.price,
        "priceCurrency": ware.currency,
        "availability": f"https://schema.org/{'InStock' if one.stock else 'OutOfStock'}",
        "inventoryLevel": {"@type": "QuantitativeValue", "value": one.stock},
        "shippingDetails": {
            "@type": "OfferShippingDetails",
            "shippingRate": {
                "@type": "MonetaryAmount", "value": ware.shipping, "currency": ware.currency,
            },
            "deliveryTime": {
                "@type": "ShippingDeliveryTime", "transitTime": {**days, "unitCode": "DAY"},
            },
        },
        "hasMerchantReturnPolicy": {
            "@type": "MerchantReturnPolicy", "merchantReturnDays": ware.returns_days,
        },
    }  # fmt: skip


def _property(id_: str, name: str, value: Any) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": id_, "name": name, "value": value}


def _described(ware: Ware) -> str:
    """Plain, but wrapped where a reader would take it for HTML."""
    return wrapped(ware.description) if needs_wrapping(ware.description) else ware.description


def _said(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in ("", [])}
