"""Reads for sellers; the seller comes first. What is counted of readers leaves as a sum only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.circle import queries as circle
from goodword.circle.rules import Audience
from goodword.kit.interests import INTERESTS
from goodword.shop import interests as purposes
from goodword.shop import queries as shop
from goodword.shop.cards import Card

from ..models import Forecast, Rhythm, Week
from ..pacing.queries import HORIZON, WAITING
from . import rules
from .bands import Band, band, one_in
from .rhythm import CIRCLE, DAYS, Expected, expect, hour
from .rules import Line, Tally
from .states import Group, Interest, Often, Outcome, Risk

FOUR_WEEKS = timedelta(weeks=4)
RESULTS_OF = timedelta(weeks=8)
RESULTS = 60  # the newest; older ones are told by nothing any more
WEEKS_TOLD = 8

# Hers that may still come into somebody's circle; what only she may see waits for nobody.
WAITS = """
SELECT m.id, m.published_at, t.position, t.since, coalesce(t.out, FALSE), m.listing, m.text
  FROM circle_moment m JOIN shop_listing l ON l.id = m.listing
  LEFT JOIN reach_slot t ON t.moment = m.id
 WHERE m.author_id = %(seller)s AND m.face = 'market' AND m.state = 'published'
   AND m.audience_kind <> 'only_me' AND m.published_at > %(horizon)s AND l.state <> 'draft'
 ORDER BY m.published_at DESC, m.id DESC LIMIT %(limit)s"""

SHOWN = """
SELECT count(*) FROM circle_moment m
 WHERE m.author_id = %(seller)s AND m.face = 'market' AND m.published_at > %(since)s"""

SHOWED = """
SELECT m.id, m.listing, m.published_at, coalesce(x.pieces, 0), m.text
  FROM circle_moment m
  LEFT JOIN LATERAL (
    SELECT sum(x.quantity)::int AS pieces FROM shop_sale x
     WHERE x.listing_id = m.listing AND x.at >= m.published_at
       AND x.at < m.published_at + interval '7 days') x ON TRUE
 WHERE m.author_id = %(seller)s AND m.face = 'market' AND m.state = 'published'
   AND m.published_at > %(since)s
 ORDER BY m.published_at DESC, m.id DESC LIMIT %(limit)s"""


def rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as db:
        db.execute(sql, params)
        return db.fetchall()


def waiting(seller: UUID, *, now: datetime) -> list[tuple[Line, UUID, str]]:
    """What of hers may still come up in circles, with its listing and its words, newest first."""
    found = rows(WAITS, {"seller": seller, "horizon": now - HORIZON, "limit": WAITING})
    return [(Line(*row[:5]), row[5], row[6]) for row in found]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the schedule. `people` is empty until it is foreseen, or while nothing is known."""

    line: Line
    card: Card
    people: list[Expected]
    audience: int = 0
    text: str = ""  # the moment's own words: the same thing may wait several times

    @property
    def comes(self) -> bool:
        """Nobody is brought what she keeps out, nor what cannot be bought."""
        is_left = self.card.made_to_order or self.card.pieces > 0
        return not self.line.out and self.card.on_sale and is_left

    @property
    def soon(self) -> Expected | None:
        """Who will have met it a day after it comes up."""
        return self.people[0] if self.people else None

    @property
    def in_all(self) -> Expected | None:
        return self.people[-1] if self.people else None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What waits, in the seller's order. `chosen`: she put it so; else what fits leads."""

    items: list[Item]
    chosen: bool
    now: datetime

    @property
    def coming(self) -> list[Item]:
        return [item for item in self.items if item.comes]

    @property
    def together(self) -> list[Item]:
        """Those that share one card by now."""
        return [i for i in self.coming if i.line.since is None or i.line.since <= self.now]

    @property
    def lead(self) -> UUID | None:
        """What leads that card in every circle, if she chose."""
        return self.together[0].line.moment if self.chosen and self.together else None


def schedule(seller: UUID, *, now: datetime) -> Schedule:
    """What of hers waits and when her friends will likely meet it, in three statements."""
    found = waiting(seller, now=now)
    listings = {line.moment: listing for line, listing, _text in found}
    texts = {line.moment: text for line, _listing, text in found}
    cards = shop.cards(seller, list(set(listings.values())))
    told = Forecast.objects.filter(seller=seller, moment__in=list(listings)).in_bulk()
    items = [
        item(line, cards[listings[line.moment]], told.get(line.moment), texts[line.moment])
        for line in rules.in_order([line for line, _listing, _text in found])
        if listings[line.moment] in cards
    ]
    return Schedule(items, any(item.line.position is not None for item in items), now)


def item(line: Line, card: Card, row: Forecast | None, text: str) -> Item:
    return Item(line, card, expected(row), row.audience if row else 0, text)


