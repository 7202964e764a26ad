"""Pure decisions of the circle: no database, no clock. `visibility.py` says the same in SQL."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import east_asian_width
from uuid import UUID

from .states import PUSHED, AudienceKind, Face, MarketDial, MomentState, Surface

WINDOWS = {
    "3d": timedelta(days=3),
    "1m": timedelta(days=30),
    "6m": timedelta(days=182),
    "always": None,
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a moment is for. Groups are live: who is in them when somebody looks."""

    kind: AudienceKind = AudienceKind.EVERYONE
    groups: tuple[UUID, ...] = ()
    people: tuple[UUID, ...] = ()

    def names(self, viewer: UUID, viewer_groups: Collection[UUID]) -> bool:
        """True when the audience's list mentions the viewer, by name or through a group."""
        return viewer in self.people or not set(self.groups).isdisjoint(viewer_groups)


EVERYONE = Audience()
ONLY_ME = Audience(AudienceKind.ONLY_ME)


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a friendship: what its owner decided about the friend."""

    groups: frozenset[UUID] = frozenset()
    former_groups: frozenset[UUID] = frozenset()  # forgotten since: they keep out, never let in
    life: bool = True
    market: str = MarketDial.ON
    snoozed_until: datetime | None = None
    hides_mine: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """How viewer and author stand: both sides of their friendship, and blocks either way."""

    same: bool = False
    authors_edge: Edge | None = None
    viewers_edge: Edge | None = None
    blocked: bool = False
    authors_window: timedelta | None = None


def may_see(
    *,
    viewer: UUID,
    relation: Relation,
    audience: Audience,
    state: str,
    published_at: datetime,
    now: datetime,
) -> bool:
    """Whether a moment exists for the viewer. Unknown audience is hidden; deny beats allow."""
    if state != MomentState.PUBLISHED:
        return False
    if relation.same:
        return True
    edge = relation.authors_edge
    if edge is None or relation.blocked or edge.hides_mine:
        return False
    if published_at > now:
        return False
    if relation.authors_window is not None and published_at < now - relation.authors_window:
        return False
    match audience.kind:
        case AudienceKind.EVERYONE:
            return True
        case AudienceKind.CHOSEN:
            return audience.names(viewer, edge.groups)
        case AudienceKind.EXCEPT:
            return not audience.names(viewer, edge.groups | edge.former_groups)
    return False


def wishes(*, relation: Relation, face: str, surface: Surface, now: datetime) -> bool:
    """Whether the viewer wants the moment brought to this surface. Nobody else can ever tell."""
    edge = relation.viewers_edge
    rests = edge is not None and edge.snoozed_until is not None and edge.snoozed_until > now
    if surface == Surface.MARKET:
        return relation.same or (edge is not None and edge.market != MarketDial.OFF)
    if surface == Surface.DIGEST:
        digested = edge is not None and edge.market == MarketDial.DIGEST
        return digested and face == Face.MARKET and not rests and not relation.same
    if relation.same or surface not in PUSHED:
        return True
    if edge is None or rests:
        return False
    match face:
        case Face.LIFE:
            return edge.life
        case Face.MARKET:
            return edge.market == MarketDial.ON
    return False


def may_hear(
    *, viewer: UUID, speaker: UUID, author: UUID, viewers_friends: Collection[UUID], blocked: bool
) -> bool:
    """Whether a like or comment by `speaker` on `author`'s moment exists for the viewer.

    Only friends of the viewer are heard; the author hears everybody who answered.
    """
    if viewer == speaker:
        return True
    return not blocked and (viewer == author or speaker in viewers_friends)


LONG = 480  # narrow letters: about eight lines on a desk, sixteen on a phone
LINE = 40


def reads_long(text: str) -> bool:
    """Whether a text takes much more room than its neighbours; wide signs count twice."""
    if len(text) > LONG:  # looked at no further: a page asks for every card
        return True
    wide = 0 if text.isascii() else sum(east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide + LINE * text.count("\n") > LONG


def may_edit(*, published_at: datetime, now: datetime, within: timedelta) -> bool:
    """Whether a moment's words may still change: until people have had time to answer them."""
    return now < published_at + within


def narrows(old: Audience, new: Audience) -> bool:
    """Whether everyone who may see under `new` could see under `old`, whatever the groups hold."""
    if new.kind == AudienceKind.ONLY_ME or old.kind == AudienceKind.EVERYONE or new == old:
        return True
    if old.kind == new.kind == AudienceKind.CHOSEN:
        return set(new.groups) <= set(old.groups) and set(new.people) <= set(old.people)
    if old.kind == new.kind == AudienceKind.EXCEPT:
        return set(new.groups) >= set(old.groups) and set(new.people) >= set(old.people)
    return False
