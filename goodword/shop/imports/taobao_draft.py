"""A Taobao item's values into a draft, with a notice for everything that does not add up."""

from collections.abc import Mapping, Sequence
from typing import Any

from . import taobao_props as props
from .columns import RowRefused, shorten
from .delimited import Record
from .drafting import Notes, cut, with_contacts
from .html import Prose, bare_name, read_html, web_address
from .messages import say
from .model import (
    Draft,
    Level,
    Limits,
    Notice,
    PaidBy,
    Picture,
    PictureRole,
    Postage,
    Variant,
)
from .values import Unclear, amount, count

SKUS = "销售属性组合 (skuProps)"
PICTURES = "新图片 (picture)"
CONTACT_COLUMNS = {
    "title": ("title", "宝贝名称 (title)"),
    "subtitle": ("subtitle", "宝贝卖点 (subtitle)"),
    "description_text": ("description", "宝贝描述 (description)"),
    "variants": ("skuProps", SKUS),
}
NAMES_SHOWN = 6


def assemble(
    record: Record,
    values: Mapping[str, Any],
    notices: list[Notice],
    *,
    key: str,
    limits: Limits,
) -> Draft:
    """The draft of one row. Raises RowRefused."""
    notes = Notes(record.number, notices)
    skus, names, entries = _parse(values, notes)
    variants = _variants(skus, names, values["sku_barcodes"], notes, limits)
    price = _price(values["price"], variants, notes)
    _compare_stock(values["stock"], variants, notes)
    prose = _prose(values, notes, limits)
    brand, attributes = props.parse_inputs(values["input_pids"], values["input_values"])
    draft = Draft(
        key=key,
        rows=(record.number,),
        line=record.line,
        title=values["title"],
        price_minor=price,
        currency="CNY",
        source_id=values["source_id"],
        seller_code=values["seller_code"],
        subtitle=values["subtitle"],
        description_text=prose.text,
        stock=values["stock"],
        variants=variants,
        pictures=_pictures(entries, names, prose, notes, limits),
        location=" ".join(dict.fromkeys(p for p in (values["state"], values["city"]) if p)),
        origin=values["origin"],
        condition=values["condition"],
        brand=brand,
        attributes=attributes,
        barcode=values["barcode"],
        category=values["category"],
        postage=_postage(values),
        invoice=values["invoice"],
        warranty=values["warranty"],
        returns=values["returns"],
    )
    return with_contacts(draft, notes, CONTACT_COLUMNS)


def _parse(
    values: Mapping[str, Any], notes: Notes
) -> tuple[list[props.Sku], props.Names, list[props.PictureEntry]]:
    skus, strays = props.parse_skus(values["skus"])
    for stray in strays:
        notes.add("skuProps", Level.CHECK, "variant_unclear", column=SKUS, value=shorten(stray))
    entries, strays = props.parse_pictures(values["pictures"])
    for stray in strays:
        notes.add("picture", Level.CHECK, "picture_unclear", column=PICTURES, value=shorten(stray))
    sources = [props.parse_named(values[name]) for name in ("aliases", "own_values", "memos")]
    pairs = [pair for sku in skus for pair in sku.pairs]
    names = props.name_options(pairs + [one.pair for one in entries if one.pair], sources)
    for option, pid in names.matched.items():
        notes.add("input_custom_cpv", Level.INFO, "option_matched", option=option, pid=pid)
    for option, number in names.unnamed.items():
        notes.add("skuProps", Level.CHECK, "option_unnamed", option=option, count=number)
    named = dict.fromkeys(name for source in sources for name in source.values())
    if named and not skus:
        shown = "、".join(list(named)[:NAMES_SHOWN]) + ("…" if len(named) > NAMES_SHOWN else "")
        notes.add("skuProps", Level.CHECK, "options_without_variants", options=shown)
    return skus, names, entries


