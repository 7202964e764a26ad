from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Query, UploadedFile

from goodword.circle.actions import audience_kind
from goodword.circle.composing import Sheet
from goodword.circle.rules import Audience
from goodword.circle.states import AudienceKind
from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.pictures import save_pictures
from goodword.kit.schemas import Problem
from goodword.people.models import Member

from .. import actions, mine, queries, schemas, standing
from ..asking import Ask
from ..drafts import ListingDraft, VariantDraft
from ..schemas import ListingOut
from .base import FILES, MISSING, REFUSED, member, router


@router.get("/shop", response={200: schemas.ShopOut, **MISSING})
def my_shop(request: HttpRequest) -> Any:
    """The caller's open shop."""
    return _my_shop(member(request))


@router.post("/shop", response={201: schemas.ShopOut, **REFUSED})
def open_shop(request: HttpRequest, body: schemas.ShopIn) -> Any:
    """Open the caller's shop; one at a time."""
    actions.open_shop(owner=member(request), **body.dict(), now=clock.now())
    return 201, _my_shop(member(request))


@router.put("/shop", response={200: schemas.ShopOut, **REFUSED})
def edit_shop(request: HttpRequest, body: schemas.ShopIn) -> Any:
    """Change what the caller's shop says, and whether it is public."""
    actions.edit_shop(owner=member(request), **body.dict(), now=clock.now())
    return _my_shop(member(request))


def _my_shop(owner: Member) -> dict[str, Any]:
    found = queries.my_shop(owner.id)
    if found is None:
        raise queries.ShopMissing
    return schemas.shop(queries.shop(owner.id, found.id))


@router.get("/shop/listings", response={200: schemas.MyTableOut, 422: Problem})
def my_listings(
    request: HttpRequest, state: str = "", after: str = "", limit: int = Query(20, ge=1, le=60)
) -> Any:
    """The caller's own listings, newest first; `state` is draft, active or withdrawn."""
    table = mine.my_listings(member(request).id, state=state, cursor=after, limit=limit)
    rows = [
        {
            "listing": schemas.card(row.card),
            "flagged": row.flagged,
            "missing": row.missing,
            "changed_at": row.changed_at,
        }
        for row in table.rows
    ]
    return {"listings": rows, "next": table.next, "counts": table.counts}


@router.post("/shop/listings", response={201: ListingOut, **REFUSED})
def create(request: HttpRequest, body: schemas.ListingIn) -> Any:
    """Make a draft; add pictures, then offer it."""
    made = actions.create_listing(seller=member(request), draft=_draft(body), now=clock.now())
    return 201, _own(request, made.id)


@router.put("/shop/listings/{uuid:id}", response={200: ListingOut, **REFUSED})
def edit(request: HttpRequest, id: UUID, body: schemas.ListingIn) -> Any:
    """Make the listing what the body says; variants that it leaves out are not offered any more."""
    actions.edit_listing(seller=member(request), listing=id, draft=_draft(body), now=clock.now())
    return _own(request, id)


@router.put("/shop/listings/{uuid:id}/offer", response={200: ListingOut, **REFUSED})
def offer(request: HttpRequest, id: UUID) -> Any:
    """Put the listing on sale."""
    actions.offer(seller=member(request), listing=id, now=clock.now())
    return _own(request, id)


@router.delete("/shop/listings/{uuid:id}/offer", response={200: ListingOut, **REFUSED})
def withdraw(request: HttpRequest, id: UUID) -> Any:
    """Take the listing off sale; its page stays."""
    actions.withdraw(seller=member(request), listing=id, now=clock.now())
    return _own(request, id)


@router.post("/shop/listings/{uuid:id}/pictures", response={200: ListingOut, **FILES})
def add_pictures(
    request: HttpRequest,
    id: UUID,
    pictures: File[list[UploadedFile]],
    alt: Form[list[str]] = [],  # noqa: B006  # ninja copies it
) -> Any:
    """Hang more pictures, up to nine in all."""
    queries.my_listing(member(request).id, id)
    values = save_pictures(pictures[:10], alt)
    actions.add_pictures(seller=member(request), listing=id, pictures=values, now=clock.now())
    return _own(request, id)


