"""Taobao Assistant's export: its columns, its rows, and what identifies an item.

Row 1 says `version 1.00`, row 2 names the columns in English, row 3 in Chinese, which is often
mojibake: columns are found by row 2 alone. Tab and comma, 41 to 80 columns, in any order.

`Draft.key` is `taobao:` and the item's number at Taobao. An item that was never published there
has none (num_id is 0): its key is a digest of the seller's code and the title together, since codes
repeat between items and are often empty. A second item with the same code and title gets `:2`.
Who changes the title of an unpublished item imports a new one.
"""

import hashlib
from collections.abc import Iterator, Mapping

from . import values as v
from .columns import Column, RowRefused, positions, read_values, shorten
from .delimited import Record, Table, find_table, records
from .errors import TooBig, Unreadable
from .messages import say
from .model import Choices, Condition, Draft, Level, Limits, Notice, PaidBy, Refusal
from .taobao_draft import assemble

TITLE, LINE = 300, 500  # characters

COLUMNS: tuple[Column, ...] = (
    Column("title", "宝贝名称", "title", v.text(TITLE), required=True),
    Column("price", "宝贝价格", "price", v.amount, required=True),
    Column("num", "宝贝数量", "stock", v.optional(v.count), fallback=None),
    Column("description", "宝贝描述", "description", v.as_is),
    Column("wireless_desc", "无线详情", "phone_description", v.as_is),
    Column("subtitle", "宝贝卖点", "subtitle", v.text(LINE)),
    Column("skuProps", "销售属性组合", "skus", v.as_is),
    Column("propAlias", "销售属性别名", "aliases", v.as_is),
    Column("input_custom_cpv", "自定义属性值", "own_values", v.as_is),
    Column("cpv_memo", "属性值备注", "memos", v.as_is),
    Column("inputPids", "用户输入ID串", "input_pids", v.as_is),
    Column("inputValues", "用户输入名-值对", "input_values", v.as_is),
    Column("picture", "新图片", "pictures", v.as_is),
    Column("outer_id", "商家编码", "seller_code", v.code(LINE)),
    Column("num_id", "数字ID", "source_id", v.identifier),
    Column("cid", "宝贝类目", "category", v.identifier),
    Column("barcode", "商品条形码", "barcode", v.code(64)),
    Column("sku_barcode", "sku 条形码", "sku_barcodes", v.as_is),
    Column(
        "stuff_status",
        "新旧程度",
        "condition",
        v.choice({"1": Condition.NEW, "2": Condition.USED}),
        fallback=None,
    ),
    Column("location_state", "省", "state", v.text(LINE)),
    Column("location_city", "城市", "city", v.text(LINE)),
    Column("global_stock_country", "国家地区", "origin", v.text(LINE)),
    Column(
        "freight_payer",
        "运费承担",
        "paid_by",
        v.choice({"0": None, "1": PaidBy.SELLER, "2": PaidBy.BUYER}),
        fallback=None,
    ),
    Column("post_fee", "平邮", "post_fee", v.optional(v.amount), fallback=None),
    Column("ems_fee", "EMS", "ems_fee", v.optional(v.amount), fallback=None),
    Column("express_fee", "快递", "express_fee", v.optional(v.amount), fallback=None),
    Column("postage_id", "邮费模版ID", "postage_template", v.identifier),
    Column("has_invoice", "发票", "invoice", v.flag, fallback=None),
    Column("has_warranty", "保修", "warranty", v.flag, fallback=None),
    Column("newprepay", "7天退货", "returns", v.flag, fallback=None),
)
KNOWN = frozenset(column.name.casefold() for column in COLUMNS)
OWN = frozenset(("cid", "stuff_status", "skuprops", "propalias", "num_id", "outer_id"))
LAST_NEEDED = ("title", "price", "num", "skuProps", "outer_id", "num_id")


def recognise(text: str) -> Table | None:
    """The table, if the text has Taobao's row of English names. Raises Unreadable when it lacks
    the columns without which no listing can be made."""
    table = find_table(text, known=KNOWN, at_least=6)
    if table is None or len(OWN & {name.casefold() for name in table.names}) < 2:
        return None
    places = positions(table, COLUMNS)
    missing = [column.title for column in COLUMNS if column.required and column.name not in places]
    if missing:
        raise Unreadable("column_missing", columns="、".join(missing))
    return table


def read_items(table: Table, choices: Choices, limits: Limits) -> Iterator[Draft | Refusal]:
    """One draft or refusal for each row below the names. Raises TooBig."""
    places = positions(table, COLUMNS)
    needed = 1 + max(places[name] for name in LAST_NEEDED if name in places)
    met: dict[str, tuple[int, int]] = {}
    rows = 0
    for record in records(table, needed=needed, limits=limits):
        if record.number == table.number + 1 and _is_row_of_names(record, places):
            continue
        rows += 1
        if rows > limits.items:
            raise TooBig("too_many_items", limit=limits.items)
        if record.fault:
            yield Refusal(record.number, record.fault)
            continue
        try:
            yield _read_item(record, places, met, choices, limits)
        except RowRefused as refused:
            title = _cell(record, places, "title")
            yield Refusal(record.number, refused.message, refused.field, shorten(title))


def _cell(record: Record, places: Mapping[str, int], name: str) -> str:
    place = places.get(name, len(record.cells))
    return record.cells[place] if place < len(record.cells) else ""


def _is_row_of_names(record: Record, places: Mapping[str, int]) -> bool:
    """Row 3, in whatever letters: an item would have digits for its price, stock or category."""
    cells = [
        record.cells[places[n]] for n in ("price", "num", "cid") if n in places and record.cells
    ]
    return bool(cells) and not any(letter.isdigit() for cell in cells for letter in cell)


def _read_item(
    record: Record,
    places: Mapping[str, int],
    met: dict[str, tuple[int, int]],
    choices: Choices,
    limits: Limits,
) -> Draft:
    """`met` keeps, by key, the first row that became a draft and how many did."""
    values, notices = read_values(record, COLUMNS, places, choices.fixes.get(record.number))
    key = _key(values["source_id"], values["seller_code"], values["title"])
    first, times = met.get(key, (record.number, 0))
    if times and values["source_id"]:
        twice = {"row": record.number, "first": first}
        raise RowRefused(say("row_repeated", **twice, id=values["source_id"]))
    if times:
        notices.append(Notice(record.number, "title", Level.CHECK, say("twin", first=first)))
    own = f"{key}:{times + 1}" if times else key
    draft = assemble(record, values, notices, key=own, limits=limits)
    met[key] = first, times + 1
    return draft


def _key(source_id: str, seller_code: str, title: str) -> str:
    if source_id:
        return f"taobao:{source_id}"
    words = " ".join(title.split()).casefold()
    digest = hashlib.sha256(f"{seller_code.strip()}\n{words}".encode()).hexdigest()
    return f"taobao:~{digest[:32]}"
