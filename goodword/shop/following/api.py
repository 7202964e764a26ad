from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from goodword.kit import clock

from .. import schemas
from ..api.base import REFUSED, member
from . import actions, queries

router = Router(tags=["shop"])


@router.get("/shops/followed", response=list[schemas.ShopOut], summary="Shops I follow")
def followed(request: HttpRequest) -> Any:
    """The shops that the caller follows, the latest first."""
    return [schemas.shop(one) for one in queries.followed(member(request).id)]


@router.put("/shops/{uuid:id}/follow", response={204: None, **REFUSED})
def follow(request: HttpRequest, id: UUID) -> Any:
    """Follow a public shop whose owner allows it; again changes nothing."""
    actions.follow(member=member(request), shop=id, now=clock.now())
    return 204, None


@router.delete("/shops/{uuid:id}/follow", response={204: None, **REFUSED})
def unfollow(request: HttpRequest, id: UUID) -> Any:
    """Stop following it; without following nothing changes."""
    actions.unfollow(member=member(request), shop=id, now=clock.now())
    return 204, None
