from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema, UploadedFile

from goodword.circle.schemas import PersonOut, PictureOut
from goodword.kit import clock
from goodword.kit.errors import NotFound
from goodword.kit.papers import save_papers
from goodword.kit.schemas import MoneyOut
from goodword.people.models import Member

from .. import schemas
from ..api.base import FILES, MISSING, REFUSED, member
from . import actions, queries, rules
from .states import Scheme

router = Router(tags=["shop"])


class DeclarationOut(Schema):
    id: UUID
    kind: Literal["individual", "registered"]
    state: Literal["asked", "in_force", "refused", "taken_back", "withdrawn"]
    scheme: str = Field(description="“cn_uscc” or “eu_vat”; empty for a private person.")
    name: str
    number: str
    at: datetime
    decided_at: datetime | None
    reason: str


class OverrunOut(Schema):
    year: int
    limit: MoneyOut
    passed_at: datetime
    stops_at: datetime = Field(description="Then the shop takes no new orders.")
    stopped_at: datetime | None


class WhoSellsOut(Schema):
    level: schemas.LevelName
    level_phrase: str
    level_at: datetime | None
    holds: DeclarationOut | None
    asked: DeclarationOut | None = Field(description="It waits for an operator.")
    refused: DeclarationOut | None = Field(description="With the operator's reason.")
    year: int
    sold: MoneyOut = Field(description="This year, by the ledger, in the house's currency.")
    most: MoneyOut = Field(description="What a private person may sell in a year.")
    sold_in_other_currencies: list[MoneyOut]
    overrun: OverrunOut | None


class LicencePageOut(PictureOut):
    """A page of papers; its addresses are for operators alone."""


class DeskRowOut(Schema):
    declaration: DeclarationOut
    seller: PersonOut
    papers: list[LicencePageOut]
    same_number: list[str] = Field(description="Handles of other sellers with this number.")


class SellerOverOut(Schema):
    seller: PersonOut
    overrun: OverrunOut


class SellersDeskOut(Schema):
    asked: list[DeskRowOut]
    checked: list[DeskRowOut]
    next: UUID | None
    overruns: list[SellerOverOut]


class SellerReasonIn(schemas.Closed):
    reason: str = Field(max_length=500)


@router.get("/shop/seller", response=WhoSellsOut, summary="Who sells")
def who_sells(request: HttpRequest) -> Any:
    """What the caller has declared, and how much of the year's sum is used."""
    return who_sells_out(request)


@router.post("/shop/seller/person", response={200: WhoSellsOut, **REFUSED})
def declare_individual(request: HttpRequest) -> Any:
    """Declare to sell as a private person; it holds at once."""
    actions.declare_individual(owner=member(request), now=clock.now())
    return who_sells_out(request)


@router.post("/shop/seller/business", response={201: WhoSellsOut, **FILES})
def ask_registration(
    request: HttpRequest,
    scheme: Form[Scheme],
    name: Form[str],
    number: Form[str],
    papers: File[list[UploadedFile]],
) -> Any:
    """Ask the operators to check a business: its number, and pictures or PDFs of its papers."""
    asked: dict[str, Any] = {
        "owner": member(request), "scheme": scheme, "name": name, "number": number,
        "now": clock.now(),
    }  # fmt: skip
    actions.check_request(**asked)
    pages = save_papers(papers[: rules.PAGES + 1], most=rules.PAGES)
    actions.ask_registration(**asked, pages=pages)
    return 201, who_sells_out(request)


@router.delete("/shop/seller/business/{uuid:id}", response={200: WhoSellsOut, **REFUSED})
def take_back(request: HttpRequest, id: UUID) -> Any:
    """Take a request back that waits for an operator."""
    actions.take_back(owner=member(request), declaration=id, now=clock.now())
    return who_sells_out(request)


@router.get("/desk/sellers", response={200: SellersDeskOut, **MISSING})
def sellers_desk(request: HttpRequest, before: UUID | None = None) -> Any:
    """For operators: businesses to check, those that were, and sums that were passed."""
    operator(request)
    return desk_out(before)


@router.post("/desk/sellers/{uuid:id}/acceptance", response={200: SellersDeskOut, **REFUSED})
def accept_seller(request: HttpRequest, id: UUID) -> Any:
    """For operators: number and papers agree."""
    actions.accept(operator=operator(request), declaration=id, now=clock.now())
    return desk_out()


@router.post("/desk/sellers/{uuid:id}/refusal", response={200: SellersDeskOut, **REFUSED})
def refuse_seller(request: HttpRequest, id: UUID, body: SellerReasonIn) -> Any:
    """For operators: they do not; the papers are deleted."""
    actions.refuse(operator=operator(request), declaration=id, reason=body.reason, now=clock.now())
    return desk_out()


@router.post("/desk/sellers/{uuid:id}/withdrawal", response={200: SellersDeskOut, **REFUSED})
def withdraw_seller(request: HttpRequest, id: UUID, body: SellerReasonIn) -> Any:
    """For operators: what was accepted is true no longer."""
    actions.withdraw(
        operator=operator(request), declaration=id, reason=body.reason, now=clock.now()
    )
    return desk_out()


def operator(request: HttpRequest) -> Member:
    """The caller, if an operator; to everybody else there is nothing."""
    if not member(request).is_operator:
        raise NotFound(_("There is nothing here, or it is not meant for you."))
    return member(request)


def who_sells_out(request: HttpRequest) -> dict[str, Any]:
    found = queries.who_sells(member(request).id, now=clock.now())
    return {
        "level": found.level, "level_phrase": found.level_phrase, "level_at": found.level_at,
        "holds": found.holds, "asked": found.asked, "refused": found.refused,
        "year": found.year, "sold": schemas.amount(found.sold), "most": schemas.amount(found.most),
        "sold_in_other_currencies": [schemas.amount(one) for one in found.elsewhere],
        "overrun": overrun_out(found.overrun) if found.overrun else None,
    }  # fmt: skip


def overrun_out(one: queries.OverrunView) -> dict[str, Any]:
    return {
        "year": one.year, "limit": schemas.amount(one.limit), "passed_at": one.passed_at,
        "stops_at": one.stops_at, "stopped_at": one.stopped_at,
    }  # fmt: skip


def desk_out(before: UUID | None = None) -> dict[str, Any]:
    found = queries.desk(before=before)
    return {
        "asked": [row_out(row) for row in found.asked],
        "checked": [row_out(row) for row in found.checked],
        "next": found.next,
        "overruns": [
            {"seller": schemas.person(seller), "overrun": overrun_out(one)}
            for seller, one in found.overruns
        ],
    }


def row_out(row: queries.DeskRow) -> dict[str, Any]:
    return {
        "declaration": row.declaration, "seller": schemas.person(row.seller),
        "papers": [schemas.picture(page) for page in row.pages], "same_number": row.twins,
    }  # fmt: skip
