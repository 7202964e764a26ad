"""What the pace decides from: the life cards of a page, what was shown before, what waits."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from goodword.circle.visibility import VISIBLE, WISHED, named
from goodword.kit import house
from goodword.kit.cursors import answered
from goodword.shop.visibility import listing_to_be_had, listing_visible

from ..cursor import LAST_ID, Cursor
from ..models import Reader
from ..rules import Place
from ..targeting import queries as targeting
from ..targeting.rules import Ranked
from .rules import DAY, Fold, Layout, Pace, Turn, Waiting, folds, in_turn, lay_out

HORIZON = timedelta(days=7)  # older offers are found in the market
WAITING = 60  # offers that wait at once; a reader meets at most one in five cards anyway
OF_ONE = 20  # of them of one seller, so that no storm hides what others offer
NEXT = Fold(UUID(int=0), UUID(int=0))  # stands for whatever is new: where it finds a place, ask

# A market card is nothing without its listing, so that is asked before LIMIT too: a listing which
# is not there for this viewer may not make a page shorter or a fold's number larger.
LISTED = f"""EXISTS (
    SELECT 1 FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
     WHERE l.id = m.listing AND {listing_visible("l", "s")})"""
# Nobody is brought what they cannot buy: it had no turn before it was sold out or withdrawn.
TO_BE_HAD = f"""EXISTS (
    SELECT 1 FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
     WHERE l.id = m.listing AND {listing_to_be_had("l", "s")})"""
SHOWN = f"{named(VISIBLE, m='m')} AND {named(WISHED, m='m')}"

LIFE = f"""
SELECT e.published_at, m.id FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
 WHERE e.reader_id = %(viewer)s AND e.face = 'life'
   AND (e.published_at, e.moment) < (%(life_at)s, %(life_id)s) AND {SHOWN}
 ORDER BY e.published_at DESC, e.moment DESC LIMIT %(limit)s"""

# What folded behind a card, as it was counted when the card was laid.
FOLDED = f"""ARRAY (
    SELECT m.id FROM circle_moment m
     WHERE m.id = ANY ({{rest}}) AND {SHOWN} AND {LISTED} AND NOT EXISTS (
       SELECT 1 FROM reach_impression n
        WHERE n.reader_id = %(viewer)s AND n.moment = m.id AND n.dismissed_at IS NOT NULL)
     ORDER BY m.published_at DESC, m.id DESC)"""

# What the reader waved away or turned down leaves its place empty: nothing else moves in at once.
TURNS = f"""
SELECT i.after_at, i.after_moment, i.moment, i.seller, m.listing,
       {FOLDED.format(rest="i.rest")} AS rest,
       i.dismissed_at IS NOT NULL OR NOT {named(WISHED, m="m")} AS empty
  FROM reach_impression i JOIN circle_moment m ON m.id = i.moment
 WHERE i.reader_id = %(viewer)s AND i.after_at IS NOT NULL AND i.seen_at IS NOT NULL
   AND (i.after_at, i.after_moment) <= (%(life_at)s, %(life_id)s)
   AND {named(VISIBLE, m="m")} AND {LISTED}
 ORDER BY i.after_at DESC, i.after_moment DESC LIMIT %(turns)s"""

WAITS = f"""{SHOWN} AND t.out IS NOT TRUE AND (t.since IS NULL OR t.since <= %(as_of)s)"""
COME = f"""e.reader_id = %(viewer)s AND e.face = 'market' AND e.author <> %(viewer)s
   AND e.published_at > %(horizon)s AND e.published_at <= %(as_of)s AND {WAITS}"""

# The sellers of whom a card was seen of late, and whether one may have another turn.
MET = """
SELECT seller, max(seen_at) AS last, count(*) FILTER (WHERE seen_at > %(yesterday)s) AS today
  FROM reach_impression
 WHERE reader_id = %(viewer)s AND after_at IS NOT NULL AND seen_at > %(met_since)s
 GROUP BY seller"""
RESTED = "(r.last <= %(gap_ago)s AND r.today < %(per_day)s)"

# A turn counts once it was seen: what was laid and not seen is offered again with its fold.
LAID = f"""
SELECT m.published_at, m.id AS moment, m.author_id AS seller, m.listing, r.last,
       coalesce(r.today, 0)::int AS today, i.after_at, i.after_moment,
       {FOLDED.format(rest="i.rest")} AS rest
  FROM reach_impression i JOIN circle_moment m ON m.id = i.moment
  LEFT JOIN reach_slot t ON t.moment = i.moment
  LEFT JOIN met r ON r.seller = i.seller
 WHERE i.reader_id = %(viewer)s AND i.seen_at IS NULL
   AND m.published_at > %(horizon)s AND m.published_at <= %(as_of)s AND {WAITS}
   AND (r.seller IS NULL OR {RESTED}) AND {TO_BE_HAD}"""

# Of a seller who rests nothing is asked: she has no turn now. Of each what may lead is there.
OFFERS = f"""
SELECT published_at, moment, listing, seller, last, today, position
  FROM (
    SELECT e.published_at, e.moment, m.listing, e.author AS seller, r.last,
           coalesce(r.today, 0)::int AS today, t.position,
           row_number() OVER (PARTITION BY e.author
             ORDER BY t.position, e.published_at DESC, e.moment DESC) AS nth
      FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
      LEFT JOIN reach_slot t ON t.moment = e.moment
      LEFT JOIN reach_impression i ON i.reader_id = %(viewer)s AND i.moment = e.moment
      LEFT JOIN met r ON r.seller = e.author
     WHERE {COME} AND i.moment IS NULL AND (r.seller IS NULL OR {RESTED}) AND {TO_BE_HAD}) o
 WHERE nth <= %(of_one)s
 ORDER BY nth > 1, published_at DESC, moment DESC LIMIT %(waiting)s"""

# What the reader neither saw by then nor had counted behind a card that they saw. Slots: the
# reader, and by when.
UNMET = """NOT EXISTS (
    SELECT 1 FROM reach_impression i
     WHERE i.reader_id = {viewer} AND i.seller = e.author AND i.seen_at <= {by}
       AND (i.moment = e.moment OR e.moment = ANY (i.rest)))"""
UNMET_BY_NOW = UNMET.format(viewer="%(viewer)s", by="%(now)s")
MORE = f"""
SELECT 1 FROM met r JOIN reach_entry e ON e.author = r.seller
  JOIN circle_moment m ON m.id = e.moment
  LEFT JOIN reach_slot t ON t.moment = e.moment
 WHERE {COME} AND NOT {RESTED} AND {UNMET_BY_NOW} AND {TO_BE_HAD}"""

# It changes whenever a page is laid for the reader (`actions.LOCK`).
VERSION = "xmin::text::bigint"
# What each page of the mixed circle is made of, in one way to the database. What only some need is
# asked by itself: a statement costs by its length, also where most of it has nothing to do.
ROWS = f"""
WITH met AS MATERIALIZED ({MET})
SELECT 'life', published_at, id, NULL::uuid, NULL::uuid, NULL::uuid[], NULL::timestamptz, 0, 0,
       NULL::timestamptz, NULL::uuid, NULL::bigint
  FROM ({LIFE}) life
