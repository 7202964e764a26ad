"""The address book and what shipping will cost, over the API."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from goodword.kit import clock
from goodword.kit.schemas import MoneyOut, Problem
from goodword.shop.regions import CODES, name

from . import actions, book, queries, schemas
from .addresses import Address
from .parcels import shipping

router = Router(tags=["orders"])
REFUSED = {404: Problem, 409: Problem, 422: Problem}


class AddressKeptIn(schemas.AddressIn):
    default: bool = Field(False, description="The one that is filled in first.")


class AddressOut(schemas.AddressIn):
    id: UUID
    default: bool


class ShippingIn(Schema):
    items: list[schemas.ItemIn] = Field(min_length=1, max_length=100)
    region: str = Field(description="ISO 3166-1, or 3166-2 in mainland China: CN-ZJ.", max_length=6)


class ShippingOut(Schema):
    seller: UUID
    cost: MoneyOut | None = Field(description="Null: not sent there, or the region is not known.")
    sentences: list[str] = Field(description="One for each parcel.")
    refusal: str


class RegionOut(Schema):
    code: str
    name: str


@router.get("/addresses", response=list[AddressOut], summary="My addresses")
def addresses(request: HttpRequest) -> Any:
    """The member's address book, the default first."""
    return [saved(one) for one in book.addresses(viewer(request).id)]


@router.post("/addresses", response={201: AddressOut, **REFUSED}, summary="Keep an address")
def add(request: HttpRequest, body: AddressKeptIn) -> Any:
    """The very same address is kept once."""
    return 201, keep(request, body, None)


@router.put("/addresses/{uuid:id}", response={200: AddressOut, **REFUSED})
def change(request: HttpRequest, id: UUID, body: AddressKeptIn) -> Any:
    """Orders that went to it keep what it was."""
    return keep(request, body, id)


@router.put("/addresses/{uuid:id}/default", response={204: None, 404: Problem})
def prefer(request: HttpRequest, id: UUID) -> Any:
    """Fill this one in first."""
    actions.prefer_address(owner=viewer(request), id_=id)
    return 204, None


@router.delete("/addresses/{uuid:id}", response={204: None, 404: Problem})
def remove(request: HttpRequest, id: UUID) -> Any:
    """Take it out of the book."""
    actions.remove_address(owner=viewer(request), id_=id)
    return 204, None


@router.post("/shipping", response=list[ShippingOut], summary="What shipping costs")
def cost(request: HttpRequest, body: ShippingIn) -> Any:
    """One answer for each seller; what the member cannot see is left out. Nothing is ordered."""
    found = queries.offers(viewer(request).id, [one.variant for one in body.items])
    goods = [(found[one.variant], one.quantity) for one in body.items if one.variant in found]
    parts: dict[UUID, list[tuple[queries.Offer, int]]] = {}
    for offer, quantity in goods:
        parts.setdefault(offer.seller.id, []).append((offer, quantity))
    answers = []
    for seller, part in parts.items():
        told = shipping(part, body.region if body.region in CODES else "")
        answers.append({
            "seller": seller,
            "cost": None if told.cost is None else schemas.amount(told.cost),
            "sentences": list(told.sentences),
            "refusal": told.refusal,
        })  # fmt: skip
    return answers


@router.get("/regions", response=list[RegionOut])
def regions(request: HttpRequest) -> Any:  # noqa: ARG001  # ninja passes it
    """Where parcels can go."""
    return [{"code": code, "name": name(code)} for code in sorted(CODES)]


def keep(request: HttpRequest, body: AddressKeptIn, id_: UUID | None) -> dict[str, Any]:
    address = Address.read(body.dict(exclude={"default"}))
    owner = viewer(request)
    row = actions.keep_address(
        owner=owner, address=address, id_=id_, default=body.default, now=clock.now()
    )
    return saved(book.address(owner.id, row.id))


def saved(one: book.Saved) -> dict[str, Any]:
    return {"id": one.id, **one.address.stored(), "default": one.is_default}


def viewer(request: HttpRequest) -> Any:
    return request.auth  # type: ignore[attr-defined]
