"""Shopify's product CSV: one row for each variant or picture, tied together by the handle.

Only a product's first row names its options and texts. `Title` with `Default Title` is Shopify's
way to say that there is nothing to choose. Prices name no currency. The columns that end in
`goodword.…)` are our own, written as Shopify writes its metafields, so that a file that was
exported here loses nothing.
"""

from collections.abc import Iterable, Sequence

from . import values as v
from .columns import Column
from .goods import CODE, CONDITIONS, DELIVERIES, LINE, TITLE, Part, Product
from .sheet import Sheet, by_code, numbered

OPTIONS = 4  # Shopify itself has three; a fourth column is ours


def ours(label: str, name: str) -> str:
    return f"{label} (product.metafields.goodword.{name})"


COLUMNS: tuple[Column, ...] = (
    Column("Handle", "", "code", v.code(LINE)),
    Column("Title", "", "title", v.text(TITLE)),
    Column("Body (HTML)", "", "description", v.as_is),
    Column("Vendor", "", "brand", v.text(LINE)),
    Column("Type", "", "category", v.text(LINE)),
    *(
        Column(f"Option{n} {part}", "", f"option{n}_{part.casefold()}", v.text(LINE))
        for n in range(1, OPTIONS + 1)
        for part in ("Name", "Value")
    ),
    Column("Variant SKU", "", "sku", v.code(CODE)),
    Column("Variant Inventory Qty", "", "stock", v.quantity, fallback=None),
    Column("Variant Price", "", "price", v.price, fallback=None),
    Column("Variant Barcode", "", "barcode", v.code(64)),
    Column("Image Src", "", "pictures", v.addresses, fallback=()),
    Column(
        "Google Shopping / Condition", "", "condition", v.choice(CONDITIONS), fallback=None
    ),
    Column(ours("Currency", "currency"), "", "currency", v.currency),
    Column(ours("Where it comes from", "origin"), "", "origin", v.text(LINE)),
    Column(ours("Shipping", "shipping"), "", "shipping", v.price, fallback=None),
    Column(ours("Days at least", "days_min"), "", "days_min", v.whole(0, 180), fallback=None),
    Column(ours("Days at most", "days_max"), "", "days_max", v.whole(0, 180), fallback=None),
    Column(
        ours("Ships within hours", "ship_within_hours"),
        "",
        "ship_within_hours",
        v.whole(1, 2160),
        fallback=None,
    ),
    Column(
        ours("Days for returns", "returns_days"), "", "returns_days", v.whole(0, 365), fallback=None
    ),
    Column(
        "Variant Requires Shipping", "", "sent", v.choice({"true": True, "false": False}),
        fallback=None,
    ),
    Column(ours("Digital", "digital"), "", "digital", v.choice(DELIVERIES), fallback=None),
    Column("Variant Grams", "", "grams", v.whole(0, 10**6), fallback=None),
    Column(ours("Customs code", "customs_code"), "", "customs_code", v.code(10)),
    Column(ours("Customs description", "customs_note"), "", "customs_note", v.text(200)),
    Column(ours("Days to make", "lead_days"), "", "lead_days", v.whole(0, 730), fallback=None),
)  # fmt: skip


def group(parts: Sequence[Part]) -> Iterable[Product]:
    for code, rows in by_code(parts).items():
        head = rows[0]
        names = {n: head.get(f"option{n}_name") or "" for n in range(1, OPTIONS + 1)}
        chosen = [_chosen(row, names) for row in rows]
        yield Product(
            format="shopify",
            code=code.strip() if head.get("code") else "",
            parts=chosen,
            variants=[row for row in chosen if _is_variant(row)],
        )


def _chosen(row: Part, names: dict[int, str]) -> Part:
    part = numbered(row, names, OPTIONS)
    if part.options == (("Title", "Default Title"),):
        return numbered(row, {}, OPTIONS)
    return part


def _is_variant(row: Part) -> bool:
    """A row below the first may only bring another picture."""
    return bool(row.options or row.get("price") is not None or row.get("sku") or row.fault)


SHEET = Sheet(
    "shopify", COLUMNS, frozenset(("handle", "title", "variant price", "option1 value")), group
)
