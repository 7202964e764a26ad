"""Reads of the shop; the viewer comes first (None: a stranger), the unseen is NotFound."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from goodword.circle.cards import Person
from goodword.kit.errors import NotFound
from goodword.kit.money import Money

from . import asking, rules
from . import cards as tiles
from .cards import FACE, Card, Picture
from .models import (
    Evidence,
    ImportRun,
    ImportSource,
    Listing,
    ListingPicture,
    Reservation,
    Shop,
    Variant,
)
from .pages import (
    EvidenceView,
    ItemView,
    ListingPage,
    Shelf,
    ShopPage,
    ShopView,
    VariantView,
)
from .paging import START, decode, encode
from .parcels import Template
from .snapshots import pairs
from .states import ImportState, ReservationState
from .visibility import bought, listing_offered, listing_visible, shop_visible

PAGE = 20
MOST = 60  # cards on one page, whatever is asked for


class ShopMissing(NotFound):
    """No such shop for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("This shop does not exist, or it is not open to you."))


class ListingMissing(NotFound):
    """No such listing for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("This listing does not exist, or it is not meant for you."))


class PictureMissing(NotFound):
    """No such picture for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("This picture does not exist, or it is not meant for you."))


class ImportMissing(NotFound):
    """No such import of this member's."""

    def __init__(self) -> None:
        super().__init__(_("This import does not exist. Start again with your file."))


SHOP_COLUMNS = f"""
  s.id, s.name, s.about, s.promise, s.public, s.level, s.level_at,
  coalesce(d.name, ''), coalesce(d.scheme, ''), coalesce(d.number, ''), s.followable,
  s.opened_at, s.stopped_at, s.closing_at, s.closed_at,
  o.id, o.handle, coalesce(nullif(k.nickname, ''), o.display_name), {FACE},
  s.owner_id = %(viewer)s::uuid IS TRUE, k.id IS NOT NULL,
  EXISTS (SELECT 1 FROM shop_follow w
           WHERE w.owner_id = %(viewer)s::uuid AND w.shop_id = s.id)"""
SHOP_WIDTH = 22  # columns
SHOP_JOINS = """
  JOIN people_member o ON o.id = s.owner_id
  LEFT JOIN circle_friendship k ON k.owner_id = %(viewer)s::uuid AND k.friend_id = s.owner_id
  LEFT JOIN shop_declaration d ON d.owner_id = s.owner_id AND d.state = 'in_force'
        AND d.kind = 'registered' AND s.level = 'registered'"""

ONE_SHOP = f"""
SELECT {SHOP_COLUMNS},
       (SELECT count(*) FROM shop_listing l WHERE l.shop_id = s.id AND l.state = 'active'),
       (SELECT coalesce(sum(x.quantity), 0)::int FROM shop_listing l
          JOIN shop_sale x ON x.listing_id = l.id WHERE l.shop_id = s.id)
  FROM shop_shop s {SHOP_JOINS}
 WHERE s.id = %(id)s AND {shop_visible("s")}"""

SHOPS_OF = f"""
SELECT {SHOP_COLUMNS} FROM shop_shop s {SHOP_JOINS}
 WHERE s.owner_id = %(owner)s AND s.closed_at IS NULL AND {shop_visible("s")}"""

MAY_SEE_PAPER = f"""(e.audience = 'everyone' OR l.seller_id = %(viewer)s::uuid
    OR (e.audience = 'buyers' AND {bought("l")}))"""
# What was promised stays with those who bought by it, whatever the seller does later.
MAY_SEE_PICTURE = f"""(l.seller_id = %(viewer)s::uuid OR {bought("l")}
    OR (p.removed_at IS NULL AND {listing_visible("l", "s")}))"""
# A paper for the operators opens to them by the desk, whatever they may see of the shop.
MAY_SEE_EVIDENCE = f"""(l.seller_id = %(viewer)s::uuid
    OR (p.audience <> 'operators' AND {bought("l")})
    OR {bought("l", by="p.hidden_at")}
    OR (p.audience = 'operators' AND l.state <> 'draft' AND EXISTS (
          SELECT 1 FROM people_member op
           WHERE op.id = %(viewer)s::uuid AND op.is_operator AND op.is_active))
    OR (p.removed_at IS NULL AND p.audience = 'everyone' AND {listing_visible("l", "s")}))"""

