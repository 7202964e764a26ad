"""Cells into values. A converter takes a cell's text and returns a value, or raises Unclear.

Amounts come as minor units of the yuan (fen). Exports carry what their program's memory held:
postage of 9.70802e-39 yuan is zero.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

from goodword.kit.money import CURRENCIES, exponent

T = TypeVar("T")
Convert = Callable[[str], T]

FEN = Decimal("0.01")
AMOUNT_LIMIT = Decimal(10) ** 11
_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{0,60})?)(?:[eE]([+-]?\d{1,4}))?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}", re.ASCII)
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "", "$": "", "元": ""}
_DECIMAL_COMMA = re.compile(r"\d{1,3}(?:[. ]?\d{3})*,\d{1,2}", re.ASCII)
_PLAIN_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{0,9})?", re.ASCII)
_OWED = re.compile(r"-\d{1,9}(?:\.0*)?", re.ASCII)
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


@dataclass(frozen=True, slots=True)
class Priced:
    """An amount in major units; `currency` is "" when the cell names none."""

    amount: Decimal
    currency: str = ""

    def minor(self, currency: str) -> int:
        """Minor units in its own currency, or else in `currency`. Raises Unclear."""
        scaled = self.amount.scaleb(exponent(self.currency or currency))
        if scaled != scaled.to_integral_value():
            raise Unclear
        return int(scaled)


def price(cell: str) -> Priced | None:
    """The amount in “1275.00 SEK”, “€ 12,50”, “CNY 88” or “1,234.50”; None for an empty cell.

    A comma before one or two last digits is a decimal comma, before three it groups thousands.
    """
    plain = unicodedata.normalize("NFKC", cell).strip()
    if not plain:
        return None
    currency = ""
    if code := _CODE.search(plain):
        currency = code.group()
        plain = (plain[: code.start()] + plain[code.end() :]).strip()
    for sign, its in _SIGNS.items():
        if sign in plain:
            plain = plain.replace(sign, "", 1).strip()
            currency = currency or its
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(".", "").replace(" ", "").replace(",", ".")
    if not _PLAIN_AMOUNT.fullmatch(plain) or Decimal(plain) >= AMOUNT_LIMIT:
        raise Unclear
    return Priced(Decimal(plain), currency)


def last_price(cell: str) -> Priced | None:
    """The price at the end of “CN:::12.00 CNY”, as tables write a feed's shipping."""
    one = cell.split(",", maxsplit=1)[0] if cell.count(":") > 3 else cell
    return price(one.rsplit(":", 1)[-1])


def currency(cell: str) -> str:
    """An ISO 4217 code, or ""."""
    code = cell.strip().upper()
    if code and code not in CURRENCIES:
        raise Unclear
    return code


def quantity(cell: str) -> int | None:
    """Pieces; less than none, as shops count what they owe, is none. None for an empty cell."""
    if not cell:
        return None
    return 0 if _OWED.fullmatch(cell) else count(cell)


def whole(low: int, high: int) -> Convert[int | None]:
    """A whole number between the two, None for an empty cell."""

    def convert(cell: str) -> int | None:
        if not cell:
            return None
        number = count(cell)
        if not low <= number <= high:
            raise Unclear
        return number

    return convert


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


YES_NO = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False}
flag = choice({"1": True, "0": False, "true": True, "false": False})


def addresses(cell: str) -> tuple[str, ...]:
    """The addresses of pictures, with commas or spaces between them."""
    return tuple(one for one in re.split(r"[,|]\s*(?=https?:|//)|\s+", cell) if one)
