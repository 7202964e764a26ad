from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from goodword.circle.schemas import PersonOut, PictureOut
from goodword.kit import clock

from .. import actions, papers, schemas
from ..queries import PictureMissing
from .base import MISSING, member, router


class PaperForHouseOut(Schema):
    id: UUID
    kind: Literal["receipt", "authorisation", "customs", "inspection", "workshop"]
    listing: UUID
    title: str
    seller: PersonOut
    added_at: datetime
    removed_at: datetime | None
    looked_at: datetime | None
    picture: PictureOut


@router.get("/desk/papers", response={200: list[PaperForHouseOut], **MISSING})
def for_house(request: HttpRequest) -> Any:
    """For operators: what sellers show to the house alone, unseen ones first."""
    operator(request)
    return [
        {
            "id": one.id, "kind": one.kind, "listing": one.listing, "title": one.title,
            "seller": schemas.person(one.seller), "added_at": one.added_at,
            "removed_at": one.removed_at, "looked_at": one.looked_at,
            "picture": schemas.picture(one.picture),
        }
        for one in papers.for_operators()
    ]  # fmt: skip


@router.post("/desk/papers/{uuid:id}/look", response={204: None, **MISSING})
def look(request: HttpRequest, id: UUID) -> Any:
    """For operators: the caller looked at it."""
    actions.look_at_paper(operator=operator(request), evidence=id, now=clock.now())
    return 204, None


def operator(request: HttpRequest) -> Any:
    asking = member(request)
    if not asking.is_operator:
        raise PictureMissing
    return asking