def _variants(
    skus: Sequence[props.Sku], names: props.Names, barcodes: str, notes: Notes, limits: Limits
) -> tuple[Variant, ...]:
    if len(skus) > limits.variants:
        counts = {"row": notes.row, "count": len(skus), "limit": limits.variants}
        raise RowRefused(say("variants_many", **counts))
    codes = [code.strip() for code in barcodes.split(";")]
    codes = codes[: len(skus)] if len(skus) <= len(codes) <= len(skus) + 1 else [""] * len(skus)
    variants: dict[frozenset[props.Pair], Variant] = {}
    for sku, barcode in zip(skus, codes, strict=True):
        try:
            variant = _variant(sku, names, barcode)
        except Unclear:
            shown = shorten(sku.source)
            notes.add("skuProps", Level.CHECK, "variant_unclear", column=SKUS, value=shown)
            continue
        pairs = frozenset(sku.pairs)
        if pairs in variants:
            shown = " · ".join(value for _option, value in variant.options)
            notes.add("skuProps", Level.CHECK, "variant_repeated", options=shown)
            continue
        variants[pairs] = variant
    return tuple(variants.values())


def _variant(sku: props.Sku, names: props.Names, barcode: str) -> Variant:
    """Raises Unclear: a variant needs a price, a number of pieces, and one value an option."""
    price = amount(sku.price.strip())
    if not price or len({pid for pid, _vid in sku.pairs}) < len(sku.pairs):
        raise Unclear
    return Variant(
        options=tuple((names.options[pair[0]], names.values[pair]) for pair in sku.pairs),
        price_minor=price,
        stock=count(sku.stock.strip()),
        seller_code=sku.code.strip(),
        barcode=barcode,
    )


def _price(price: int, variants: Sequence[Variant], notes: Notes) -> int:
    if not variants:
        if not price:
            raise RowRefused(say("price_zero", row=notes.row), field="price")
        return price
    lowest = min(one.price_minor for one in variants)
    if price != lowest:
        notes.add("price", Level.CHECK, "price_differs", price=_yuan(price), lowest=_yuan(lowest))
    return price or lowest


def _compare_stock(stock: int | None, variants: Sequence[Variant], notes: Notes) -> None:
    pieces = sum(one.stock for one in variants)
    if variants and stock is not None and stock != pieces:
        notes.add("num", Level.CHECK, "stock_differs", stock=stock, sum=pieces)


def _prose(values: Mapping[str, Any], notes: Notes, limits: Limits) -> Prose:
    prose = read_html(values["description"] or values["phone_description"])
    return cut(prose, notes, "description", limits)


def _pictures(
    entries: Sequence[props.PictureEntry],
    names: props.Names,
    prose: Prose,
    notes: Notes,
    limits: Limits,
) -> tuple[Picture, ...]:
    main = sorted((one for one in entries if not one.pair), key=lambda one: one.index)
    optional = [one for one in entries if one.pair]
    pictures = [_picture(one, PictureRole.MAIN, at, names) for at, one in enumerate(main)]
    pictures += [_picture(one, PictureRole.OPTION, at, names) for at, one in enumerate(optional)]
    if not main:
        notes.add("picture", Level.CHECK, "pictures_missing")
    elsewhere = sum(not one.url for one in pictures)
    if elsewhere:
        notes.add("picture", Level.INFO, "pictures_elsewhere", count=elsewhere)
    if prose.local:
        notes.add("description", Level.INFO, "pictures_local", count=len(prose.local))
    shown = [("", url) for url in prose.urls] + [(name, "") for name in prose.local]
    pictures += [
        Picture(PictureRole.DESCRIPTION, at, name=name, url=url)
        for at, (name, url) in enumerate(shown)
    ]
    return tuple(pictures[: limits.pictures])


def _picture(
    entry: props.PictureEntry, role: PictureRole, position: int, names: props.Names
) -> Picture:
    option = (names.options[entry.pair[0]], names.values[entry.pair]) if entry.pair else None
    address = web_address(entry.address)
    return Picture(role, position, name=bare_name(entry.name), url=address, option=option)


def _postage(values: Mapping[str, Any]) -> Postage:
    """The fees count only where the buyer pays them; elsewhere the columns hold leftovers."""
    buyer = values["paid_by"] is PaidBy.BUYER
    return Postage(
        paid_by=values["paid_by"],
        post_minor=values["post_fee"] if buyer else None,
        ems_minor=values["ems_fee"] if buyer else None,
        express_minor=values["express_fee"] if buyer else None,
        template=values["postage_template"],
    )


def _yuan(minor: int) -> str:
    whole, fen = divmod(minor, 100)
    return f"¥{whole:,}.{fen:02}" if fen else f"¥{whole:,}"
