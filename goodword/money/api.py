"""Money over the API: the same queries as the pages. Paying begins with an order, not here."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import BeforeValidator

from goodword.kit import clock
from goodword.kit.money import LIMIT, Money
from goodword.kit.schemas import MoneyOut, Problem

from . import actions, months, queries
from . import fees as table
from . import transfer_api as transfers
from .access import operator, viewer
from .banking import api as banking
from .gateways.base import Gateway
from .invoices import api as papers
from .rules import Band
from .sharing import api as sharing

router = Router(tags=["money"])
PAGE = 50
Said = Annotated[str, BeforeValidator(str)]  # words that are put into the reader's language here


class SellerBalanceOut(Schema):
    """available = posted − pending − reserve; `held` is in escrow and not the seller's yet."""

    currency: str
    posted: MoneyOut
    pending: MoneyOut
    reserve: MoneyOut
    available: MoneyOut = Field(description="May be below zero; then nothing is paid out.")
    held: MoneyOut
    deposit: MoneyOut = Field(description="Put up by the seller to answer for fakes.")


class PaymentOut(Schema):
    id: UUID
    order: UUID
    amount: MoneyOut
    state: str
    sentence: str = Field(description="Why it was declined, or empty.")
    next_url: str = Field(description="Where the buyer has to confirm, or empty.")
    method: str
    gateway: str
    at: datetime


class SaleOut(Schema):
    order: UUID
    at: datetime
    state: str
    paid: MoneyOut
    held: MoneyOut
    earned: MoneyOut
    refunded: MoneyOut


class MovementOut(Schema):
    """Money that went from one place to another."""

    transfer: UUID
    at: datetime
    kind: str
    amount: MoneyOut
    from_kind: str = Field(description="The kind of account that was debited.")
    to_kind: str = Field(description="The kind of account that was credited.")
    reason: str


class MethodOut(Schema):
    code: str
    word: Said
    sentence: Said
    odd: bool = Field(description="For trying out what can go wrong.")


class CustodianOut(Schema):
    """Who has the money while it is held, and whether anybody protects it."""

    name: Said
    sentence: Said
    protects: bool


class GatewayOut(Schema):
    name: str
    word: Said
    custodian: CustodianOut
    methods: list[MethodOut]


class TotalOut(Schema):
    currency: str
    debits: int
    credits: int
    difference: int = Field(description="Must be 0.")


class BookLineOut(Schema):
    kind: str
    nature: str
    sentence: Said
    amounts: list[MoneyOut] = Field(description="One for each currency.")


class StuckRefundOut(Schema):
    """A refund that its gateway cannot send. It stays owed until it is sent or paid by hand."""

    id: UUID
    order: UUID
    amount: MoneyOut
    gateway: str
    sentence: str
    since: datetime


class BandSchema(Schema):
    """A line of the table of fees: from `above` on, of the whole amount."""

    currency: str = Field("", pattern="^([A-Z]{3})?$", description="Empty: any other.")
    above: int = Field(0, ge=0, le=LIMIT, description="In minor units.")
    basis_points: int = Field(ge=0, le=10_000, description="Hundredths of a percent.")
    fixed: int = Field(0, ge=0, le=LIMIT, description="In minor units, besides the share.")


class ByHandIn(Schema):
    reference: str = Field(description="The bank's number of the operator's own payment.")


class BooksOut(Schema):
    trial_balance: list[TotalOut]
    lines: list[BookLineOut]
    drift: int = Field(description="Accounts whose balance is not the replay of its entries.")
    stuck_refunds: list[StuckRefundOut]


@router.get("/money/balance", response=list[SellerBalanceOut], summary="My balance as a seller")
def balance(request: HttpRequest) -> Any:
    """What the house owes the member as a seller, one row per currency."""
    return queries.seller_balance(viewer(request).id)


@router.get("/money/sales", response=list[SaleOut], summary="The money of my sales")
def sales(
    request: HttpRequest, before: UUID | None = None, limit: int = Query(20, ge=1, le=PAGE)
) -> Any:
    """Newest order first; `before` is the last order of the page before."""
    return queries.sales(viewer(request).id, before=before, limit=limit)


@router.get("/money/payments", response=list[PaymentOut], summary="My payments")
def payments(
    request: HttpRequest, before: UUID | None = None, limit: int = Query(20, ge=1, le=PAGE)
) -> Any:
    """Newest first; `before` is the last payment of the page before."""
    return queries.purchases(viewer(request).id, before=before, limit=limit)


