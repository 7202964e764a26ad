"""What a member takes along of this domain: what the market showed them, and how they want it."""

from datetime import datetime
from uuid import UUID

from goodword.kit.exports import Part, Rows

from .interests import queries as interests
from .models import Impression, Reader
from .targeting import queries

FIELDS = ("moment", "lead", "shown_at", "opened_at", "dismissed_at")


def shown(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Every market moment that was shown to the viewer, newest first."""
    rows = Impression.objects.filter(reader=viewer).order_by("-shown_at", "moment")
    yield from rows.values(*FIELDS).iterator()


def share(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """How much of the market the viewer wants to meet."""
    yield from Reader.objects.filter(member=viewer).values("every")


def learning(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """One row: whether the house learns from the viewer, since when, and from which listings."""
    found = queries.learnt(viewer)
    yield {"on": found.on, "since": found.since, "listings": list(found.chosen)}


def liked(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """What the viewer says they like, as keys of the vocabulary."""
    for key in interests.chosen(viewer):
        yield {"interest": key}


PARTS = (
    Part("market_shown", shown, covers=("reach.Impression",)),
    Part("market_share", share, covers=("reach.Reader",)),
    Part("interests", liked, covers=("reach.Interest",)),
    Part("learning", learning, covers=("reach.Learning",)),
)
