"""The circle as each policy shows it, card by card, through the app's own queries."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from goodword.reach import queries
from goodword.reach.queries import Shown
from goodword.reach.states import Lens

from .job import Policy

Feed = Callable[[UUID, datetime], Iterator[Shown]]


def lens(viewer: UUID, now: datetime, which: Lens) -> Iterator[Shown]:
    """The cards of one lens, page after page as they are asked for; agents tell what they saw."""
    after: str | None = ""
    while after is not None:
        page = queries.timeline(viewer, now=now, lens=which, after=after, tells=True)
        yield from page.cards
        after = page.next


def paced(viewer: UUID, now: datetime) -> Iterator[Shown]:
    return lens(viewer, now, Lens.ALL)


def unpaced(viewer: UUID, now: datetime) -> Iterator[Shown]:
    """All that the life lens and the market lens hold, newest first; `can_view` and dials hold."""
    both = (lens(viewer, now, Lens.LIFE), lens(viewer, now, Lens.MARKET))
    return heapq.merge(*both, key=place, reverse=True)


def place(shown: Shown) -> tuple[datetime, UUID]:
    return shown.card.published_at, shown.card.id


FEEDS: dict[Policy, Feed] = {
    Policy.UNPACED: unpaced, Policy.PACED: paced, Policy.TARGETED: paced,
}  # fmt: skip
