"""Orders over the API: the same queries and actions as the pages."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Query, Router, UploadedFile

from goodword.kit import clock
from goodword.kit.money import Money
from goodword.kit.schemas import Problem
from goodword.money.invoices.api import PaperOut
from goodword.money.invoices.api import out as paper
from goodword.money.invoices.queries import papers
from goodword.shop.actions import Item
from goodword.shop.digital.forms import goods

from . import actions, pages, queries, schemas
from . import goods as delivered
from .addresses import Address
from .refusals import OneOfBoth, OrderMissing
from .states import CARRIERS
from .words import AGREE

router = Router(tags=["orders"])
REFUSED = {403: Problem, 404: Problem, 409: Problem, 422: Problem}
FULL: Any = {200: schemas.OrderFullOut, **REFUSED}
Part = Literal["all", "pay", "ship", "receive", "done"]


@router.post("/orders", response={201: schemas.OrdersPlacedOut, **REFUSED}, summary="Order")
def place(request: HttpRequest, body: schemas.OrderIn) -> Any:
    """Order things, and with `pay` pay for them at once: answers the orders, held if all went well.

    A declined payment leaves its order to be paid; see `payment`. The same key again answers the
    same orders.
    """
    asked: dict[str, Any] = {
        "buyer": viewer(request),
        "items": [item(one) for one in body.items],
        "address": Address.read(body.address.dict()),
        "note": body.note,
        "key": body.key,
        "from_cart": body.from_cart,
        "agreed": str(AGREE) if body.agreed else "",
        "now": clock.now(),
    }
    asked["gateway"] = body.gateway
    if body.pay is None:
        placed = actions.place(**asked)
        lines = queries.lines_of(placed)
        made = [actions.Bought(order, None, lines[order.id]) for order in placed]
    else:
        made = actions.place_and_pay(method=body.pay, **asked)
    return 201, {
        "orders": [
            schemas.order(one.order, one.lines) | {"payment": schemas.payment(one.payment)}
            for one in made
        ]
    }


@router.get("/orders", response={200: schemas.OrdersOut, 404: Problem}, summary="My orders")
def orders(
    request: HttpRequest,
    only: Part = "all",
    before: UUID | None = None,
    limit: int = Query(20, ge=1, le=100),
) -> Any:
    """What the member ordered, newest first."""
    return shelf(queries.my_orders(viewer(request).id, only=only, before=before, limit=limit))


@router.get("/sales", response={200: schemas.OrdersOut, 404: Problem}, summary="My sales")
def sales(
    request: HttpRequest,
    only: Part = "all",
    before: UUID | None = None,
    limit: int = Query(20, ge=1, le=100),
) -> Any:
    """What was ordered of the member, newest first."""
    return shelf(queries.my_sales(viewer(request).id, only=only, before=before, limit=limit))


@router.get("/orders/{uuid:id}/promises", response={200: schemas.PromisesOut, 404: Problem})
def promises(request: HttpRequest, id: UUID) -> Any:
    """Each line's listing as it was promised, signed by the house (see /.well-known/jwks.json)."""
    return {"promises": pages.promises(viewer(request).id, id)}


@router.get("/orders/{uuid:id}", response={200: schemas.OrderFullOut, 404: Problem})
def order(request: HttpRequest, id: UUID) -> Any:
    """One order, for its buyer or its seller."""
    return full(request, id)


@router.post("/orders/{uuid:id}/payments", response={201: schemas.PayingOut, **REFUSED})
def pay(request: HttpRequest, id: UUID, body: schemas.PayIn) -> Any:
    """Try to pay; the same key again asks for nothing twice."""
    seen = actions.pay(
        buyer=viewer(request),
        order=id,
        gateway=body.gateway,
        method=body.method,
        key=body.key,
        return_url=f"/orders/{id}",
        now=clock.now(),
    )
    return 201, schemas.payment(seen)


@router.post("/orders/{uuid:id}/shipments", response=FULL)
def ship(request: HttpRequest, id: UUID, body: schemas.ShipIn) -> Any:
    """The seller's: a parcel is with the carrier. Codes of carriers: `GET /carriers`."""
    actions.ship(
        seller=viewer(request),
        order=id,
        carrier=body.carrier,
        number=body.number,
        lines=body.lines,
        now=clock.now(),
    )
    return full(request, id)


@router.post(
    "/orders/{uuid:id}/delivery",
    response={200: schemas.OrderFullOut, 413: Problem, 429: Problem, **REFUSED},
)
def deliver(
    request: HttpRequest,
    id: UUID,
    text: str = Form("", max_length=2000),
    line: Form[UUID | None] = None,
    file: File[UploadedFile | None] = None,
) -> Any:
    """The seller's: a digital line (all that wait, without `line`) is delivered."""
    queries.order(viewer(request).id, id)
    actions.deliver(
        seller=viewer(request), order=id, lines=[line] if line else None, goods=goods(file, text),
        now=clock.now(),
    )  # fmt: skip
    return full(request, id)


@router.post(
    "/goods/{uuid:id}/correction",
    response={200: schemas.OrderFullOut, 413: Problem, 429: Problem, **REFUSED},
)
def put_right(
    request: HttpRequest,
    id: UUID,
    text: str = Form("", max_length=2000),
    file: File[UploadedFile | None] = None,
) -> Any:
    """The seller's: a corrected file or text in the place of a delivered one, which stays."""
    order = delivered.sold(viewer(request).id, id).order_id
    given = goods(file, text)
    if len(given) != 1:
        raise OneOfBoth
    actions.put_right(seller=viewer(request), goods=id, values=given[0], now=clock.now())
    return full(request, order)


