"""Finding moments beside reading the timeline, in one process on one database, by turns.

Every figure is the p50 of one read without its page; `search_ratio` is that of an ordinary search
over that of a timeline's first page, for the same readers.
"""

import random
import time
from collections.abc import Callable
from statistics import median
from typing import Any
from uuid import UUID

from .run import Place
from .town import vacuum

# Each moment says two of these, so each stands in about one moment of twelve.
SAID = (
    "今天喝西湖龙井，水刚好八十度。",
    "周末带孩子去爬山，路上下雨了。",
    "Spring tea from the hills.",
    "新到的紫砂壶，手感很好。",
    "A long walk by the lake in the evening.",
    "外婆家的枇杷熟了。",
    "The bread came out well this time.",
    "下班路上看到的晚霞。",
    "Found an old camera at the market.",
    "搬家第三天，终于有网了。",
    "We planted plum trees behind the house.",
    "夜里读完了那本书。",
    "Rain since the morning, tea and music.",
    "老同学聚会，十年没见。",
    "The kiln is cooling down.",
    "今年的桂花开得晚。",
    "First snow on the pass.",
    "做了一锅红烧肉，配米饭。",
    "My bicycle is back from the repair shop.",
    "爸爸的菜园里都是番茄。",
    "Concert tickets, anybody?",
    "终于考完试了！",
    "The cat sleeps on the warm stones.",
    "在咖啡馆写完了稿子。",
)
ASKED = {
    "search": "龙井",
    "rare": "moment 777",
    "words": "tea spring",
    "mixed": "西湖龙井 tea",
    "beginning": "pl",
    "one_sign": "水",
    "everywhere": "一天",
    "nothing": "没有人说过的话",
}
READERS = 50


def run(place: Place) -> dict[str, float]:
    began = time.perf_counter()
    count = speak()
    rebuilt = count / (time.perf_counter() - began)
    readers = list(place.town.tokens)[:READERS]
    figures = by_turns(sides(), readers, place.scale.seconds)
    return {
        "search_ratio": figures["search"] / figures["timeline"],
        **{f"{name}_p50_ms": value for name, value in figures.items()},
        "rebuilt_per_s": rebuilt,
    }


def speak() -> int:
    """Give every moment something to say and make it findable; returns how many."""
    from django.db import connection

    from goodword.circle import actions

    with connection.cursor() as db:
        db.execute("SELECT id FROM circle_moment ORDER BY id")
        ids = [row[0] for row in db.fetchall()]
        said = [" ".join(random.sample(SAID, 2)) for _ in ids]
        db.execute(
            """UPDATE circle_moment m SET text = m.text || ' ' || s.said
                 FROM unnest(%s::uuid[], %s::text[]) s (id, said) WHERE m.id = s.id""",
            [ids, said],
        )
    count = actions.rebuild_words()
    vacuum()
    return count


def sides() -> dict[str, Callable[[UUID], Any]]:
    from goodword.circle import search
    from goodword.kit import clock
    from goodword.kit.search import parse
    from goodword.reach import queries
    from goodword.reach.queries import WHOLE

    def finding(asked: str) -> Callable[[UUID], Any]:
        return lambda reader: search.moments(
            reader, parse(asked), now=clock.now(), limit=21, only=WHOLE
        )

    found: dict[str, Callable[[UUID], Any]] = {
        name: finding(asked) for name, asked in ASKED.items()
    }
    return {"timeline": lambda reader: queries.timeline(reader, now=clock.now()), **found}


def by_turns(
    sides: dict[str, Callable[[UUID], Any]], readers: list[UUID], seconds: float
) -> dict[str, float]:
    """The p50 of each in milliseconds; all take turns, so that a noisy neighbour meets all."""
    took: dict[str, list[float]] = {name: [] for name in sides}
    end = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < end or turn < 2:
        for name, side in sides.items():
            began = time.perf_counter()
            side(readers[turn % len(readers)])
            if turn:  # the first warms up
                took[name].append(time.perf_counter() - began)
        turn += 1
    return {name: 1000 * median(times) for name, times in took.items()}
