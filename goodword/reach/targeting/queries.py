"""Reads of targeting: one reader's ranking in one statement, and what a lesson is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.kit import house
from goodword.orders.states import LineState
from goodword.shop import queries as shop
from goodword.shop.cards import Card
from goodword.shop.visibility import listing_offered, shop_followable

from .rules import AMONG, Facts, Lesson, Ranked, Why, ranked
from .rules import rank as ordered
from .words import sentence

# Who sent it back, or got the money back for a fake, chose nothing.
UNDONE = f"IN ('{LineState.REFUNDED}', '{LineState.CANCELLED}')"

# What members choose: they bought it, or like a moment that sells it. The slots narrow each half.
CHOICES = f"""
  SELECT b.buyer_id AS member, b.listing_id AS listing FROM shop_reservation b
   WHERE b.state = 'sold' AND b.buyer_id {{who}} {{bought}} AND NOT EXISTS (
     SELECT 1 FROM orders_orderline z
      WHERE z.order_id = b."order" AND z.variant_id = b.variant_id AND z.state {UNDONE})
  UNION
  SELECT k.member_id, k.listing FROM circle_like k
   WHERE k.listing IS NOT NULL AND k.member_id {{who}} {{liked}}"""

AGREED = "IN (SELECT a.owner_id FROM reach_learning a)"

# Asked for in every read, so that taking the consent back holds at once, here and for friends.
MINE = f"""
SELECT listing FROM ({CHOICES.format(who="= %(viewer)s", bought="", liked="")}) c
 WHERE EXISTS (SELECT 1 FROM reach_learning WHERE owner_id = %(viewer)s)"""

FRIENDS = """IN (
  SELECT f.friend_id FROM circle_friendship f JOIN reach_learning a ON a.owner_id = f.friend_id
   WHERE f.owner_id = %(viewer)s)"""
FRIENDS_CHOICES = CHOICES.format(
    who=FRIENDS,
    bought="AND b.listing_id = ANY (CANDIDATES)",
    liked="AND k.listing = ANY (CANDIDATES)",
)

# Others who bought it and kept it: people, so that nobody makes it popular alone.
CROWD = f"""
  SELECT count(DISTINCT z.buyer_id) FROM (
    SELECT x.line FROM shop_sale x WHERE x.listing_id = l.id AND NOT x.reversal LIMIT {AMONG}) x
    JOIN orders_orderline z ON z.id = x.line
   WHERE z.buyer_id <> %(viewer)s AND NOT z.state {UNDONE}"""

# Friends move nothing while so few of them agreed that it would be plain whose choice it was.
ENOUGH = """(SELECT count(*) FROM (
    SELECT 1 FROM circle_friendship f JOIN reach_learning a ON a.owner_id = f.friend_id
     WHERE f.owner_id = %(viewer)s LIMIT %(counted)s) agreed) >= %(counted)s"""

# One row for each of CANDIDATES, an array of listings: what one reader's ranking stands on. A pair
# that fewer than `counted` others chose is no reason: it would tell what one of them bought.
# OFFSET 0 keeps nothing from being added up for each listing of a reader who told nothing.
FACTS = f"""
WITH mine AS MATERIALIZED ({MINE}),
liked AS MATERIALIZED (SELECT interest FROM reach_interest WHERE owner_id = %(viewer)s),
leaning AS MATERIALIZED (
  SELECT ARRAY (
    SELECT sum(u.value) FROM mine JOIN reach_leaning c ON c.listing = mine.listing,
           unnest(c.tastes) WITH ORDINALITY u (value, place)
     GROUP BY u.place ORDER BY u.place) AS tastes),
common AS (
  SELECT c.listing, c.lift * (
           SELECT sum(u.its * u.mine)
             FROM unnest(c.tastes, (SELECT tastes FROM leaning)) u (its, mine)) AS total
    FROM (SELECT listing, lift, tastes FROM reach_leaning
           WHERE listing = ANY (CANDIDATES) AND (SELECT count(*) FROM mine) > 0 OFFSET 0) c),
