"""Reads of following; the viewer comes first. Nobody learns who follows a shop."""

from uuid import UUID

from ..models import Follow
from ..pages import ShopView
from ..queries import SHOP_COLUMNS, SHOP_JOINS, rows, shop_view
from ..visibility import shop_followable

MAY = f"SELECT 1 FROM shop_shop s WHERE s.id = %(id)s AND {shop_followable('s')}"

# What was hidden or closed since is not followed any more, whatever the row says.
FOLLOWED = f"""
SELECT {SHOP_COLUMNS} FROM shop_follow f JOIN shop_shop s ON s.id = f.shop_id {SHOP_JOINS}
 WHERE f.owner_id = %(viewer)s AND {shop_followable("s")} ORDER BY f.at DESC, f.id DESC"""


def may_follow(viewer: UUID | None, shop: UUID) -> bool:
    return bool(rows(MAY, {"id": shop, "viewer": viewer}))


def followed(viewer: UUID) -> list[ShopView]:
    """The shops that the viewer follows, the latest first."""
    return [shop_view(row) for row in rows(FOLLOWED, {"viewer": viewer})]


def count(shop: UUID) -> int:
    """How many follow it; for its owner. Never who."""
    return Follow.objects.filter(shop=shop).count()
