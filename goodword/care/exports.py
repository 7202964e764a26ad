"""What a member takes along of this domain."""

from datetime import datetime
from uuid import UUID

from goodword.kit.exports import Part, Rows

from . import pages, queries, schemas
from .models import Juror


def cases(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's returns and disputes, on either side, as their pages show them."""
    for one in queries.cases_of(viewer):
        yield schemas.full(pages.case_page(viewer, one.id))


def votes(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The panels in which the viewer was drawn, and how they voted."""
    rows = Juror.objects.filter(member=viewer).order_by("id")
    yield from rows.values("case", "vote", "voted_at").iterator()


PARTS = (
    Part("cases", cases, covers=("care.Case", "care.Statement", "care.CasePicture")),
    Part("votes", votes, covers=("care.Juror",)),
)
