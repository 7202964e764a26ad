"""The one way in: bytes of an export file to a Reading. Formats are tried in order.

A further format is one more entry in FORMATS: `recognise` says whether a text is one, and hands
what it found to `read_items`. Formats that are tables describe their columns as `columns.Column`s.
A table that nobody recognises comes last: the seller says what its columns mean.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import jsonld, merchant, shopify, table, taobao, woocommerce
from .decode import Decoded, decode
from .errors import Unreadable
from .messages import say
from .model import (
    LIMITS,
    NOTHING_SAID,
    Choices,
    Confidence,
    Draft,
    Level,
    Limits,
    Meaning,
    Notice,
    Reading,
    Refusal,
    Totals,
)
from .sheet import Sheet
from .values import cell_text

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
}


@dataclass(frozen=True, slots=True)
class Format:
    """`recognise` returns None for a text in another format.

    With `meanings` the seller may say what the columns mean.
    """

    name: str
    recognise: Callable[[str], Any | None]
    read_items: Callable[[Any, Choices, Limits], Iterator[Draft | Refusal]]
    meanings: Callable[[Any, Choices], tuple[Meaning, ...]] | None = None


def _sheet(sheet: Sheet) -> Format:
    return Format(sheet.format, sheet.recognise, sheet.read_items)


FORMATS: tuple[Format, ...] = (
    Format("taobao", taobao.recognise, taobao.read_items),
    _sheet(shopify.SHEET),
    _sheet(woocommerce.SHEET),
    _sheet(merchant.SHEET),
    Format("merchant", merchant.recognise_feed, merchant.read_feed),
    Format("jsonld", jsonld.recognise, jsonld.read_items),
    Format("table", table.recognise, table.read_items, table.meanings),
)


def read(
    data: bytes,
    *,
    filename: str | None = None,
    choices: Choices = NOTHING_SAID,
    limits: Limits = LIMITS,
) -> Reading:
    """All that an export file says, item by item; nothing is written anywhere.

    The same bytes and choices always give the same Reading. `filename` is only shown. Raises
    Unreadable (422) or TooBig (413), whose text says what to do; a row that cannot be read is a
    Refusal instead.
    """
    name = _shown_name(filename)
    decoded = decode(data, limits=limits)
    for one in FORMATS:
        found = one.recognise(decoded.text)
        if found is not None:
            items = list(one.read_items(found, choices, limits))
            columns = one.meanings(found, choices) if one.meanings else ()
            return _reading(one, name, decoded, items, columns)
    raise Unreadable("unknown_format", name=name or "?")


def _reading(
    form: Format,
    name: str,
    decoded: Decoded,
    items: list[Draft | Refusal],
    columns: tuple[Meaning, ...],
) -> Reading:
    unasked = bool(columns) and not set(table.NEEDED) <= {one.field for one in columns}
    if not items and not unasked:
        raise Unreadable("no_items")
    drafts = tuple(item for item in items if isinstance(item, Draft))
    refusals = tuple(item for item in items if isinstance(item, Refusal))
    return Reading(
        format=form.name,
        filename=name,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        drafts=drafts,
        refusals=refusals,
        notices=(*_about_letters(decoded), *(_about_columns() if unasked else ())),
        totals=Totals.of(drafts, refusals),
        columns=columns,
        asks_columns=bool(columns),
        asks_currency=any(not draft.currency_said for draft in drafts),
    )


def _about_letters(decoded: Decoded) -> Iterator[Notice]:
    if decoded.confidence is Confidence.LIKELY:
        likely = say("letters_likely", encoding=ENCODING_NAMES[decoded.encoding])
        yield Notice(0, "", Level.CHECK, likely)
    if decoded.confidence is Confidence.DAMAGED:
        yield Notice(0, "", Level.CHECK, say("letters_damaged"))
    if decoded.nul_removed:
        yield Notice(0, "", Level.INFO, say("nul_removed"))


def _about_columns() -> Iterator[Notice]:
    yield Notice(0, "", Level.CHECK, say("columns_unsaid"))


def _shown_name(filename: str | None) -> str:
    """Without folders, which name people, and without letters that a page cannot show."""
    return cell_text((filename or "").replace("\\", "/").rsplit("/", 1)[-1])[:120]
