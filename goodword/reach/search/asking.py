"""What somebody looks for, as it came in, made sense of. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from babel.numbers import get_territory_currencies
from django.utils.translation import gettext as _

from goodword.kit import search
from goodword.kit.errors import Invalid
from goodword.kit.money import parse_amount
from goodword.people.rules import HANDLE
from goodword.shop.forms import currencies
from goodword.shop.search import Prices

LONGEST = 200  # characters of a query
NAME = re.compile(r"@?(" + HANDLE.pattern + ")")


class Tab(StrEnum):
    """What is looked through."""

    ALL = "all"  # a few people and listings, and every moment
    MOMENTS = "moments"
    PEOPLE = "people"
    LISTINGS = "listings"


class NotAsked(Invalid):
    """There is nothing in it that could be found."""

    def __init__(self) -> None:
        super().__init__(_("Signs alone cannot be found. Type a word, a name or a handle."))


class TooLong(Invalid):
    """Longer than anybody's question."""

    def __init__(self) -> None:
        super().__init__(
            _("A search has at most %(most)s characters. Use fewer words.") % {"most": LONGEST}
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of the form as they were typed."""

    q: str = ""
    tab: Tab = Tab.ALL
    after: str = ""
    friends: bool = False
    low: str = ""
    high: str = ""
    currency: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str], *, region: str) -> "Asked":
        """From a query string; an unknown choice is the first one."""
        show, currency = data.get("show", ""), data.get("currency", "")
        return cls(
            q=data.get("q", "").strip(),
            tab=Tab(show) if show in set(Tab) else Tab.ALL,
            after=data.get("after", ""),
            friends=data.get("from") == "friends",
            low=data.get("low", "").strip(),
            high=data.get("high", "").strip(),
            currency=currency if currency in currencies() else currency_of(region),
        )

    def query(self) -> search.Query:
        """Raises NotAsked, TooLong."""
        if len(self.q) > LONGEST:
            raise TooLong
        query = search.parse(self.q)
        if not query.phrases:
            raise NotAsked
        return query

    def prices(self) -> Prices | None:
        """Raises Invalid for what is no amount."""
        if self.tab != Tab.LISTINGS or not (self.low or self.high):
            return None
        low, high = (
            parse_amount(text, self.currency) if text else None for text in (self.low, self.high)
        )
        return Prices(self.currency, low, high)

    @property
    def handle(self) -> str:
        """The handle that it may be, else empty."""
        found = NAME.fullmatch(self.q.lower())
        return found[1] if found else ""

    def address(self, tab: str, after: str = "") -> str:
        """The query string of the same question to another part, or further on."""
        values = {"q": self.q, "show": "" if tab == Tab.ALL else tab}
        if tab == Tab.LISTINGS and self.tab == Tab.LISTINGS:
            values |= {"from": "friends" if self.friends else "", "low": self.low}
            values |= {
                "high": self.high,
                "currency": self.currency if self.low or self.high else "",
            }
        values["after"] = after
        return "?" + urlencode({name: value for name, value in values.items() if value})


def currency_of(region: str) -> str:
    """What somebody there pays with, if it is a currency of the shops; else the house's own."""
    usual = get_territory_currencies(region, tender=True) if region else []
    offered = currencies()
    return next((one for one in usual if one in offered), offered[0])
