"""Cells into values. A converter takes a cell's text and returns a value, or raises Unclear.

Amounts come as minor units of the yuan (fen). Exports carry what their program's memory held:
postage of 9.70802e-39 yuan is zero.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

T = TypeVar("T")
Convert = Callable[[str], T]

FEN = Decimal("0.01")
AMOUNT_LIMIT = Decimal(10) ** 11
_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{0,60})?)(?:[eE]([+-]?\d{1,4}))?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}", re.ASCII)
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Unclear(ValueError):
    """The cell says something, but not what it should; `code` is the notice to give.

    `instead` is the value to go on with, if there is one.
    """

    def __init__(self, code: str = "value_unclear", *, instead: object = None) -> None:
        super().__init__(code)
        self.code = code
        self.instead = instead


def visible(text: str) -> str:
    """`text` without control characters and without those that turn the direction of reading."""
    return _CONTROL.sub("", text)


def cell_text(raw: str) -> str:
    """A cell without control and direction characters, without space around it.

    `="0012"` is how people keep spreadsheets from eating zeros: it means 0012.
    """
    text = visible(raw).strip()
    kept = _QUOTED.fullmatch(text)
    return kept.group(1) if kept else text


def text(limit: int) -> Convert[str]:
    """One line of at most `limit` characters; line breaks become spaces."""

    def convert(cell: str) -> str:
        line = " ".join(cell.split())
        if len(line) > limit:
            raise Unclear("value_cut", instead=line[:limit].rstrip())
        return line

    return convert


def as_is(cell: str) -> str:
    return cell


def amount(cell: str) -> int:
    """Fen. "649", "649.00", "￥1,519" and "6.49E+2" are amounts; -1 and 12.345 are not."""
    plain = unicodedata.normalize("NFKC", cell).strip().removeprefix("¥").removesuffix("元").strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise Unclear
    value = Decimal(found[1]).scaleb(int(found[2] or 0))
    if value >= AMOUNT_LIMIT:
        raise Unclear
    rounded = value.quantize(FEN, rounding=ROUND_HALF_EVEN)
    if rounded != value and value >= Decimal("0.005"):
        raise Unclear
    return int(rounded * 100)


def count(cell: str) -> int:
    """Pieces: a whole number from 0 to 999,999,999; "12.00" is 12."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    whole, _point, zeros = plain.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 9) or zeros.strip("0"):
        raise Unclear
    return int(whole)


def optional(convert: Convert[T]) -> Convert[T | None]:
    """None for an empty cell."""
    return lambda cell: convert(cell) if cell else None


def identifier(cell: str) -> str:
    """The old shop's number of something; "" for none and for 0."""
    if _ROUNDED.fullmatch(cell):
        raise Unclear("value_rounded")
    if not cell.strip("0"):
        return ""
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 32):
        raise Unclear
    return cell


def code(limit: int) -> Convert[str]:
    """The seller's own code: any short text, but not one that a spreadsheet has rounded."""
    one_line = text(limit)

    def convert(cell: str) -> str:
        if _ROUNDED.fullmatch(cell):
            raise Unclear("value_rounded")
        return one_line(cell)

    return convert


def choice(meanings: Mapping[str, T]) -> Convert[T | None]:
    """What a code means; None for an empty cell."""

    def convert(cell: str) -> T | None:
        if not cell:
            return None
        if cell.casefold() not in meanings:
            raise Unclear("value_unknown")
        return meanings[cell.casefold()]

    return convert


flag = choice({"1": True, "0": False, "true": True, "false": False})