ONE_LISTING = f"""
SELECT l.id, l.title, l.description, l.state, l.condition, l.brand, l.origin, l.currency,
       l.made_to_order, l.lead_days, l.ship_within_hours, l.shipping_minor,
       l.shipping_days_min, l.shipping_days_max, l.returns_days, l.contacts_flagged, l.listed_at,
       l.grams, l.asks, l.customs_code, l.customs_note, t.template,
       x.sold, p.pictures, e.papers, e.hidden, l.seller_id = %(viewer)s::uuid IS TRUE,
       l.digital, CASE WHEN l.digital <> '' THEN (
         SELECT json_agg(json_build_array(g.id, g.name, g.size) ORDER BY g.id)
           FROM shop_digitalitem g
          WHERE g.listing_id = l.id AND g.removed_at IS NULL AND g.line IS NULL) END,
       (SELECT u.due_at FROM shop_listingtimer u WHERE u.listing_id = l.id AND l.state = 'active'
           AND u.kind = 'withdraw' AND u.ended_at IS NULL),
       {SHOP_COLUMNS}
  FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id {SHOP_JOINS}
  LEFT JOIN LATERAL (
    SELECT coalesce(sum(x.quantity), 0)::int AS sold
      FROM shop_sale x WHERE x.listing_id = l.id) x ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_build_object('id', t.id, 'name', t.name, 'zones', t.zones) AS template
      FROM shop_shippingtemplate t WHERE t.id = l.template_id) t ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(p.id, p.width, p.height, p.colour, p.alt) ORDER BY p.position)
           AS pictures FROM shop_listingpicture p
     WHERE p.listing_id = l.id AND p.removed_at IS NULL) p ON TRUE
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(e.id, e.kind, e.audience, e.added_at, e.width, e.height,
             e.colour, e.alt) ORDER BY e.id) FILTER (WHERE {MAY_SEE_PAPER}) AS papers,
           count(*) FILTER (WHERE e.audience = 'buyers' AND {MAY_SEE_PAPER} IS NOT TRUE) AS hidden
      FROM shop_evidence e WHERE e.listing_id = l.id AND e.removed_at IS NULL) e ON TRUE
 WHERE l.id = %(id)s AND {listing_visible("l", "s")}"""

VARIANTS = """
SELECT v.id, v.options, v.price_minor, v.stock, v.seller_code, v.keyed, h.history
  FROM shop_variant v
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(h.at, h.price_minor) ORDER BY h.at, h.id) AS history
      FROM shop_pricechange h WHERE h.variant_id = v.id AND h.listing_id = v.listing_id) h ON TRUE
 WHERE v.listing_id = %(id)s AND v.retired_at IS NULL AND v.buyer_id IS NULL
 ORDER BY v.position, v.id"""

MARKET = f"""
SELECT l.id FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
 WHERE {listing_offered("l", "s")} AND (l.listed_at, l.id) < (%(at)s, %(id)s)
   {{only}} ORDER BY l.listed_at DESC, l.id DESC LIMIT %(limit)s"""
FRIENDS_ONLY = """AND EXISTS (SELECT 1 FROM circle_friendship ff
    WHERE ff.owner_id = %(viewer)s::uuid AND ff.friend_id = l.seller_id)"""
FOLLOWED_ONLY = """AND s.public AND s.followable AND EXISTS (SELECT 1 FROM shop_follow fw
    WHERE fw.owner_id = %(viewer)s::uuid AND fw.shop_id = l.shop_id)"""
ONE_WINDOW = "AND l.shop_id = %(shop)s"
EVERYTHING = ""


def rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def listing(viewer: UUID | None, id_: UUID, *, now: datetime) -> ListingPage:
    """The listing as this viewer may see it, in two statements; ListingMissing otherwise."""
    found = rows(ONE_LISTING, {"id": id_, "viewer": viewer})
    if not found:
        raise ListingMissing
    return _page(found[0], rows(VARIANTS, {"id": id_}), now)


