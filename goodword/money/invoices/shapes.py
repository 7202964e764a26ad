"""What a paper is written from. Amounts are minor units of the bill's currency."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.money import Money


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys; `country` is ISO 3166-1, `number` what an authority knows them by."""

    id: UUID
    name: str
    handle: str
    country: str = "CN"
    address: tuple[str, ...] = ()
    number: str = ""
    is_vat: bool = False  # the number is one for VAT, not of a register


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the paper; `line` is the order's line that it belongs to.

    Without a `text` it is the line's shipping, which each language calls by its own word.
    """

    line: UUID
    text: str
    quantity: int
    unit_minor: int

    @property
    def minor(self) -> int:
        return self.quantity * self.unit_minor


@dataclass(frozen=True, slots=True)
class Bill:
    """Something that was sold and paid: all that a paper says but its number and its date."""

    order: UUID
    reference: str  # of the order, as people write it
    business: bool  # the seller's licence was checked
    seller: Party
    buyer: Party
    currency: str
    items: tuple[Item, ...]
    sold_at: datetime

    @property
    def total(self) -> Money:
        return Money(sum(item.minor for item in self.items), self.currency)

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "order": str(self.order),
            "reference": self.reference,
            "business": self.business,
            "seller": _party(self.seller),
            "buyer": _party(self.buyer),
            "currency": self.currency,
            "items": [{**asdict(item), "line": str(item.line)} for item in self.items],
            "sold_at": self.sold_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was issued: its bill with number, kind and date; `of` is what it takes back."""

    number: str
    kind: str
    issued_at: datetime
    bill: Bill
    digest: str
    of: str = ""
    of_date: datetime | None = None


def bill(stored: dict[str, Any]) -> Bill:
    """The other way round of `Bill.stored`."""
    return Bill(
        order=UUID(stored["order"]),
        reference=stored["reference"],
        business=stored["business"],
        seller=_read(stored["seller"]),
        buyer=_read(stored["buyer"]),
        currency=stored["currency"],
        items=tuple(
            Item(UUID(one["line"]), one["text"], one["quantity"], one["unit_minor"])
            for one in stored["items"]
        ),
        sold_at=datetime.fromisoformat(stored["sold_at"]),
    )


def _party(one: Party) -> dict[str, Any]:
    return {**asdict(one), "id": str(one.id), "address": list(one.address)}


def _read(stored: dict[str, Any]) -> Party:
    return Party(**{**stored, "id": UUID(stored["id"]), "address": tuple(stored["address"])})
