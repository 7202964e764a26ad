"""Bank transfers over the API: what a payer fills in, and the operators' refunds by bank file."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from goodword.kit import clock
from goodword.kit.errors import NotFound
from goodword.kit.schemas import MoneyOut, Problem

from . import actions, queries
from .access import operator, viewer

router = Router(tags=["money"])


class TransferOut(Schema):
    """What to fill in at one's own bank."""

    amount: MoneyOut
    holder: str
    account: str = Field(description="An IBAN in groups of four, or a number.")
    bic: str
    bank: str
    reference: str = Field(description="RF creditor reference (ISO 11649), in groups of four.")


class WaitingTransferOut(Schema):
    currency: str
    total: MoneyOut
    count: int


class RefundFileOut(Schema):
    id: UUID
    at: datetime
    total: MoneyOut
    count: int


class RefundsOut(Schema):
    waiting: list[WaitingTransferOut]
    files: list[RefundFileOut]


class RefundFileIn(Schema):
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class FileMadeOut(Schema):
    id: UUID


class AssignIn(Schema):
    reference: str = Field(min_length=1, max_length=40, description="RF…, of that payment.")


@router.get(
    "/money/payments/{uuid:id}/transfer",
    response={200: TransferOut, 404: Problem},
    summary="What to transfer for a payment",
)
def transfer(request: HttpRequest, id: UUID) -> Any:
    """404 too once nothing is awaited for it any more."""
    found = queries.transfer_of(viewer(request).id, id)
    if found is None:
        raise NotFound(_("No transfer is awaited for this payment."))
    return found


class PayCodeOut(Schema):
    amount: MoneyOut
    link: str = Field(description="What the code says: the app opens it on the same phone.")


@router.get(
    "/money/payments/{uuid:id}/code",
    response={200: PayCodeOut, 404: Problem},
    summary="The code to scan for a payment",
)
def code(request: HttpRequest, id: UUID) -> Any:
    """404 too once there is nothing to scan any more."""
    found = queries.code_of(viewer(request).id, id)
    if found is None:
        raise NotFound(_("There is nothing to scan for this payment."))
    return found


@router.get(
    "/money/bank/refunds",
    response={200: RefundsOut, 404: Problem},
    summary="Refunds by bank transfer",
)
def refunds(request: HttpRequest) -> Any:
    """For operators only: what waits for a bank file, and the files made so far."""
    operator(request)
    return {"waiting": queries.waiting_refunds(), "files": queries.refund_files()}


@router.post(
    "/money/bank/refunds",
    response={201: FileMadeOut, 404: Problem, 409: Problem, 422: Problem},
    summary="Make a bank file of refunds",
)
def make_file(request: HttpRequest, body: RefundFileIn) -> Any:
    """For operators only: everything of that currency that waits."""
    file = actions.make_refund_file(
        operator=operator(request).id, currency=body.currency, now=clock.now()
    )
    return 201, {"id": file}


@router.get(
    "/money/bank/refunds/{uuid:file}",
    response={200: None, 404: Problem, 409: Problem},
    summary="A bank file of refunds",
    openapi_extra={"responses": {200: {"content": {"application/xml": {}}}}},
)
def file_bytes(request: HttpRequest, file: UUID) -> HttpResponse:
    """For operators only: pain.001."""
    operator(request)
    name, data = actions.refund_file_bytes(file)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/xml", headers=headers)


@router.post(
    "/money/bank/lines/{uuid:line}/payment",
    response={204: None, 404: Problem, 409: Problem, 422: Problem},
    summary="Whose payment a line is",
)
def assign(request: HttpRequest, line: UUID, body: AssignIn) -> Any:
    """For operators only: a line that bore no reference, or a wrong one."""
    actions.assign_line(
        line=line, reference=body.reference, operator=operator(request).id, now=clock.now()
    )
    return 204, None
