"""Reading the timeline: `can_view` before every LIMIT, the same few statements for any circle."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.circle import cards
from goodword.circle import queries as circle
from goodword.circle.cards import MomentCard
from goodword.circle.states import Face
from goodword.circle.visibility import BROWSED, VISIBLE, WISHED, named
from goodword.kit import house
from goodword.shop import queries as shop
from goodword.shop.cards import Card
from goodword.shop.visibility import listing_visible

from . import cursor as cursors
from . import rules, visits
from .cursor import Cursor
from .rules import Fold, Offer
from .states import Lens

PAGE = 20
HORIZON = timedelta(days=7)  # older offers are found in the market
WAITING = 60  # offers that wait at once; a reader meets at most one in five cards anyway

# A market card is nothing without its listing, so that is asked before LIMIT too: a listing which
# is not there for this viewer may not make a page shorter or a fold's number larger.
LISTED = f"""EXISTS (
    SELECT 1 FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
     WHERE l.id = m.listing AND {listing_visible("l", "s")})"""
WHOLE = f"(m.face = 'life' OR {LISTED})"

# As an author may know it of a friend: friends see every listing but drafts, and blocks are secret.
WHOLE_TO_FRIENDS = """(m.face = 'life' OR EXISTS (
    SELECT 1 FROM shop_listing l WHERE l.id = m.listing AND l.state <> 'draft'))"""

SHOWN = f"{named(VISIBLE, m='m')} AND {named(WISHED, m='m')}"

LIFE = f"""
SELECT m.id FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
 WHERE e.reader_id = %(viewer)s AND e.face = 'life'
   AND (e.published_at, e.moment) < (%(life_at)s, %(life_id)s) AND {SHOWN}
 ORDER BY e.published_at DESC, e.moment DESC LIMIT %(limit)s"""

OFFERS = f"""
SELECT e.published_at, e.moment, e.author FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
 WHERE e.reader_id = %(viewer)s AND e.face = 'market' AND e.author <> %(viewer)s
   AND e.published_at > %(horizon)s AND e.published_at <= %(as_of)s AND {SHOWN}
   AND {LISTED}
 ORDER BY e.published_at DESC, e.moment DESC LIMIT %(waiting)s"""

MARKET = f"""
SELECT m.id FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
 WHERE e.reader_id = %(viewer)s AND e.face = 'market'
   AND (e.published_at, e.moment) < (%(market_at)s, %(market_id)s)
   AND {named(VISIBLE, m="m")} AND {named(BROWSED, m="m")} AND {LISTED}
 ORDER BY e.published_at DESC, e.moment DESC LIMIT %(limit)s"""

THESE = f"""
SELECT m.id FROM circle_moment m
 WHERE m.id = ANY (%(ids)s) AND {named(VISIBLE, m="m")} AND {WHOLE}"""


@dataclass(slots=True)
class Shown:
    """One card of the timeline. A market card has its `offer`; `folded` others wait behind it."""

    card: MomentCard
    offer: Card | None = None
    folded: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Page:
    cards: list[Shown]
    next: str | None  # a cursor, None at the end
    in_market: bool = False  # at the end: more is for sale than had its turn here


def timeline(
    viewer: UUID, *, now: datetime, lens: Lens = Lens.ALL, after: str = "", limit: int = PAGE
) -> Page:
    """A page of the viewer's circle, newest first. `after` is the `next` of the page before.

    Raises Invalid for a cursor that is none.
    """
    at = cursors.decode(after) if after else cursors.first(now)
    if lens == Lens.MARKET:
        return market_page(viewer, at, now=now, limit=limit)
    folds: list[Fold] = []
    pace = house.rules(now)
    if lens == Lens.ALL:
        folds = waiting_folds(viewer, at, pace, now=now)
    return mixed_page(viewer, at, folds, now=now, limit=limit, every=pace.market_every)


def waiting_folds(viewer: UUID, at: Cursor, pace: house.HouseRules, *, now: datetime) -> list[Fold]:
    """What the market has for this reader behind the cursor, folded by the house's pace."""
    params: dict[str, Any] = {
        "viewer": viewer,
        "now": now,
        "as_of": at.as_of,
        "horizon": at.as_of - HORIZON,
        "waiting": WAITING,
    }
    with connection.cursor() as db:
        db.execute(OFFERS, params)
        offers = [Offer(*row) for row in db.fetchall()]
    folds = rules.fold(offers, gap=pace.seller_gap, per_day=pace.seller_cards_a_day)
    return [f for f in folds if (f.lead.published_at, f.lead.moment) < at.market]


