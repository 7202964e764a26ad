"""What the pages and the API get to see: plain values, already fit for their viewer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.circle.cards import Person
from goodword.kit.money import Money

from . import regions, rules
from .asking import Ask
from .cards import Card, Picture
from .parcels import Template
from .plans import NOTHING, PlanView
from .sellers.rules import level_words
from .sellers.states import NUMBER_WORDS, Scheme
from .states import (
    CONDITION_WORDS,
    EVIDENCE_FOR_BADGES,
    EVIDENCE_WORDS,
    LEVEL_SENTENCES,
    LISTING_WORDS,
    Condition,
    Digital,
    EvidenceFor,
    EvidenceKind,
    Level,
    ListingState,
)


@dataclass(frozen=True, slots=True)
class ShopView:
    """A shop as its viewer may know it."""

    id: UUID
    name: str
    about: str
    promise: str
    public: bool
    level: str
    level_at: datetime | None
    business: str  # its name in the register; empty unless the level is REGISTERED
    scheme: str
    number: str
    followable: bool
    opened_at: datetime
    stopped_at: datetime | None
    closing_at: datetime | None
    closed_at: datetime | None
    owner: Person
    mine: bool
    friends: bool  # the viewer is her friend
    followed: bool  # the viewer follows it

    @property
    def url(self) -> str:
        return f"/shops/{self.id}"

    @property
    def takes_orders(self) -> bool:
        return not (self.closed_at or self.closing_at or self.stopped_at)

    @property
    def can_follow(self) -> bool:
        """Whether it can be followed by those who see it; not by its owner."""
        return self.public and self.followable and not self.closed_at and not self.mine

    @property
    def number_word(self) -> str:
        return str(NUMBER_WORDS[Scheme(self.scheme)]) if self.scheme else ""

    @property
    def level_phrase(self) -> str:
        return level_words(Level(self.level), self.level_at)

    @property
    def level_sentence(self) -> str:
        return str(LEVEL_SENTENCES[Level(self.level)])


@dataclass(frozen=True, slots=True)
class VariantView:
    """One thing to buy, with its public price history, oldest first."""

    id: UUID
    options: list[tuple[str, str]]
    price: Money
    pieces: int
    made_to_order: bool
    history: list[rules.PricePoint]
    lowest: Money | None  # of the last 30 days
    seller_code: str = ""  # filled in for the seller only
    keyed: bool = False  # each piece comes with a key of its own

    @property
    def name(self) -> str:
        return rules.variant_name(self.options)

    @property
    def label(self) -> str:
        return self.name

    @property
    def stock(self) -> int | None:
        """Pieces left; None when it is made to order and orders are taken."""
        return None if self.made_to_order and self.pieces else self.pieces

    @property
    def is_endless(self) -> bool:
        """Nobody counts it: of digital goods there are as many as are wanted."""
        return self.pieces >= rules.ENDLESS

    @property
    def stock_words(self) -> str:
        return rules.stock_words(self.pieces, made_to_order=self.made_to_order)

    @property
    def reduction(self) -> rules.Reduction | None:
        """The reduction that the page may announce, if there is one."""
        found = rules.reduction(self.history)
        return found if found and found.is_genuine else None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A paper that backs the listing; `kind` of `states.EvidenceKind`."""

    id: str
    kind: str
    audience: str
    added_at: datetime
    picture: Picture

    @property
    def word(self) -> str:
        return str(EVIDENCE_WORDS[EvidenceKind(self.kind)])

    @property
    def audience_word(self) -> str:
        """To whom it is shown, where that is not everybody."""
        return str(EVIDENCE_FOR_BADGES.get(EvidenceFor(self.audience), ""))


