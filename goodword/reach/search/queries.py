"""Looking: a few statements, the same for any number of hits; the viewer comes first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.circle import queries as circle
from goodword.circle import search as circles
from goodword.circle.cards import Person
from goodword.circle.search import Found
from goodword.kit.errors import Invalid
from goodword.kit.search import Piece, Query, key
from goodword.people import queries as people
from goodword.shop import paging
from goodword.shop import search as shops
from goodword.shop.cards import Card

from ..queries import WHOLE, Shown, decorated
from .asking import Asked, Tab

PAGE = 20
FEW = {Tab.PEOPLE: 3, Tab.LISTINGS: 4}  # of these on the page of everything
SUGGESTED = 6  # friends, for who does not know what to look for


@dataclass(slots=True)
class FoundMoment:
    """A moment that was found, and the words around the hit."""

    shown: Shown
    snippet: list[Piece]


@dataclass(slots=True)
class Results:
    """What was found of each kind; `more` names the kinds of which there is more than shown."""

    query: Query
    people: Sequence[Found] = ()
    listings: Sequence[Card] = ()
    moments: Sequence[FoundMoment] = ()
    more: set[Tab] = field(default_factory=set)
    next: str = ""  # the place after which the next page of the asked kind begins

    def __bool__(self) -> bool:
        return bool(self.people or self.listings or self.moments)


def look(viewer: UUID, asked: Asked, *, now: datetime) -> Results:
    """A page of what the viewer may find. Raises NotAsked, TooLong, Invalid."""
    results = Results(asked.query())
    if asked.tab in (Tab.ALL, Tab.PEOPLE):
        find_people(results, viewer, asked)
    if asked.tab in (Tab.ALL, Tab.LISTINGS):
        find_listings(results, viewer, asked)
    if asked.tab in (Tab.ALL, Tab.MOMENTS):
        find_moments(results, viewer, asked, now=now)
    return results


def find_moments(results: Results, viewer: UUID, asked: Asked, *, now: datetime) -> None:
    before = paging.decode(asked.after) if asked.after else None
    found = circles.moments(
        viewer, results.query, now=now, before=before, limit=PAGE + 1, only=WHOLE
    )
    page = decorated(viewer, found[:PAGE])
    results.moments = [FoundMoment(one, results.query.snippet(one.card.text)) for one in page]
    if len(found) > PAGE:
        last = found[PAGE - 1]
        results.next = paging.encode(last.published_at, last.id)


def find_listings(results: Results, viewer: UUID, asked: Asked) -> None:
    alone = asked.tab == Tab.LISTINGS
    shelf = shops.listings(
        viewer,
        results.query,
        cursor=asked.after if alone else "",
        limit=PAGE if alone else FEW[Tab.LISTINGS],
        friends_only=asked.friends and alone,
        prices=asked.prices(),
    )
    results.listings = shelf.cards
    if shelf.next and alone:
        results.next = shelf.next
    elif shelf.next:
        results.more.add(Tab.LISTINGS)


def find_people(results: Results, viewer: UUID, asked: Asked) -> None:
    alone = asked.tab == Tab.PEOPLE
    found = somebody(viewer, results.query, asked.handle)
    if alone and asked.after:
        # Whoever was the last may be gone by now: on behind the place, not behind the person.
        start = decoded(asked.after)
        found = [one for one in found if one[0] > start]
    size = PAGE if alone else FEW[Tab.PEOPLE]
    results.people = [one for _place, one in found[:size]]
    if len(found) <= size:
        return
    if alone:
        results.next = encoded(found[size - 1][0])
    else:
        results.more.add(Tab.PEOPLE)


Place = tuple[int, str, str]  # how near, the name, the id


def somebody(viewer: UUID, query: Query, handle: str) -> list[tuple[Place, Found]]:
    """Who has this handle, then the viewer's friends by name, then others of exactly this name.

    The handle finds its member as the member's page does, whoever blocks whom: an answer that
    differed would tell of the block.
    """
    friends = circles.friends(viewer, query)
    by_id = {one.person.id: one for one in friends}
    near: list[tuple[int, Found]] = [(1, one) for one in friends]
    exact = people.by_handle(handle) if handle else None
    if exact:
        known = by_id.pop(exact.id, None) or Found(circle.person_of(exact))
        near = [(0, known), *((1, one) for one in by_id.values())]
    others = circles.namesakes(viewer, query)
    near += [(2, one) for one in others if not exact or one.person.id != exact.id]
    places = [((rank, key(one.person.name), one.person.id.hex), one) for rank, one in near]
    return sorted(places, key=lambda pair: pair[0])


def encoded(place: Place) -> str:
    return urlsafe_b64encode("\n".join(map(str, place)).encode()).decode().rstrip("=")


def decoded(cursor: str) -> Place:
    """The place that `encoded` wrote; Invalid for anything else."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        rank, name, id_ = text.split("\n")
        return int(rank), name, id_
    except (ValueError, UnicodeError):
        raise Invalid(_("This link to the next page is damaged. Start from the first.")) from None


def suggestions(viewer: UUID) -> list[Person]:
    """Friends whom the viewer may look for: the newest."""
    rows = circle.own_friendships(viewer).order_by("-since", "id")[:SUGGESTED]
    return [
        Person(one.friend_id, one.friend.handle, one.nickname or one.friend.display_name,
               one.friend.avatar_version)
        for one in rows
    ]  # fmt: skip
