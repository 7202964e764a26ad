from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, File, Form, Router, Schema, UploadedFile

from goodword.kit import clock

from .. import queries as listings
from ..api.base import FILES, MISSING, REFUSED, member
from ..models import DigitalItem
from . import actions, queries
from .forms import goods
from .refusals import NothingToDeliver

router = Router(tags=["shop"])


class GoodsOut(Schema):
    id: UUID
    name: str = Field(description="Of a file; empty for a text.")
    size: int = Field(description="In bytes.")
    text: str
    url: str | None = Field(description="Where the file is fetched.")


@router.get("/shop/listings/{uuid:id}/goods", response={200: list[GoodsOut], **MISSING})
def items(request: HttpRequest, id: UUID) -> Any:
    """What every buyer of the caller's digital listing gets."""
    listings.my_listing(member(request).id, id)
    return [out(one) for one in queries.items(member(request).id, id)]


@router.post("/shop/listings/{uuid:id}/goods", response={201: list[GoodsOut], **FILES})
def add(
    request: HttpRequest,
    id: UUID,
    text: str = Form("", max_length=2000),
    file: File[UploadedFile | None] = None,
) -> Any:
    """Attach a file, a text or both to a digital listing; answers all that buyers get."""
    listings.my_listing(member(request).id, id)
    given = goods(file, text)
    if not given:
        raise NothingToDeliver
    for values in given:
        actions.add_item(seller=member(request), listing=id, values=values, now=clock.now())
    return 201, items(request, id)


@router.delete("/shop/goods/{uuid:id}", response={204: None, **REFUSED})
def remove(request: HttpRequest, id: UUID) -> Any:
    """Take one off; who bought by it keeps it."""
    actions.remove_item(seller=member(request), item=id, now=clock.now())
    return 204, None


def out(one: DigitalItem) -> dict[str, Any]:
    url = reverse("shop:goods_file", args=[one.id]) if one.key else None
    return {"id": one.id, "name": one.name, "size": one.size, "text": one.text, "url": url}