@router.get(
    "/money/payments/{uuid:id}",
    response={200: PaymentOut, 404: Problem},
    summary="A payment of mine",
)
def payment(request: HttpRequest, id: UUID) -> Any:
    """How far a payment is, and where to confirm it if the bank asks."""
    return queries.payment_of(viewer(request).id, id)


@router.get(
    "/money/orders/{uuid:order}/trail",
    response={200: list[MovementOut], 404: Problem},
    summary="Where an order's money went",
)
def trail(request: HttpRequest, order: UUID) -> Any:
    """Every movement, oldest first; for the order's buyer and seller only."""
    return queries.trail_of(viewer(request).id, order)


@router.get(
    "/money/gateways",
    response={200: list[GatewayOut], 422: Problem},
    summary="What can be paid through",
)
def offered(
    request: HttpRequest,  # noqa: ARG001
    currency: str = Query("CNY", pattern="^[A-Z]{3}$"),
    minor: int = Query(100, ge=1, le=LIMIT),
) -> Any:
    """The gateways that take such a sum (in minor units), best first."""
    return [shown(gateway) for gateway in queries.offered(Money(minor, currency))]


@router.get(
    "/money/gateways/{slug:name}",
    response={200: GatewayOut, 404: Problem},
    summary="A way to pay, and who keeps the money",
)
def gateway(request: HttpRequest, name: str) -> Any:  # noqa: ARG001
    """The gateway's methods, best first, and its custodian."""
    return shown(queries.gateway(name))


def shown(gateway: Gateway) -> dict[str, Any]:
    return {
        "name": gateway.name,
        "word": gateway.word,
        "custodian": gateway.custodian,
        "methods": gateway.methods(),
    }


@router.get("/money/statements", response=list[str], summary="My months")
def statements(request: HttpRequest) -> Any:
    """The months in which something moved on the member's accounts, the newest first: 2026-05."""
    return months.months(viewer(request).id, clock.now())


@router.get(
    "/money/statements/{slug:month}",
    response={200: None, 404: Problem},
    summary="A month of mine, as CSV",
    openapi_extra={"responses": {200: {"content": {"text/csv": {}}}}},
)
def statement(request: HttpRequest, month: str) -> Any:
    """Every movement on the member's accounts, with opening and closing balances by currency.

    UTF-8; amounts are decimals in major units, below zero where they left.
    """
    data = months.table(months.statement(viewer(request).id, month))
    return HttpResponse(data, content_type="text/csv; charset=utf-8")


@router.get("/money/fees", response=list[BandSchema], summary="The house's fee")
def fees(request: HttpRequest) -> Any:  # noqa: ARG001
    """The table in force; empty while the house rule fee_percent holds."""
    return table.in_force(clock.now())


@router.put(
    "/money/fees", response={204: None, 404: Problem, 422: Problem}, summary="Write the fee's table"
)
def write_fees(request: HttpRequest, body: list[BandSchema]) -> Any:
    """For operators only: the whole table, for orders placed from now on."""
    by = operator(request).id
    bands = [Band(**one.dict()) for one in body]
    table.write_table(operator=by, bands=bands, now=clock.now())
    return 204, None


@router.get("/money/books", response={200: BooksOut, 404: Problem}, summary="The books")
def books(request: HttpRequest) -> Any:
    """The whole ledger by currency and by kind of account; for operators only."""
    operator(request)
    return {
        "trial_balance": queries.trial_balance(),
        "lines": queries.books(),
        "drift": len(queries.drift()),
        "stuck_refunds": queries.stuck_refunds(),
    }


@router.post(
    "/money/refunds/{uuid:id}/retry",
    response={204: None, 404: Problem, 409: Problem},
    summary="Ask the gateway again",
)
def retry_refund(request: HttpRequest, id: UUID) -> Any:
    """For operators only: have the gateway asked to send a stuck refund once more."""
    actions.retry_refund(refund=id, operator=operator(request).id, now=clock.now())
    return 204, None


@router.post(
    "/money/refunds/{uuid:id}/by-hand",
    response={204: None, 404: Problem, 409: Problem, 422: Problem},
    summary="A refund was paid by hand",
)
def refund_by_hand(request: HttpRequest, id: UUID, body: ByHandIn) -> Any:
    """For operators only: note that a stuck refund was paid outside the gateway."""
    actions.pay_refund_by_hand(
        refund=id, operator=operator(request).id, reference=body.reference, now=clock.now()
    )
    return 204, None


router.add_router("", banking.router)
router.add_router("", transfers.router)
router.add_router("", papers.router)
router.add_router("", sharing.router)
