"""Amounts: integer minor units with their ISO 4217 currency; never floats, never mixed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering

from babel.core import get_global
from babel.numbers import format_currency, list_currencies
from django.utils.translation import gettext as _

from .errors import Invalid

LIMIT = 2**53 - 1  # the largest integer that JSON readers keep exactly
CURRENCIES = frozenset(list_currencies("en"))


class CurrencyMismatch(TypeError):
    """Two currencies met in one sum; that is a fault of ours, never the member's."""


def exponent(currency: str) -> int:
    """Digits after the point in `currency` (ISO 4217 as in CLDR): 2 for CNY, 0 for JPY."""
    fractions = get_global("currency_fractions")
    return int(fractions.get(currency, fractions["DEFAULT"])[0])


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units (fen, cents, yen) of `currency`; may be negative as a difference."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:  # a bool is an int, and no amount
            raise TypeError("Money counts whole minor units")
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"{self.currency!r} is no ISO 4217 code")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    @property
    def amount(self) -> Decimal:
        """In major units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def format(self, locale: str = "en") -> str:
        """As people of `locale` write it: ¥1,234.50, €12.00."""
        return format_currency(self.amount, self.currency, locale=locale.replace("-", "_"))

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self} with {other}")
        return other.minor


def total(amounts: Sequence[Money]) -> Money:
    """The sum of at least one amount, all in one currency."""
    return sum(amounts[1:], amounts[0])


def allocate(total: Money, weights: Sequence[int]) -> list[Money]:
    """Split `total` by `weights` without losing a unit (largest remainder, Hamilton's method).

    Ties go to the earlier weight. The parts sum to `total` exactly.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative with a positive sum")
    shares = [divmod(total.minor * weight, whole) for weight in weights]
    parts = [share for share, _rest in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-shares[i][1], i))
    for i in by_remainder[: total.minor - sum(parts)]:
        parts[i] += 1
    return [Money(part, total.currency) for part in parts]


# What stands between digits says what it is: groups have three digits, cents one or two.
PLAIN = re.compile(r"(\d+\.?|\d*\.\d+)")
GROUPS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")  # 1,234.50
COMMA = re.compile(r"\d+,\d{1,2}")  # 99,5 as half of Europe writes it
POINTS = re.compile(r"\d{1,3}(\.\d{3})+,\d{1,2}")  # 1.234,50


def parse_amount(text: str, currency: str) -> Money:
    """What a person typed as a price ("1,234.50", "12", "99,5") as Money; Invalid when unclear."""
    cleaned = re.sub(r"[\s'’]", "", unicodedata.normalize("NFKC", text)).lstrip("¥€$£")
    sign = cleaned[:1] if cleaned[:1] in ("-", "+") else ""
    digits = cleaned.removeprefix(sign).lstrip("¥€$£")
    if PLAIN.fullmatch(digits):
        plain = digits
    elif GROUPS.fullmatch(digits) and not ("." not in digits and exponent(currency) > 2):
        plain = digits.replace(",", "")
    elif COMMA.fullmatch(digits) or POINTS.fullmatch(digits):
        plain = digits.replace(".", "").replace(",", ".")
    else:
        raise Invalid(_("“%(text)s” is no amount. Write it like 12.50.") % {"text": text})
    value = Decimal(sign + plain)
    if abs(value) > LIMIT:
        raise Invalid(_("That amount is too large."))
    # Zeros count, too: whoever writes 1.000 may mean a thousand.
    if len(plain.partition(".")[2]) > exponent(currency):
        if not exponent(currency):
            raise Invalid(
                _("%(currency)s has no parts: write a whole number.") % {"currency": currency}
            )
        raise Invalid(
            _("%(currency)s has %(digits)s digits after the point. Write fewer.")
            % {"currency": currency, "digits": exponent(currency)}
        )
    minor = int(value.scaleb(exponent(currency)))
    if abs(minor) > LIMIT:
        raise Invalid(_("That amount is too large."))
    return Money(minor, currency)
