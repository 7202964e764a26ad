"""What a member takes along of this domain."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.kit.exports import Kept, Media, Part, Rows
from goodword.kit.pictures.shapes import FEED

from . import pages, queries, schemas
from .models import CasePicture, Juror
from .states import Party


def cases(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's returns and disputes, on either side, as their pages show them."""
    for one in queries.cases_of(viewer, limit=None):
        mine = shown_by(viewer).filter(case=one).values_list("id", flat=True)
        page = schemas.full(pages.case_page(viewer, one.id))
        yield {**page, "files": [picture_file(picture) for picture in mine]}


def shown_by(viewer: UUID) -> QuerySet[CasePicture]:
    """The pictures that the viewer has shown, as a buyer or as a seller."""
    bought = Q(case__buyer=viewer, by=Party.BUYER)
    sold = Q(case__seller=viewer, by=Party.SELLER)
    return CasePicture.objects.filter(bought | sold).order_by("case", "position")


def picture_file(id_: UUID) -> str:
    return f"media/{id_}.webp"


def pictures(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """Those pictures in the largest form that is kept."""
    for id_, key in shown_by(viewer).values_list("id", "key").iterator():
        yield Kept(picture_file(id_), key + FEED[-1].suffix)


def votes(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The panels in which the viewer was drawn, and how they voted."""
    rows = Juror.objects.filter(member=viewer).order_by("id")
    yield from rows.values("case", "vote", "stays", "voted_at").iterator()


PARTS = (
    Part("cases", cases, covers=("care.Case", "care.Statement", "care.CasePicture")),
    Part("votes", votes, covers=("care.Juror",)),
)
MEDIA = (Media(pictures, covers=("care.CasePicture",)),)