@router.get("/orders/{uuid:id}/timers", response={200: list[schemas.ComingOut], 404: Problem})
def timers(request: HttpRequest, id: UUID) -> Any:
    """What happens to the order if nobody acts, to its end, by the rules that will do it."""
    found = pages.forecast(viewer(request).id, id, now=clock.now())
    return [
        {"at": one.at, "line": one.line.id, "kind": one.kind, "sentence": str(one.sentence)}
        for one in found.steps
    ]


@router.get("/timers", response={200: schemas.TimerHealthOut, 404: Problem})
def timer_health(request: HttpRequest) -> Any:
    """Whether the house's clocks ring in time. For operators."""
    if not viewer(request).is_operator:
        raise OrderMissing
    return asdict(queries.timer_health(clock.now()))


@router.put("/shipments/{uuid:id}", response=FULL)
def correct(request: HttpRequest, id: UUID, body: schemas.NumberIn) -> Any:
    """The seller's, while it is under way: the number was wrong. Never makes the time shorter."""
    order = queries.parcel(viewer(request).id, id).order_id
    actions.correct(
        seller=viewer(request), order=order, shipment=id, carrier=body.carrier,
        number=body.number, now=clock.now(),
    )  # fmt: skip
    return full(request, order)


@router.post("/orders/{uuid:id}/handover-code", response=FULL)
def make_code(request: HttpRequest, id: UUID) -> Any:
    """The buyer's: a code for a handover in person; `handover_code` of the answer."""
    actions.make_code(buyer=viewer(request), order=id, now=clock.now())
    return full(request, id)


@router.post("/orders/{uuid:id}/handover", response=FULL)
def hand_over(request: HttpRequest, id: UUID, body: schemas.CodeIn) -> Any:
    """The seller's: the buyer has the goods, as her code proves. Wrong codes are counted."""
    actions.hand_over(seller=viewer(request), order=id, code=body.code, now=clock.now())
    return full(request, id)


@router.post("/orders/{uuid:id}/cancellation-refusal", response=FULL)
def keep(request: HttpRequest, id: UUID) -> Any:
    """The seller's: she does not call it off."""
    actions.keep(seller=viewer(request), order=id, now=clock.now())
    return full(request, id)


@router.post("/orders/{uuid:id}/receipt", response=FULL)
def confirm(request: HttpRequest, id: UUID, body: schemas.LinesIn) -> Any:
    """The buyer's: it is here."""
    actions.confirm(buyer=viewer(request), order=id, lines=body.lines, now=clock.now())
    return full(request, id)


@router.post("/orders/{uuid:id}/extension", response=FULL)
def extend(request: HttpRequest, id: UUID) -> Any:
    """The buyer's: more time to receive, once."""
    actions.extend(buyer=viewer(request), order=id, now=clock.now())
    return full(request, id)


@router.post("/orders/{uuid:id}/cancellation", response=FULL)
def cancel(request: HttpRequest, id: UUID, body: schemas.LinesIn) -> Any:
    """Call off what is not shipped; what was paid for it goes back."""
    actions.cancel(member=viewer(request), order=id, lines=body.lines, now=clock.now())
    return full(request, id)


@router.post("/orders/{uuid:id}/cancellation-request", response=FULL)
def ask_cancel(request: HttpRequest, id: UUID) -> Any:
    """The buyer's, while the promised time runs: ask the seller to call it off."""
    actions.ask_to_cancel(buyer=viewer(request), order=id, now=clock.now())
    return full(request, id)


@router.post("/orders/{uuid:id}/papers", response={201: list[PaperOut], **REFUSED})
def ask_paper(request: HttpRequest, id: UUID) -> Any:
    """The buyer's: an invoice, or a private seller's receipt, for what is released."""
    actions.ask_for_paper(buyer=viewer(request), order=id, now=clock.now())
    return 201, [paper(one) for one in papers(viewer(request).id, id)]


@router.get("/carriers", response=list[schemas.CarrierOut])
def carriers(request: HttpRequest) -> Any:  # noqa: ARG001  # ninja passes it
    """Who can bring a parcel, with an example of their numbers."""
    return [
        {"code": code, "name": str(one.word), "example": one.example}
        for code, one in CARRIERS.items()
    ]


@router.get("/cart", response=list[schemas.CartOut])
def cart(request: HttpRequest) -> Any:
    """What the member has put aside, with what it costs now. Nothing of it is reserved."""
    return [schemas.cart(one) for one in queries.cart(viewer(request).id)]


@router.post("/cart", response={200: list[schemas.CartOut], **REFUSED})
def add(request: HttpRequest, body: schemas.CartIn) -> Any:
    """Put pieces in; the same variant again adds to what is there."""
    buyer = viewer(request)
    offer = actions.add_to_cart(
        buyer=buyer, variant=body.variant, quantity=body.quantity, now=clock.now()
    )
    return [schemas.cart(one) for one in queries.cart(buyer.id, known=[offer])]


@router.put("/cart", response={200: list[schemas.CartOut], **REFUSED})
def change(request: HttpRequest, body: schemas.CartIn) -> Any:
    """Set how many of a variant are in the cart; 0 takes it out."""
    actions.change_cart(buyer=viewer(request), variant=body.variant, quantity=body.quantity)
    return cart(request)


def viewer(request: HttpRequest) -> Any:
    return request.auth  # type: ignore[attr-defined]


def item(one: schemas.ItemIn) -> Item:
    seen = one.expected_price
    return Item(one.variant, one.quantity, Money(seen.minor, seen.currency) if seen else None)


def full(request: HttpRequest, id: UUID) -> dict[str, Any]:
    return schemas.full(pages.order_page(viewer(request).id, id, now=clock.now()))


def shelf(found: queries.Shelf) -> dict[str, Any]:
    return {"orders": [schemas.summary(one) for one in found.orders], "next": found.next}