def expected(row: Forecast | None) -> list[Expected]:
    """What the kept forecast says."""
    if row is None:
        return []
    return [
        Expected(int(days), number, width, row.audience)
        for days, (number, width) in sorted(row.expected.items())
    ]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect of something before it is shown.

    `known` says whether the two shares come from what people did here, or are cautious guesses.
    """

    audience: int
    people: list[Expected]
    looks: float
    looks_known: bool
    turns: float
    turns_known: bool
    often: Often
    shown: int

    @property
    def interest(self) -> Interest:
        return rules.interest(self.looks)

    @property
    def lookers(self) -> Band | None:
        return rules.lookers(self.people[-1], self.looks) if self.people else None

    @property
    def risk(self) -> Risk:
        return rules.risk(self.turns)


def outlook(made: Rhythm, *, audience: int, start: int, shown: int) -> Outlook:
    """The forecast for something that `audience` friends may see, the `shown`-th in four weeks."""
    means = {days: made.means[str(days)] for days in DAYS}
    widths = {int(days): wide for days, wide in made.widths.items()}
    people = expect(means, friends=made.friends, audience=audience, start=start, widths=widths)
    tallies = {name: Tally(*one) for name, one in made.tallies.items()}
    looks, looks_known = rules.looks(tallies["own"], tallies["looks"])
    much = rules.often(shown)
    turned = tallies[f"turned {much}"]
    return Outlook(
        audience, people, looks, looks_known,
        turned.share if turned.is_known else rules.TURNS[much], turned.is_known, much, shown,
    )  # fmt: skip


def preview(
    seller: UUID, listing: UUID, audience: Audience, *, made: Rhythm, now: datetime
) -> tuple[Card, Outlook]:
    """The seller's listing and what to expect of showing it now. Raises ListingMissing."""
    shop.my_listing(seller, listing)
    card = shop.cards(seller, [listing])[listing]
    count = circle.audience_count(seller, audience, now=now)
    more = shown(seller, now=now) + 1
    return card, outlook(made, audience=count, start=hour(now), shown=more)


def shown(seller: UUID, *, now: datetime) -> int:
    """How many things the seller has shown in the last four weeks."""
    return int(rows(SHOWN, {"seller": seller, "since": now - FOUR_WEEKS})[0][0])


@dataclass(frozen=True, slots=True)
class Advice:
    """When whom of her friends read: a part of the week (`rhythm.best_slot`)."""

    group: Group
    interest: str  # a key of the vocabulary for INTEREST
    slot: int


def advice(made: Rhythm, *, interests: Collection[str] | None = None) -> list[Advice]:
    """The times worth a word: hers by interest, of `interests` if given, else of all who look."""
    told = [Advice(Group(group), key, slot) for group, key, slot in made.slots]
    hers = [
        one
        for one in told
        if one.interest in INTERESTS and (interests is None or one.interest in interests)
    ]
    keen = [one for one in told if one.group == Group.KEEN]
    return [one for one in told if one.group == Group.ALL] + (hers or keen)


def advice_for(made: Rhythm, listing: UUID) -> list[Advice]:
    """The times worth a word for this listing of the seller's. Raises ListingMissing."""
    return advice(made, interests=purposes.purposes(made.seller_id, listing).keys)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one market moment, up to the last midnight, beside what was expected."""

    moment: UUID
    card: Card
    shown_at: datetime
    sold: int  # pieces in seven days, as the orders say
    days: int  # after so many days the rest was counted; 0: nothing is counted
    few: bool  # fewer than CIRCLE friends: nobody is counted
    expected: Expected | None
    seen: Band | None
    opened: Band | None
    outcome: Outcome
    one_in: int | None  # of so many who met it, one piece was sold
    text: str = ""  # the moment's own words


def results(seller: UUID, *, now: datetime) -> list[Result]:
    """What came of what the seller showed in the last weeks, newest first, in four statements."""
    found = rows(SHOWED, {"seller": seller, "since": now - RESULTS_OF, "limit": RESULTS})
    told = Forecast.objects.filter(seller=seller, moment__in=[row[0] for row in found]).in_bulk()
    cards = shop.cards(seller, list({row[1] for row in found}))
    few = len(circle.friend_ids(seller)) < CIRCLE
    return [
        replace(result(told.get(moment), moment, cards[listing], at, sold, few=few), text=text)
        for moment, listing, at, sold, text in found
        if listing in cards
    ]


def result(
    row: Forecast | None, moment: UUID, card: Card, at: datetime, sold: int, *, few: bool
) -> Result:
    days = max((int(days) for days in row.seen), default=0) if row else 0
    if row is None or not days:
        return Result(moment, card, at, sold, 0, few, None, None, None, Outcome.OPEN, None)
    said = next((one for one in expected(row) if one.days == days), None)
    came = row.seen[str(days)]
    seen = band(came)
    opened = band(row.opened) if row.audience >= CIRCLE else band(0)
    sold_to = None if seen.is_few or sold <= 0 else one_in(sold, came)
    judged = rules.outcome(said, came)
    return Result(moment, card, at, sold, days, few, said, seen, opened, judged, sold_to)


@dataclass(frozen=True, slots=True)
class Usual:
    """One in so many: who met something of hers looked closer, and with others here looked closer,
    waved a card away, turned a seller down who shows as much as she does. None: too few to say."""

    own: int | None
    looks: int | None
    waved: int | None
    turned: int | None
    often: Often


def usual(made: Rhythm, *, shown: int) -> Usual:
    much = rules.often(shown)
    names = ("own", "looks", "waved", f"turned {much}")
    tallies = [Tally(*made.tallies[name]) for name in names]
    own, looks, waved, turned = (
        one_in(tally.part, tally.whole) if tally.is_known else None for tally in tallies
    )
    return Usual(own, looks, waved, turned, much)


def weeks(*, limit: int = WEEKS_TOLD) -> Sequence[Week]:
    """What the market did here, for operators, newest first."""
    return list(Week.objects.filter(shown__gt=0).order_by("-start")[:limit])
