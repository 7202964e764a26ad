from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house, rates
from goodword.kit.errors import Conflict, Forbidden, Invalid
from goodword.people.models import Member

from .. import rules
from ..digital import actions as goods_of
from ..digital import keys
from ..digital.refusals import KeysLeft
from ..drafts import (
    AS_IT_IS,
    STOCK,
    TITLE,
    ListingDraft,
    VariantDraft,
    check_title,
    cleaned,
    one_line,
)
from ..masking import masked
from ..models import Listing, ListingPicture, PriceChange, Shop, Variant
from ..queries import ListingMissing
from ..states import LISTING_MOVES, Digital, ListingState
from . import shipping, words
from .pictures import Values, attach, check_room

LISTINGS_A_DAY = 300


class NoShop(Conflict):
    """Listings stand in a shop."""

    def __init__(self) -> None:
        super().__init__(_("Open your shop first."))


class NotReady(Invalid):
    """Something that buyers need is missing; the sentence says what."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = list(missing)


class CurrencyFixed(Forbidden):
    """The public price history is in one currency."""

    def __init__(self) -> None:
        super().__init__(
            _("A listing keeps its currency. Make a new listing for another one."),
            fields={"currency": _("It cannot change.")},
        )


@transaction.atomic
def create_listing(
    *,
    seller: Member,
    draft: ListingDraft,
    pictures: Sequence[Values] = (),
    goods: Sequence[Values] = (),
    now: datetime,
) -> Listing:
    """A new listing in the seller's open shop, on sale at once when `draft.offer`.

    `pictures` are the values of saved pictures (`save_picture`), with their `alt`; `goods` those of
    what is delivered of a digital listing (`files.save_file`, or a `text`).
    Contact details in its text are hidden and the listing flagged. Raises NoShop, BadListing,
    NotReady (when it is to be on sale and something is missing), Invalid, TooMany.
    """
    shop = Shop.objects.filter(owner=seller, closed_at=None).first()
    if shop is None:
        raise NoShop
    draft = cleaned(draft)
    check_room(before=0, more=len(pictures), now=now)
    rates.hit(f"list:{seller.id}", limit=LISTINGS_A_DAY, per=timedelta(days=1), now=now)
    listing = Listing(shop=shop, seller=seller, currency=draft.currency, created_at=now)
    describe(listing, draft, now=now)
    listing.save(force_insert=True)
    set_variants(listing, draft.variants, now=now)
    attach(listing=listing, pictures=pictures, start=0)
    for values in goods:
        goods_of.attach(listing, values, now=now)
    note(listing, "shop.listed", now, variants=len(draft.variants), pictures=len(pictures))
    if draft.offer:
        offer(seller=seller, listing=listing.id, now=now)
        listing.refresh_from_db()
    return listing


@transaction.atomic
def edit_listing(*, seller: Member, listing: UUID, draft: ListingDraft, now: datetime) -> Listing:
    """Make the listing what `draft` says; orders keep what was promised to them.

    Variants are known again by `id`, else by their options; those that the draft leaves out are
    not offered any more. `draft.offer` is not looked at. Raises ListingMissing, CurrencyFixed,
    BadListing, KeysLeft, NotReady when it is on sale and would lack something.
    """
    row = locked(seller, listing)
    draft = cleaned(draft)
    if draft.currency != row.currency:
        raise CurrencyFixed
    describe(row, draft, now=now)
    if row.digital != Digital.AT_ONCE and keys.are_left(row):
        raise KeysLeft
    row.save()
    set_variants(row, draft.variants, now=now)
    if row.state == ListingState.ACTIVE:
        check_ready(row)
    note(row, "shop.listing_edited", now, variants=len(draft.variants))
    return row


@transaction.atomic
def retitle(*, seller: Member, listing: UUID, title: str, now: datetime) -> Listing:
    """Give the listing another title; contact details in it are hidden.

    Raises ListingMissing, BadListing.
    """
    row = locked(seller, listing)
    title = one_line(title, TITLE + 1)
    check_title(title)
    found = masked(title, field="title")
    row.title, row.changed_at = found.text[:TITLE], now
    row.contacts_flagged = row.contacts_flagged or bool(found.found)
    row.save(update_fields=["title", "contacts_flagged", "changed_at"])
    words.keep([row])
    note(row, "shop.retitled", now)
    return row


@transaction.atomic
def offer(*, seller: Member, listing: UUID, now: datetime) -> Listing:
    """Put a draft or a withdrawn listing on sale; again changes nothing.

    Raises ListingMissing, NotReady.
    """
    row = locked(seller, listing)
    if row.state == ListingState.ACTIVE:
        return row
    check_ready(row)
    move(row, ListingState.ACTIVE, now=now)
    return row


@transaction.atomic
def withdraw(*, seller: Member, listing: UUID, now: datetime) -> Listing:
    """Take the listing off sale; its page stays, orders go on. Again changes nothing.

    Raises ListingMissing; a draft was never on sale (Conflict).
    """
    row = locked(seller, listing)
    if row.state != ListingState.WITHDRAWN:
        move(row, ListingState.WITHDRAWN, now=now)
    return row


def locked(seller: Member, listing: UUID) -> Listing:
    """The seller's listing, locked against other edits, or ListingMissing.

    FOR NO KEY UPDATE: a buyer's reservation refers to the row and must not wait for an edit.
    """
    found = (
        Listing.objects.select_for_update(no_key=True, of=("self",))
        .select_related("shop")
        .filter(id=listing, seller=seller)
        .first()
    )
    if found is None:
        raise ListingMissing
    return found


def move(listing: Listing, to: ListingState, *, now: datetime) -> None:
    if to not in LISTING_MOVES[ListingState(listing.state)]:
        raise Conflict(_("This listing was never on sale."))
    listing.state, listing.changed_at = to, now
    listing.listed_at = listing.listed_at or now
    listing.save(update_fields=["state", "changed_at", "listed_at"])
    note_prices(listing, unnoted(listing), now=now)
    note(listing, f"shop.{'offered' if to == ListingState.ACTIVE else 'withdrawn'}", now)


def check_ready(listing: Listing) -> None:
    missing = rules.missing_for_sale(
        rules.Readiness(
            title=listing.title,
            variants=Variant.objects.filter(listing=listing, retired_at=None, buyer=None).count(),
            pictures=ListingPicture.objects.filter(listing=listing, removed_at=None).count(),
            shop_open=listing.shop.closed_at is None,
            ships_or_made=bool(listing.digital) or listing.shipping_days_max > 0,
            delivers=listing.digital != Digital.AT_ONCE or goods_of.is_stocked(listing),
        )
    )
    if missing:
        raise NotReady(missing)


def describe(listing: Listing, draft: ListingDraft, *, now: datetime) -> None:
    """Everything of the draft but its variants, contacts hidden."""
    title, text = masked(draft.title, field="title"), masked(draft.description)
    hours = draft.ship_within_hours or house.rules(now).ship_within // timedelta(hours=1)
    listing.title, listing.description = title.text[:120], text.text
    listing.contacts_flagged = bool(title.found or text.found)
    listing.condition, listing.brand, listing.origin = draft.condition, draft.brand, draft.origin
    listing.returns_days, listing.ship_within_hours = draft.returns_days, hours
    listing.shipping_minor = draft.shipping.minor if draft.shipping else 0
    listing.shipping_days_min, listing.shipping_days_max = draft.shipping_days
    describe_more(listing, draft)
    listing.made_to_order, listing.lead_days = draft.made_to_order, draft.lead_days
    if listing.digital:
        nothing_is_sent(listing)
    listing.changed_at = now


def nothing_is_sent(listing: Listing) -> None:
    """Digital goods have no parcel, no customs and no way back."""
    listing.shipping_minor = listing.grams = listing.returns_days = 0
    listing.shipping_days_min = listing.shipping_days_max = 0
    listing.template, listing.customs_code, listing.customs_note = None, "", ""


def describe_more(listing: Listing, draft: ListingDraft) -> None:
    """What a draft may leave as it is."""
    for name in ("digital", "grams", "customs_code", "customs_note"):
        if (said := getattr(draft, name)) is not None:
            setattr(listing, name, said)
    if draft.asks is not None or not draft.made_to_order:
        listing.asks = [ask.stored() for ask in draft.asks or ()]
    if draft.template != AS_IT_IS:
        listing.template = shipping.named(listing, draft.template)


def set_variants(listing: Listing, drafts: Sequence[VariantDraft], *, now: datetime) -> None:
    """Bring the offered variants in line with `drafts`, locked in the order of their ids.

    What was offered before under the same options comes back with its past prices: otherwise a new
    row would be a way to forget them. Last of all, the listing is found by what it says now.
    """
    rows = list(
        Variant.objects.select_for_update(no_key=True)
        .filter(listing=listing, buyer=None)
        .order_by("id")
    )
    kept, fresh = _matched(rows, drafts)
    staying = {row.id for row, _draft, _position in kept}
    going = {row.id for row in rows if row.retired_at is None} - staying
    Variant.objects.filter(id__in=going).update(retired_at=now)
    _step_aside([row for row, draft, _position in kept if _options(row.options) != draft.options])
    priced = [row for row, draft, _position in kept if row.price_minor != draft.price.minor]
    changed = [_fill(*one) for one in kept]
    Variant.objects.bulk_update(
        changed, ["options", "seller_code", "price_minor", "stock", "position", "retired_at"]
    )
    made = [
        _fill(Variant(listing=listing, seller_id=listing.seller_id), draft, position)
        for draft, position in fresh
    ]
    Variant.objects.bulk_create(made)
    note_prices(listing, [*priced, *made], now=now)
    words.keep([listing])


Kept = tuple[Variant, VariantDraft, int]


def _matched(
    rows: Sequence[Variant], drafts: Sequence[VariantDraft]
) -> tuple[list[Kept], list[tuple[VariantDraft, int]]]:
    offered = [row for row in rows if row.retired_at is None]
    by_id = {row.id: row for row in offered}
    retired = [row for row in rows if row.retired_at is not None]
    by_options = {_options(row.options): row for row in (*retired, *offered)}
    kept: dict[UUID, Kept] = {}
    fresh = []
    for position, draft in enumerate(drafts):
        row = by_id.get(draft.id) if draft.id in by_id else by_options.get(draft.options)
        if row is None or row.id in kept:
            fresh.append((draft, position))
        else:
            kept[row.id] = (row, draft, position)
    return list(kept.values()), fresh


def _step_aside(rows: Sequence[Variant]) -> None:
    # Two variants may swap their options, and no two may have the same even for an instant.
    for row in rows:
        row.options = [["", str(row.id)]]
    Variant.objects.bulk_update(rows, ["options"])


def _fill(row: Variant, draft: VariantDraft, position: int) -> Variant:
    stock = draft.stock
    if draft.stock_seen is not None:
        stock = min(STOCK, max(0, row.stock + draft.stock - draft.stock_seen))
    row.options = [list(pair) for pair in draft.options]
    row.seller_code, row.position = draft.seller_code, position
    row.price_minor, row.retired_at = draft.price.minor, None
    row.stock = row.stock if row.keyed else stock
    return row


def _options(stored: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((option, value) for option, value in stored)


def unnoted(listing: Listing) -> QuerySet[Variant]:
    """What is offered of it at another price than its history says."""
    noted = PriceChange.objects.filter(variant=OuterRef("pk")).order_by("-at", "-id")
    offered = Variant.objects.filter(listing=listing, retired_at=None, buyer=None)
    last = Coalesce(Subquery(noted.values("price_minor")[:1]), 0)
    return offered.alias(noted=last).exclude(noted=F("price_minor"))


def note_prices(listing: Listing, rows: Iterable[Variant], *, now: datetime) -> None:
    """Write the public price history: what these variants of the listing cost from `now` on.

    Nobody can pay the price of what is not on sale, so that is no past price; as the listing goes
    on sale, `move` writes down what it costs then.
    """
    if listing.state != ListingState.ACTIVE:
        return
    PriceChange.objects.bulk_create(
        PriceChange(
            variant=row, listing_id=row.listing_id, seller_id=row.seller_id,
            price_minor=row.price_minor, at=now,
        )
        for row in rows
    )  # fmt: skip


def note(listing: Listing, verb: str, now: datetime, **facts: object) -> None:
    journal.record(
        owner=listing.seller_id, actor=listing.seller_id, verb=verb, subject=listing.id, now=now,
        **facts,
    )  # fmt: skip