UNION ALL
SELECT 'turn', after_at, after_moment, moment, seller, rest, NULL, empty::int, 0, NULL, listing,
       NULL
  FROM ({TURNS}) turns
UNION ALL
SELECT 'laid', published_at, moment, listing, seller, rest, last, today, 0, after_at, after_moment,
       NULL
  FROM ({LAID}) laid
UNION ALL
SELECT 'reader', NULL, NULL, NULL, NULL, NULL, NULL, every, read_in, NULL, NULL, {VERSION}
  FROM reach_reader WHERE member_id = %(viewer)s"""

NEW = f"""
WITH met AS MATERIALIZED ({MET}), new AS ({OFFERS})
SELECT new.*, NULL::bigint FROM new
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, {VERSION}
  FROM reach_reader WHERE member_id = %(viewer)s"""
RESTS = f"WITH met AS MATERIALIZED ({MET}) SELECT EXISTS ({MORE})"


@dataclass(slots=True)
class Found:
    """What the statement found; life holds one card more than the page when more follow."""

    values: dict[str, Any]  # of the statement
    life: list[Place] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)  # first only what was laid and not seen
    listings: list[UUID] = field(default_factory=list)  # of the turns and of what was laid
    every: int | None = None  # the reader's own share
    read_in: int | None = None  # the last hour in which the reader was noted to read
    version: int | None = None  # of the reader's row

    @property
    def has_room(self) -> bool:
        """Whether it is worth to ask what else waits: the page may have a place, or life ends."""
        if len(self.life) < self.values["limit"]:
            return True
        lie = sum(turn.after >= self.life[-1] for turn in self.turns)
        return len(self.waiting) + lie < self.values["places"]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page as it will be read, whether offers are left for the market tab, what speaks most for
    the listings on the page, and the last hour in which the reader was noted to read."""

    layout: Layout
    left: bool
    why: dict[UUID, Ranked]
    read_in: int | None


