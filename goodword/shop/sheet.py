"""The seller's sheet: her listings and variants as one table, to be changed all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid
from goodword.kit.ids import parse_id
from goodword.kit.money import Money, parse_amount

from .actions import ListingChange, ManyRefused, VariantChange
from .drafts import one_line
from .queries import rows
from .rows import typed
from .rules import variant_name
from .snapshots import pairs
from .states import LISTING_WORDS, ListingState

PAGE = 60  # variants; a form has at most a thousand fields

# A listing without variants has a row of its own; one with many goes on over the page's end.
SHEET = """
WITH last AS (
  SELECT l.created_at AS at, l.id AS listing, v.position, v.id AS variant
    FROM shop_listing l LEFT JOIN shop_variant v ON v.listing_id = l.id AND v.id = %(after)s
   WHERE l.seller_id = %(seller)s AND (v.id = %(after)s OR l.id = %(after)s) LIMIT 1)
SELECT l.id, l.title, l.state, l.currency, v.id, v.options, v.price_minor, v.stock
  FROM shop_listing l
  LEFT JOIN shop_variant v
    ON v.listing_id = l.id AND v.retired_at IS NULL AND v.buyer_id IS NULL
 WHERE l.seller_id = %(seller)s AND (%(state)s = '' OR l.state = %(state)s)
   AND (%(only)s::uuid[] IS NULL OR l.id = ANY (%(only)s) OR v.id = ANY (%(only)s))
   AND (%(after)s::uuid IS NULL OR (l.created_at, l.id) < (SELECT at, listing FROM last)
        OR (l.id = (SELECT listing FROM last)
            AND (v.position, v.id) > (SELECT position, variant FROM last)))
 ORDER BY l.created_at DESC, l.id DESC, v.position, v.id LIMIT %(limit)s"""


@dataclass(frozen=True, slots=True)
class VariantCells:
    """One variant: what is so (`price`, `stock`), what was shown, what its fields hold as typed."""

    id: UUID
    name: str
    price: Money
    stock: int
    seen: str  # as `now`
    typed_price: str
    typed_stock: str
    error: str = ""

    @property
    def now(self) -> str:
        """“12000:5”: minor units and pieces, for the form to bring back."""
        return f"{self.price.minor}:{self.stock}"


@dataclass(frozen=True, slots=True)
class ListingCells:
    """One listing with its rows; `typed_title` and `typed_on` are what its fields hold."""

    id: UUID
    title: str
    state: str
    currency: str
    seen_title: str
    was_on: bool
    typed_title: str
    typed_on: bool
    variants: list[VariantCells] = field(default_factory=list)
    error: str = ""

    @property
    def state_word(self) -> str:
        return str(LISTING_WORDS[ListingState(self.state)])


@dataclass(frozen=True, slots=True)
class Sheet:
    """`next` is what to ask for after it, None at the end."""

    listings: list[ListingCells]
    next: UUID | None


def sheet(seller: UUID, *, state: str = "", after: UUID | None = None, limit: int = PAGE) -> Sheet:
    """The seller's own listings, the newest first, by the variant; one statement."""
    found = _read(seller, state=state, after=after, limit=limit + 1)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return Sheet(_grouped(shown), (last[4] or last[0]) if last else None)


def _read(
    seller: UUID,
    *,
    state: str = "",
    after: UUID | None = None,
    only: Sequence[UUID] | None = None,
    limit: int = 10_000,
) -> list[tuple[Any, ...]]:
    asked = {"state": state, "after": after, "only": None if only is None else list(only)}
    return rows(SHEET, {"seller": seller, "limit": limit, **asked})


def _grouped(found: Sequence[tuple[Any, ...]]) -> list[ListingCells]:
    listings: dict[UUID, ListingCells] = {}
    for id_, title, state, currency, variant, options, minor, stock in found:
        on = state == ListingState.ACTIVE
        one = listings.setdefault(
            id_, ListingCells(id_, title, state, currency, title, on, title, on)
        )
        if variant:
            price = Money(minor, currency)
            name = variant_name(pairs(options))
            one.variants.append(
                VariantCells(
                    variant, name, price, stock, f"{minor}:{stock}", typed(price), str(stock)
                )
            )
    return list(listings.values())


