"""Pure decisions of the shop: prices, names, sentences. No database, no clock, no framework."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit import formats
from goodword.kit.money import Money

from .parcels import Template, Zone

PRIOR_PRICE_WINDOW = timedelta(days=30)  # Directive 98/6/EC, art. 6a(2)
PLAN_AHEAD = timedelta(days=365)
FEW = 5  # at most this many pieces are counted aloud
ENDLESS = 1_000_000  # stock of a digital variant that is not counted; as many as a stock can be

Options = Sequence[Sequence[str]]  # (option, value) pairs in the seller's order


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The cheapest and the dearest of several prices, in one currency."""

    low: Money
    high: Money

    @property
    def is_one(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class PricePoint:
    """From `at` (UTC) on the price was `price`, until the next point."""

    at: datetime
    price: Money


@dataclass(frozen=True, slots=True)
class Reduction:
    """The price fell at `since`; `prior` is the lowest price of the 30 days before that."""

    since: datetime
    price: Money
    prior: Money

    @property
    def is_genuine(self) -> bool:
        """Only then may the page say “reduced” (CJEU C-330/23, Aldi Süd)."""
        return self.price < self.prior

    @property
    def percent(self) -> int:
        """How much less than the prior price, in whole percent, never rounded up."""
        return max(0, (self.prior.minor - self.price.minor) * 100 // self.prior.minor)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What `missing_for_sale` needs to know about a listing."""

    title: str
    variants: int
    pictures: int
    shop_open: bool
    ships_or_made: bool  # it says how long shipping, or making, takes
    delivers: bool = True  # what is delivered at once is there


def price_range(prices: Iterable[Money]) -> PriceRange | None:
    """None when there is no price; CurrencyMismatch when they are of several currencies."""
    sorted_prices = sorted(prices)
    return PriceRange(sorted_prices[0], sorted_prices[-1]) if sorted_prices else None


def reduction(history: Sequence[PricePoint]) -> Reduction | None:
    """The last reduction that still holds, or None when the last change was none.

    `history` is one variant's, oldest first. The prior price is the lowest that was in force in
    the 30 days before the reduction, the price at the window's beginning included (Directive
    98/6/EC art. 6a(1)-(2), as amended by (EU) 2019/2161). Of several reductions in a row the last
    one counts; art. 6a(5) lets states allow the first, which promises more than is so.
    """
    steps = _changes(history)
    if len(steps) < 2 or not steps[-1].price < steps[-2].price:
        return None
    since = steps[-1].at
    opening = since - PRIOR_PRICE_WINDOW
    before = steps[:-1]
    in_force = [
        point.price for point, after in zip(before, steps[1:], strict=True) if after.at > opening
    ]
    return Reduction(since=since, price=steps[-1].price, prior=min(in_force))


def lowest_of_30_days(history: Sequence[PricePoint], now: datetime) -> Money | None:
    """The lowest price in force at any instant of the 30 days before `now`."""
    steps = _changes(history)
    ends = [*(point.at for point in steps[1:]), now][: len(steps)]
    prices = [
        point.price
        for point, end in zip(steps, ends, strict=True)
        if end > now - PRIOR_PRICE_WINDOW and point.at <= now
    ]
    return min(prices, default=None)


def _changes(history: Sequence[PricePoint]) -> list[PricePoint]:
    steps: list[PricePoint] = []
    for point in history:
        if not steps or point.price != steps[-1].price:
            steps.append(point)
    return steps


def missing_for_sale(facts: Readiness) -> list[str]:
    """What keeps a listing from being offered, one sentence each; empty when nothing does."""
    missing = []
    if not facts.shop_open:
        missing.append(_("Open your shop first."))
    if not facts.title.strip():
        missing.append(_("Give the listing a title."))
    if facts.variants == 0:
        missing.append(_("Add at least one variant with a price."))
    if facts.pictures == 0:
        missing.append(_("Add at least one picture."))
    if not facts.ships_or_made:
        missing.append(_("Say how many days shipping takes."))
    if not facts.delivers:
        missing.append(_("Attach the file or the text that is delivered at once."))
    return missing


def wrong_plan(
    offer_at: datetime | None, withdraw_at: datetime | None, *, on_sale: bool, now: datetime
) -> tuple[str, str] | None:
    """Why a listing cannot go on sale and off it at these times: (field, reason), or None.

    Each time is to come, within a year; and what is on sale goes off before it can go on again.
    """
    for field, at in (("offer_at", offer_at), ("withdraw_at", withdraw_at)):
        if at and at <= now:
            return field, "past"
        if at and at > now + PLAN_AHEAD:
            return field, "far"
    if on_sale and offer_at and not (withdraw_at and withdraw_at < offer_at):
        return "offer_at", "order_off"
    if not on_sale and withdraw_at and not offer_at:
        return "withdraw_at", "not_on"
    if not on_sale and withdraw_at and offer_at and withdraw_at <= offer_at:
        return "withdraw_at", "order_on"
    return None


def variant_name(options: Options) -> str:
    """“Celadon · 200 ml”; empty for a listing's only variant without options."""
    return " · ".join(value for _option, value in options)


def option_names(variants: Iterable[Options]) -> list[str]:
    """The options that the variants choose among, in the order in which they first appear."""
    return list(dict.fromkeys(option for options in variants for option, _value in options))


def stock_words(stock: int, *, made_to_order: bool = False) -> str:
    """What a buyer reads about how many there are, with some weight when they are few."""
    if stock <= 0:
        return _("Takes no orders now") if made_to_order else _("Sold out")
    if made_to_order:
        return ngettext("Takes %(n)s more order", "Takes %(n)s more orders", stock) % {"n": stock}
    if stock >= ENDLESS:
        return _("As many as are wanted")
    if stock <= FEW:
        return ngettext("Only %(n)s left", "Only %(n)s left", stock) % {"n": stock}
    return ngettext("%(n)s left", "%(n)s left", stock) % {"n": stock}


def shipping_words(cost: Money, days_min: int, days_max: int) -> str:
    """“Free shipping, 2–4 days”, in the reader's language."""
    price = _("Shipping %(cost)s") % {"cost": formats.money(cost)} if cost else _("Free shipping")
    if not days_max:
        return price
    if days_min == days_max:
        days = ngettext("%(n)s day", "%(n)s days", days_max) % {"n": days_max}
    else:
        days = _("%(low)s–%(high)s days") % {"low": days_min, "high": days_max}
    return _("%(price)s, %(days)s") % {"price": price, "days": days}


def shipping_from_words(template: Template) -> str:
    """“Shipping from ¥8.00, by region and weight”."""
    least = Money(min(zone.first for zone in template.zones), template.currency)
    if not least:
        return _("Free shipping to some regions, by weight to others")
    return _("Shipping from %(cost)s, by region and weight") % {"cost": formats.money(least)}


def zone_words(zone: Zone, currency: str) -> str:
    """“¥8.00 up to 1,000 g, each further 500 g ¥2.00; free from ¥99.00 of goods on”."""

    def money(minor: int) -> str:
        return formats.money(Money(minor, currency))

    words = money(zone.first) if zone.first else _("free")
    if zone.step:
        words = _("%(first)s up to %(grams)s g, each further %(step)s g %(cost)s") % {
            "first": words, "grams": formats.number(zone.first_grams),
            "step": formats.number(zone.step_grams), "cost": money(zone.step),
        }  # fmt: skip
    if zone.free_from is not None and (zone.first or zone.step):
        words += _("; free from %(sum)s of goods on") % {"sum": money(zone.free_from)}
    return words


def returns_words(days: int, *, digital: bool = False) -> str:
    """The seller's promise about sending it back."""
    if digital:
        return _("Cannot be returned once it is delivered, unless something is wrong with it")
    if days <= 0:
        return _("No returns beyond what the law gives you")
    return ngettext(
        "Can be returned within %(n)s day of receipt",
        "Can be returned within %(n)s days of receipt",
        days,
    ) % {"n": days}


def shipping_brief(least: Money, *, by_region: bool) -> str:
    """“Shipping from ¥8.00”, for a card; `least` is what the cheapest region pays."""
    if not least:
        return _("Free to some regions") if by_region else _("Free shipping")
    words = _("Shipping from %(cost)s") if by_region else _("Shipping %(cost)s")
    return words % {"cost": formats.money(least)}


def returns_brief(days: int) -> str:
    """“30 days to return it”, for a card; without a promise the law holds."""
    if days <= 0:
        return _("No returns promised")
    return ngettext("%(n)s day to return it", "%(n)s days to return it", days) % {"n": days}


def time_to_ship(*, made_to_order: bool, lead_days: int, ship_within_hours: int) -> timedelta:
    """The promised time from payment to the parcel's leaving; making comes first."""
    making = timedelta(days=lead_days) if made_to_order else timedelta()
    return making + timedelta(hours=ship_within_hours)
