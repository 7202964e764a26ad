"""WooCommerce's product CSV: simple products, and variable ones with their variations below them.

A variation names its parent by `id:741` or by the parent's SKU. A variable product's own row has
no price; a simple product's attributes are facts about it, a variation's are what it chooses. A
sale price counts unless it is only for some days. Columns that begin with `Meta: goodword_` are
our own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import values as v
from .columns import Column
from .goods import CODE, CONDITIONS, DELIVERIES, LINE, OURS, TITLE, Pairs, Part, Product
from .sheet import Sheet

ATTRIBUTES = 8
META = "Meta: goodword_"

COLUMNS: tuple[Column, ...] = (
    Column("ID", "", "source", v.identifier),
    Column("Type", "", "kind", v.text(LINE)),
    Column("SKU", "", "sku", v.code(CODE)),
    Column("Name", "", "title", v.text(TITLE)),
    Column("Short description", "", "short", v.as_is),
    Column("Description", "", "description", v.as_is),
    Column("In stock?", "", "in_stock", v.choice({**v.YES_NO, "backorder": True}), fallback=None),
    Column("Stock", "", "stock", v.quantity, fallback=None),
    Column("Date sale price starts", "", "sale_from", v.text(LINE)),
    Column("Date sale price ends", "", "sale_until", v.text(LINE)),
    Column("Sale price", "", "sale_price", v.price, fallback=None),
    Column("Regular price", "", "price", v.price, fallback=None),
    Column("Categories", "", "category", v.text(LINE)),
    Column("Images", "", "pictures", v.addresses, fallback=()),
    Column("Parent", "", "parent", v.text(LINE)),
    Column("Brands", "", "brand", v.text(LINE)),
    Column("GTIN, UPC, EAN, or ISBN", "", "barcode", v.code(64)),
    *(
        Column(f"Attribute {n} {part}", "", f"attribute{n}_{field}", v.as_is)
        for n in range(1, ATTRIBUTES + 1)
        for part, field in (("name", "name"), ("value(s)", "values"))
    ),
    Column(f"{META}listing", "", "code", v.code(LINE)),
    Column(f"{META}currency", "", "currency", v.currency),
    Column(f"{META}condition", "", "condition", v.choice(CONDITIONS), fallback=None),
    Column(f"{META}origin", "", "origin", v.text(LINE)),
    Column(f"{META}shipping", "", "shipping", v.price, fallback=None),
    Column(f"{META}days_min", "", "days_min", v.whole(0, 180), fallback=None),
    Column(f"{META}days_max", "", "days_max", v.whole(0, 180), fallback=None),
    Column(
        f"{META}ship_within_hours", "", "ship_within_hours", v.whole(1, 2160), fallback=None
    ),
    Column(f"{META}returns_days", "", "returns_days", v.whole(0, 365), fallback=None),
    Column(f"{META}digital", "", "digital", v.choice(DELIVERIES), fallback=None),
    Column(f"{META}grams", "", "grams", v.whole(0, 10**6), fallback=None),
    Column(f"{META}customs_code", "", "customs_code", v.code(10)),
    Column(f"{META}customs_note", "", "customs_note", v.text(200)),
    Column(f"{META}lead_days", "", "lead_days", v.whole(0, 730), fallback=None),
)  # fmt: skip


def group(parts: Sequence[Part]) -> Iterable[Product]:
    rows = [_tidy(part) for part in parts]
    parents = [row for row in rows if not _is_variation(row)]
    names: dict[str, Part] = {}
    for row in parents:
        for name in (row.get("sku"), row.get("source") and f"id:{row.get('source')}"):
            if name:
                names.setdefault(name, row)
    below: dict[int, list[Part]] = {}
    alone: dict[str, list[Part]] = {}
    for row in rows:
        if not _is_variation(row):
            continue
        if parent := names.get(row.get("parent") or ""):
            below.setdefault(parent.number, []).append(row)
        else:
            alone.setdefault(row.get("parent") or f"\n{row.number}", []).append(row)
    for parent in parents:
        yield _product(parent, below.get(parent.number, []))
    for code, orphans in alone.items():
        chosen = [replace(one, options=_attributes(one)) for one in orphans]
        yield Product("woocommerce", code.strip(), chosen, chosen)


def _product(head: Part, variations: Sequence[Part]) -> Product:
    chosen = [replace(one, options=_attributes(one)) for one in variations]
    code = head.get("code") or head.get("sku") or ""
    if not code and head.get("source"):
        code = f"#{head.get('source')}"
    facts = () if chosen or OURS.fullmatch(head.get("code") or "") else _facts(head)
    return Product("woocommerce", code, [head, *chosen], chosen or [head], facts)


def _is_variation(row: Part) -> bool:
    return "variation" in (row.get("kind") or "").casefold()


def _tidy(row: Part) -> Part:
    """Without a sale price that is only for some days; a short text leads the long one."""
    values = dict(row.values)
    if values.get("sale_from") or values.get("sale_until"):
        values["sale_price"] = None
    short, long = values.pop("short", ""), values.get("description", "")
    values["description"] = "\n\n".join(text for text in (short, long) if text)
    # “simple, downloadable, virtual”: the types follow each other in one cell.
    kinds = {kind.strip() for kind in (values.get("kind") or "").casefold().split(",")}
    if "variable" not in kinds and values.get("kind"):
        values["sent"] = not kinds & {"virtual", "downloadable"}
    return replace(row, values=values)


def _attributes(row: Part) -> Pairs:
    """What a variation chooses; a comma within a value has a backslash in front."""
    pairs = []
    for n in range(1, ATTRIBUTES + 1):
        name, value = row.get(f"attribute{n}_name"), row.get(f"attribute{n}_values")
        if name and value:
            pairs.append((" ".join(name.split()), " ".join(value.replace("\\,", ",").split())))
    return tuple(pairs)


def _facts(row: Part) -> Pairs:
    return tuple(
        (name, value.replace("\\,", ","))
        for name, value in (
            (row.get(f"attribute{n}_name"), row.get(f"attribute{n}_values"))
            for n in range(1, ATTRIBUTES + 1)
        )
        if name and value
    )


SHEET = Sheet("woocommerce", COLUMNS, frozenset(("type", "sku", "name", "regular price")), group)