def _page(row: tuple[Any, ...], variants: list[tuple[Any, ...]], now: datetime) -> ListingPage:
    (id_, title, text, state, condition, brand, origin, currency, made, lead, hours, cost,
     days_min, days_max, returns, flagged, listed_at, grams, asks, customs, customs_note, template,
     sold, pictures, papers, hidden, mine, digital, items, until) = row[:30]  # fmt: skip
    return ListingPage(
        id=id_, title=title, description=text, state=state, condition=condition, brand=brand,
        origin=origin, currency=currency, made_to_order=made, lead_days=lead,
        ship_within=rules.time_to_ship(
            made_to_order=made, lead_days=lead, ship_within_hours=hours
        ),
        shipping=Money(cost, currency), shipping_days=(days_min, days_max), returns_days=returns,
        template=Template.read(template, currency=currency) if template else None, grams=grams,
        asks=asking.read(json.loads(asks) if isinstance(asks, str) else asks),
        customs_code=customs, customs_note=customs_note,
        contacts_flagged=flagged, listed_at=listed_at, on_sale_until=until,
        shop=shop_view(row[30:]), sold=sold,
        digital=digital, items=[ItemView(*one) for one in items or ()],
        pictures=[Picture(*picture) for picture in pictures or ()],
        evidence=[_paper(paper) for paper in papers or ()], evidence_for_buyers=hidden,
        mine=mine, variants=[
            _variant(one, currency=currency, made=made, mine=mine, now=now) for one in variants
        ],
    )  # fmt: skip


def shop_view(row: Sequence[Any]) -> ShopView:
    """What begins with the SHOP_COLUMNS."""
    (id_, name, about, promise, public, level, level_at, business, scheme, number, followable,
     opened, stopped, closing, closed, owner, handle, display, avatar,
     mine, friends, followed) = row[:SHOP_WIDTH]  # fmt: skip
    return ShopView(
        id_, name, about, promise, public, level, level_at, business, scheme, number, followable,
        opened, stopped, closing, closed, Person(owner, handle, display, avatar),
        mine, friends, followed,
    )  # fmt: skip


def _paper(row: Sequence[Any]) -> EvidenceView:
    id_, kind, audience, at, width, height, colour, alt = row
    picture = Picture(id_, width, height, colour, alt, "evidence")
    return EvidenceView(id_, kind, audience, datetime.fromisoformat(at).astimezone(UTC), picture)


def _variant(
    row: tuple[Any, ...], *, currency: str, made: bool, mine: bool, now: datetime
) -> VariantView:
    id_, options, price, stock, code, keyed, history = row
    points = [
        rules.PricePoint(datetime.fromisoformat(at).astimezone(UTC), Money(minor, currency))
        for at, minor in history or ()
    ]
    return VariantView(
        id=id_, options=pairs(options), price=Money(price, currency), pieces=stock,
        made_to_order=made, history=points, lowest=rules.lowest_of_30_days(points, now),
        seller_code=code if mine else "", keyed=keyed,
    )  # fmt: skip


def shop(viewer: UUID | None, id_: UUID) -> ShopView:
    """The shop as this viewer may see it, or ShopMissing."""
    found = rows(ONE_SHOP, {"id": id_, "viewer": viewer})
    if not found:
        raise ShopMissing
    return shop_view(found[0])


def shops_of(viewer: UUID | None, owner: UUID) -> list[ShopView]:
    """The owner's open shop, if this viewer may see it."""
    return [shop_view(row) for row in rows(SHOPS_OF, {"owner": owner, "viewer": viewer})]


def shop_page(viewer: UUID | None, id_: UUID, *, cursor: str = "", limit: int = PAGE) -> ShopPage:
    """A shop and what it offers, newest first, in two statements; ShopMissing."""
    found = rows(ONE_SHOP, {"id": id_, "viewer": viewer})
    if not found:
        raise ShopMissing
    shelf = _shelf(viewer, ONE_WINDOW, cursor, limit, shop=id_)
    return ShopPage(shop_view(found[0]), shelf, *found[0][SHOP_WIDTH:])


def market(
    viewer: UUID | None,
    cursor: str = "",
    limit: int = PAGE,
    *,
    friends_only: bool = False,
    followed_only: bool = False,
) -> Shelf:
    """What is on sale and open to this viewer, newest first; one statement. Invalid: bad cursor."""
    only = FRIENDS_ONLY if friends_only else FOLLOWED_ONLY if followed_only else EVERYTHING
    return _shelf(viewer, only, cursor, limit)


def _shelf(viewer: UUID | None, only: str, cursor: str, limit: int, **params: Any) -> Shelf:
    size = max(1, min(limit, MOST))
    at, id_ = decode(cursor) if cursor else START
    found = tiles.read(
        MARKET.format(only=only), {"at": at, "id": id_, "limit": size + 1, **params}, viewer=viewer
    )
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return Shelf(shown, encode(last.listed_at, last.id) if last and last.listed_at else None)


