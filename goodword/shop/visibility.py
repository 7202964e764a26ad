"""Who may see a shop and its listings: the one rule, in SQL, that every read and purchase contains.

A shop is there for everyone if its owner made it public, else for her friends; for herself always;
never where one of the two blocks the other. A draft is its seller's alone. A withdrawn listing
stays readable, so that no record disappears, and cannot be bought.

Slots: {s} the shop's alias, {l} the listing's. The viewer is %(viewer)s, NULL for a stranger from
the street.
"""

SHOP = """(
  {s}.owner_id = %(viewer)s::uuid
  OR (({s}.public OR EXISTS (
        SELECT 1 FROM circle_friendship vf
         WHERE vf.owner_id = %(viewer)s::uuid AND vf.friend_id = {s}.owner_id))
      AND NOT EXISTS (
        SELECT 1 FROM circle_block vb
         WHERE (vb.owner_id = %(viewer)s::uuid AND vb.blocked_id = {s}.owner_id)
            OR (vb.owner_id = {s}.owner_id AND vb.blocked_id = %(viewer)s::uuid))))"""

LISTING = f"""({{l}}.seller_id = %(viewer)s::uuid OR ({{l}}.state <> 'draft' AND {SHOP}))"""

TAKES_ORDERS = "({s}.closed_at IS NULL AND {s}.closing_at IS NULL AND {s}.stopped_at IS NULL)"

# In shop windows and the market: on sale now. Its seller's own drafts are on another page.
OFFERED = f"""({{l}}.state = 'active' AND {TAKES_ORDERS} AND {SHOP})"""

# What is left can be ordered; what a quote holds back for one buyer is nobody else's.
LEFT = """({l}.made_to_order OR EXISTS (
  SELECT 1 FROM shop_variant vs
   WHERE vs.listing_id = {l}.id AND vs.retired_at IS NULL AND vs.buyer_id IS NULL
     AND vs.stock > 0))"""

BOUGHT = """EXISTS (
  SELECT 1 FROM shop_reservation vr
   WHERE vr.buyer_id = %(viewer)s::uuid AND vr.listing_id = {l}.id AND vr.state = 'sold'{by})"""

# Strangers follow what everybody may see, while its owner lets them.
FOLLOWABLE = f"""({{s}}.public AND {{s}}.followable AND {{s}}.closed_at IS NULL
  AND {{s}}.owner_id <> %(viewer)s::uuid AND {SHOP})"""


# A quoted variant is for the buyer who asked, while the quote holds (%(now)s).
QUOTED = """({v}.buyer_id IS NULL
  OR ({v}.buyer_id = %(viewer)s::uuid AND {v}.until > %(now)s))"""


def variant_open(v: str) -> str:
    return QUOTED.format(v=v)


def bought(l: str, *, by: str = "") -> str:  # noqa: E741
    """The viewer has bought it; with `by`, a column, had ordered it by the time in there."""
    return BOUGHT.format(l=l, by=f" AND vr.at <= {by}" if by else "")


def takes_orders(s: str) -> str:
    return TAKES_ORDERS.format(s=s)


def shop_followable(s: str) -> str:
    return FOLLOWABLE.format(s=s)


def shop_visible(s: str) -> str:
    return SHOP.format(s=s)


def listing_visible(l: str, s: str) -> str:  # noqa: E741
    return LISTING.format(l=l, s=s)


def listing_offered(l: str, s: str) -> str:  # noqa: E741
    return OFFERED.format(l=l, s=s)


def listing_to_be_had(l: str, s: str) -> str:  # noqa: E741
    """On sale now, and not sold out: what may be brought before a reader."""
    return f"({OFFERED} AND {LEFT})".format(l=l, s=s)
