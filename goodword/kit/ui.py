"""What the component templates compute: initials, tints, parts of a price, the price chart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zlib import crc32

from markupsafe import Markup

from . import formats
from .money import Money, exponent

TINTS = 8
WIDTH, HEIGHT, EDGE = 320, 72, 6  # of the price chart, in SVG units


class MoneyParts(NamedTuple):
    """A price as its language writes it, cut where the type size changes."""

    before: str
    whole: str
    fraction: str
    after: str


@dataclass(frozen=True, slots=True)
class PriceSteps:
    """SVG paths of a price over time: a step at each change, flat until the next."""

    width: int
    height: int
    line: str
    area: str
    low: Money
    high: Money


def tint(key: str) -> int:
    """One of the eight tints, always the same for the same key."""
    return crc32(str(key).encode()) % TINTS


def initial(name: str) -> str:
    """The sign on a face without a picture: a Chinese name's last character, else a letter."""
    letters = [sign for sign in name if sign.isalnum()]
    if not letters:
        return "·"
    chinese = len(letters) <= 4 and all("一" <= sign <= "鿿" for sign in letters)
    return letters[-1] if chinese else letters[0].upper()


def money_parts(value: Money) -> MoneyParts:
    """“¥1,234.50” as ("¥", "1,234", ".50", ""); currencies without minor units have no fraction."""
    text = formats.money(value)
    digits = exponent(value.currency)
    fraction = rf"(\D\d{{{digits}}})" if digits else "()"
    found = re.fullmatch(rf"(\D*)(\d.*?){fraction}(\D*)", text)
    if found is None:
        return MoneyParts("", text, "", "")
    return MoneyParts(found[1], found[2], found[3], found[4])


def price_steps(points: Sequence[tuple[datetime, Money]]) -> PriceSteps:
    """The chart of (since, price) pairs, oldest first; the last price holds to the right edge."""
    prices = [price for _since, price in points]
    low, high = min(prices), max(prices)
    first = points[0][0]
    span = (points[-1][0] - first).total_seconds() or 1.0
    rise = high.minor - low.minor

    def x(since: datetime) -> float:
        return (since - first).total_seconds() / span * (WIDTH * 0.9)

    def y(price: Money) -> float:
        share = (price.minor - low.minor) / rise if rise else 0.5
        return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)

    line = f"M0 {y(prices[0]):.1f}" + "".join(
        f"H{x(since):.1f}V{y(price):.1f}" for since, price in points[1:]
    )
    line += f"H{WIDTH}"
    return PriceSteps(WIDTH, HEIGHT, line, f"{line}V{HEIGHT}H0Z", low, high)


def sentences(said: Sequence[str]) -> Markup:
    """Sentences that follow one another: Chinese has no space after its full stop."""
    gap = "" if formats.locale() == "zh_Hans" else " "
    return Markup(gap).join(one for one in said if one)  # noqa: S704  # the gap is ours


FILTERS = {
    "tint": tint, "initial": initial, "money_parts": money_parts, "price_steps": price_steps,
    "sentences": sentences,
}  # fmt: skip
