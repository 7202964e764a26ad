from typing import Any
from uuid import UUID

from django.http import HttpRequest

from goodword.kit import clock

from .. import actions, schemas, shipping
from ..parcels import zone
from .base import MISSING, REFUSED, member, router


@router.get("/shop/templates", response=list[schemas.MyTemplateOut], summary="My templates")
def templates(request: HttpRequest) -> Any:
    """The caller's shipping templates, by name."""
    return [mine(one) for one in shipping.templates(member(request).id)]


@router.post("/shop/templates", response={201: schemas.MyTemplateOut, **REFUSED})
def new_template(request: HttpRequest, body: schemas.TemplateIn) -> Any:
    """What parcels cost by region and weight; listings name it."""
    return 201, keep(request, body, None)


@router.put("/shop/templates/{uuid:id}", response={200: schemas.MyTemplateOut, **REFUSED})
def template(request: HttpRequest, id: UUID, body: schemas.TemplateIn) -> Any:
    """Change one; orders keep what they were promised."""
    return keep(request, body, id)


@router.delete("/shop/templates/{uuid:id}", response={204: None, **MISSING, **REFUSED})
def remove_template(request: HttpRequest, id: UUID) -> Any:
    """Only one that no listing names."""
    actions.remove_template(seller=member(request), template=id, now=clock.now())
    return 204, None


def keep(request: HttpRequest, body: schemas.TemplateIn, id_: UUID | None) -> dict[str, Any]:
    row = actions.keep_template(
        seller=member(request), template=id_, name=body.name, currency=body.currency,
        zones=[zone(one.dict()) for one in body.zones], now=clock.now(),
    )  # fmt: skip
    return mine(shipping.template(member(request).id, row.id))


def mine(one: shipping.TemplateView) -> dict[str, Any]:
    return schemas.template(one) | {"used": one.used}
