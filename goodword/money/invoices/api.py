"""Papers over the API: the same queries as the pages."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from goodword.kit import clock
from goodword.kit.money import Money
from goodword.kit.schemas import MoneyOut, Problem

from ..access import viewer
from . import heading, queries
from .views import sent

router = Router(tags=["money"])


class PaperOut(Schema):
    id: UUID
    number: str
    kind: Literal["invoice", "receipt", "credit"]
    issued_at: datetime
    total: MoneyOut
    of: str = Field(description="The number of the paper that a credit note takes back, or empty.")


class GenuineOut(Schema):
    number: str
    kind: str
    issued_at: datetime
    total: MoneyOut
    seller: str
    digest: str
    unchanged: bool = Field(description="What is kept still has this digest.")
    files: list[str] = Field(description="SHA-256 of each PDF of it.")
    taken_back: MoneyOut | None


class HeadSchema(Schema):
    """Where a seller is, as it stands on her papers."""

    address: list[str] = Field(description="One to three lines; none while she has not said it.")
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166-1")


@router.get("/money/papers", response=HeadSchema, summary="What stands on my papers")
def head(request: HttpRequest) -> Any:
    """The member's own address there."""
    return heading.head_of(viewer(request).id)


@router.put(
    "/money/papers", response={200: HeadSchema, 422: Problem},
    summary="Say what stands on my papers",
)  # fmt: skip
def keep_head(request: HttpRequest, body: HeadSchema) -> Any:
    """For papers from now on."""
    return heading.keep_head(
        seller=viewer(request).id, address="\n".join(body.address), country=body.country,
        now=clock.now(),
    )  # fmt: skip


@router.get("/papers", response={200: list[PaperOut], 404: Problem})
def papers(request: HttpRequest, order: UUID) -> Any:
    """Invoices, receipts and credit notes of an order, for its two parties."""
    return [out(one) for one in queries.papers(viewer(request).id, order)]


@router.get("/papers/{uuid:id}", response={200: None, 404: Problem})
def paper(request: HttpRequest, id: UUID, language: Literal["en", "zh-hans"] = "en") -> Any:
    """The paper as PDF/A-3, with the same in it as data (EN 16931)."""
    return sent(queries.paper(viewer(request).id, id), language)


@router.get("/papers/{uuid:id}/genuine", response={200: GenuineOut, 404: Problem})
def genuine(request: HttpRequest, id: UUID, d: str = Query(min_length=16)) -> Any:  # noqa: ARG001
    """Whether a paper is genuine, for whoever knows how its digest begins."""
    found = queries.genuine(id, d)
    names = ("number", "kind", "issued_at", "seller", "digest", "unchanged", "files")
    return {
        **{name: getattr(found, name) for name in names},
        "total": money(found.total),
        "taken_back": money(found.taken_back) if found.taken_back else None,
    }


def out(one: queries.PaperView) -> dict[str, Any]:
    return {
        "id": one.id, "number": one.number, "kind": one.kind, "issued_at": one.issued_at,
        "total": money(one.total), "of": one.of,
    }  # fmt: skip


def money(value: Money) -> dict[str, Any]:
    return {"minor": value.minor, "currency": value.currency}
