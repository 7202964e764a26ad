"""Reading the timeline: `can_view` before every LIMIT, the same few statements for any circle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goodword.circle import cards
from goodword.circle import queries as circle
from goodword.circle.cards import MomentCard
from goodword.circle.states import Face
from goodword.circle.visibility import BROWSED, VISIBLE, named
from goodword.kit import house
from goodword.kit.cursors import answered
from goodword.shop import queries as shop
from goodword.shop.cards import Card

from . import cursor as cursors
from . import rules, visits
from .cursor import Cursor
from .pacing import actions as showing
from .pacing import queries as pacing
from .pacing.queries import LIFE, LISTED
from .pacing.rules import Turn
from .rules import Place
from .selling.rhythm import hour
from .states import Lens
from .targeting.rules import Ranked
from .targeting.words import on_card

PAGE = 20

WHOLE = f"(m.face = 'life' OR {LISTED})"

# As an author may know it of a friend: friends see every listing but drafts, and blocks are secret.
WHOLE_TO_FRIENDS = """(m.face = 'life' OR EXISTS (
    SELECT 1 FROM shop_listing l WHERE l.id = m.listing AND l.state <> 'draft'))"""

LIFE_IDS = f"SELECT id FROM ({LIFE}) life"

MARKET = f"""
SELECT m.id FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
 WHERE e.reader_id = %(viewer)s AND e.face = 'market'
   AND (e.published_at, e.moment) < (%(market_at)s, %(market_id)s)
   AND {named(VISIBLE, m="m")} AND {named(BROWSED, m="m")} AND {LISTED}
 ORDER BY e.published_at DESC, e.moment DESC LIMIT %(limit)s"""

OPENED = f"""
SELECT m.id FROM circle_moment m
 WHERE m.id = %(lead)s AND m.face = 'market' AND {named(VISIBLE, m="m")} AND {LISTED}
UNION {pacing.FOLD}"""

THESE = f"""
SELECT m.id FROM circle_moment m
 WHERE m.id = ANY (%(ids)s) AND {named(VISIBLE, m="m")} AND {WHOLE}"""


@dataclass(slots=True)
class Shown:
    """One card of the timeline. A market card has its `offer`; `folded` others wait behind it."""

    card: MomentCard
    offer: Card | None = None
    folded: tuple[UUID, ...] = ()
    reason: str = ""  # why it was brought, as a sentence; empty where nothing speaks for it
    unseen: bool = False  # a market card whose turn counts once the reader tells that they saw it


@dataclass(slots=True)
class Page:
    cards: list[Shown]
    next: str | None  # a cursor, None at the end
    in_market: bool = False  # at the end: more is for sale than had its turn here


def timeline(
    viewer: UUID,
    *,
    now: datetime,
    lens: Lens = Lens.ALL,
    after: str = "",
    limit: int = PAGE,
    tells: bool = False,
) -> Page:
    """A page of the viewer's circle, newest first. `after` is the `next` of the page before.

    `tells`: the reader tells what they saw (`pacing.see`); otherwise all of the page counts as
    seen. Raises Invalid for a cursor that is none.
    """
    at = cursors.decode(after) if after else cursors.first(now)
    match lens:
        case Lens.MARKET:
            return market_page(viewer, at, now=now, limit=limit)
        case Lens.LIFE:
            return life_page(viewer, at, now=now, limit=limit)
    return mixed_page(viewer, at, now=now, limit=limit, tells=tells)


def mixed_page(viewer: UUID, at: Cursor, *, now: datetime, limit: int, tells: bool) -> Page:
    """Life in its order, and among it what the market's pace lets through."""
    rules = house.rules(now)
    if at.passed:
        showing.see(reader=viewer, moments=at.passed, now=now)

    def arrange(*, ranked: bool = True) -> pacing.Arranged:
        return pacing.arrange(viewer, at, rules=rules, now=now, limit=limit, ranked=ranked)

    arranged = arrange(ranked=False)
    if arranged.layout.fresh or (arranged.layout.unseen and not tells):
        arranged = showing.show(reader=viewer, arrange=arrange, tells=tells, now=now)
    if arranged.read_in != hour(now):
        showing.note(reader=viewer, hour=hour(now))
    layout = arranged.layout
    ids = [card.lead if isinstance(card, Turn) else card.moment for card in layout.cards]
    found = {card.id: card for card in cards.read(THESE, {"ids": ids, "now": now}, viewer=viewer)}
    unseen = tuple(turn.lead for turn in layout.unseen) if tells else ()
    shown = []
    for place in layout.cards:
        if isinstance(place, Turn) and place.lead in found:
            is_new = place.lead in unseen
            shown.append(Shown(found[place.lead], folded=place.rest, unseen=is_new))
        elif isinstance(place, Place) and place.moment in found:
            shown.append(Shown(found[place.moment]))
    last = next((p for p in reversed(layout.cards) if isinstance(p, Place)), None)
    life = (last.published_at, last.moment) if last else at.life
    following = replace(at, life=life, since=layout.since, passed=unseen)
    page = with_offers(viewer, shown, why=arranged.why)
    if layout.more:
        return Page(page, following.encode())
    return Page(page, None, in_market=arranged.left)


def life_page(viewer: UUID, at: Cursor, *, now: datetime, limit: int) -> Page:
    params = {"now": now, "life_at": at.life[0], "life_id": at.life[1], "limit": limit + 1}
    found = cards.read(LIFE_IDS, params, viewer=viewer)
    shown = [Shown(card) for card in found[:limit]]
    more = len(found) > limit
    if shown:
        at = replace(at, life=(shown[-1].card.published_at, shown[-1].card.id))
    return Page(with_offers(viewer, shown), at.encode() if more else None)


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


def standing(viewer: UUID, ids: Sequence[UUID], *, now: datetime) -> set[UUID]:
    """Which of these moments are there for the viewer now."""
    _count, rows = answered(THESE, {"ids": list(ids), "viewer": viewer, "now": now})
    return {row[0] for row in rows}


def opened_fold(viewer: UUID, moment: UUID, *, now: datetime) -> list[Shown]:
    """The card `moment` and what was folded into it for this viewer, newest first.

    Raises MomentMissing when it is not there for the viewer.
    """
    found = cards.read(OPENED, {"lead": moment, "now": now}, viewer=viewer)
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


def with_offers(
    viewer: UUID, shown: list[Shown], *, why: Mapping[UUID, Ranked] | None = None
) -> list[Shown]:
    """Fill in the listings; a market moment whose listing is not there for the viewer goes.

    `why` says of listings what speaks most for them with this viewer.
    """
    why = why or {}
    wanted = [(item, item.card.listing or item.card.from_listing) for item in shown]
    ids = {listing for _item, listing in wanted if listing is not None}
    if not ids:
        return shown
    # What the viewer chose before is named by its title, so it is asked for in the same way.
    because = {before for one in ids if one in why and (before := why[one].because)}
    offers = shop.cards(viewer, list(ids | because))
    kept = []
    for item, listing in wanted:
        item.offer = offers.get(listing) if listing else None
        if item.card.face == Face.MARKET and listing and not item.card.mine:
            item.reason = on_card(why.get(listing), offers)
        if item.card.face == "life" or item.offer is not None:
            kept.append(item)
    return kept
