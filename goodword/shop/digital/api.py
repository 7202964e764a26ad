from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, File, Form, Router, Schema, UploadedFile
from pydantic import StringConstraints

from goodword.kit import clock

from .. import queries as listings
from ..api.base import FILES, MISSING, REFUSED, member
from ..models import DigitalItem
from ..models.digital import KEY
from . import actions, keys, queries
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


class UnsoldKeyOut(Schema):
    id: UUID
    text: str


class KeyPoolOut(Schema):
    variant: UUID
    name: str
    keyed: bool = Field(description="Whether each piece comes with a key of its own.")
    left: int = Field(description="That can be ordered.")
    unsold: int = Field(description="Those among them that wait for a payment too.")
    sold: int
    some: list[UnsoldKeyOut] = Field(description="The first 200 unsold ones.")


class KeysIn(Schema):
    keys: list[Annotated[str, StringConstraints(strip_whitespace=True, max_length=KEY)]]


class KeysAddedOut(Schema):
    added: int
    known: int = Field(description="Not taken: the seller had given them before.")


class KeysTakenOut(Schema):
    taken: int


@router.get("/shop/listings/{uuid:id}/keys", response={200: list[KeyPoolOut], **MISSING})
def key_pools(request: HttpRequest, id: UUID) -> Any:
    """The licence keys of the caller's listing, variant by variant."""
    listings.my_listing(member(request).id, id)
    return keys.pools(member(request).id, id)


@router.post("/shop/variants/{uuid:id}/keys", response={201: KeysAddedOut, **FILES})
def add_keys(request: HttpRequest, id: UUID, body: KeysIn) -> Any:
    """Give a variant more keys; from the first on its stock is the number of them."""
    texts = keys.texts_in("\n".join(body.keys))
    return 201, keys.add(seller=member(request), variant=id, texts=texts, now=clock.now())


@router.delete("/shop/variants/{uuid:id}/keys", response={200: KeysTakenOut, **REFUSED})
def stop_keys(request: HttpRequest, id: UUID) -> Any:
    """Take out all keys that nobody has reserved."""
    return {"taken": keys.stop(seller=member(request), variant=id, now=clock.now())}


@router.delete("/shop/keys/{uuid:id}", response={204: None, **REFUSED})
def remove_key(request: HttpRequest, id: UUID) -> Any:
    """Take one unsold key out."""
    keys.remove(seller=member(request), key=id, now=clock.now())
    return 204, None
