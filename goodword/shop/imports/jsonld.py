"""schema.org's Product and ProductGroup as JSON-LD: a .json or .jsonl file, or within a page.

A column's name is the path to its value. A path goes through the first of a list, and through
`name`, `url` or `@value` where an object stands for a text; `|` parts the paths that are tried one
after the other; `goodword:…` is one of `additionalProperty` by its `propertyID`. Every object of
the file counts as a row, from 1. Numbers are taken as they are written, never as floats.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from . import values as v
from .columns import Column
from .errors import Unreadable
from .goods import CODE, CONDITIONS, DELIVERIES, LINE, TITLE, Pairs, Part, Product
from .messages import Message, say
from .model import Choices, Draft, Limits, Refusal
from .sheet import Cells, by_code, part_of, read_products

DEPTH = 40
PRODUCTS = frozenset(
    ("Product", "ProductGroup", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle")
)
NATIVE = ("color", "size", "material", "pattern")
OPTION = "goodword:option"
GROUP = "productGroupID|isVariantOf.productGroupID|inProductGroupWithID"
OFFER = "offers"
SHIPPING = f"{OFFER}.shippingDetails"
TRANSIT = f"{SHIPPING}.deliveryTime.transitTime"
RETURNS = "hasMerchantReturnPolicy.merchantReturnDays"
SITE = re.compile(r"https?://schema\.org/")
SCRIPT = re.compile(r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>", re.IGNORECASE)

COLUMNS: tuple[Column, ...] = (
    Column(GROUP, "", "code", v.code(LINE)),
    Column("sku|productID", "", "sku", v.code(CODE)),
    Column("name", "", "title", v.text(TITLE)),
    Column("description", "", "description", v.as_is),
    Column("brand|manufacturer", "", "brand", v.text(LINE)),
    Column("image", "", "pictures", v.addresses, fallback=()),
    Column("category", "", "category", v.text(LINE)),
    Column("gtin|gtin13|gtin14|gtin12|gtin8|isbn", "", "barcode", v.code(64)),
    Column(
        f"goodword:condition|itemCondition|{OFFER}.itemCondition",
        "",
        "condition",
        v.choice(CONDITIONS),
        fallback=None,
    ),
    Column("countryOfOrigin", "", "origin", v.text(LINE)),
    Column(
        f"{OFFER}.price|{OFFER}.priceSpecification.price|{OFFER}.lowPrice",
        "",
        "price",
        v.price,
        fallback=None,
    ),
    Column(
        f"{OFFER}.priceCurrency|{OFFER}.priceSpecification.priceCurrency",
        "",
        "currency",
        v.currency,
    ),
    Column(f"{OFFER}.inventoryLevel.value", "", "stock", v.quantity, fallback=None),
    Column(
        f"{OFFER}.availability",
        "",
        "in_stock",
        v.choice(
            {
                **{f"{s}{name}": True for s in ("", "https://schema.org/", "http://schema.org/")
                   for name in ("instock", "limitedavailability", "onlineonly", "instoreonly",
                                "preorder", "presale", "backorder", "madetoorder")},
                **{f"{s}{name}": False for s in ("", "https://schema.org/", "http://schema.org/")
                   for name in ("outofstock", "soldout", "discontinued", "reserved")},
            }
        ),
        fallback=None,
    ),
    Column(f"{SHIPPING}.shippingRate.value", "", "shipping", v.price, fallback=None),
    Column(
        f"{TRANSIT}.minValue", "", "days_min", v.whole(0, 180), fallback=None
    ),
    Column(
        f"{TRANSIT}.maxValue", "", "days_max", v.whole(0, 180), fallback=None
    ),
    Column(
        f"{OFFER}.{RETURNS}|{RETURNS}",
        "",
        "returns_days",
        v.whole(0, 365),
        fallback=None,
    ),
    Column("goodword:ship_within_hours", "", "ship_within_hours", v.whole(1, 2160), fallback=None),
    Column("goodword:digital", "", "digital", v.choice(DELIVERIES), fallback=None),
    Column("goodword:grams", "", "grams", v.whole(0, 10**6), fallback=None),
    Column("goodword:customs_code", "", "customs_code", v.code(10)),
    Column("goodword:customs_note", "", "customs_note", v.text(200)),
    Column("goodword:lead_days", "", "lead_days", v.whole(0, 730), fallback=None),
)  # fmt: skip
BY_FIELD = {column.field: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Documents:
    """What stands in the file, one after the other; a Message where nothing can be read."""

    all: tuple[Any, ...]


def recognise(text: str) -> Documents | None:
    """The objects of a text in JSON or of a page, if one is a product. Raises Unreadable."""
    found = _documents(text)
    if found is None or not any(any(_products(one, DEPTH)) for one in found.all):
        return None
    return found


def _documents(text: str) -> Documents | None:
    start = text.lstrip()[:1]
    if start == "<":
        return Documents(tuple(_scripts(text)))
    if start not in ("{", "["):
        return None
    whole = _parsed(text, 1)
    if not isinstance(whole, Message):
        return Documents(tuple(whole) if isinstance(whole, list) else (whole,))
    lines = [line for line in text.splitlines() if line.strip()]
    documents = tuple(_parsed(line, number) for number, line in enumerate(lines, 1))
    if all(isinstance(one, Message) for one in documents):
        raise Unreadable(whole.code, **dict(whole.values))
    return Documents(documents)


def read_items(found: Documents, choices: Choices, limits: Limits) -> Iterator[Draft | Refusal]:
    """One draft or refusal for each product. Raises TooBig."""
    rows: list[Part | Refusal] = []
    numbers = count(1)
    for document in found.all:
        before = len(rows)
        if isinstance(document, Message):
            rows.append(Refusal(next(numbers), document))
        for node in _products(document, DEPTH):
            rows += _parts(node, numbers, choices)
        if len(rows) == before:
            number = next(numbers)
            rows.append(Refusal(number, say("no_product", row=number)))
    yield from read_products(rows, group, BY_FIELD, choices, limits)


def group(parts: Sequence[Part]) -> Iterable[Product]:
    for code, rows in by_code(parts).items():
        own = code.strip() if rows[0].get("code") else rows[0].get("sku") or ""
        variants = [row for row in rows if not row.get("is_group")]
        varied = len(variants) > 1 or any(row.options for row in variants)
        yield Product("jsonld", own, rows, variants if varied or len(rows) > 1 else ())


def _parts(node: Mapping[str, Any], numbers: Iterator[int], choices: Choices) -> list[Part]:
    """The product's own row, and one for each of its variants."""
    variants = [one for one in _many(node.get("hasVariant")) if isinstance(one, dict)]
    head = _part(node, next(numbers), choices)
    if not variants:
        return [head]
    code = head.get("code") or head.get("sku") or f"\n{head.number}"
    tied = {**head.values, "code": code, "is_group": True}
    parts = [replace(head, values=tied, options=())]
    for one in variants:
        part = _part(one, next(numbers), choices)
        parts.append(replace(part, values={**part.values, "code": code}))
    return parts


