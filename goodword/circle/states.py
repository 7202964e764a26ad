"""Every state and choice of the circle, one sentence each, and the moves that are allowed."""

from enum import StrEnum

from goodword.kit.states import moves


class Face(StrEnum):
    LIFE = "life"  # something lived; never delayed, never dropped
    MARKET = "market"  # something for sale; carries exactly one listing and waits for its turn


class AudienceKind(StrEnum):
    EVERYONE = "everyone"  # all my friends
    CHOSEN = "chosen"  # who is in these groups now, and these people
    EXCEPT = "except"  # all my friends but those
    ONLY_ME = "only_me"  # nobody else


class MomentState(StrEnum):
    PUBLISHED = "published"  # there for its audience
    DELETED = "deleted"  # gone everywhere, for its author too


class LinkState(StrEnum):
    WAITING = "waiting"  # its page is being asked
    SHOWN = "shown"  # it said what it is
    NONE = "none"  # it said nothing, or may not be asked; the link stays plain
    REMOVED = "removed"  # the author wants the link plain


class RequestState(StrEnum):
    ASKED = "asked"  # waiting; grants nothing
    ACCEPTED = "accepted"  # became a friendship
    DECLINED = "declined"  # turned down; the asker is not told and may still take it back
    WITHDRAWN = "withdrawn"  # taken back by the asker
    TAKEN_BACK = "taken_back"  # turned down, then taken back: asked again, it is turned down again


class MarketDial(StrEnum):
    ON = "on"  # this friend's market cards come in their turn
    DIGEST = "digest"  # once a day, together, and in the market tab
    OFF = "off"  # never


class Surface(StrEnum):
    """Where a moment can appear: may-see holds on all, wish-to-see on those it is pushed to."""

    TIMELINE = "timeline"  # the reader's circle: wishes count
    NOTIFICATION = "notification"  # wishes count
    STREAM = "stream"  # live news of the timeline: wishes count
    MARKET = "market"  # the market tab: only a friend whose market is off is left out
    DIGEST = "digest"  # what comes together once a day: of friends whose market is on digest
    PROFILE = "profile"  # the author's own page
    PERMALINK = "permalink"  # the moment's page
    SEARCH = "search"  # who looks for it wishes to find it
    MEDIA = "media"  # a picture file
    COUNT = "count"  # any number derived from it
    API = "api"  # the permalink as data


PUSHED = frozenset({Surface.TIMELINE, Surface.NOTIFICATION, Surface.STREAM})

MOMENT_MOVES = moves(
    MomentState,
    {
        MomentState.PUBLISHED: {MomentState.DELETED},
        MomentState.DELETED: set(),
    },
)
LINK_MOVES = moves(
    LinkState,
    {
        LinkState.WAITING: {LinkState.SHOWN, LinkState.NONE, LinkState.REMOVED},
        LinkState.SHOWN: {LinkState.REMOVED},
        LinkState.NONE: set(),
        LinkState.REMOVED: set(),
    },
)
REQUEST_MOVES = moves(
    RequestState,
    {
        RequestState.ASKED: {RequestState.ACCEPTED, RequestState.DECLINED, RequestState.WITHDRAWN},
        RequestState.ACCEPTED: set(),
        RequestState.DECLINED: {RequestState.TAKEN_BACK},
        RequestState.WITHDRAWN: set(),
        RequestState.TAKEN_BACK: {RequestState.DECLINED},
    },
)
