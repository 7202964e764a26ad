from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Schema, UploadedFile

from goodword.circle.schemas import PersonOut, PictureOut
from goodword.kit import clock

from .. import actions, papers, queries, schemas, standing
from ..queries import PictureMissing
from ..states import EvidenceFor, EvidenceKind
from .base import FILES, MISSING, REFUSED, member, router


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


class PaperAudienceIn(Schema):
    audience: EvidenceFor


@router.post("/shop/listings/{uuid:id}/evidence", response={200: schemas.ListingOut, **FILES})
def add_evidence(
    request: HttpRequest,
    id: UUID,
    picture: File[UploadedFile],
    kind: Form[EvidenceKind],
    audience: Form[EvidenceFor] = EvidenceFor.EVERYONE,
    alt: Form[str] = "",
) -> Any:
    """Attach a paper that backs the listing: a picture, or a PDF, whose pages become one each."""
    seller = member(request)
    queries.my_listing(seller.id, id)
    actions.check_papers(listing=id)
    actions.add_papers(
        seller=seller, listing=id, kind=kind, audience=audience, pages=papers.drawn(picture, alt),
        now=clock.now(),
    )  # fmt: skip
    page = queries.my_page(seller.id, id, now=clock.now())
    return schemas.listing(page, standing.of_listing(id))


@router.put("/shop/evidence/{uuid:id}/audience", response={204: None, **REFUSED})
def show_paper_to(request: HttpRequest, id: UUID, body: PaperAudienceIn) -> Any:
    """Change who may see a paper, at once; who bought while buyers could see it keeps it."""
    actions.show_paper_to(
        seller=member(request), evidence=id, audience=body.audience, now=clock.now()
    )
    return 204, None


@router.delete("/shop/evidence/{uuid:id}", response={204: None, **MISSING})
def remove_evidence(request: HttpRequest, id: UUID) -> Any:
    """Take a paper away; who bought by it keeps it."""
    actions.remove_evidence(seller=member(request), evidence=id, now=clock.now())
    return 204, None


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
