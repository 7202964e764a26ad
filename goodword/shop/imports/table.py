"""A table that nobody knows: its columns get their meaning by their names, or from the seller.

`NAMES` says which names are taken for what, in the languages that shops export in. What the
seller chooses on the page (`Choices.columns`) counts instead. A column that is called an option is
one that the variants of a product differ in; rows with one code are variants of one product.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import values as v
from .columns import Column, shorten
from .delimited import Table, any_table, records
from .goods import CODE, CONDITIONS, LINE, TITLE, Part, Product
from .model import Choices, Draft, Limits, Meaning, Refusal
from .sheet import by_code, cells_of, part_of, read_products

LEAST = 3  # columns of a table that nobody recognises
OPTION = "option"
NEEDED = ("title", "price")

AGE = {**CONDITIONS, "全新": CONDITIONS["new"], "二手": CONDITIONS["used"]}
FIELDS: Mapping[str, tuple[v.Convert[Any], Any]] = {
    "title": (v.text(TITLE), ""),
    "price": (v.price, None),
    "currency": (v.currency, ""),
    "stock": (v.quantity, None),
    "code": (v.code(LINE), ""),
    "sku": (v.code(CODE), ""),
    "description": (v.as_is, ""),
    "brand": (v.text(LINE), ""),
    "origin": (v.text(LINE), ""),
    "condition": (v.choice(AGE), None),
    "category": (v.text(LINE), ""),
    "barcode": (v.code(64), ""),
    "pictures": (v.addresses, ()),
    "shipping": (v.price, None),
    "returns_days": (v.whole(0, 365), None),
    "lead_days": (v.whole(0, 730), None),
    OPTION: (v.text(LINE), ""),
}

NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title name product product_name item item_name titel bezeichnung artikel nom titre nombre",
        "标题 名称 商品名称 商品名 宝贝名称 品名 標題 名稱 商品名稱",
    ),
    "price": (
        "price unit_price sale_price amount preis prix precio",
        "价格 售价 单价 价钱 商品价格 價格 售價 單價",
    ),
    "currency": ("currency währung devise", "货币 币种 貨幣 幣別"),
    "stock": (
        "stock quantity qty inventory bestand menge",
        "库存 数量 件数 库存数量 庫存 數量",
    ),
    "code": (
        "code id handle item_id product_id product_code artikelnummer référence",
        "编码 货号 商家编码 商品编码 编号 款号 編號 貨號",
    ),
    "sku": ("sku sku_code", "规格编码"),
    "description": ("description details body beschreibung", "描述 详情 商品描述 说明 介绍 說明"),
    "brand": ("brand vendor manufacturer marke marque", "品牌"),
    "origin": ("origin country herkunft", "产地 原产地 產地"),
    "condition": ("condition zustand", "成色 新旧"),
    "category": ("category type kategorie", "分类 类目 类别 分類"),
    "barcode": ("barcode ean gtin upc isbn", "条码 条形码 條碼"),
    "pictures": (
        "image images picture pictures image_url photo bild",
        "图片 主图 图片地址 圖片",
    ),
    "shipping": ("shipping shipping_cost postage versand", "运费 邮费 運費"),
    OPTION: (
        "color colour size material farbe größe",
        "颜色 尺码 规格 尺寸 款式 顏色 尺碼",
    ),
}
GUESSES = {name: field for field, lines in NAMES.items() for line in lines for name in line.split()}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A table, with an example of each column."""

    table: Table
    examples: tuple[str, ...]


def recognise(text: str) -> Unknown | None:
    table = any_table(text, columns=2)
    if table is None:
        return None
    guessed = sum(bool(guess(name)) for name in table.names)
    if guessed < 2 and len(table.names) < LEAST:
        return None
    first = next((one.cells for one in records(table, needed=1) if not one.fault), ())
    examples = [first[at] if at < len(first) else "" for at in range(len(table.names))]
    return Unknown(table, tuple(examples))


def guess(name: str) -> str:
    """Our field for a column of that name, or ""."""
    return GUESSES.get("_".join(name.casefold().replace("-", " ").split()), "")


def chosen(found: Unknown, choices: Choices) -> dict[str, str]:
    """Our field by column; each is taken by one column only, options by several."""
    fields: dict[str, str] = {}
    for name in found.table.names:
        field = choices.columns.get(name, "") if choices.columns else guess(name)
        if field in FIELDS and (field == OPTION or field not in fields.values()):
            fields[name] = field
    return fields


def meanings(found: Unknown, choices: Choices) -> tuple[Meaning, ...]:
    fields = chosen(found, choices)
    return tuple(
        Meaning(name, shorten(example), fields.get(name, ""))
        for name, example in zip(found.table.names, found.examples, strict=True)
    )


def read_items(found: Unknown, choices: Choices, limits: Limits) -> Iterator[Draft | Refusal]:
    """One draft or refusal for each product; nothing as long as a column is missing. TooBig."""
    fields = chosen(found, choices)
    if not set(NEEDED) <= set(fields.values()):
        return
    columns = [
        Column(name, "", f"{OPTION}:{name}" if field == OPTION else field, *FIELDS[field][:1],
               fallback=FIELDS[field][1])
        for name, field in fields.items()
    ]  # fmt: skip
    options = [name for name, field in fields.items() if field == OPTION]
    rows: list[Part | Refusal] = []
    for one in cells_of(found.table, columns, choices, limits):
        if one.fault and not one.cells:
            rows.append(Refusal(one.number, one.fault.message))
            continue
        part = part_of(one, columns)
        pairs = ((name, part.get(f"{OPTION}:{name}") or "") for name in options)
        rows.append(replace(part, options=tuple(pair for pair in pairs if pair[1])))
    by_field = {column.field: column for column in columns}
    yield from read_products(rows, group, by_field, choices, limits)


def group(parts: Sequence[Part]) -> Iterable[Product]:
    for code, rows in by_code(parts).items():
        own = code.strip() if rows[0].get("code") else ""
        sku = rows[0].get("sku") or ""
        varied = len(rows) > 1 or bool(rows[0].options)
        yield Product("table", own or ("" if varied else sku), rows, rows if varied else ())