pairs AS (
  SELECT n.listing, sum(n.rest) AS total,
         (array_agg(
            CASE WHEN n.people - (n.listing IN (SELECT listing FROM mine))::int >= %(counted)s
                 THEN n.other END
            ORDER BY n.weight DESC, n.other) FILTER (WHERE n.weight > 0))[1] AS because
    FROM reach_near n JOIN mine ON mine.listing = n.other
   WHERE n.listing = ANY (CANDIDATES) GROUP BY n.listing),
windows AS (
  SELECT l.shop_id, count(*) AS chosen FROM mine JOIN shop_listing l ON l.id = mine.listing
   GROUP BY l.shop_id),
friends AS (
  SELECT c.listing, count(*) AS chosen FROM ({FRIENDS_CHOICES}) c GROUP BY c.listing),
lesson AS (
  SELECT ARRAY[person, friends, crowd, said] AS weights
    FROM reach_lesson ORDER BY taught_at DESC LIMIT 1)
SELECT l.id, l.seller_id, coalesce(common.total, 0) + coalesce(pairs.total, 0), pairs.because,
       coalesce(windows.chosen, 0) - (mine.listing IS NOT NULL)::int,
       CASE WHEN friends.chosen > 0 AND {ENOUGH} THEN friends.chosen ELSE 0 END,
       CASE WHEN friends.chosen > 0 THEN (
         SELECT count(*) FROM circle_friendship f WHERE f.owner_id = %(viewer)s) ELSE 0 END,
       ({CROWD}),
       (SELECT count(*) FROM (
          SELECT 1 FROM orders_order o WHERE o.seller_id = l.seller_id
             AND o.completed_at IS NOT NULL LIMIT %(new)s) known) < %(new)s,
       ARRAY (SELECT u.key FROM unnest(purpose.keys) WITH ORDINALITY u (key, place)
               WHERE u.key IN (SELECT interest FROM liked) ORDER BY u.place),
       coalesce(cardinality(purpose.keys), 0),
       EXISTS (SELECT 1 FROM shop_follow w JOIN shop_shop s ON s.id = w.shop_id
                WHERE w.owner_id = %(viewer)s AND w.shop_id = l.shop_id
                  AND {shop_followable("s")}),
       (SELECT count(*) FROM mine), lesson.weights
  FROM unnest(CANDIDATES) WITH ORDINALITY AS wanted (listing, place)
  JOIN shop_listing l ON l.id = wanted.listing
  LEFT JOIN mine ON mine.listing = l.id
  LEFT JOIN common ON common.listing = l.id
  LEFT JOIN pairs ON pairs.listing = l.id
  LEFT JOIN windows ON windows.shop_id = l.shop_id
  LEFT JOIN friends ON friends.listing = l.id
  LEFT JOIN shop_listinginterests purpose ON purpose.listing_id = l.id
  LEFT JOIN lesson ON TRUE
 ORDER BY wanted.place"""
RANK = FACTS.replace("CANDIDATES", "%(candidates)s::uuid[]")

OFFERED = f"""
SELECT l.id FROM shop_listing l JOIN shop_shop s ON s.id = l.shop_id
 WHERE {listing_offered("l", "s")} AND l.seller_id <> %(viewer)s
   AND NOT EXISTS (
     SELECT 1 FROM circle_friendship w
      WHERE w.owner_id = %(viewer)s AND w.friend_id = l.seller_id AND w.market = 'off')
   AND NOT EXISTS (
     SELECT 1 FROM shop_reservation b
      WHERE b.buyer_id = %(viewer)s AND b.listing_id = l.id AND b.state = 'sold')
 ORDER BY l.listed_at DESC, l.id DESC LIMIT %(limit)s"""

TOWN_CHOICES = f"SELECT member, listing FROM ({CHOICES}) c ORDER BY 1, 2".format(
    who=AGREED, bought="", liked=""
)
TOWN_FRIENDS = f"""
SELECT f.owner_id, f.friend_id FROM circle_friendship f
 WHERE f.owner_id < f.friend_id AND f.owner_id {AGREED} AND f.friend_id {AGREED} ORDER BY 1, 2"""

CANDIDATES = 200  # the newest offers, of which a page of suggestions is ranked
SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer with why it is suggested, and that as a sentence; `count` friends at least."""

    card: Card
    why: Why
    sentence: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the house may learn from a member: whether it does, since when, from which listings."""

    since: datetime | None
    chosen: tuple[UUID, ...]

    @property
    def on(self) -> bool:
        return self.since is not None


def rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as db:
        db.execute(sql, params)
        return db.fetchall()


def rank(viewer: UUID, candidates: Sequence[UUID], *, now: datetime) -> list[Ranked]:
    """The candidates (listings that the viewer may see) in the order that fits the viewer, in one
    statement, each with what contributed most. Equal ones keep the order they came in."""
    rules = house.rules(now)
    facts, lesson, chosen = asked(viewer, candidates, rules=rules)
    return ordered(facts, lesson, chosen=chosen, at_least=rules.friends_counted_from)


def reasons(
    viewer: UUID, candidates: Sequence[UUID], *, rules: house.HouseRules
) -> dict[UUID, Ranked]:
    """What counts most for each of the candidates, as things stand now."""
    facts, lesson, chosen = asked(viewer, candidates, rules=rules)
    at_least = rules.friends_counted_from
    return {one.listing: ranked(one, lesson, chosen=chosen, at_least=at_least) for one in facts}


def asked(
    viewer: UUID, candidates: Sequence[UUID], *, rules: house.HouseRules
) -> tuple[list[Facts], Lesson, int]:
    if not candidates:
        return understood([])
    decided = {"new": rules.new_seller_orders, "counted": rules.friends_counted_from}
    return understood(rows(RANK, {"viewer": viewer, "candidates": list(candidates), **decided}))


def understood(found: Sequence[Sequence[Any]]) -> tuple[list[Facts], Lesson, int]:
    """Rows of FACTS: each candidate's, and what holds for all, the lesson and how many things the
    reader chose."""
    if not found:
        return [], Lesson(), 0
    chosen, weights = found[0][-2:]
    lesson = Lesson(*weights) if weights else Lesson()
    return [Facts(*row[:-2]) for row in found], lesson, chosen


def suggestions(viewer: UUID, *, now: datetime, limit: int = SUGGESTED) -> list[Suggestion]:
    """The offers of today that fit the viewer best, in three statements."""
    offered = [row[0] for row in rows(OFFERED, {"viewer": viewer, "limit": CANDIDATES})]
    best = rank(viewer, offered, now=now)[:limit]
    wanted = {one.listing for one in best} | {one.because for one in best if one.because}
    cards = shop.cards(viewer, list(wanted))
    return [
        Suggestion(cards[one.listing], one.why, sentence(one, cards), one.count)
        for one in best if one.listing in cards
    ]  # fmt: skip


def learnt(viewer: UUID) -> Learnt:
    """Whether the house learns from the viewer, and from which of their choices."""
    since = rows("SELECT since FROM reach_learning WHERE owner_id = %(viewer)s", {"viewer": viewer})
    chosen = rows(f"{MINE} ORDER BY 1", {"viewer": viewer})
    return Learnt(since[0][0] if since else None, tuple(row[0] for row in chosen))


def town() -> tuple[list[tuple[UUID, UUID]], list[tuple[UUID, UUID]]]:
    """All choices of those who agreed, and the friendships among them."""
    return rows(TOWN_CHOICES, {}), rows(TOWN_FRIENDS, {})
