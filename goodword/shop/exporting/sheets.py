"""Shopify's and WooCommerce's CSV, Google's table: cells that no spreadsheet carries out."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from goodword.kit.formulas import guarded

from ..imports.drafting import wrapped
from ..imports.goods import THING
from ..imports.shopify import OPTIONS, ours
from ..imports.woocommerce import ATTRIBUTES, META
from .catalogue import Choice, Ware

Row = Mapping[str, object]

SHOPIFY = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Published",
    *(f"Option{n} {part}" for n in range(1, OPTIONS + 1) for part in ("Name", "Value")),
    "Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Fulfillment Service", "Variant Price", "Variant Requires Shipping", "Variant Taxable",
    "Image Src", "Image Position", "Google Shopping / Condition",
    *(
        ours(label, name)
        for label, name in (
            ("Currency", "currency"), ("Where it comes from", "origin"), ("Shipping", "shipping"),
            ("Days at least", "days_min"), ("Days at most", "days_max"),
            ("Ships within hours", "ship_within_hours"), ("Days for returns", "returns_days"),
            ("Days to make", "lead_days"), ("Digital", "digital"), ("Customs code", "customs_code"),
            ("Customs description", "customs_note"),
        )
    ),
    "Status",
)  # fmt: skip
WOOCOMMERCE = (
    "ID", "Type", "SKU", "Name", "Published", "Visibility in catalog", "Short description",
    "Description", "In stock?", "Stock", "Sale price", "Regular price", "Images", "Parent",
    "Brands",
    *(
        f"Attribute {n} {part}"
        for n in range(1, ATTRIBUTES + 1)
        for part in ("name", "value(s)", "visible", "global")
    ),
    *(
        META + name
        for name in (
            "listing", "currency", "condition", "origin", "shipping", "days_min", "days_max",
            "ship_within_hours", "returns_days", "lead_days", "digital", "grams", "customs_code",
            "customs_note",
        )
    ),
)  # fmt: skip


def written(
    names: Sequence[str], rows: Iterable[Row], *, delimiter: str = ",", mark: bool = False
) -> bytes:
    """The table as UTF-8; `mark` puts the byte order mark that some programs ask for."""
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name, "")) for name in names])
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _cell(said: object) -> str:
    return str(said) if isinstance(said, int) else guarded(str(said))


def shopify(wares: Iterable[Ware]) -> Iterator[Row]:
    for ware in wares:
        names = ware.option_names[:OPTIONS]
        lines = max(len(ware.choices), len(ware.pictures))
        for at in range(lines):
            row: dict[str, object] = {"Handle": ware.code}
            if at == 0:
                row |= _shopify_head(ware, names)
            if at < len(ware.choices):
                row |= _shopify_variant(ware, ware.choices[at], names)
            if at < len(ware.pictures):
                row |= {"Image Src": ware.pictures[at], "Image Position": at + 1}
            yield row


def _shopify_head(ware: Ware, names: Sequence[str]) -> Row:
    return {
        "Title": ware.title,
        "Body (HTML)": wrapped(ware.description) if ware.description else "",
        "Vendor": ware.brand,
        "Published": "true" if ware.on_sale else "false",
        "Status": "active" if ware.on_sale else "draft",
        **({"Option1 Name": "Title"} if ware.is_plain else {}),
        **{f"Option{n} Name": name for n, name in enumerate(names, 1)},
        "Google Shopping / Condition": ware.condition,
        ours("Currency", "currency"): ware.currency,
        ours("Where it comes from", "origin"): ware.origin,
        ours("Shipping", "shipping"): ware.shipping,
        ours("Days at least", "days_min"): ware.days_min,
        ours("Days at most", "days_max"): ware.days_max,
        ours("Ships within hours", "ship_within_hours"): ware.ship_within_hours,
        ours("Days for returns", "returns_days"): ware.returns_days,
        ours("Days to make", "lead_days"): ware.lead_days,
        ours("Digital", "digital"): ware.digital or THING,
        ours("Customs code", "customs_code"): ware.customs_code,
        ours("Customs description", "customs_note"): ware.customs_note,
    }


def _shopify_variant(ware: Ware, one: Choice, names: Sequence[str]) -> Row:
    chosen = dict(one.options)
    return {
        **({"Option1 Value": "Default Title"} if ware.is_plain else {}),
        **{f"Option{n} Value": chosen.get(name, "") for n, name in enumerate(names, 1)},
        "Variant SKU": one.code,
        "Variant Grams": ware.grams,
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": one.stock,
        "Variant Inventory Policy": "deny",
        "Variant Fulfillment Service": "manual",
        "Variant Price": one.price,
        "Variant Requires Shipping": "false" if ware.digital else "true",
        "Variant Taxable": "true",
    }


def woocommerce(wares: Iterable[Ware]) -> Iterator[Row]:
    for ware in wares:
        if ware.is_plain:
            kind = _woo_type("simple", ware)
            yield {**_woo_head(ware), "Type": kind, **_woo_variant(ware.choices[0])}
            continue
        yield {**_woo_head(ware), "Type": "variable", "SKU": ware.code, **_woo_attributes(ware)}
        for one in ware.choices:
            kind = _woo_type("variation", ware)
            chosen: dict[str, object] = {"Type": kind, "Parent": ware.code, "Published": 1}
            for n, (name, value) in enumerate(one.options, 1):
                chosen |= {f"Attribute {n} name": name, f"Attribute {n} value(s)": _escaped(value)}
            yield {**chosen, **_woo_variant(one)}


def _woo_type(kind: str, ware: Ware) -> str:
    return f"{kind}, downloadable, virtual" if ware.digital else kind


def _woo_head(ware: Ware) -> Row:
    return {
        "Name": ware.title,
        "Published": 1 if ware.on_sale else -1,
        "Visibility in catalog": "visible",
        "Description": wrapped(ware.description) if ware.description else "",
        "Images": ", ".join(ware.pictures),
        "Brands": ware.brand,
        **{f"{META}{n}": getattr(ware, n) for n in (
            "currency", "condition", "origin", "shipping", "days_min", "days_max",
            "ship_within_hours", "returns_days", "lead_days", "grams", "customs_code",
            "customs_note",
        )},
        f"{META}digital": ware.digital or THING,
        f"{META}listing": ware.code,
    }  # fmt: skip


def _woo_variant(one: Choice) -> Row:
    return {
        "SKU": one.code,
        "In stock?": 1 if one.stock else 0,
        "Stock": one.stock,
        "Regular price": one.price,
    }


def _woo_attributes(ware: Ware) -> Row:
    row: dict[str, object] = {}
    for n, name in enumerate(ware.option_names[:ATTRIBUTES], 1):
        values = dict.fromkeys(v for one in ware.choices for o, v in one.options if o == name)
        row[f"Attribute {n} name"] = name
        row[f"Attribute {n} value(s)"] = ", ".join(_escaped(value) for value in values)
        row |= {f"Attribute {n} visible": 1, f"Attribute {n} global": 0}
    return row


def _escaped(value: str) -> str:
    return value.replace(",", "\\,")
