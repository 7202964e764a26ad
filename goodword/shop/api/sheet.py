from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from goodword.kit import clock
from goodword.kit.money import Money
from goodword.kit.schemas import MoneyOut, Problem

from .. import actions, queries, schemas, sheet
from .base import REFUSED, member, router


class SheetVariantOut(Schema):
    id: UUID
    name: str
    price: MoneyOut
    stock: int


class SheetListingOut(Schema):
    id: UUID
    title: str
    state: Literal["draft", "active", "withdrawn"]
    variants: list[SheetVariantOut] = Field(
        description="Of a long listing only those on this page; it goes on with the next."
    )


class SheetOut(Schema):
    listings: list[SheetListingOut]
    next: UUID | None = Field(description="Pass as `after`; null at the end.")


class SheetListingIn(schemas.Closed):
    """Null leaves it. Another title than `title_seen` by now is a question (409)."""

    id: UUID
    title: str | None = None
    title_seen: str | None = None
    on_sale: bool | None = None


class SheetVariantIn(schemas.Closed):
    """Null leaves it. Something else than `_seen` by now is a question (409); null asks nothing."""

    id: UUID
    price_minor: int | None = Field(None, gt=0, le=schemas.MAX_MINOR)
    price_seen: int | None = Field(None, description="Minor units.")
    stock: int | None = Field(None, ge=0, le=1_000_000)
    stock_seen: int | None = None


class SheetIn(schemas.Closed):
    listings: list[SheetListingIn] = Field([], max_length=200)
    variants: list[SheetVariantIn] = Field([], max_length=400)


class SheetSavedOut(Schema):
    changed: int


@router.get("/shop/sheet", response={200: SheetOut, 422: Problem})
def read_sheet(
    request: HttpRequest,
    state: str = "",
    after: UUID | None = None,
    limit: int = Query(60, ge=1, le=200),
) -> Any:
    """The caller's listings and variants as one table; `state` is draft, active or withdrawn."""
    found = sheet.sheet(member(request).id, state=state, after=after, limit=limit)
    return {
        "listings": [
            {
                "id": one.id, "title": one.title, "state": one.state,
                "variants": [
                    {
                        "id": row.id, "name": row.name, "price": schemas.amount(row.price),
                        "stock": row.stock,
                    }
                    for row in one.variants
                ],
            }
            for one in found.listings
        ],
        "next": found.next,
    }  # fmt: skip


@router.put("/shop/sheet", response={200: SheetSavedOut, **REFUSED})
def save_sheet(request: HttpRequest, body: SheetIn) -> Any:
    """Change many at once: all of it or nothing. `fields` of a refusal has a sentence for each id
    that needs a look; with 409 all of them only ask about what changed meanwhile."""
    seller = member(request)
    currencies = queries.currencies_of(seller.id, [one.id for one in body.variants])
    changed = actions.change_many(
        seller=seller, now=clock.now(),
        listings=[
            actions.ListingChange(
                listing=one.id, title=one.title, title_seen=one.title_seen, on_sale=one.on_sale
            )
            for one in body.listings
        ],
        variants=[_variant(one, currencies.get(one.id, "XXX")) for one in body.variants],
    )  # fmt: skip
    return {"changed": changed}


def _variant(one: SheetVariantIn, currency: str) -> actions.VariantChange:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, currency)

    return actions.VariantChange(
        variant=one.id, price=money(one.price_minor), price_seen=money(one.price_seen),
        stock=one.stock, stock_seen=one.stock_seen,
    )  # fmt: skip