@dataclass(frozen=True, slots=True)
class Posted:
    """A sheet as it was sent: the rows as they are now, under what was typed and shown.

    `gone` names rows that are not there any more.
    """

    sheet: Sheet
    listings: list[ListingChange]
    variants: list[VariantChange]
    gone: bool

    @property
    def is_readable(self) -> bool:
        return not any(
            one.error or any(row.error for row in one.variants) for one in self.sheet.listings
        )

    def refused(self, refusal: ManyRefused) -> Sheet:
        """The same with a sentence at each row that needs a look.

        A row that was asked about shows what is there now: to save again is the answer. The others
        bring back what they showed before, so that nothing passes unasked.
        """
        listings = []
        for one in self.sheet.listings:
            variants = [
                replace(
                    row,
                    error=refusal.rows.get(row.id, row.error),
                    seen=row.now if row.id in refusal.questions else row.seen,
                )
                for row in one.variants
            ]
            seen = one.title if one.id in refusal.questions else one.seen_title
            error = refusal.rows.get(one.id, one.error)
            listings.append(replace(one, error=error, seen_title=seen, variants=variants))
        return replace(self.sheet, listings=listings)


def read(seller: UUID, data: QueryDict) -> Posted:
    """What the form posted. Nothing raises: what cannot be read has its sentence in its row."""
    ids = [parse_id(text) for text in data.getlist("row")]
    only = [one for one in ids if one]
    shown = _grouped(_read(seller, only=only))
    posted = [_listing(one, data) for one in shown if one.id in set(only)]
    present = {one.id for one in posted} | {row.id for one in posted for row in one.variants}
    return Posted(
        Sheet(posted, parse_id(data.get("next", ""))),
        [wish for one in posted if (wish := _listing_change(one))],
        [
            change
            for one in posted
            for row in one.variants
            if not row.error and (change := _variant_change(row, one.currency))
        ],
        gone=bool(set(only) - present),
    )


def _listing(one: ListingCells, data: QueryDict) -> ListingCells:
    wanted = set(data.getlist("row"))
    return replace(
        one,
        seen_title=data.get(f"title-seen-{one.id}", one.title),
        was_on=data.get(f"on-seen-{one.id}", "") == "1",
        typed_title=one_line(data.get(f"title-{one.id}", one.title), 1000),
        typed_on=f"on-{one.id}" in data,
        variants=[_variant(row, one.currency, data) for row in one.variants
                  if str(row.id) in wanted],
    )  # fmt: skip


def _variant(row: VariantCells, currency: str, data: QueryDict) -> VariantCells:
    price = data.get(f"price-{row.id}", row.typed_price).strip()
    stock = data.get(f"stock-{row.id}", row.typed_stock).strip()
    seen = data.get(f"seen-{row.id}", row.now)
    row = replace(row, typed_price=price, typed_stock=stock, seen=seen)
    try:
        parse_amount(price, currency)
    except Invalid as error:
        return replace(row, error=str(error))
    if not stock.isdecimal() or len(stock) > 9:
        return replace(row, error=_("“%(text)s” is no number of pieces.") % {"text": stock})
    return row


def _listing_change(one: ListingCells) -> ListingChange | None:
    """Only what she changed: the rest may have become something else, and that stays."""
    title = one.typed_title if one.typed_title != one.seen_title else None
    on = one.typed_on if one.typed_on != one.was_on else None
    if title is None and on is None:
        return None
    return ListingChange(listing=one.id, title=title, title_seen=one.seen_title, on_sale=on)


def _variant_change(row: VariantCells, currency: str) -> VariantChange | None:
    price, stock = parse_amount(row.typed_price, currency), int(row.typed_stock)
    seen_price, seen_stock = _seen(row.seen, currency)
    changes_price, changes_stock = price != seen_price, stock != seen_stock
    if not (changes_price or changes_stock):
        return None
    return VariantChange(
        variant=row.id,
        price=price if changes_price else None,
        price_seen=seen_price,
        stock=stock if changes_stock else None,
        stock_seen=seen_stock,
    )


def _seen(text: str, currency: str) -> tuple[Money | None, int | None]:
    """“12000:5”, as the page wrote it; nothing for anything else, which then asks nothing."""
    minor, _colon, stock = text.partition(":")
    if not (minor.isdecimal() and stock.isdecimal() and len(text) < 40):
        return None, None
    return Money(int(minor), currency), int(stock)