@router.delete("/shop/pictures/{uuid:id}", response={204: None, **REFUSED})
def remove_picture(request: HttpRequest, id: UUID) -> Any:
    """Take a picture out of the window; buyers keep it."""
    actions.remove_picture(seller=member(request), picture=id, now=clock.now())
    return 204, None


@router.put("/shop/pictures/{uuid:id}/first", response={204: None, **MISSING})
def lead_with(request: HttpRequest, id: UUID) -> Any:
    """Show this picture first."""
    actions.lead_with(seller=member(request), picture=id)
    return 204, None


@router.put("/shop/variants/{uuid:id}/price", response={204: None, **REFUSED})
def change_price(request: HttpRequest, id: UUID, body: schemas.PriceIn) -> Any:
    """The variant costs this from now on; the public history keeps what it cost before."""
    row = queries.my_variant(member(request).id, id)
    price = Money(body.price_minor, row.listing.currency)
    actions.change_price(seller=member(request), variant=id, price=price, now=clock.now())
    return 204, None


@router.put("/shop/variants/{uuid:id}/stock", response={204: None, **REFUSED})
def set_stock(request: HttpRequest, id: UUID, body: schemas.StockIn) -> Any:
    """The caller counted; pieces reserved since `seen` stay reserved."""
    actions.set_stock(
        seller=member(request), variant=id, stock=body.stock, seen=body.seen, now=clock.now()
    )
    return 204, None


@router.post("/shop/listings/{uuid:id}/moments", response={201: schemas.ShowingOut, **REFUSED})
def show(request: HttpRequest, id: UUID, body: schemas.ShowIn) -> Any:
    """Show the listing to the caller's circle as a market moment."""
    audience = Audience(AudienceKind(body.audience), tuple(body.groups), tuple(body.people))
    moment = actions.show(
        seller=member(request), listing=id, text=body.text, audience=audience,
        key=body.key or str(new_id()), now=clock.now(),
    )  # fmt: skip
    return 201, {"moment": moment.id}


@router.post(
    "/listings/{uuid:id}/moments",
    response={201: schemas.ShowingOut, 413: Problem, 415: Problem, **REFUSED},
)
def tell(
    request: HttpRequest,
    id: UUID,
    text: Form[str] = "",
    key: str = Form("", max_length=64),
    audience: Form[str] = "everyone",
    groups: Form[list[UUID]] = [],  # noqa: B006  # ninja copies it
    people: Form[list[UUID]] = [],  # noqa: B006
    alt: Form[list[str]] = [],  # noqa: B006
    pictures: File[list[UploadedFile]] = [],  # noqa: B006
    voice: File[UploadedFile | None] = None,
) -> Any:
    """Publish a life moment that says it is from this listing, to whom may see the listing."""
    allowed = Audience(audience_kind(audience), tuple(groups), tuple(people))
    sheet = Sheet(text, key, allowed, pictures[:10], alt, voice)
    moment = actions.tell(author=member(request), listing=id, sheet=sheet, now=clock.now())
    return 201, {"moment": moment.id}


def _own(request: HttpRequest, id_: UUID) -> dict[str, Any]:
    page = queries.my_page(member(request).id, id_, now=clock.now())
    return schemas.listing(page, standing.of_listing(id_))


def _draft(body: schemas.ListingIn) -> ListingDraft:
    variants = tuple(
        VariantDraft(
            id=one.id, options=tuple(one.options), price=Money(one.price_minor, body.currency),
            stock=one.stock, stock_seen=one.stock_seen, seller_code=one.seller_code,
        )
        for one in body.variants
    )  # fmt: skip
    return ListingDraft(
        **body.dict(exclude={"variants", "shipping_minor", "asks"}),
        asks=tuple(Ask(**{**one.dict(), "values": tuple(one.values)}) for one in body.asks),
        shipping=Money(body.shipping_minor, body.currency),
        variants=variants,
        offer=False,
    )
