"""What a member takes along of this domain: what the market showed them, and how they want it."""

from datetime import datetime
from uuid import UUID

from goodword.kit.exports import Part, Rows

from .interests import queries as interests
from .models import Impression, Reader, Reading, Slot
from .selling import queries as selling
from .selling.bands import Band
from .selling.rhythm import at
from .targeting import queries

FIELDS = ("moment", "rest", "seen_at", "opened_at", "dismissed_at")


def shown(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Every market moment that came before the viewer, with what folded behind it, newest first.

    `seen_at` is null for what lay on a page that they did not read down to.
    """
    rows = Impression.objects.filter(reader=viewer).order_by("-seen_at", "moment")
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


def readings(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The hours in which the viewer was in their circle, as far as they are still kept."""
    for hour in (
        Reading.objects.filter(reader=viewer).order_by("hour").values_list("hour", flat=True)
    ):
        yield {"hour": at(hour)}


def order(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """In which order the viewer wants their own market moments to come up."""
    rows = Slot.objects.filter(seller=viewer).order_by("position", "moment")
    yield from rows.values("moment", "position", "since", "out").iterator()


def forecasts(viewer: UUID, now: datetime) -> Rows:
    """What came of what the viewer showed, as their page says it: in bands."""
    for one in selling.results(viewer, now=now):
        yield {
            "moment": one.moment, "shown_at": one.shown_at, "days": one.days,
            "expected": told(one.expected.people if one.expected else None),
            "seen": told(one.seen), "opened": told(one.opened), "sold": one.sold,
        }  # fmt: skip


def told(people: Band | None) -> dict[str, int | None] | None:
    return {"from": people.low, "below": people.high} if people else None


PARTS = (
    Part("market_shown", shown, covers=("reach.Impression",)),
    Part("market_share", share, covers=("reach.Reader",)),
    Part("interests", liked, covers=("reach.Interest",)),
    Part("reading_hours", readings, covers=("reach.Reading",)),
    Part("market_order", order, covers=("reach.Slot",)),
    Part("market_results", forecasts, covers=("reach.Forecast",)),
    Part("learning", learning, covers=("reach.Learning",)),
)
