"""A listing as one card: one SQL statement for any number of them, whatever page asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from goodword.circle.cards import Person
from goodword.kit.money import Money

from .rules import ENDLESS, returns_brief, shipping_brief
from .sellers.rules import level_words
from .states import Level, ListingState
from .visibility import listing_visible, takes_orders

# Faces are for members: a stranger in a public shop meets the seller's initial.
FACE = "CASE WHEN %(viewer)s::uuid IS NULL THEN '' ELSE o.avatar_version END"

# Reads the ids that a `picked (id)` CTE chose; whoever picks them has asked visibility already.
CARD = f"""
SELECT l.id, l.title, l.currency, l.state, l.made_to_order, l.listed_at,
       s.id, s.name, s.level, s.level_at, {takes_orders("s")},
       o.id, o.handle, coalesce(nullif(k.nickname, ''), o.display_name), {FACE},
       p.picture, v.low, v.high, v.stock, v.variants, x.sold,
       l.digital, l.returns_days, l.template_id IS NOT NULL, CASE WHEN l.template_id IS NULL
         THEN l.shipping_minor ELSE (
         SELECT min((z ->> 'first')::bigint)
           FROM shop_shippingtemplate t, jsonb_array_elements(t.zones) z
          WHERE t.id = l.template_id) END
  FROM picked
  JOIN shop_listing l ON l.id = picked.id
  JOIN shop_shop s ON s.id = l.shop_id
  JOIN people_member o ON o.id = l.seller_id
  LEFT JOIN circle_friendship k ON k.owner_id = %(viewer)s::uuid AND k.friend_id = l.seller_id
  LEFT JOIN LATERAL (
    SELECT json_build_array(p.id, p.width, p.height, p.colour, p.alt) AS picture
      FROM shop_listingpicture p WHERE p.listing_id = l.id AND p.removed_at IS NULL
     ORDER BY p.position LIMIT 1) p ON TRUE
  LEFT JOIN LATERAL (
    SELECT min(v.price_minor) AS low, max(v.price_minor) AS high, sum(v.stock)::int AS stock,
           count(*) AS variants
      FROM shop_variant v
     WHERE v.listing_id = l.id AND v.retired_at IS NULL AND v.buyer_id IS NULL) v ON TRUE
  LEFT JOIN LATERAL (
    SELECT coalesce(sum(x.quantity), 0)::int AS sold
      FROM shop_sale x WHERE x.listing_id = l.id) x ON TRUE
 ORDER BY l.listed_at DESC NULLS FIRST, l.id DESC
"""

BY_IDS = f"""
SELECT l.id FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
 WHERE l.id = ANY (%(ids)s) AND {listing_visible("l", "s")}"""


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` and `height` are those of the large form, in pixels; `colour` is "#rrggbb"."""

    id: str
    width: int
    height: int
    colour: str
    alt: str
    folder: str = "listings"

    @property
    def url(self) -> str:
        return f"/{self.folder}/pictures/{self.id}/large"

    @property
    def medium_url(self) -> str:
        return f"/{self.folder}/pictures/{self.id}/medium"

    @property
    def thumb_url(self) -> str:
        return f"/{self.folder}/pictures/{self.id}/thumb"


@dataclass(frozen=True, slots=True)
class Card:
    """What a shop window shows. `low` and `high` are None while a draft has no variant.

    `stock` is None when it is made to order and orders are taken. `seller` is named as this viewer
    knows her.
    """

    id: UUID
    title: str
    state: str
    made_to_order: bool
    listed_at: datetime | None
    shop_id: UUID
    shop_name: str
    level: str
    level_at: datetime | None
    takes_orders: bool  # its shop does
    seller: Person
    picture: Picture | None
    low: Money | None
    high: Money | None
    pieces: int
    variants: int
    sold: int
    digital: str  # of `states.Digital`
    returns_days: int
    by_region: bool  # what shipping costs; `shipping` is then the least of it
    shipping: Money

    @property
    def url(self) -> str:
        return f"/listings/{self.id}"

    @property
    def shop_url(self) -> str:
        return f"/shops/{self.shop_id}"

    @property
    def price(self) -> Money | None:
        return self.low

    @property
    def has_range(self) -> bool:
        return self.low != self.high

    @property
    def stock(self) -> int | None:
        return None if self.made_to_order and self.pieces else self.pieces

    @property
    def is_endless(self) -> bool:
        return self.pieces >= ENDLESS

    @property
    def on_sale(self) -> bool:
        return self.state == ListingState.ACTIVE and self.takes_orders

    @property
    def promises(self) -> list[str]:
        """What sending it costs, and how long it can be sent back: a few words each."""
        if self.digital:
            return [_("Nothing is sent"), _("No returns promised")]
        return [
            shipping_brief(self.shipping, by_region=self.by_region),
            returns_brief(self.returns_days),
        ]

    @property
    def level_phrase(self) -> str:
        """What the seller has declared, or the house has checked."""
        return level_words(Level(self.level), self.level_at)


def read(picked: str, params: dict[str, Any], *, viewer: UUID | None) -> list[Card]:
    """The cards of the listings that the SQL `picked` (columns: id) chooses, newest first.

    `picked` must contain a predicate of `visibility`; `params` are its named values.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"WITH picked AS ({picked}) {CARD}", {**params, "viewer": viewer})
        return [card(row) for row in cursor.fetchall()]


def card(row: Sequence[Any]) -> Card:
    (id_, title, currency, state, made, listed_at, shop, shop_name, level, level_at, takes,
     owner, handle, name, avatar, picture, low, high, stock, variants, sold,
     digital, returns, by_region, shipping) = row  # fmt: skip
    return Card(
        id_, title, state, made, listed_at, shop, shop_name, level, level_at, takes,
        Person(owner, handle, name, avatar),
        Picture(*picture) if picture else None,
        None if low is None else Money(low, currency),
        None if high is None else Money(high, currency),
        stock or 0, variants, sold, digital, returns, by_region, Money(shipping, currency),
    )  # fmt: skip


def by_ids(viewer: UUID | None, listings: Sequence[UUID]) -> dict[UUID, Card]:
    """The cards of those listings that the viewer may see; one statement."""
    if not listings:
        return {}
    found = read(BY_IDS, {"ids": list(listings)}, viewer=viewer)
    return {one.id: one for one in found}
