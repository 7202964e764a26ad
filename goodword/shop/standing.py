"""How often what a seller sold came back, or was disputed, as buyers read it.

Cases are looked after above: that domain registers itself here as the one who counts. Nothing of
it is stored with the shop, so no seller can raise, lower or hide it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit import clock, formats, house


@dataclass(frozen=True, slots=True)
class Counted:
    """Of `orders` that reached their buyers in the last year, how many came back by agreement,
    and of how many a dispute ended with money going back."""

    orders: int
    returned: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The counts as rates; below `needed` orders there are none, since one order would be one."""

    counted: Counted
    needed: int

    @property
    def is_told(self) -> bool:
        return self.counted.orders >= self.needed

    @property
    def returned_percent(self) -> int | None:
        return share(self.counted.returned, self.counted.orders) if self.is_told else None

    @property
    def disputed_percent(self) -> int | None:
        return share(self.counted.disputed, self.counted.orders) if self.is_told else None

    @property
    def sentence(self) -> str:
        """“Of 41 orders in a year 3 came back (7 %), and 1 dispute was the buyer’s (2 %).”"""
        n = self.counted.orders
        if not self.is_told:
            return ngettext(
                "Return and dispute rates are told from %(needed)s completed order on.",
                "Return and dispute rates are told from %(needed)s completed orders on.",
                self.needed,
            ) % {"needed": formats.number(self.needed)}
        return _(
            "Of the last year’s %(n)s orders, %(returned)s came back (%(back)s) and %(disputed)s "
            "ended in a dispute in which the buyer got money back (%(lost)s)."
        ) % {
            "n": formats.number(n),
            "returned": formats.number(self.counted.returned),
            "disputed": formats.number(self.counted.disputed),
            "back": self.returned_words,
            "lost": self.disputed_words,
        }

    @property
    def returned_words(self) -> str:
        return percent(self.counted.returned, self.counted.orders)

    @property
    def disputed_words(self) -> str:
        return percent(self.counted.disputed, self.counted.orders)


def share(part: int, whole: int) -> int:
    """In whole percent, halves up."""
    return (200 * part + whole) // (2 * whole)


def percent(part: int, whole: int) -> str:
    """“7 %”; what is more than nothing never reads as nothing."""
    if part and not share(part, whole):
        return _("under 1 %%") % {}
    return _("%(n)s %%") % {"n": formats.number(share(part, whole))}


Count = Callable[[datetime, UUID | None, UUID | None], Counted]
_counts: list[Count] = []


def register(count: Count) -> None:
    """Have one domain count, by (now, shop, listing). Raises TypeError for a second one."""
    if _counts:
        raise TypeError("it is counted already")
    _counts.append(count)


def of_listing(listing: UUID, now: datetime | None = None) -> Standing:
    """Of one listing; the caller has asked whether the viewer may see it."""
    return _standing(now or clock.now(), None, listing)


def of_shop(shop: UUID, now: datetime | None = None) -> Standing:
    """Of everything that the shop ever sold; the caller has asked likewise."""
    return _standing(now or clock.now(), shop, None)


def _standing(now: datetime, shop: UUID | None, listing: UUID | None) -> Standing:
    counted = _counts[0](now, shop, listing) if _counts else Counted(0, 0, 0)
    return Standing(counted, house.rules(now).rates_from)
