"""What the market's pace costs: a paced page of the circle beside the same cards unpaced.

Both run in one process on one database, by turns, for the same readers. Unpaced is every card the
reader may see and wants, life and market alike, newest first: what a feed without manners would do.
`ratio` is the paced pages per second over the unpaced ones, `first` a page that shows new cards.
"""

from collections.abc import Callable
from statistics import median
from typing import Any
from uuid import UUID

from .run import Place
from .search import by_turns
from .timeline import first_looks

READERS = 50
FIRST = 200  # pages that show something for the first time; each reader has one


def run(place: Place) -> dict[str, float]:
    everybody = list(place.town.tokens)
    fresh = 1000 * median(first_looks(everybody[:FIRST]))
    figures = by_turns(sides(), everybody[:READERS], place.scale.seconds)
    return {
        "ratio": figures["unpaced"] / figures["paced"],
        "paced_p50_ms": figures["paced"],
        "unpaced_p50_ms": figures["unpaced"],
        "first_p50_ms": fresh,
    }


def sides() -> dict[str, Callable[[UUID], Any]]:
    from goodword.circle import cards
    from goodword.kit import clock
    from goodword.reach import queries
    from goodword.reach.pacing.queries import LISTED, SHOWN

    face = f"""
        SELECT e.published_at, m.id FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
         WHERE e.reader_id = %(viewer)s AND e.face = '{{face}}' AND e.published_at <= %(now)s
           AND {SHOWN} AND {{listed}}
         ORDER BY e.published_at DESC, e.moment DESC LIMIT {queries.PAGE + 1}"""
    life = face.format(face="life", listed="TRUE")
    market = face.format(face="market", listed=LISTED)
    newest = f"""
        SELECT id FROM (({life}) UNION ALL ({market})) both_faces
         ORDER BY published_at DESC, id DESC LIMIT {queries.PAGE + 1}"""

    def unpaced(reader: UUID) -> Any:
        found = cards.read(newest, {"now": clock.now()}, viewer=reader)
        return queries.decorated(reader, found[: queries.PAGE])

    return {
        "paced": lambda reader: queries.timeline(reader, now=clock.now()),
        "unpaced": unpaced,
    }
