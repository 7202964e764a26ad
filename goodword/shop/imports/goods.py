"""Records of one product into a draft: the part that Shopify, WooCommerce and the others share.

A format reads its records into `Part`s, says which of them are variants and what they choose, and
leaves the rest to `assemble`. Fields, as the formats' tables of columns name them:

    code title subtitle description brand origin condition category currency price stock sku barcode
    pictures shipping returns_days ship_within_hours days_min days_max lead_days in_stock
    grams customs_code customs_note digital sent
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import values as v
from .columns import Column, RowRefused
from .drafting import Notes, cut, prose_of, with_contacts
from .html import web_address
from .messages import Value, say
from .model import (
    Choices,
    Condition,
    Draft,
    Level,
    Limits,
    Notice,
    PaidBy,
    Picture,
    PictureRole,
    Postage,
    Promise,
    Variant,
)

TITLE, LINE, CODE = 300, 500, 100  # characters
THING = "no"  # our word for what is sent, where a file has a place for it
DELIVERIES = {"at_once": "at_once", "by_hand": "by_hand", THING: THING}
OURS = re.compile(r"gw-([0-9a-f]{32})")
CONDITIONS = {
    "new": Condition.NEW,
    "like_new": Condition.LIKE_NEW,
    "like new": Condition.LIKE_NEW,
    "refurbished": Condition.USED,
    "used": Condition.USED,
}
for _name in ("New", "Used", "Refurbished", "Damaged"):
    _meaning = Condition.NEW if _name == "New" else Condition.USED
    for _site in ("", "https://schema.org/", "http://schema.org/"):
        CONDITIONS[f"{_site}{_name}Condition".casefold()] = _meaning

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One record: where it stands, its values by field, and the options that it chooses.

    A `fault` refuses the whole product: half of its variants would be no listing.
    """

    number: int
    line: int
    values: Mapping[str, Any]
    options: Pairs = ()
    notices: tuple[Notice, ...] = ()
    fault: RowRefused | None = None

    def get(self, field: str) -> Any:
        return self.values.get(field)


@dataclass(frozen=True, slots=True)
class Product:
    """Everything of the file that is one listing; without `variants` it has nothing to choose."""

    format: str
    code: str  # the seller's own, "" when the file has none
    parts: Sequence[Part]
    variants: Sequence[Part]
    attributes: Pairs = ()

    @property
    def title(self) -> str:
        return next((one.get("title") for one in self.parts if one.get("title")), "")


def assemble(
    product: Product, columns: Mapping[str, Column], choices: Choices, limits: Limits
) -> Draft:
    """The draft of one product; `columns` are the format's by field. Raises RowRefused."""
    head, title = product.parts[0], product.title
    for part in product.parts:
        if part.fault:
            raise part.fault
    if not title:
        missing = say("cell_missing", row=head.number, column=columns["title"].title)
        raise RowRefused(missing, field=columns["title"].name)
    notes = Notes(head.number, [one for part in product.parts for one in part.notices])
    said = _currency(product, columns)
    currency = said or choices.currency
    variants = _variants(product, currency, columns, notes, limits)
    prose = cut(prose_of(_first(product, "description") or ""), notes, "description", limits)
    draft = Draft(
        key=key_of(product.format, product.code, title),
        rows=tuple(part.number for part in product.parts),
        line=head.line,
        title=title,
        price_minor=min(one.price_minor for one in variants),
        currency=currency,
        currency_said=bool(said),
        source_id=product.code,
        seller_code=variants[0].seller_code,
        subtitle=_first(product, "subtitle") or "",
        description_text=prose.text,
        stock=sum(one.stock for one in variants),
        variants=() if len(variants) == 1 and not variants[0].options else variants,
        pictures=_pictures(product, prose.urls, notes, limits),
        origin=_first(product, "origin") or "",
        condition=_first(product, "condition"),
        brand=_first(product, "brand") or "",
        attributes=product.attributes,
        barcode=_first(product, "barcode") or "",
        category=_first(product, "category") or "",
        postage=_postage(product, currency, columns),
        promise=_promise(product),
    )
    return with_contacts(draft, notes, _contact_columns(columns))


def key_of(form: str, code: str, title: str) -> str:
    """By the seller's own code; without one, by the title. Our own exports name the listing."""
    if ours := OURS.fullmatch(code):
        return f"goodword:{UUID(ours[1])}"
    if code:
        return f"{form}:{code}"[:200]
    words = " ".join(title.split()).casefold()
    return f"{form}:~{hashlib.sha256(words.encode()).hexdigest()[:32]}"


def price_of(part: Part, currency: str, column: Column) -> int | None:
    """Minor units, None when the part names no price. Raises RowRefused."""
    priced = part.get("sale_price") or part.get("price")
    if priced is None:
        return None
    try:
        return priced.minor(currency)
    except v.Unclear:
        shown: dict[str, Value] = {
            "row": part.number,
            "column": column.title,
            "value": str(priced.amount),
        }
        raise RowRefused(say("value_refused", **shown), field=column.name) from None


def _first(product: Product, field: str) -> Any:
    found = (part.get(field) for part in product.parts)
    return next((one for one in found if one not in (None, "", ())), None)


