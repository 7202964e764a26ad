"""A member's own notices as data. Authentication is the mount's: this floor knows no members."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from goodword.kit import clock
from goodword.kit.schemas import Problem

from . import actions, queries
from .states import Told

router = Router(tags=["notices"])


class ActorOut(Schema):
    handle: str
    name: str = Field(alias="display_name")
    avatar: str = Field(alias="avatar_url")


class NoticeOut(Schema):
    id: UUID
    kind: str = Field(description="What it is about, as in “orders.shipped”.")
    sentence: str = Field(description="In the member's language.")
    url: str
    at: datetime
    is_unread: bool
    actor: ActorOut | None = Field(description="Who did it; null when the house itself did.")
    others: int = Field(description="How many more people did the same; the line is theirs too.")


class NoticesOut(Schema):
    unread: int = Field(description="All unread ones, counted up to 100.")
    notices: list[NoticeOut]
    next: UUID | None = Field(description="Pass as `before` for the next page; null at the end.")


class ReadOut(Schema):
    read: int


class ChoiceIn(Schema):
    group: str
    told: Told = Field(description="“quiet”: in the list, but the bell does not count it.")
    mail: bool = Field(description="Also in a letter, at most one an hour, while it is unread.")


class ChoiceOut(ChoiceIn):
    label: str = Field(description="In the member's language.")
    vital: bool = Field(description="About money: it cannot be switched off.")


@router.get("", response={200: NoticesOut, 404: Problem}, summary="List notices")
def index(
    request: HttpRequest, before: UUID | None = None, limit: int = Query(30, ge=1, le=100)
) -> Any:
    """The member's notices, newest first."""
    viewer = request.auth.id  # type: ignore[attr-defined]
    lines = queries.notices(viewer, before=before, limit=limit + 1)
    shown = lines[:limit]
    return {
        "unread": queries.unread(viewer),
        "notices": shown,
        "next": shown[-1].id if len(lines) > limit else None,
    }


@router.post("/read", response=ReadOut, summary="Mark all as read")
def read_all(request: HttpRequest) -> Any:
    """Mark every notice as read; answers how many were unread."""
    owner = request.auth.id  # type: ignore[attr-defined]
    return {"read": actions.read_all(owner=owner, now=clock.now())}


@router.get("/settings", response=list[ChoiceOut], summary="How one is told of what")
def settings(request: HttpRequest) -> Any:
    """Every group of notices with the member's choice."""
    return [choice_of(one) for one in queries.choices(request.auth.id)]  # type: ignore[attr-defined]


@router.put(
    "/settings", response={200: list[ChoiceOut], 422: Problem}, summary="Choose how one is told"
)
def choose(request: HttpRequest, body: list[ChoiceIn]) -> Any:
    """Groups that are left out stay as they are; either all of it is taken or nothing."""
    owner = request.auth.id  # type: ignore[attr-defined]
    actions.choose(owner=owner, wishes={one.group: (one.told, one.mail) for one in body})
    return [choice_of(one) for one in queries.choices(owner)]


def choice_of(one: queries.Choice) -> dict[str, Any]:
    return {
        "group": one.group, "label": str(one.label), "told": one.told, "mail": one.mail,
        "vital": one.vital,
    }  # fmt: skip


@router.post("/{uuid:notice}/read", response={204: None, 404: Problem}, summary="Mark one as read")
def read(request: HttpRequest, notice: UUID) -> Any:
    """Mark one notice as read; the second time changes nothing."""
    owner = request.auth.id  # type: ignore[attr-defined]
    actions.read(owner=owner, notice=notice, now=clock.now())
    return Status(204, None)
