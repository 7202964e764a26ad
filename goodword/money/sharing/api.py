"""Accounts elsewhere over the API. Connecting one needs a person at a browser."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import BeforeValidator

from goodword.kit import clock
from goodword.kit.schemas import MoneyOut, Problem

from ..access import viewer
from . import actions, queries

router = Router(tags=["money"])


class ElsewhereOut(Schema):
    """A gateway that can hand the seller her part on by itself."""

    gateway: str
    word: Annotated[str, BeforeValidator(str)]
    number: str = Field(description="Of the member's account there, or empty.")
    ready: bool = Field(description="Whether it takes her part already.")


class SharingOut(Schema):
    """A seller's part of a release that the gateway handed on to her account there."""

    id: UUID
    order: UUID
    gateway: str
    amount: MoneyOut
    back: MoneyOut = Field(description="What was fetched back of it for a refund.")
    state: str
    at: datetime


@router.get("/money/accounts", response=list[ElsewhereOut], summary="My accounts elsewhere")
def accounts(request: HttpRequest) -> Any:
    """With payment companies that can hand the member's part on when it is released."""
    return queries.elsewhere(viewer(request).id)


@router.delete(
    "/money/accounts/{slug:gateway}", response={204: None, 404: Problem},
    summary="Forget my account there",
)  # fmt: skip
def disconnect(request: HttpRequest, gateway: str) -> Any:
    """From now on what is released stands on the member's balance here."""
    actions.disconnect(member=viewer(request).id, gateway=gateway, now=clock.now())
    return 204, None


@router.get("/money/shares", response=list[SharingOut], summary="What was handed on to me")
def shares(request: HttpRequest) -> Any:
    """The newest first."""
    return queries.shares(viewer(request).id)