def arrange(
    viewer: UUID,
    at: Cursor,
    *,
    rules: house.HouseRules,
    now: datetime,
    limit: int,
    ranked: bool = False,
) -> Arranged:
    """Lay out the viewer's page behind the cursor. Decides only: what is fresh is not kept yet.

    `ranked` asks what fits the viewer best, one statement more, worth it where something is fresh.
    """
    found = read(viewer, at, rules=rules, now=now, limit=limit)
    why = targeting.reasons(viewer, found.listings, rules=rules)
    pace = paced(rules, found.every)
    ends = len(found.life) <= limit
    above = Place(*at.life)
    # A circle without any life still learns that there is a market: by one card.
    is_empty = above.moment == LAST_ID and not found.life
    since = pace.every - 1 if is_empty else at.since

    def lay(*others: Fold) -> Layout:
        waiting = [*folds(found.waiting, pace=pace, now=now), *others]
        return lay_out(
            found.life, found.turns, waiting,
            pace=pace, above=above, since=since, ends=ends, limit=limit,
        )  # fmt: skip

    # One that seemed full may have a place, as turns that lie too close are left out.
    asks = found.has_room or NEXT.lead in (turn.lead for turn in lay(NEXT).unseen)
    if asks and not add_new(found):
        return arrange(viewer, at, rules=rules, now=now, limit=limit, ranked=ranked)
    if ranked:
        best = ranking(viewer, found.waiting, now=now)
        found.waiting = fitted(found.waiting, best)
        why |= {one.listing: one for one in best}
    layout = lay()
    told = {one for turn in layout.unseen for one in (turn.lead, *turn.rest)}
    left = any(one.moment not in told for one in found.waiting) or (ends and rests(found))
    return Arranged(layout, left, why, found.read_in)


def ranking(viewer: UUID, waiting: list[Waiting], *, now: datetime) -> list[Ranked]:
    """The listings of what waits, best fit first."""
    listings = [one.listing for one in in_turn(waiting) if one.listing]
    return targeting.rank(viewer, list(dict.fromkeys(listings)), now=now)


def fitted(waiting: list[Waiting], best: list[Ranked]) -> list[Waiting]:
    """What waits, with how well it fits."""
    places: dict[UUID | None, int] = {one.listing: place for place, one in enumerate(best)}
    return [replace(one, fit=-float(places.get(one.listing, len(best)))) for one in waiting]


def paced(rules: house.HouseRules, own: int | None) -> Pace:
    """The house's pace, with the reader's own share where that is smaller; 0 shows none."""
    every = rules.market_every if own is None else own and max(own, rules.market_every)
    return Pace(every, rules.seller_gap, rules.seller_cards_a_day)


def read(viewer: UUID, at: Cursor, *, rules: house.HouseRules, now: datetime, limit: int) -> Found:
    found = Found(asked_with(viewer, at, rules=rules, now=now, limit=limit))
    _count, rows = answered(ROWS, found.values)
    for kind, when, one, other, seller, rest, last, number, second, *more in rows:
        match kind:
            case "life":
                found.life.append(Place(when, one))
            case "turn":
                after = Place(when, one)
                found.turns.append(Turn(other, seller, after, tuple(rest), empty=bool(number)))
                found.listings.append(more[1])
            case "laid":
                turn = Turn(one, seller, Place(*more[:2]), tuple(rest))
                offer = Waiting(when, one, seller, 0.0, last, number, other, laid=turn)
                found.waiting.append(offer)
                found.listings.append(other)
            case _:
                found.every, found.read_in, found.version = number, second, more[2]
    found.life.sort(reverse=True)
    found.turns.sort(key=lambda turn: (turn.after, not turn.empty), reverse=True)
    return found


def asked_with(
    viewer: UUID, at: Cursor, *, rules: house.HouseRules, now: datetime, limit: int
) -> dict[str, Any]:
    every = max(2, rules.market_every)
    return {
        "viewer": viewer,
        "now": now,
        "as_of": at.as_of,
        "horizon": at.as_of - HORIZON,
        "life_at": at.life[0],
        "life_id": at.life[1],
        "limit": limit + 1,
        "turns": limit // every + 2,
        "places": -(-limit // every),
        "waiting": WAITING,
        "of_one": OF_ONE,
        "yesterday": now - DAY,
        "met_since": now - max(HORIZON, rules.seller_gap),
        "gap_ago": now - rules.seller_gap,
        "per_day": rules.seller_cards_a_day,
    }


def add_new(found: Found) -> bool:
    """Add what else waits. False where another device has laid some of it since the rest was read:
    what lies there is neither in `found` nor new, and would be left out.
    """
    version = None
    for when, one, listing, seller, last, today, place, seen in answered(NEW, found.values)[1]:
        if when is None:
            version = seen
            continue
        found.waiting.append(Waiting(when, one, seller, 0.0, last, today, listing, place))
    return version == found.version


def rests(found: Found) -> bool:
    """Whether a seller who rests has something that the reader did not meet."""
    _count, [(answer,)] = answered(RESTS, found.values)
    return bool(answer)


FOLD = f"""
SELECT m.id FROM circle_moment m
 WHERE m.id = ANY (ARRAY (
     SELECT unnest(f.moment || f.rest) FROM reach_impression f
      WHERE f.reader_id = %(viewer)s AND f.moment = %(lead)s))
   AND {SHOWN} AND {LISTED} AND NOT EXISTS (
     SELECT 1 FROM reach_impression n
      WHERE n.reader_id = %(viewer)s AND n.moment = m.id AND n.dismissed_at IS NOT NULL)"""


def share(reader: UUID) -> int | None:
    """Of how many cards in a row the reader wants one market card; 0 none, None: the house's."""
    return Reader.objects.filter(member=reader).values_list("every", flat=True).first()