@dataclass(frozen=True, slots=True)
class ItemView:
    """What a buyer of a digital listing gets: a file, its size in bytes, or a text (no name)."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Everything one viewer may know about a listing."""

    id: UUID
    title: str
    description: str
    state: str
    condition: str
    brand: str
    origin: str
    currency: str
    made_to_order: bool
    lead_days: int
    ship_within: timedelta  # from payment until the parcel leaves, making included
    shipping: Money
    shipping_days: tuple[int, int]
    template: Template | None
    grams: int
    asks: tuple[Ask, ...]
    customs_code: str
    customs_note: str
    returns_days: int
    contacts_flagged: bool
    listed_at: datetime | None
    on_sale_until: datetime | None  # when it goes off sale by itself
    shop: ShopView
    sold: int
    pictures: list[Picture]
    evidence: list[EvidenceView]
    evidence_for_buyers: int  # papers that this viewer may not see yet
    digital: str  # of `states.Digital`
    items: list[ItemView]
    variants: list[VariantView]
    mine: bool

    @property
    def url(self) -> str:
        return f"/listings/{self.id}"

    @property
    def condition_word(self) -> str:
        return str(CONDITION_WORDS[Condition(self.condition)])

    @property
    def state_word(self) -> str:
        return str(LISTING_WORDS[ListingState(self.state)])

    @property
    def prices(self) -> rules.PriceRange | None:
        return rules.price_range(variant.price for variant in self.variants)

    @property
    def pieces(self) -> int:
        return sum(variant.pieces for variant in self.variants)

    @property
    def is_keyed(self) -> bool:
        """Whether whichever of it is bought comes with a key."""
        return bool(self.variants) and all(variant.keyed for variant in self.variants)

    @property
    def on_sale(self) -> bool:
        return self.state == ListingState.ACTIVE and self.shop.takes_orders

    @property
    def can_buy(self) -> bool:
        return self.on_sale and not self.mine and self.pieces > 0

    @property
    def can_ask(self) -> bool:
        """Whether a quote can be asked for; by whom is the actions' to say."""
        return self.on_sale and self.made_to_order and bool(self.asks)

    @property
    def shipping_words(self) -> str:
        if self.digital:
            at_once = self.digital == Digital.AT_ONCE
            return str(
                _("Nothing is sent: you get it on your order’s page as soon as it is paid.")
                if at_once
                else _("Nothing is sent: the seller delivers it on your order’s page.")
            )
        if self.template:
            return rules.shipping_from_words(self.template)
        return rules.shipping_words(self.shipping, *self.shipping_days)

    @property
    def zones(self) -> list[tuple[str, str, str]]:
        """Where to, what it costs and how many days, for the template's table."""
        return [
            (regions.some(zone.regions, 12), rules.zone_words(zone, self.currency), zone.day_range)
            for zone in (self.template.zones if self.template else ())
        ]

    @property
    def returns_words(self) -> str:
        return rules.returns_words(self.returns_days, digital=bool(self.digital))

    @property
    def missing(self) -> list[str]:
        """What keeps it from being offered, one sentence each."""
        return rules.missing_for_sale(
            rules.Readiness(
                title=self.title,
                variants=len(self.variants),
                pictures=len(self.pictures),
                shop_open=self.shop.closed_at is None,
                ships_or_made=bool(self.digital) or self.shipping_days[1] > 0,
                delivers=self.digital != Digital.AT_ONCE or bool(self.items) or self.is_keyed,
            )
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of cards; `next` is the cursor of the page after it, or None at the end."""

    cards: list[Card]
    next: str | None


@dataclass(frozen=True, slots=True)
class ShopPage:
    shop: ShopView
    shelf: Shelf
    offered: int
    sold: int


@dataclass(frozen=True, slots=True)
class MyRow:
    """A listing in its seller's table."""

    card: Card
    flagged: bool
    missing: list[str]
    changed_at: datetime
    plan: PlanView = NOTHING

    @property
    def state_word(self) -> str:
        return str(LISTING_WORDS[ListingState(self.card.state)])


@dataclass(frozen=True, slots=True)
class MyTable:
    rows: list[MyRow]
    next: str | None
    counts: dict[str, int]  # by state
