"""Payouts and the house's bank over the API: the same queries and actions as the pages."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Query, Router, Schema, UploadedFile
from pydantic import BeforeValidator, StringConstraints

from goodword.kit import clock
from goodword.kit.money import LIMIT, Money
from goodword.kit.schemas import MoneyOut, Problem

from ..access import operator, viewer
from ..bank.shapes import FILE_BYTES, TooBig
from . import deposit, details, files, payouts, queries, reconciling, reports, statements
from .states import DetailKind, Taken

router = Router(tags=["money"])
PAGE = 50
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
MISSING = {404: Problem}
MOVED = {404: Problem, 409: Problem, 422: Problem}


class AmountIn(Schema):
    minor: int = Field(gt=0, le=LIMIT, description="In minor units: fen, cents, yen.")
    currency: Code


class DetailsOut(Schema):
    """The number itself is never shown again."""

    currency: str
    kind: DetailKind
    hint: str = Field(description="The last four letters or digits.")
    at: datetime


class PayoutAskIn(Schema):
    amount: AmountIn
    key: str = Field(min_length=1, max_length=120, description="The same key asks once.")


class PayoutOut(Schema):
    id: UUID
    handle: str = Field(description="Whose it is.")
    number: str = Field(description="What banks call it.")
    amount: MoneyOut
    state: str
    hint: str
    reason: str
    at: datetime
    changed_at: datetime

    @staticmethod
    def resolve_handle(payout: queries.PayoutView) -> str:
        return payout.member.handle


class ClaimOut(Schema):
    """What a decision says that a seller owes a buyer."""

    id: UUID
    order: UUID
    kind: str = Field(description="compensation or refund")
    state: str = Field(description="frozen, due, paid or lifted")
    mine: bool = Field(description="The member is the one who owes it.")
    amount: MoneyOut
    rest: MoneyOut = Field(description="What is not paid yet.")
    reason: str
    at: datetime


class HouseAccountOut(Schema):
    currency: str
    holder: str
    number: str
    bic: str
    bank: str


class WaitingOut(Schema):
    currency: str
    count: int
    total: MoneyOut


class FileOut(Schema):
    id: UUID
    currency: str
    count: int
    money: MoneyOut
    created_at: datetime


class BankLineOut(Schema):
    """A line of a statement that nobody has explained."""

    id: UUID
    booked_on: date
    direction: str
    money: MoneyOut
    counterparty: str
    text: str
    reference: str


class StandsOut(Schema):
    currency: str
    closed: MoneyOut
    on: date


class BankOut(Schema):
    accounts: list[HouseAccountOut]
    waiting: list[WaitingOut]
    payouts: list[PayoutOut]
    files: list[FileOut]
    open_lines: list[BankLineOut]
    stands: list[StandsOut]


class DifferenceOut(Schema):
    sentence: str
    amount: MoneyOut | None = Field(
        description="What the books say, less what the other side says; null without a sum."
    )
    order: UUID | None = Field(description="Which order it is about, if it is about one.")
    handle: str = Field(description="Of the member it is about; empty for none.")


class CheckOut(Schema):
    word: Annotated[str, BeforeValidator(str)]
    differences: list[DifferenceOut] = Field(description="Must be empty.")


class CurrencyIn(Schema):
    currency: Code


class PaidIn(Schema):
    reference: str = Field(description="The bank's number of the payment.")


class ReturnedIn(Schema):
    reason: str = Field(description="Why it came back; the member reads it.")


class ImportOut(Schema):
    new: int
    known: int
    explained: int
    open: int


class LineIn(Schema):
    taken: Taken = Field(description="own or settled")
    gateway: str = Field("", description="Which gateway paid, with settled.")


@router.get("/money/bank-details", response=list[DetailsOut], summary="Where my payouts go")
def my_details(request: HttpRequest) -> Any:
    """One account for each currency, its number shortened."""
    return queries.details_of(viewer(request).id)


@router.delete(
    "/money/bank-details/{currency}", response={204: None, **MISSING},
    summary="Forget my account at a bank",
)  # fmt: skip
def drop_details(request: HttpRequest, currency: Code) -> Any:
    """Payouts that are under way still go there."""
    details.drop_details(member=viewer(request).id, currency=currency, now=clock.now())
    return 204, None


@router.get("/money/payouts", response=list[PayoutOut], summary="My payouts")
def my_payouts(
    request: HttpRequest, before: UUID | None = None, limit: int = Query(20, ge=1, le=PAGE)
) -> Any:
    """Newest first; `before` is the last payout of the page before."""
    return queries.payouts_of(viewer(request).id, before=before, limit=limit)


@router.post(
    "/money/payouts", response={201: PayoutOut, 409: Problem, 422: Problem},
    summary="Have my balance paid out",
)  # fmt: skip
def ask(request: HttpRequest, body: PayoutAskIn) -> Any:
    """Set an amount of the balance aside for the bank details that are kept for its currency."""
    payout = payouts.ask_payout(
        seller=viewer(request).id, currency=body.amount.currency,
        amount=Money(body.amount.minor, body.amount.currency), key=body.key, now=clock.now(),
    )  # fmt: skip
    return 201, queries.payout(payout.id)


@router.get("/money/claims", response=list[ClaimOut], summary="What I owe, or am owed")
def claims(request: HttpRequest) -> Any:
    """By decisions about returns and fakes: what is open first. It is paid before any payout."""
    return queries.claims_of(viewer(request).id)


@router.delete(
    "/money/payouts/{uuid:id}", response={204: None, 404: Problem, 409: Problem},
    summary="Call a payout off",
)  # fmt: skip
def cancel(request: HttpRequest, id: UUID) -> Any:
    """Only while no bank file holds it."""
    payouts.cancel_payout(viewer=viewer(request).id, payout=id, now=clock.now())
    return 204, None


@router.post(
    "/money/deposit", response={204: None, 409: Problem, 422: Problem},
    summary="Put a part of my balance into my deposit",
)  # fmt: skip
def top_up(request: HttpRequest, body: PayoutAskIn) -> Any:
    """It answers for fakes; it stays the seller's."""
    deposit.top_up(
        seller=viewer(request).id, amount=Money(body.amount.minor, body.amount.currency),
        key=body.key, now=clock.now(),
    )  # fmt: skip
    return 204, None


