"""The one way in: bytes of an export file to a Reading. Formats are tried in order.

A further format is one more entry in FORMATS: `recognise` says whether a text is one, and hands
what it found to `read_items`. Formats that are tables describe their columns as `columns.Column`s.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import taobao
from .decode import Decoded, decode
from .errors import Unreadable
from .messages import say
from .model import LIMITS, Confidence, Draft, Level, Limits, Notice, Reading, Refusal, Totals
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
    """`recognise` returns None for a text in another format."""

    name: str
    recognise: Callable[[str], Any | None]
    read_items: Callable[[Any, Limits], Iterator[Draft | Refusal]]


FORMATS: tuple[Format, ...] = (Format("taobao", taobao.recognise, taobao.read_items),)


def read(data: bytes, *, filename: str | None = None, limits: Limits = LIMITS) -> Reading:
    """All that an export file says, item by item; nothing is written anywhere.

    The same bytes always give the same Reading. `filename` is only shown. Raises Unreadable (422)
    or TooBig (413), whose text says what to do; a row that cannot be read is a Refusal instead.
    """
    name = _shown_name(filename)
    decoded = decode(data, limits=limits)
    for one in FORMATS:
        found = one.recognise(decoded.text)
        if found is not None:
            return _reading(one, name, decoded, list(one.read_items(found, limits)))
    raise Unreadable("unknown_format", name=name or "?")


def _reading(form: Format, name: str, decoded: Decoded, items: list[Draft | Refusal]) -> Reading:
    if not items:
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
        notices=tuple(_about_letters(decoded)),
        totals=Totals.of(drafts, refusals),
    )


def _about_letters(decoded: Decoded) -> Iterator[Notice]:
    if decoded.confidence is Confidence.LIKELY:
        likely = say("letters_likely", encoding=ENCODING_NAMES[decoded.encoding])
        yield Notice(0, "", Level.CHECK, likely)
    if decoded.confidence is Confidence.DAMAGED:
        yield Notice(0, "", Level.CHECK, say("letters_damaged"))
    if decoded.nul_removed:
        yield Notice(0, "", Level.INFO, say("nul_removed"))


def _shown_name(filename: str | None) -> str:
    """Without folders, which name people, and without letters that a page cannot show."""
    return cell_text((filename or "").replace("\\", "/").rsplit("/", 1)[-1])[:120]