def _part(node: Mapping[str, Any], number: int, choices: Choices) -> Part:
    cells = {column.name: v.visible(_at(node, column.name)) for column in COLUMNS}
    cells["image"] = "\n".join(filter(None, map(_text, _many(node.get("image")))))
    part = part_of(Cells(number, number, {**cells, **choices.fixes.get(number, {})}), COLUMNS)
    return replace(part, options=_options(node))


def _options(node: Mapping[str, Any]) -> Pairs:
    own = tuple(
        (_line(one.get("name")), _line(one.get("value")))
        for one in _many(node.get("additionalProperty"))
        if isinstance(one, dict) and one.get("propertyID") == OPTION
    )
    tied = node.get("isVariantOf") or node.get("inProductGroupWithID")
    if own or not (tied or "hasVariant" not in node):
        return tuple(pair for pair in own if all(pair))
    native = ((name.capitalize(), _line(node.get(name))) for name in NATIVE)
    return tuple(pair for pair in native if pair[1])


def _line(value: Any) -> str:
    return " ".join(v.visible(_text(value)).split())


def _at(node: Mapping[str, Any], paths: str) -> str:
    for path in paths.split("|"):
        if path.startswith("goodword:"):
            found: Any = next(
                (
                    one.get("value")
                    for one in _many(node.get("additionalProperty"))
                    if isinstance(one, dict) and one.get("propertyID") == path
                ),
                None,
            )
        else:
            found = node
            for step in path.split("."):
                found = next(iter(_many(found)), None)
                found = found.get(step) if isinstance(found, dict) else None
        if said := _text(found):
            return said
    return ""


def _text(value: Any) -> str:
    value = next(iter(_many(value)), None)
    if isinstance(value, dict):
        value = next((value[k] for k in ("name", "@value", "url", "contentUrl") if k in value), "")
    return value.strip() if isinstance(value, str) else ""


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _products(node: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The products in `node`, outermost ones only."""
    if depth <= 0:
        return
    if isinstance(node, list):
        for one in node:
            yield from _products(one, depth - 1)
    elif isinstance(node, dict):
        if _types(node) & PRODUCTS:
            yield node
        else:
            for one in node.values():
                yield from _products(one, depth - 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    said = (one for one in _many(node.get("@type")) if isinstance(one, str))
    return {SITE.sub("", one).removeprefix("schema:") for one in said}


def _parsed(text: str, line: int) -> Any:
    """The value of a JSON text, numbers as texts; a Message when it is none."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str, strict=False)
    except json.JSONDecodeError as error:
        return say("json_broken", line=line + error.lineno - 1)
    except RecursionError:
        return say("json_deep")


def _scripts(page: str) -> Iterator[Any]:
    for opening in SCRIPT.finditer(page):
        end = page.find("</", opening.end())
        while end >= 0 and page[end : end + 8].casefold() != "</script":
            end = page.find("</", end + 1)
        yield _parsed(page[opening.end() : end if end >= 0 else len(page)], 1)
