"""Reads of quotes: only the buyer who asked and the seller know of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from goodword.kit.money import Money

from . import cards as tiles
from .actions.quotes import QuoteMissing
from .cards import Card
from .models import Quote, Reservation
from .paging import START, decode, encode
from .states import QUOTE_MOVES, QUOTE_WORDS, QuoteState, ReservationState

SHELF = 60


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote as one of its two parties sees it; `card` None: the listing is out of her sight."""

    id: UUID
    state: QuoteState
    mine: bool  # the viewer asked
    title: str
    other: str
    wishes: list[tuple[str, str]]
    quantity: int
    note: str
    asked_at: datetime
    waits_until: datetime
    price: Money | None
    currency: str
    lead_days: int | None
    valid_until: datetime | None
    answer: str
    variant: UUID | None
    order: UUID | None  # that took it and was not called off
    listing: UUID
    card: Card | None
    again: bool  # it came to nothing, and the viewer may ask anew

    @property
    def url(self) -> str:
        return f"/quotes/{self.id}"

    @property
    def word(self) -> str:
        return str(QUOTE_WORDS[self.state])

    @property
    def tone(self) -> str:
        if self.state in (QuoteState.ASKED, QuoteState.ANSWERED):
            waits = (self.state == QuoteState.ANSWERED) == self.mine
            return "warn" if waits else "accent"
        return "good" if self.state == QuoteState.ACCEPTED else ""


def quote(viewer: UUID, id_: UUID) -> QuoteView:
    """Raises QuoteMissing."""
    rows = _rows(viewer).filter(id=id_)
    found = _views(viewer, list(rows))
    if not found:
        raise QuoteMissing
    return found[0]


def quotes(viewer: UUID, *, selling: bool = False) -> list[QuoteView]:
    """All that the viewer asked, or was asked, newest first."""
    return _views(viewer, list(_newest(viewer, selling)))


@dataclass(frozen=True, slots=True)
class QuoteShelf:
    """A page of quotes; `next` is where the one after it begins, None at the end."""

    quotes: list[QuoteView]
    next: str | None


def shelf(
    viewer: UUID, *, selling: bool = False, cursor: str = "", limit: int = SHELF
) -> QuoteShelf:
    """The same page by page. Raises Invalid for a damaged cursor."""
    at, id_ = decode(cursor) if cursor else START
    rows = _newest(viewer, selling)
    older = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, id__lt=id_))
    found = list(older[: limit + 1])
    shown = found[:limit]
    more = encode(shown[-1].asked_at, shown[-1].id) if len(found) > limit else None
    return QuoteShelf(_views(viewer, shown), more)


def _newest(viewer: UUID, selling: bool) -> Any:
    rows = _rows(viewer).filter(**{"seller" if selling else "buyer": viewer})
    return rows.order_by("-asked_at", "-id")


def to_answer(seller: UUID) -> int:
    """How many wait for the seller's answer."""
    return Quote.objects.filter(seller=seller, state=QuoteState.ASKED).count()


def _rows(viewer: UUID) -> Any:
    mine = Q(buyer=viewer) | Q(seller=viewer)
    return Quote.objects.filter(mine).select_related("listing", "buyer", "seller")


def _views(viewer: UUID, rows: list[Quote]) -> list[QuoteView]:
    cards = tiles.by_ids(viewer, [row.listing_id for row in rows])
    orders = _orders([row.variant_id for row in rows if row.variant_id])
    return [
        _view(viewer, row, cards.get(row.listing_id), orders.get(row.variant_id)) for row in rows
    ]


def _orders(variants: list[UUID]) -> dict[UUID | None, UUID]:
    if not variants:
        return {}
    taken = Reservation.objects.filter(
        variant__in=variants, state__in=[ReservationState.HELD, ReservationState.SOLD]
    )
    return dict(taken.values_list("variant", "order"))


def _view(viewer: UUID, row: Quote, card: Card | None, order: UUID | None) -> QuoteView:
    mine = row.buyer_id == viewer
    asks = row.listing.made_to_order and bool(row.listing.asks) and card and card.on_sale
    return QuoteView(
        id=row.id, state=QuoteState(row.state), mine=mine, title=row.listing.title,
        other=(row.seller if mine else row.buyer).display_name,
        wishes=[(name, value) for name, value in row.wishes], quantity=row.quantity,
        note=row.note, asked_at=row.asked_at, waits_until=row.waits_until, price=row.price,
        currency=row.currency, lead_days=row.lead_days, valid_until=row.valid_until,
        answer=row.answer, variant=row.variant_id, order=order, listing=row.listing_id,
        card=card, again=bool(mine and asks and not QUOTE_MOVES[QuoteState(row.state)]),
    )  # fmt: skip
