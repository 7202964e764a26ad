"""What a seller hands in about a listing, cleaned and checked before anything is written."""

from collections import Counter
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid
from goodword.kit.formats import money
from goodword.kit.money import CURRENCIES, Money

from . import asking
from .asking import Ask
from .rules import variant_name
from .states import Condition, Digital

TITLE = 120  # characters, as in models
TEXT = 20_000
VARIANTS = 1_000
AS_IT_IS = "as it is"
OPTIONS = 4  # kinds of choice per listing
PRICE = 10**12  # minor units
STOCK = 1_000_000
GRAMS = 1_000_000  # of one piece


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDraft:
    """One thing to buy. `id` names the variant that it changes; `stock_seen` is what the seller's
    form showed, so that pieces sold meanwhile stay sold."""

    price: Money
    stock: int
    options: tuple[tuple[str, str], ...] = ()
    seller_code: str = ""
    id: UUID | None = None
    stock_seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDraft:
    """A listing as its seller wants it. `ship_within_hours` None takes the house rule.

    `shipping` None is free; `shipping_days` (least, most) are days on the way; `template` is one of
    the seller's, which says both in their place. `grams` is one piece's weight, packed.
    `digital` (of `states.Digital`) is never sent: nothing of shipping, customs and weight counts.
    `lead_days` is the time to make it, for made-to-order listings only; `asks` is what a buyer
    chooses there to get a quote. What old shops know nothing of may stay as it is: AS_IT_IS, None.
    `offer` puts it on sale at once.
    """

    title: str
    variants: tuple[VariantDraft, ...]
    description: str = ""
    currency: str = "CNY"
    condition: str = Condition.NEW
    brand: str = ""
    origin: str = ""
    returns_days: int = 7
    ship_within_hours: int | None = None
    shipping: Money | None = None
    shipping_days: tuple[int, int] = (2, 5)
    template: UUID | str | None = AS_IT_IS
    digital: str | None = None
    grams: int | None = None
    customs_code: str | None = None
    customs_note: str | None = None
    made_to_order: bool = False
    lead_days: int = 0
    asks: tuple[Ask, ...] | None = None
    offer: bool = True


