"""From the town's data to beats in order of time. Pure: no database, no clock."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from ..town.habits import DAYS, hours, passers_by
from ..town.shapes import (
    Case,
    Comment,
    Life,
    Listing,
    Order,
    Person,
    Picture,
    Showing,
    Tie,
    Town,
    Tune,
    When,
)

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NEWCOMER = 30 * DAY  # who joined since then finds friends within hours, not weeks
FRESH = timedelta(minutes=2)  # nothing happens later than this before the town is finished
LIKES = 7  # of one moment are played; a like takes as long as a picture's thumbnail
READ_UNTIL = 8 * HOUR  # older notices have been read
READ_SINCE = DAYS * DAY
# How long ago a buyer confirmed, at most and at least: money is released 7 days after receipt while
# a seller is new, and the order completed 15 days after it (kit.house).
CONFIRMED = {
    "arrived": (10_000 * DAY, FRESH),
    "received": (6.5 * DAY, FRESH),
    "released": (14.5 * DAY, 7.5 * DAY),
    "completed": (10_000 * DAY, 15.5 * DAY),
}


@dataclass(frozen=True, slots=True)
class Beat:
    """At `at` (UTC), `act` (a method of the stage) happens with `props`."""

    at: datetime
    act: str
    props: tuple[Any, ...]

    @property
    def drawn(self) -> tuple[Person | Picture | Tune, ...]:
        """What must be drawn or played for it, in the order in which the stage asks for it."""
        thing = self.props[0]
        if self.act == "join":
            return (thing,)
        if self.act == "open_shop" and thing.business:
            return (thing.business.licence,)
        if self.act == "publish":
            return (*thing.pictures, *((thing.voice,) if thing.voice else ()))
        if self.act == "list":
            return (*thing.pictures, *(paper.picture for paper in thing.evidence))
        return ()


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the script of `town` as it ends at `now`."""

    town: Town
    now: datetime

    def beats(self) -> list[Beat]:
        """All beats in order of time; beats of one moment stay in the order of cause and effect."""
        everything = [
            *self.people(),
            *self.circle(),
            *self.shops(),
            *self.moments(),
            *self.orders(),
            *self.quotes(),
            *self.house(),
            *self.reading(),
            Beat(self.now - READ_UNTIL, "read_notices", (None,)),
        ]
        return sorted(everything, key=lambda beat: beat.at)

    def at(self, when: When) -> datetime:
        return min(when.before(self.now), self.now - FRESH)

    def later(self, start: datetime, span: timedelta) -> datetime:
        """`span` after `start`, but in the past."""
        return min(start + span, self.now - FRESH)

    def people(self) -> Iterator[Beat]:
        joined = {person.handle: self.at(person.joined) for person in self.town.people}
        for person in self.town.people:
            yield Beat(joined[person.handle], "join", (person,))
        for liking in self.town.likings:
            yield Beat(self.later(joined[liking.member], DAY), "choose", (liking,))

    def circle(self) -> Iterator[Beat]:
        joined = {person.handle: self.at(person.joined) for person in self.town.people}
        friends_at = dict.fromkeys(joined, self.now - 10_000 * DAY)
        for tie in self.town.ties:
            asked, accepted = self.meeting(tie, max(joined[tie.one], joined[tie.other]))
            yield Beat(asked, "ask", (tie.one, tie.other, None))
            yield Beat(accepted, "accept", (tie.one, tie.other))
            for one in (tie.one, tie.other):
                friends_at[one] = max(friends_at[one], accepted)
        for group in self.town.groups:
            yield Beat(self.later(friends_at[group.owner], HOUR), "group", (group,))
        for dial in self.town.dials:
            yield Beat(self.later(friends_at[dial.owner], 2 * HOUR), "turn", (dial,))
        for request in self.town.requests:
            yield Beat(
                self.at(request.when), "ask", (request.asker, request.asked, request.message)
            )

    def meeting(self, tie: Tie, both_here: datetime) -> tuple[datetime, datetime]:
        """When one asked and the other accepted."""
        chance = Random(f"{tie.one}:{tie.other}")  # noqa: S311 - a story, not a secret
        known = both_here < self.now - NEWCOMER
        asked = self.later(both_here, (12 * DAY if known else 2 * HOUR) * chance.random())
        return asked, self.later(asked, (20 * HOUR if known else HOUR) * chance.random())

    def shops(self) -> Iterator[Beat]:
        for shop in self.town.shops:
            yield Beat(self.at(shop.opened), "open_shop", (shop,))
        for listing in self.town.listings:
            yield Beat(self.at(listing.listed), "list", (listing,))
            yield from self.prices(listing)

    def prices(self, listing: Listing) -> Iterator[Beat]:
        for variant in listing.variants:
            for price in variant.prices[1:]:
                at = self.at(When(days=price.days, at=time(9, 30)))
                at = max(at, self.at(listing.listed) + timedelta(minutes=1))
                yield Beat(at, "change_price", (listing, variant, price.minor))

    def moments(self) -> Iterator[Beat]:
        for number, life in enumerate(self.town.life):
            yield from self.moment("publish", life, number)
        for number, showing in enumerate(self.town.market):
            yield from self.moment("show", showing, number)

    def moment(self, act: str, moment: Life | Showing, number: int) -> Iterator[Beat]:
        at, key = self.at(moment.when), f"{act}-{number}"
        yield Beat(at, act, (moment, key))
        yield from self.answers(moment, key, at)

    def answers(self, moment: Life | Showing, key: str, at: datetime) -> Iterator[Beat]:
        chance = Random(key)  # noqa: S311
        for member in moment.likes[:LIKES]:
            wait = timedelta(minutes=2) + 9 * HOUR * chance.random() ** 3
            yield Beat(self.later(at, wait), "like", (key, member))
        for place, comment in enumerate(moment.comments):
            yield Beat(self.comment_at(at, comment, moment), "comment", (key, place, comment))

    def comment_at(self, at: datetime, comment: Comment, moment: Life | Showing) -> datetime:
        """After the one it answers, also where the clock has run out."""
        said = self.later(at, comment.after)
        if comment.reply_to is not None:
            said = max(said, self.comment_at(at, moment.comments[comment.reply_to], moment))
        return said

    def orders(self) -> Iterator[Beat]:
        for number, order in enumerate(self.town.orders):
            yield from self.order(order, f"order-{number}")

    def order(self, order: Order, key: str) -> Iterator[Beat]:
        """What its people do; what the clock does by itself needs no beat."""
        chance = Random(key)  # noqa: S311
        at = self.at(order.when)
        yield Beat(at, "buy", (order, key, order.state != "expired"))
        if order.state == "cancelled":
            yield Beat(self.later(at, (2 + 8 * chance.random()) * HOUR), "cancel", (key,))
        if order.state == "met":
            yield Beat(self.later(at, (3 + 8 * chance.random()) * HOUR), "hand_over", (key,))
        if order.state in ("shipped", "arrived", "received", "released", "completed"):
            shipped = self.later(at, (3 + 26 * chance.random()) * HOUR)
            yield Beat(shipped, "ship", (key,))
            if order.state != "shipped":
                there = shipped + (2 + 2.5 * chance.random()) * DAY
                there = self.confirmed(there, order.state)
                yield Beat(there, "confirm", (key,))
                if order.case:
                    yield from self.case(order.case, key, there)

    def confirmed(self, there: datetime, state: str) -> datetime:
        """About when the parcel came, so that by now the clocks have led to `state`."""
        earliest, latest = CONFIRMED[state]
        return min(max(there, self.now - earliest), self.now - latest)

    def case(self, case: Case, key: str, there: datetime) -> Iterator[Beat]:
        """What was not right, and what both did about it, one after the other."""
        at = max(self.at(case.when), there + MINUTE)
        yield Beat(at, "open_case", (case, key))
        for turn in case.turns:
            at = max(self.at(turn.when), at + MINUTE)
            yield Beat(at, "turn_case", (turn, key))

    def house(self) -> Iterator[Beat]:
        """Who runs it, who follows and lets it learn, and what is planned and on its way."""
        if self.town.operator:
            yield Beat(self.opened + DAY, "run_the_house", (self.town.operator,))
        for follow in self.town.follows:
            yield Beat(self.at(follow.when), "follow", (follow,))
        for handle in self.town.learning:
            yield Beat(self.now - NEWCOMER, "agree", (handle,))
        for plan in self.town.plans:
            yield Beat(self.now - HOUR, "plan", (plan, self.now))
        sent = [f"order-{n}" for n, one in enumerate(self.town.orders) if one.state == "shipped"]
        if sent:
            yield Beat(self.now - HOUR, "scan", (sent,))

    @property
    def opened(self) -> datetime:
        """When the last of those who were there from the beginning had joined."""
        return max(self.at(one.joined) for one in self.town.people if one.joined.days >= 300)

    def reading(self) -> Iterator[Beat]:
        """Who was there in which hour; whoever passes by while something is new reads it; and what
        the house itself does in evenings and nights."""
        days = defaultdict[int, list[tuple[str, datetime]]](list)
        for person in self.town.people:
            joined = self.at(person.joined)
            for back, clock in hours(person):
                at = self.at(When(days=back, at=time(clock, 30)))
                if at > joined:
                    days[back].append((person.handle, at))
        for visits in days.values():
            yield Beat(max(at for _handle, at in visits), "look_in", (sorted(visits),))
        for number, showing in enumerate(self.town.market):
            yield from self.passing(showing, number)
        for back in (29, 22, 15, 8, 1):
            yield Beat(self.at(When(days=back, at=time(11, 37))), "night", (None,))
        for back in (2, 1, 0):
            at = timezone.localtime(self.now).replace(hour=18, minute=7) - back * DAY
            if at < self.now:
                yield Beat(at, "evening", (None,))

    def passing(self, showing: Showing, number: int) -> Iterator[Beat]:
        at, chance = self.at(showing.when), Random(f"passing-{number}")  # noqa: S311
        if at < self.now - READ_SINCE:
            return
        readers = passers_by(self.town, showing.author, chance)
        for start, after in ((0, 5 * HOUR), (1, 27 * HOUR)):
            if at + after < self.now - FRESH and readers[start::2]:
                yield Beat(at + after, "browse", (readers[start::2],))

    def quotes(self) -> Iterator[Beat]:
        for number, quote in enumerate(self.town.quotes):
            key, at = f"quote-{number}", self.at(quote.when)
            yield Beat(at, "ask_quote", (quote, key))
            if quote.answered:
                answered = max(self.at(quote.answered), at + MINUTE)
                yield Beat(answered, "answer_quote", (quote, key))
