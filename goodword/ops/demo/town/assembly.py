"""Puts the town together: everything in order of time, and who liked what drawn by lot."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from goodword.ops.demo.art.lots import lots
from goodword.ops.demo.town import (
    habits,
    life_class,
    life_family,
    life_lane,
    life_table,
    life_work,
    market,
    people,
    shops_bags,
    shops_home,
    shops_lane,
    shops_tea,
    trade,
)
from goodword.ops.demo.town.shapes import Audience, Life, Showing, Town
from goodword.ops.demo.town.telling import Told

READER = "xiaoman"
M = TypeVar("M", Life, Showing)


def friends_of(handle: str) -> frozenset[str]:
    """The handles of everybody's friends."""
    return frozenset(
        tie.other if tie.one == handle else tie.one
        for tie in people.TIES
        if handle in (tie.one, tie.other)
    )


def may_see(author: str, audience: Audience) -> frozenset[str]:
    """The author's friends for whom the moment is meant."""
    friends = friends_of(author)
    named = frozenset(audience.people) | frozenset(
        chain.from_iterable(
            group.members
            for group in people.GROUPS
            if group.owner == author and group.key in audience.groups
        )
    )
    return {
        "everyone": friends,
        "chosen": friends & named,
        "except": friends - named,
        "only_me": frozenset[str](),
    }[audience.kind]


def _liked(told: Told) -> Life | Showing:
    """Commenters are drawn first, as they tend to like what they talk about."""
    moment = told.moment
    crowd = sorted(may_see(moment.author, moment.audience))
    talkers = [one for one in dict.fromkeys(c.by for c in moment.comments) if one in crowd]
    others = [one for one in crowd if one not in talkers]
    lots(f"likes:{moment.author}:{moment.text.en}").shuffle(others)
    picked = (talkers[: max(1, len(talkers) - 1)] + others)[: min(told.likes, len(crowd))]
    return replace(moment, likes=tuple(picked))


def _of(kind: type[M], told: Iterable[Told]) -> tuple[M, ...]:
    moments = (_liked(one) for one in told)
    return tuple(one for one in moments if isinstance(one, kind))


_LIFE = (
    *life_family.MOMENTS,
    *life_class.MOMENTS,
    *life_work.MOMENTS,
    *life_lane.MOMENTS,
    *life_table.MOMENTS,
)

TOWN = Town(
    reader=READER,
    people=people.PEOPLE,
    ties=people.TIES,
    groups=people.GROUPS,
    requests=people.REQUESTS,
    dials=people.DIALS,
    shops=(shops_tea.SHOP, *shops_bags.SHOPS, *shops_lane.SHOPS, *shops_home.SHOPS),
    listings=(
        *shops_tea.LISTINGS,
        *shops_bags.LISTINGS,
        *shops_lane.LISTINGS,
        *shops_home.LISTINGS,
    ),
    life=_of(Life, _LIFE),
    market=_of(Showing, market.MOMENTS),
    orders=trade.ORDERS,
    quotes=trade.QUOTES,
    likings=trade.LIKINGS,
    operator=habits.OPERATOR,
    follows=habits.FOLLOWS,
    plans=habits.PLANS,
    learning=habits.LEARNING,
)
