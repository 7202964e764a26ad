from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from goodword.kit import clock
from goodword.kit.schemas import Problem
from goodword.money.banking.deposit import free_deposit

from .. import queries, schemas, standing
from ..schemas import ListingOut
from .base import MISSING, member, router


@router.get("/market", response={200: schemas.ShelfOut, 422: Problem})
def market(
    request: HttpRequest,
    after: str = "",
    limit: int = Query(20, ge=1, le=60),
    friends: bool = False,
    followed: bool = False,
) -> Any:
    """What is on sale and open to the caller, newest first.

    `friends`: only friends' shops; `followed`: only shops that the caller follows.
    """
    shelf = queries.market(
        member(request).id, after, limit, friends_only=friends, followed_only=followed
    )
    return {"listings": [schemas.card(one) for one in shelf.cards], "next": shelf.next}


@router.get("/listings/{uuid:id}", response={200: ListingOut, **MISSING})
def listing(request: HttpRequest, id: UUID) -> Any:
    """A listing with its variants, public price history, units sold, pictures and evidence."""
    page = queries.listing(member(request).id, id, now=clock.now())
    return schemas.listing(page, standing.of_listing(id))


@router.get("/shops/{uuid:id}", response={200: schemas.ShopPageOut, 404: Problem, 422: Problem})
def shop(
    request: HttpRequest, id: UUID, after: str = "", limit: int = Query(20, ge=1, le=60)
) -> Any:
    """A shop and what it offers, newest first."""
    page = queries.shop_page(member(request).id, id, cursor=after, limit=limit)
    return schemas.shop(page.shop) | {
        "offered": page.offered,
        "sold": page.sold,
        "rates": schemas.rates(standing.of_shop(id)),
        "deposit": [schemas.amount(one) for one in free_deposit(page.shop.owner.id)],
        "listings": [schemas.card(one) for one in page.shelf.cards],
        "next": page.shelf.next,
    }
