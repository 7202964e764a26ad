"""Orders as the API shows them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from goodword.kit import formats
from goodword.kit.money import Money
from goodword.kit.schemas import MoneyOut
from goodword.shop.schemas import LevelName

from . import rules
from .cases import Note
from .goods_schemas import LineGoodsOut, of_lines
from .models import Order, OrderLine, Shipment
from .pages import OrderPage
from .queries import CartItem, Summary
from .states import LineState
from .tracking import Stop


class SeenPriceIn(Schema):
    minor: int = Field(description="In minor units: fen, cents, yen.", ge=0, le=2**53 - 1)
    currency: str = Field(pattern="^[A-Z]{3}$")


class AddressIn(Schema):
    name: str = Field(max_length=60)
    phone: str = Field(max_length=30)
    region: str = Field(
        "CN",
        pattern="^[A-Z]{2}(-[A-Z]{2})?$",
        description="ISO 3166-1; in mainland China better with the province: CN-ZJ.",
    )
    city: str = Field(max_length=80, description="As much of province, city, district as is usual.")
    street: str = Field(max_length=200)
    postcode: str = Field("", max_length=12)


class GoesToIn(Schema):
    """Where it goes; for digital goods alone the region is enough, of which the country is kept."""

    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=30)
    region: str = Field("CN", pattern="^[A-Z]{2}(-[A-Z]{2})?$", description="As of an address.")
    city: str = Field("", max_length=80)
    street: str = Field("", max_length=200)
    postcode: str = Field("", max_length=12)


GATEWAY = "Of `GET /money/gateways`; empty: the usual one."


AGREED = "For digital goods, needed: the buyer wants them at once and gives up withdrawing for it."


class ItemIn(Schema):
    variant: UUID
    quantity: int = Field(1, ge=1, le=999)
    expected_price: SeenPriceIn | None = Field(
        None, description="What the buyer has seen; another price now is a 409 that asks."
    )


class OrderIn(Schema):
    items: list[ItemIn] = Field(min_length=1, max_length=100)
    address: GoesToIn
    note: str = Field("", max_length=300)
    agreed: bool = Field(False, description=AGREED)
    key: str = Field(
        min_length=1, max_length=64, description="Yours; the same key again orders nothing twice."
    )
    pay: str | None = Field(
        None, max_length=40, description="A way to pay: places and pays in one request."
    )
    gateway: str = Field("", max_length=20, description=GATEWAY)
    from_cart: bool = Field(False, description="Take the items out of the cart.")


class LineOut(Schema):
    id: UUID
    listing: UUID
    variant: UUID
    title: str
    variant_name: str
    quantity: int
    unit: MoneyOut
    state: LineState
    digital: bool = Field(description="Nothing of it is sent.")
    picture: str | None


class OrderOut(Schema):
    """An order in short."""

    id: UUID
    reference: str
    state: LineState = Field(description="Of its lines that are still open, the least advanced.")
    total: MoneyOut
    seller: UUID
    buyer: UUID
    placed_at: datetime
    lines: list[LineOut]


class PayingOut(Schema):
    id: UUID
    state: str
    sentence: str = Field(description="Why it was declined, or how it stands.")
    next: str | None = Field(description="Where the buyer confirms with her bank, if she has to.")


class PlacedOut(OrderOut):
    payment: PayingOut | None = None


class OrdersPlacedOut(Schema):
    orders: list[PlacedOut] = Field(description="One for each seller and currency.")


class OrdersOut(Schema):
    orders: list[OrderOut]
    next: UUID | None = Field(description="Pass as `before` for the next page; null at the end.")


class AheadOut(Schema):
    at: datetime
    kind: str
    sentence: str


class EventOut(Schema):
    at: datetime
    verb: str
    sentence: str
    detail: str


class StopOut(Schema):
    kind: Literal["accepted", "moving", "customs", "out", "delivered", "failed", "returning"]
    at: datetime
    place: str
    words: str = Field(description="As the carrier wrote them.")


class ParcelOut(Schema):
    id: UUID
    carrier: str
    number: str
    at: datetime
    way: list[StopOut] = Field(description="What the carrier said, the newest first.")


class WhereOut(Schema):
    amount: MoneyOut
    sentence: str
    place: Literal["buyer", "held", "seller"]
    custodian: str
    protects: bool


class CodeOut(Schema):
    code: str
    until: datetime


class CaseNoteOut(Schema):
    line: UUID
    title: str
    sentence: str
    url: str
    at: datetime | None = Field(description="When something happens if nobody acts.")
    then: str


class OrderFullOut(OrderOut):
    """An order as one of its parties sees it."""

    role: Literal["buyer", "seller"]
    can: list[str] = Field(description="What this party can do now.")
    next: str
    if_nobody_acts: list[AheadOut]
    money: WhereOut
    payment: PayingOut | None
    parcels: list[ParcelOut]
    address: AddressIn | None = Field(description="The seller sees it once she has to ship.")
    country: str = Field(description="The buyer's, where nothing is sent.")
    delivered: list[LineGoodsOut] = Field(description="Of digital lines.")
    note: str
    level: LevelName = Field(description="What its seller has declared or the house has checked.")
    level_phrase: str = Field(description="The same in words.")
    story: list[EventOut]
    handover_code: CodeOut | None = Field(description="The buyer's, while it holds.")
    cases: list[CaseNoteOut] = Field(description="Returns and disputes about its lines.")
    promises: list[dict[str, Any]] = Field(description="Each line's listing as it was promised.")


class PromiseOut(Schema):
    statement: dict[str, Any] = Field(description="What was signed, with the snapshot's SHA-256.")
    signature: str = Field(description="Compact JWS (EdDSA); empty for older orders.")
    snapshot: str = Field(description="The listing as promised: the very JSON that was digested.")


class PromisesOut(Schema):
    promises: list[PromiseOut]


class PayIn(Schema):
    method: str = Field(max_length=40)
    gateway: str = Field("", max_length=20, description=GATEWAY)
    key: str = Field(min_length=1, max_length=64)


class ShipIn(Schema):
    carrier: str = Field(max_length=10)
    number: str = Field(max_length=40)
    lines: list[UUID] | None = Field(None, description="Null: everything that waits.")


class ComingOut(Schema):
    at: datetime
    line: UUID
    kind: str
    sentence: str


class TimerHealthOut(Schema):
    waiting: int
    late: int = Field(description="Should have rung more than two minutes ago.")
    lost: int = Field(description="Orders of which no job will ring the late ones.")
    next_at: datetime | None
    late_orders: list[UUID]


class NumberIn(Schema):
    carrier: str = Field(max_length=10)
    number: str = Field(max_length=40)


class CodeIn(Schema):
    code: str = Field(max_length=12)


class LinesIn(Schema):
    lines: list[UUID] | None = Field(None, description="Null: everything that can.")


class CarrierOut(Schema):
    code: str
    name: str
    example: str


class CartIn(Schema):
    variant: UUID
    quantity: int = Field(1, ge=0, le=999)


class CartOut(Schema):
    variant: UUID
    quantity: int
    title: str | None
    price: MoneyOut | None
    seen: MoneyOut
    can_buy: bool
    level: LevelName | None = Field(description="What its seller has declared, or was checked.")
    level_phrase: str | None


def amount(value: Money) -> dict[str, Any]:
    return {"minor": value.minor, "currency": value.currency}


def line(row: OrderLine) -> dict[str, Any]:
    pictures = row.snapshot["pictures"]
    return {
        "id": row.id,
        "listing": row.listing_id,
        "variant": row.variant_id,
        "title": row.snapshot["title"],
        "variant_name": row.snapshot["variant_name"],
        "quantity": row.quantity,
        "unit": amount(row.unit),
        "state": row.state,
        "digital": row.is_digital,
        "picture": f"/listings/pictures/{pictures[0]['id']}/thumb" if pictures else None,
    }


def order(row: Order, lines: list[OrderLine]) -> dict[str, Any]:
    """In the shape of OrderOut."""
    return {
        "id": row.id,
        "reference": row.reference,
        "state": rules.overall(one.state for one in lines),
        "total": amount(row.total),
        "seller": row.seller_id,
        "buyer": row.buyer_id,
        "placed_at": row.placed_at,
        "lines": [line(one) for one in lines],
    }


def summary(one: Summary) -> dict[str, Any]:
    return order(one.order, one.lines)


def payment(seen: Any) -> dict[str, Any] | None:
    """A `money.queries.PaymentView` in the shape of PayingOut."""
    if seen is None:
        return None
    return {
        "id": seen.id,
        "state": seen.state,
        "sentence": seen.sentence or str(seen.word),
        "next": seen.next_url or None,
    }


def case_note(one: Note) -> dict[str, Any]:
    """In the shape of CaseNoteOut."""
    return {
        "line": one.line, "title": one.title, "sentence": one.sentence, "url": one.url,
        "at": one.at, "then": one.then,
    }  # fmt: skip


def parcel(one: Shipment, way: list[Stop]) -> dict[str, Any]:
    """In the shape of ParcelOut."""
    return {
        "id": one.id, "carrier": one.carrier, "number": one.number, "at": one.at,
        "way": [
            {"kind": stop.kind, "at": stop.at, "place": stop.place, "words": stop.words}
            for stop in way
        ],
    }  # fmt: skip


def full(page: OrderPage) -> dict[str, Any]:
    """In the shape of OrderFullOut."""
    where = page.money
    return order(page.order, [one.line for one in page.lines]) | {
        "role": page.role,
        "can": sorted(page.may),
        "next": str(page.next),
        "if_nobody_acts": [
            {"at": step.at, "kind": step.kind, "sentence": str(step.sentence)}
            for step in page.ahead
        ],
        "money": {
            "amount": amount(where.amount),
            "sentence": f"{formats.money(where.amount)} {where.sentence}",
            "place": ("buyer", "held", "seller")[where.stop],
            "custodian": str(where.custodian.sentence),
            "protects": where.custodian.protects,
        },
        "payment": payment(page.payment),
        "parcels": [parcel(one, page.ways[one.id]) for one in page.parcels],
        "address": page.address.stored() if page.address else None,
        "country": page.country,
        "delivered": of_lines(page.goods),
        "note": page.order.note,
        "level": page.declared.level,
        "level_phrase": page.declared.level_phrase,
        "story": [
            {"at": one.at, "verb": one.verb, "sentence": one.sentence, "detail": one.detail}
            for one in page.events
        ],
        "handover_code": (
            {"code": page.code.code, "until": page.code.until} if page.code else None
        ),
        "cases": [case_note(one) for one in page.cases],
        "promises": [one.line.snapshot for one in page.lines],
    }


def cart(item: CartItem) -> dict[str, Any]:
    return {
        "variant": item.variant,
        "quantity": item.quantity,
        "title": item.offer.title if item.offer else None,
        "price": amount(item.offer.price) if item.offer else None,
        "seen": amount(item.seen),
        "can_buy": item.can_buy,
        "level": item.offer.declared.level if item.offer else None,
        "level_phrase": item.offer.declared.level_phrase if item.offer else None,
    }