def mixed_page(
    viewer: UUID, at: Cursor, folds: Sequence[Fold], *, now: datetime, limit: int, every: int
) -> Page:
    waiting = len(folds)
    leads = [f.lead.moment for f in folds[: limit // every + 1]]
    params = {
        "now": now,
        "life_at": at.life[0],
        "life_id": at.life[1],
        "limit": limit + 1,
        "ids": leads,
    }
    picked = f"({LIFE}) UNION ALL ({THESE})" if leads else LIFE
    found = {card.id: card for card in cards.read(picked, params, viewer=viewer)}
    lives = [(card.published_at, card.id) for card in found.values() if card.face == "life"]
    folds = [f for f in folds if f.lead.moment in found]
    ends = len(lives) <= limit
    # A circle without any life still learns that there is a market: by one card.
    since = every - 1 if ends and not lives and at == cursors.first(at.as_of) else at.since
    shown: list[Shown] = []
    turned, more = 0, False
    for place in rules.interleave(lives, folds, every=every, since=since, ends=ends):
        if len(shown) == limit:
            more = True
            break
        if isinstance(place, Fold):
            lead = place.lead
            rest = tuple(offer.moment for offer in place.rest)
            shown.append(Shown(found[lead.moment], folded=rest))
            at = replace(at, market=(lead.published_at, lead.moment), since=0)
            turned += 1
        else:
            shown.append(Shown(found[place[1]]))
            at = replace(at, life=place, since=at.since + 1)
    page = with_offers(viewer, shown)
    return Page(page, at.encode() if more else None, not more and turned < waiting)


def line(viewer: UUID, page: Page, *, lens: Lens, after: str, now: datetime) -> UUID | None:
    """Before which card of this page the viewer stopped last time; looking at the top is noted.

    Life keeps the reading order, so where there is life the line stands among its cards.
    """
    face = Face.MARKET if lens == Lens.MARKET else Face.LIFE
    cards = [item.card for item in page.cards if item.card.face == face]
    places = [rules.Place(card.published_at, card.id) for card in cards]
    above = None
    if after:
        at = cursors.decode(after)
        above = rules.Place(*(at.market if face == Face.MARKET else at.life))
        seen = visits.visit(viewer, lens)
        stopped = seen.line if seen else None
    else:
        stopped = visits.keep(reader=viewer, lens=lens, places=places, now=now)
    found = rules.line_before(places, stopped, above=above)
    return found.moment if found else None


def market_page(viewer: UUID, at: Cursor, *, now: datetime, limit: int) -> Page:
    """Every market moment that the viewer may see and did not turn off, newest first, unfolded."""
    params = {
        "now": now,
        "market_at": at.market[0],
        "market_id": at.market[1],
        "limit": limit + 1,
    }
    found = cards.read(MARKET, params, viewer=viewer)
    shown = [Shown(card) for card in found[:limit]]
    if shown:
        last = shown[-1].card
        at = replace(at, market=(last.published_at, last.id))
    more = len(found) > limit
    return Page(with_offers(viewer, shown), at.encode() if more else None)


def opened_fold(viewer: UUID, moment: UUID, *, now: datetime) -> list[Shown]:
    """The card `moment` and what is folded into it for this viewer now, newest first.

    Raises MomentMissing when it is not there for the viewer.
    """
    folds = waiting_folds(viewer, cursors.first(now), house.rules(now), now=now)
    ids = next(
        ([moment, *(o.moment for o in f.rest)] for f in folds if f.lead.moment == moment), [moment]
    )
    found = cards.read(THESE, {"ids": ids, "now": now}, viewer=viewer)
    if moment not in {card.id for card in found}:
        raise circle.MomentMissing
    return with_offers(viewer, [Shown(card) for card in found])


def profile_page(
    viewer: UUID, author: UUID, *, now: datetime, after: str = "", limit: int = PAGE
) -> Page:
    """What the viewer may see of the author's page, newest first. Invalid for a broken cursor."""
    before = cursors.decode(after).life if after else None
    found = circle.moments_of(viewer, author, now=now, before=before, limit=limit + 1, only=WHOLE)
    return page_of(viewer, found, now=now, limit=limit)


def page_of(viewer: UUID, found: Sequence[MomentCard], *, now: datetime, limit: int) -> Page:
    """The first `limit` of one author's moments; one more means that there is a next page."""
    page, following = found[:limit], None
    if len(found) > limit:
        last = page[-1]
        following = replace(cursors.first(now), life=(last.published_at, last.id)).encode()
    return Page(with_offers(viewer, [Shown(card) for card in page]), following)


def page_as(
    viewer: UUID, friend: UUID, *, now: datetime, after: str = "", limit: int = PAGE
) -> Page:
    """The viewer's own page as this friend sees it, newest first; without answers.

    Raises PersonMissing unless they are friends, Invalid for a broken cursor.
    """
    before = cursors.decode(after).life if after else None
    found = circle.shown_to(
        viewer, friend, now=now, before=before, limit=limit + 1, only=WHOLE_TO_FRIENDS
    )
    return page_of(viewer, found, now=now, limit=limit)


def decorated(viewer: UUID, found: Sequence[MomentCard]) -> list[Shown]:
    """Moments that another read found, with their offers."""
    return with_offers(viewer, [Shown(card) for card in found])


def with_offers(viewer: UUID, shown: list[Shown]) -> list[Shown]:
    """Fill in the listings; a market moment whose listing is not there for the viewer goes."""
    wanted = [(item, item.card.listing or item.card.from_listing) for item in shown]
    ids = {listing for _item, listing in wanted if listing is not None}
    if not ids:
        return shown
    offers = shop.cards(viewer, list(ids))
    kept = []
    for item, listing in wanted:
        item.offer = offers.get(listing) if listing else None
        if item.card.face == "life" or item.offer is not None:
            kept.append(item)
    return kept