class BadListing(Invalid):
    """A field of the listing cannot be used; `fields` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence, fields={field: sentence})


def one_line(text: str, most: int) -> str:
    return " ".join(text.replace("\x00", "").split())[:most]


def cleaned(draft: ListingDraft) -> ListingDraft:
    """`draft` with tidy texts, or BadListing."""
    tidy = replace(
        draft,
        title=one_line(draft.title, TITLE + 1),
        description=draft.description.replace("\x00", "").replace("\r\n", "\n").strip(),
        brand=one_line(draft.brand, 80),
        origin=one_line(draft.origin, 80),
        customs_code=_code(draft.customs_code),
        customs_note=None if draft.customs_note is None else one_line(draft.customs_note, 200),
        asks=None if draft.asks is None else asking.cleaned(draft.asks),
        variants=tuple(_tidy(variant) for variant in draft.variants),
    )
    if tidy.digital:
        tidy = unsent(tidy)
    _check_texts(tidy)
    _check_delivery(tidy)
    _check_promises(tidy)
    _check_variants(tidy)
    return tidy


def unsent(draft: ListingDraft) -> ListingDraft:
    """Digital goods have no parcel, no customs and no way back."""
    return replace(
        draft, shipping=None, shipping_days=(0, 0), template=None, grams=0, returns_days=0,
        customs_code="", customs_note="",
    )  # fmt: skip


def _code(text: str | None) -> str | None:
    return None if text is None else "".join(filter(str.isalnum, text))


def _tidy(variant: VariantDraft) -> VariantDraft:
    options = tuple((one_line(name, 40), one_line(value, 80)) for name, value in variant.options)
    return replace(variant, options=options, seller_code=one_line(variant.seller_code, 100))


def check_title(title: str) -> None:
    if not title:
        raise BadListing("title", _("Give the listing a title."))
    if len(title) > TITLE:
        raise BadListing(
            "title", _("A title has at most %(most)s characters. Shorten it.") % {"most": TITLE}
        )


def _check_texts(draft: ListingDraft) -> None:
    check_title(draft.title)
    if len(draft.description) > TEXT:
        raise BadListing(
            "description",
            _("A description has at most %(most)s characters. Shorten it.") % {"most": TEXT},
        )


def check_price(price: Money, field: str = "price") -> None:
    """Raises BadListing, at `field`."""
    if price.minor <= 0:
        raise BadListing(field, _("A price must be more than 0."))
    if price.minor > PRICE:
        raise BadListing(field, too_much(price.currency))


def too_much(currency: str) -> str:
    return _("That is too much: a price here is %(most)s at most.") % {
        "most": money(Money(PRICE, currency))
    }


def _check_promises(draft: ListingDraft) -> None:
    low, high = draft.shipping_days
    if not 0 <= low <= high <= 180:
        raise BadListing("shipping_days", _("Say how many days shipping takes, the fewest first."))
    if draft.made_to_order and not 1 <= draft.lead_days <= 730:
        raise BadListing("lead_days", _("Say how many days it takes to make, up to 730."))
    if not draft.made_to_order and draft.lead_days:
        raise BadListing("lead_days", _("Only what is made to order takes days to make."))
    if not 0 <= draft.returns_days <= 365:
        raise BadListing("returns_days", _("Give 0 to 365 days for returns."))
    if draft.ship_within_hours is not None and not 1 <= draft.ship_within_hours <= 24 * 90:
        raise BadListing("ship_within_hours", _("Give 1 to 2160 hours until you ship."))
    if draft.asks and not draft.made_to_order:
        raise BadListing("made_to_order", _("Only what is made to order can be quoted."))
    if not 0 <= (draft.grams or 0) <= GRAMS:
        raise BadListing("grams", _("A piece weighs 0 to %(most)s grams.") % {"most": GRAMS})
    code = draft.customs_code
    if code and not (code.isascii() and code.isdecimal() and len(code) in (6, 8, 10)):
        raise BadListing("customs_code", _("A customs code has 6, 8 or 10 digits."))
    if draft.condition not in set(Condition):
        raise BadListing("condition", _("Choose a condition."))
    if draft.currency not in CURRENCIES:
        raise BadListing("currency", _("Choose a currency."))
    if draft.shipping:
        _check_shipping(draft.shipping, draft.currency)


def _check_shipping(cost: Money, currency: str) -> None:
    if cost.currency != currency:
        raise BadListing("shipping", _("Shipping must be in the listing's currency."))
    if cost.minor < 0:
        raise BadListing("shipping", _("Shipping cannot cost less than nothing."))
    if cost.minor > PRICE:
        raise BadListing("shipping", too_much(currency))


def _check_delivery(draft: ListingDraft) -> None:
    if draft.digital not in (None, *Digital):
        raise BadListing("digital", _("Choose how it is delivered."))
    if draft.digital == Digital.AT_ONCE and draft.made_to_order:
        raise BadListing("digital", _("What is made to order cannot be delivered at once."))


def _check_variants(draft: ListingDraft) -> None:
    if len(draft.variants) > VARIANTS:
        raise BadListing(
            "variants", _("A listing has at most %(most)s variants.") % {"most": VARIANTS}
        )
    for variant in draft.variants:
        if variant.price.currency != draft.currency:
            raise BadListing("variants", _("All prices must be in the listing's currency."))
        check_price(variant.price, "variants")
        if not 0 <= variant.stock <= STOCK:
            raise BadListing(
                "variants", _("Stock is a number from 0 to %(most)s.") % {"most": STOCK}
            )
        if len(variant.options) > OPTIONS or any(not (o and v) for o, v in variant.options):
            raise BadListing("variants", _("Each option needs a name and a value."))
    twice = [v for v, n in Counter(one.options for one in draft.variants).items() if n > 1]
    if twice and twice[0]:
        raise BadListing(
            "variants", _("“%(name)s” stands there twice.") % {"name": variant_name(twice[0])}
        )
    if twice:
        raise BadListing("variants", _("Name what the variants differ in, such as colour or size."))