@router.post(
    "/money/deposit/withdrawals", response={204: None, 409: Problem, 422: Problem},
    summary="Take a part of my deposit out",
)  # fmt: skip
def take_out(request: HttpRequest, body: PayoutAskIn) -> Any:
    """Once nothing she sold is held, and some time after the last sale was settled."""
    deposit.take_out(
        seller=viewer(request).id, amount=Money(body.amount.minor, body.amount.currency),
        key=body.key, now=clock.now(),
    )  # fmt: skip
    return 204, None


@router.get("/money/bank", response={200: BankOut, **MISSING}, summary="The house's bank")
def bank(request: HttpRequest) -> Any:
    """For operators only: the house's accounts, open payouts, bank files and unexplained lines."""
    operator(request)
    return {
        "accounts": queries.house_accounts(),
        "waiting": queries.waiting_payouts(),
        "payouts": queries.open_payouts(),
        "files": queries.payout_files(),
        "open_lines": queries.open_lines(),
        "stands": queries.latest_statements(),
    }


@router.get(
    "/money/reconciliation", response={200: list[CheckOut], **MISSING}, summary="Reconciliation"
)
def reconciliation(request: HttpRequest) -> Any:
    """For operators only: the books against all others, each difference by name; none is best."""
    operator(request)
    return reconciling.look(clock.now())


@router.post(
    "/money/reconciliation/reports", response={202: None, **MISSING},
    summary="Ask gateways for their own accounts",
)  # fmt: skip
def ask_reports(request: HttpRequest) -> Any:
    """For operators only: what they say is compared as soon as they have answered."""
    operator(request)
    reports.ask_all()
    return 202, None


@router.post("/money/bank/files", response={201: FileOut, **MOVED}, summary="Make a bank file")
def make_file(request: HttpRequest, body: CurrencyIn) -> Any:
    """For operators only: every payout of the currency that waits, as pain.001.001.09."""
    by = operator(request).id
    return 201, files.make_file(operator=by, currency=body.currency, now=clock.now())


@router.get(
    "/money/bank/files/{uuid:id}", response={200: None, **MISSING}, summary="A bank file",
    openapi_extra={"responses": {200: {"content": {"application/xml": {}}}}},
)  # fmt: skip
def bank_file(request: HttpRequest, id: UUID) -> Any:
    """For operators only: the XML to give to the bank."""
    operator(request)
    _name, data = files.file_bytes(id)
    return HttpResponse(data, content_type="application/xml")


@router.post(
    "/money/bank/statements", response={200: ImportOut, 409: Problem, 413: Problem, **MOVED},
    summary="Take in a bank statement",
)  # fmt: skip
def statement(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """For operators only: camt.053 or MT940, whole or not at all; the same twice counts once."""
    by = operator(request).id
    too_large(file.size)
    return statements.import_statement(data=file.read(), operator=by, now=clock.now())


@router.post("/money/payouts/{uuid:id}/paid", response={204: None, **MOVED},
             summary="A payout was sent")  # fmt: skip
def paid(request: HttpRequest, id: UUID, body: PaidIn) -> Any:
    """For operators only."""
    by = operator(request).id
    payouts.confirm_payout(payout=id, operator=by, reference=body.reference, now=clock.now())
    return 204, None


@router.post("/money/payouts/{uuid:id}/returned", response={204: None, **MOVED},
             summary="A payout came back")  # fmt: skip
def returned(request: HttpRequest, id: UUID, body: ReturnedIn) -> Any:
    """For operators only: it stands on the member's balance again."""
    by = operator(request).id
    payouts.return_payout(payout=id, operator=by, reason=body.reason, now=clock.now())
    return 204, None


@router.post("/money/bank/lines/{uuid:id}", response={204: None, **MOVED},
             summary="Say what a line is")  # fmt: skip
def explain(request: HttpRequest, id: UUID, body: LineIn) -> Any:
    """For operators only."""
    statements.explain_line(
        line=id, taken=body.taken, gateway=body.gateway, operator=operator(request).id,
        now=clock.now(),
    )  # fmt: skip
    return 204, None


def too_large(size: int | None) -> None:
    """Raises TooBig before a file is read."""
    if (size or 0) > FILE_BYTES:
        raise TooBig
