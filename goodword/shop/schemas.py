"""Shops and listings as the API shows them. Amounts are minor units with their currency."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from goodword.circle.cards import Person
from goodword.circle.schemas import PersonOut, PictureOut
from goodword.kit.money import Money
from goodword.kit.schemas import MoneyOut

from .cards import Card, Picture
from .pages import EvidenceView, ListingPage, ShopView, VariantView
from .parcels import Template, stored
from .shipping import TemplateView
from .standing import Standing

MAX_MINOR = 10**12
LevelName = Literal["none", "individual", "registered"]


class Closed(Schema):
    """A body that refuses names it does not know."""

    model_config = ConfigDict(extra="forbid")


class CardOut(Schema):
    id: UUID
    title: str
    state: Literal["draft", "active", "withdrawn"]
    on_sale: bool
    price: MoneyOut | None = Field(description="The cheapest variant; null while there is none.")
    price_to: MoneyOut | None = Field(description="The dearest variant.")
    stock: int = Field(description="Pieces left, or orders taken when it is made to order.")
    made_to_order: bool
    sold: int = Field(description="Units sold, computed from completed orders.")
    shop: UUID
    shop_name: str
    level: LevelName
    level_phrase: str = Field(description="The same in words, as it stands on the card.")
    shipping: MoneyOut = Field(description="What it costs; by region: where it costs the least.")
    shipping_by_region: bool
    returns_days: int
    promises: list[str] = Field(description="Shipping and returns in words, as on the card.")
    seller: PersonOut
    picture: PictureOut | None
    listed_at: datetime | None


class ShelfOut(Schema):
    listings: list[CardOut]
    next: str | None = Field(description="Pass as `after` for the next page; null at the end.")


class ShopOut(Schema):
    id: UUID
    name: str
    about: str
    promise: str
    public: bool
    level: LevelName
    level_phrase: str = Field(description="The same in words.")
    level_at: datetime | None = Field(description="When it was declared, or checked.")
    business: str = Field(description="A checked business's name in the register, else empty.")
    number: str = Field(description="And its number there.")
    followable: bool
    followed: bool = Field(description="By the caller.")
    takes_orders: bool
    opened_at: datetime
    stopped_at: datetime | None = Field(description="No new orders until it is registered.")
    closing_at: datetime | None = Field(description="No new orders; then it closes for good.")
    closed_at: datetime | None
    owner: PersonOut
    mine: bool


class ShopPageOut(ShopOut):
    offered: int
    sold: int
    rates: "RatesOut"
    deposit: list[MoneyOut] = Field(
        description="The seller's own money that answers for fakes; one sum for each currency."
    )
    listings: list[CardOut]
    next: str | None


class PricePointOut(Schema):
    since: datetime
    price: MoneyOut


class ReductionOut(Schema):
    since: datetime
    prior: MoneyOut = Field(description="Lowest price of the 30 days before it.")
    percent: int


class VariantOut(Schema):
    id: UUID
    options: list[tuple[str, str]]
    name: str
    price: MoneyOut
    stock: int
    seller_code: str = Field(description="Empty for everybody but the seller.")
    history: list[PricePointOut]
    lowest_of_30_days: MoneyOut | None
    reduction: ReductionOut | None


class EvidenceOut(Schema):
    id: UUID
    kind: Literal["receipt", "authorisation", "customs", "inspection", "workshop"]
    audience: Literal["everyone", "buyers", "operators"]
    picture: PictureOut


class ZoneIn(Closed):
    regions: list[str] = Field(description="ISO 3166-1 or -2; * is everywhere else.")
    first_grams: int = Field(ge=0, le=1_000_000)
    first: int = Field(ge=0, le=MAX_MINOR, description="Minor units.")
    step_grams: int = Field(ge=1, le=1_000_000)
    step: int = Field(ge=0, le=MAX_MINOR)
    free_from: int | None = Field(None, ge=0, le=MAX_MINOR)
    days: tuple[int, int] = (2, 5)


class TemplateIn(Closed):
    name: str = Field(max_length=40)
    currency: str = Field("CNY", pattern="^[A-Z]{3}$")
    zones: list[ZoneIn] = Field(max_length=40)


class ZoneOut(ZoneIn):
    model_config = ConfigDict(extra="ignore")


class TemplateOut(Schema):
    id: UUID
    name: str
    currency: str
    zones: list[ZoneOut]


class MyTemplateOut(TemplateOut):
    used: int = Field(description="By how many listings.")


class QuoteAskIn(Closed):
    """A range of numbers, written as text, or one of `values`."""

    name: str = Field(max_length=40)
    unit: str = Field("", max_length=12)
    low: str = Field("", max_length=12)
    high: str = Field("", max_length=12)
    step: str = Field("", max_length=12)
    values: list[str] = Field([], max_length=40)


class AskOut(QuoteAskIn):
    model_config = ConfigDict(extra="ignore")


class RatesOut(Schema):
    """Of orders placed in the last year that reached their buyers."""

    orders: int
    returned_percent: int | None = Field(description="Null below the house's number of orders.")
    disputed_percent: int | None = Field(description="Disputes in which money went back.")
    sentence: str


class ListingOut(Schema):
    id: UUID
    title: str
    description: str
    state: Literal["draft", "active", "withdrawn"]
    on_sale: bool
    condition: Literal["new", "like_new", "used"]
    brand: str
    origin: str
    made_to_order: bool
    lead_days: int
    digital: Literal["", "at_once", "by_hand"] = Field(
        description="Nothing is sent; how it is delivered. A stock of 1000000 is not counted."
    )
    delivers: list["DeliversOut"] = Field(description="What each buyer of digital goods gets.")
    ship_within_hours: int = Field(description="From payment to the parcel's leaving.")
    shipping: MoneyOut
    shipping_days: tuple[int, int]
    template: "TemplateOut | None" = Field(
        description="By region and weight; then `shipping` and `shipping_days` do not hold."
    )
    grams: int = Field(description="Of one piece, packed; 0: not said.")
    customs_code: str
    customs_note: str
    asks: list["AskOut"] = Field(description="What a buyer chooses to get a quote.")
    returns_days: int
    contacts_flagged: bool
    listed_at: datetime | None
    on_sale_until: datetime | None = Field(description="When it goes off sale by itself.")
    shop: ShopOut
    sold: int
    rates: RatesOut
    pictures: list[PictureOut]
    evidence: list[EvidenceOut]
    evidence_for_buyers: int = Field(description="Papers shown after buying only.")
    variants: list[VariantOut]
    missing: list[str] = Field(description="What keeps it from being offered.")
    poster: str = Field(description="A JPEG with a code that leads to the listing.")


class DeliversOut(Schema):
    id: UUID
    name: str = Field(description="Empty: a text, which its buyers read.")
    size: int = Field(description="In bytes.")


class MyRowOut(Schema):
    listing: CardOut
    flagged: bool
    missing: list[str]
    changed_at: datetime


class MyTableOut(Schema):
    listings: list[MyRowOut]
    next: str | None
    counts: dict[str, int]


class ShopIn(Closed):
    name: str
    about: str = ""
    promise: str = ""
    public: bool = True
    followable: bool = Field(False, description="Strangers may follow it while it is public.")


class VariantIn(Closed):
    id: UUID | None = Field(None, description="The variant that it changes; null for a new one.")
    options: list[tuple[str, str]] = []
    price_minor: int = Field(gt=0, le=MAX_MINOR)
    stock: int = Field(ge=0, le=1_000_000)
    stock_seen: int | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="The stock that was shown; pieces sold meanwhile then stay sold.",
    )
    seller_code: str = ""


class ListingIn(Closed):
    title: str
    description: str = ""
    currency: str = Field("CNY", pattern="^[A-Z]{3}$")
    condition: Literal["new", "like_new", "used"] = "new"
    brand: str = ""
    origin: str = ""
    returns_days: int = 7
    ship_within_hours: int | None = Field(None, description="Null takes the house rule.")
    shipping_minor: int = Field(0, ge=0, le=MAX_MINOR)
    shipping_days: tuple[int, int] = (2, 5)
    template: UUID | None = Field(None, description="One of the caller's shipping templates.")
    grams: int = Field(0, ge=0, le=1_000_000)
    customs_code: str = Field("", description="6, 8 or 10 digits.")
    customs_note: str = ""
    asks: list["QuoteAskIn"] = Field([], max_length=8)
    made_to_order: bool = False
    lead_days: int = 0
    digital: Literal["", "at_once", "by_hand"] = Field(
        "", description="Nothing is sent; a stock of 1000000 is then not counted."
    )
    variants: list[VariantIn]


class PriceIn(Closed):
    price_minor: int = Field(gt=0, le=MAX_MINOR)


class StockIn(Closed):
    stock: int = Field(ge=0, le=1_000_000)
    seen: int | None = Field(None, ge=0, le=1_000_000)


class ShowIn(Closed):
    text: str = ""
    key: str = Field("", max_length=64, description="The same key again publishes nothing twice.")
    audience: Literal["everyone", "chosen", "except", "only_me"] = "everyone"
    groups: list[UUID] = []
    people: list[UUID] = []


class ShowingOut(Schema):
    moment: UUID


def money(value: Money | None) -> dict[str, Any] | None:
    return {"minor": value.minor, "currency": value.currency} if value else None


def amount(value: Money) -> dict[str, Any]:
    """Of what is never missing; zero, too, is an amount."""
    return {"minor": value.minor, "currency": value.currency}


def person(one: Person) -> dict[str, Any]:
    return {"id": one.id, "handle": one.handle, "name": one.name, "avatar": one.avatar_url}


def picture(one: Picture) -> dict[str, Any]:
    return {
        "id": one.id, "width": one.width, "height": one.height, "colour": one.colour,
        "alt": one.alt, "thumb": one.thumb_url, "large": one.url,
    }  # fmt: skip


def card(one: Card) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "state": one.state, "on_sale": one.on_sale,
        "price": money(one.low), "price_to": money(one.high), "stock": one.pieces,
        "made_to_order": one.made_to_order, "sold": one.sold, "shop": one.shop_id,
        "shop_name": one.shop_name, "level": one.level, "level_phrase": one.level_phrase,
        "shipping": amount(one.shipping), "shipping_by_region": one.by_region,
        "returns_days": one.returns_days, "promises": one.promises, "seller": person(one.seller),
        "picture": picture(one.picture) if one.picture else None, "listed_at": one.listed_at,
    }  # fmt: skip


def shop(one: ShopView) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "about": one.about, "promise": one.promise,
        "public": one.public, "level": one.level, "level_phrase": one.level_phrase,
        "level_at": one.level_at, "business": one.business, "number": one.number,
        "followable": one.followable, "followed": one.followed, "takes_orders": one.takes_orders,
        "opened_at": one.opened_at, "stopped_at": one.stopped_at, "closing_at": one.closing_at,
        "closed_at": one.closed_at, "owner": person(one.owner), "mine": one.mine,
    }  # fmt: skip


def variant(one: VariantView) -> dict[str, Any]:
    fall = one.reduction
    return {
        "id": one.id, "options": one.options, "name": one.name, "price": amount(one.price),
        "stock": one.pieces, "seller_code": one.seller_code,
        "history": [{"since": at.at, "price": amount(at.price)} for at in one.history],
        "lowest_of_30_days": money(one.lowest),
        "reduction": {"since": fall.since, "prior": amount(fall.prior), "percent": fall.percent}
        if fall else None,
    }  # fmt: skip


def evidence(one: EvidenceView) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "audience": one.audience, "picture": picture(one.picture),
    }  # fmt: skip


def rates(one: Standing) -> dict[str, Any]:
    return {
        "orders": one.counted.orders, "returned_percent": one.returned_percent,
        "disputed_percent": one.disputed_percent, "sentence": one.sentence,
    }  # fmt: skip


def listing(one: ListingPage, counted: Standing) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "description": one.description, "state": one.state,
        "on_sale": one.on_sale, "condition": one.condition, "brand": one.brand,
        "origin": one.origin, "made_to_order": one.made_to_order, "lead_days": one.lead_days,
        "digital": one.digital, "delivers": [asdict(each) for each in one.items],
        "ship_within_hours": int(one.ship_within.total_seconds()) // 3600,
        "shipping": amount(one.shipping), "shipping_days": one.shipping_days,
        "template": template(one.template) if one.template else None, "grams": one.grams,
        "asks": [ask.stored() for ask in one.asks], "customs_code": one.customs_code,
        "customs_note": one.customs_note,
        "returns_days": one.returns_days, "contacts_flagged": one.contacts_flagged and one.mine,
        "listed_at": one.listed_at, "on_sale_until": one.on_sale_until, "shop": shop(one.shop),
        "sold": one.sold,
        "rates": rates(counted),
        "pictures": [picture(each) for each in one.pictures],
        "evidence": [evidence(each) for each in one.evidence],
        "evidence_for_buyers": one.evidence_for_buyers,
        "variants": [variant(each) for each in one.variants],
        "missing": one.missing if one.mine else [],
        "poster": f"{one.url}/poster",
    }  # fmt: skip


def template(one: Template | TemplateView) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "currency": one.currency,
        "zones": [stored(zone) for zone in one.zones],
    }  # fmt: skip