def cards(viewer: UUID | None, listing_ids: Sequence[UUID]) -> dict[UUID, Card]:
    """The cards of those of the listings that this viewer may see; one statement."""
    return tiles.by_ids(viewer, listing_ids)


def my_shop(owner: UUID) -> Shop | None:
    """The owner's open shop."""
    return Shop.objects.filter(owner=owner, closed_at=None).first()


def shops_named(name: str) -> list[Shop]:
    """The open shops of that name, in whatever case; several members may have chosen the same."""
    return list(Shop.objects.filter(name__iexact=name, closed_at=None).select_related("owner"))


def my_listing(seller: UUID, id_: UUID) -> Listing:
    """The seller's own listing with its shop, or ListingMissing."""
    found = Listing.objects.filter(id=id_, seller=seller).select_related("shop").first()
    if found is None:
        raise ListingMissing
    return found


def my_page(seller: UUID, id_: UUID, *, now: datetime) -> ListingPage:
    """The seller's own listing as a page, or ListingMissing."""
    page = listing(seller, id_, now=now)
    if not page.mine:
        raise ListingMissing
    return page


def my_variant(seller: UUID, id_: UUID) -> Variant:
    """An offered variant of the seller's with its listing, or ListingMissing."""
    found = Variant.objects.filter(id=id_, seller=seller, retired_at=None).select_related("listing")
    row = found.first()
    if row is None:
        raise ListingMissing
    return row


def currencies_of(seller: UUID, variants: Sequence[UUID]) -> dict[UUID, str]:
    """In which currency each of the seller's variants is sold."""
    found = Variant.objects.filter(id__in=variants, seller=seller)
    return dict(found.values_list("id", "listing__currency"))


def my_picture(seller: UUID, id_: UUID) -> ListingPicture:
    """A picture in the seller's window, or PictureMissing."""
    found = ListingPicture.objects.filter(id=id_, seller=seller, removed_at=None).first()
    if found is None:
        raise PictureMissing
    return found


def my_evidence(seller: UUID, id_: UUID) -> Evidence:
    """A paper that the seller shows, or PictureMissing."""
    found = Evidence.objects.filter(id=id_, seller=seller, removed_at=None).first()
    if found is None:
        raise PictureMissing
    return found


def picture(viewer: UUID | None, id_: UUID) -> ListingPicture:
    """A picture of a listing that this viewer may see, or bought; PictureMissing."""
    if not _sees(viewer, id_, "shop_listingpicture", MAY_SEE_PICTURE):
        raise PictureMissing
    return ListingPicture.objects.get(id=id_)


def evidence_picture(viewer: UUID | None, id_: UUID) -> Evidence:
    """A paper that this viewer may see; PictureMissing."""
    if not _sees(viewer, id_, "shop_evidence", MAY_SEE_EVIDENCE):
        raise PictureMissing
    return Evidence.objects.get(id=id_)


def _sees(viewer: UUID | None, id_: UUID, table: str, allowed: str) -> bool:
    sql = f"""SELECT 1 FROM {table} p JOIN shop_listing l ON l.id = p.listing_id
                JOIN shop_shop s ON s.id = l.shop_id WHERE p.id = %(id)s AND {allowed}"""
    return bool(rows(sql, {"id": id_, "viewer": viewer}))


def overdue_orders(now: datetime, *, limit: int = 500) -> list[UUID]:
    """Orders with pieces held beyond their time, the longest waiting first."""
    held = Reservation.objects.filter(state=ReservationState.HELD, until__lte=now)
    orders = held.order_by("until").values_list("order", flat=True)[:limit]
    return list(dict.fromkeys(orders))


def import_run(owner: UUID, id_: UUID) -> ImportRun:
    """The owner's import, or ImportMissing."""
    found = ImportRun.objects.filter(id=id_, owner=owner).select_related("shop").first()
    if found is None:
        raise ImportMissing
    return found


def import_source(run: UUID) -> bytes:
    """The compressed file of a preview; ImportMissing once it is over."""
    found = ImportSource.objects.filter(run=run).first()
    if found is None:
        raise ImportMissing
    return bytes(found.data)


def import_runs(owner: UUID, *, limit: int = 10) -> list[ImportRun]:
    """The owner's last imports, newest first."""
    return list(
        ImportRun.objects.filter(owner=owner)
        .exclude(state=ImportState.DROPPED)
        .order_by("-created_at", "-id")[:limit]
    )