def _currency(product: Product, columns: Mapping[str, Column]) -> str:
    """The one currency that the product's records name, "" when none does. Raises RowRefused."""
    said = {part.get("currency") for part in product.parts} - {None, ""}
    for part in product.parts:
        for field in ("price", "sale_price", "shipping"):
            priced = part.get(field)
            if priced is not None and priced.currency:
                said.add(priced.currency)
    if len(said) > 1:
        shown: dict[str, Value] = {
            "row": product.parts[0].number,
            "currencies": ", ".join(sorted(said)),
        }
        raise RowRefused(say("currencies", **shown), field=columns["price"].name)
    return said.pop() if said else ""


def _variants(
    product: Product,
    currency: str,
    columns: Mapping[str, Column],
    notes: Notes,
    limits: Limits,
) -> tuple[Variant, ...]:
    parts = product.variants or product.parts[:1]
    if len(parts) > limits.variants:
        counts = {"row": notes.row, "count": len(parts), "limit": limits.variants}
        raise RowRefused(say("variants_many", **counts))
    variants: dict[Pairs, Variant] = {}
    for part in parts:
        price = price_of(part, currency, columns["price"])
        if price is None:
            raise _without_price(part, columns["price"])
        if not price:
            raise RowRefused(say("price_zero", row=part.number), field=columns["price"].name)
        if part.options in variants:
            shown = " · ".join(value for _option, value in part.options) or "–"
            notes.add("", Level.CHECK, "variant_repeated", options=shown)
            continue
        variants[part.options] = Variant(
            options=part.options,
            price_minor=price,
            stock=_stock(part, notes),
            seller_code=_sku(part, product.code),
            barcode=part.get("barcode") or "",
        )
    return tuple(variants.values())


def _without_price(part: Part, column: Column) -> RowRefused:
    """Nothing stands there, or something that is no price: the notice of that has its words."""
    said = next((one.message for one in part.notices if one.field == column.name), None)
    shown: dict[str, Value] = {"row": part.number, "column": column.title}
    if said is None:
        return RowRefused(say("cell_missing", **shown), field=column.name)
    value = dict(said.values).get("value", "")
    return RowRefused(say("value_refused", **shown, value=value), field=column.name)


def _stock(part: Part, notes: Notes) -> int:
    """The pieces; where the file only says that there are some, one, and a notice."""
    pieces = part.get("stock")
    if pieces is None and part.get("in_stock"):
        notes.add("", Level.CHECK, "stock_unsaid")
        return 1
    return pieces or 0


def _sku(part: Part, code: str) -> str:
    sku = part.get("sku") or ""
    return "" if sku == code and OURS.fullmatch(code) else sku


def _pictures(
    product: Product, shown: Sequence[str], notes: Notes, limits: Limits
) -> tuple[Picture, ...]:
    named = dict.fromkeys(one for part in product.parts for one in part.get("pictures") or ())
    addresses = [one for one in map(web_address, named) if one]
    if addresses:
        notes.add("", Level.INFO, "pictures_linked", count=len(addresses))
    else:
        notes.add("", Level.CHECK, "pictures_missing")
    main = [Picture(PictureRole.MAIN, at, url=url) for at, url in enumerate(addresses)]
    within = [Picture(PictureRole.DESCRIPTION, at, url=url) for at, url in enumerate(shown)]
    return (*main, *within)[: limits.pictures]


def _postage(product: Product, currency: str, columns: Mapping[str, Column]) -> Postage:
    priced = _first(product, "shipping")
    if priced is None:
        return Postage()
    try:
        fee = priced.minor(currency)
    except v.Unclear:
        column = columns["shipping"]
        shown: dict[str, Value] = {"row": product.parts[0].number, "column": column.title}
        refused = say("value_refused", **shown, value=str(priced.amount))
        raise RowRefused(refused, field=column.name) from None
    return Postage(paid_by=PaidBy.BUYER if fee else PaidBy.SELLER, express_minor=fee)


def _promise(product: Product) -> Promise:
    low, high = _first(product, "days_min"), _first(product, "days_max")
    return Promise(
        returns_days=_first(product, "returns_days"),
        ship_within_hours=_first(product, "ship_within_hours"),
        shipping_days=None if high is None else (min(low or 0, high), high),
        lead_days=_first(product, "lead_days"),
        grams=_first(product, "grams") or None,
        digital=_digital(product),
        customs_code=_first(product, "customs_code") or "",
        customs_note=_first(product, "customs_note") or "",
    )


def _digital(product: Product) -> str | None:
    """Our own word for it; else digital is what the file says that no variant is shipped of."""
    if ours := _first(product, "digital"):
        return "" if ours == THING else str(ours)
    sent = {part.get("sent") for part in product.variants or product.parts} - {None}
    return None if not sent else "" if any(sent) else "by_hand"


def _contact_columns(columns: Mapping[str, Column]) -> dict[str, tuple[str, str]]:
    named = {"title": "title", "description_text": "description", "subtitle": "subtitle"}
    shown = {
        ours: (columns[field].name, columns[field].title)
        for ours, field in named.items()
        if field in columns
    }
    return {**shown, "variants": ("", "SKU")}
