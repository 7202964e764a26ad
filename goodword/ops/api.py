"""A member's own archive as data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from goodword.kit import clock
from goodword.kit import desk as desks
from goodword.kit.errors import NotFound
from goodword.kit.schemas import Problem
from goodword.people import delivery
from goodword.people import leaving as people

from .archive import keeping, writing
from .archive.views import sent
from .backup.standing import standing
from .leaving import going

router = Router(tags=["my data"])
ZIP = {
    "description": "OK",
    "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
}


class ArchiveOut(Schema):
    id: UUID
    state: str = Field(description="“asked”: it is being made; “ready”: it can be fetched.")
    asked_at: datetime
    done: int
    steps: int = Field(description="It is made when `done` has come this far.")
    size: int = Field(description="In bytes.")
    ready_at: datetime | None
    expires_at: datetime | None

    @staticmethod
    def resolve_steps(_row: Any) -> int:
        return writing.STEPS


@router.get("/me/archives", response=list[ArchiveOut], summary="List archives")
def archives(request: HttpRequest) -> Any:
    """The member's archives that are being made or can be fetched, newest first."""
    return keeping.archives(request.auth.id, now=clock.now())  # type: ignore[attr-defined]


@router.post("/me/archives", response={202: ArchiveOut, 429: Problem}, summary="Ask for an archive")
def ask(request: HttpRequest) -> Any:
    """Have everything of the member's put into one file; while one is being made, that one."""
    row = keeping.ask(owner=request.auth, now=clock.now())  # type: ignore[attr-defined]
    return Status(202, row)


@router.get(
    "/me/archives/{uuid:archive}/file",
    response={404: Problem},
    summary="Fetch it",
    openapi_extra={"responses": {200: ZIP}},
)
def fetch(request: HttpRequest, archive: UUID) -> Any:
    """The file, as application/zip."""
    return sent(request.auth, archive, now=clock.now())  # type: ignore[attr-defined]


class PileOut(Schema):
    """A list of things that wait for an operator."""

    key: str
    word: str
    sentence: str
    url: str = Field(description="The page where they are dealt with.")
    count: int


@router.get("/desk", response={200: list[PileOut], 404: Problem}, summary="The desk")
def desk(request: HttpRequest) -> Any:
    """For operators only: what waits for them, lists with something first."""
    if not request.auth.is_operator:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing here, or it is not meant for you."))
    return desks.piles()


class OutgoingLettersOut(Schema):
    """How it goes with the letters that the house writes."""

    leaves: bool = Field(description="False: they are written to files and reach nobody.")
    waiting: int = Field(description="Not taken by the mail server yet, tried again.")
    refused: int = Field(description="That the mail server refused, in the last seven days.")
    late: int = Field(description="Given up in the last seven days, after three of waiting.")
    sentences: list[str] = Field(description="What to know about it; empty when all is well.")


@router.get(
    "/desk/letters",
    response={200: OutgoingLettersOut, 404: Problem},
    summary="The house's letters",
)
def outgoing_letters(request: HttpRequest) -> Any:
    """For operators only: whether letters leave the house, and how many did not."""
    if not request.auth.is_operator:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing here, or it is not meant for you."))
    return delivery.outgoing(clock.now())


class BackupsOut(Schema):
    """How it stands with the backups of the house."""

    nightly: bool = Field(description="Whether the house makes one by itself each night.")
    newest_at: datetime | None = Field(
        alias="newest", description="The moment that the newest backup holds; null: there is none."
    )
    failed_at: datetime | None = Field(
        description="When the last nightly one failed, if none was made since."
    )
    sentences: list[str] = Field(description="What to know about it; empty when all is well.")


@router.get(
    "/desk/backups", response={200: BackupsOut, 404: Problem}, summary="The house's backups"
)
def backups(request: HttpRequest) -> Any:
    """For operators only: when the newest was made, and whether the last one failed."""
    if not request.auth.is_operator:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing here, or it is not meant for you."))
    return standing(clock.now())


class LeavingOut(Schema):
    leaving_at: datetime | None = Field(description="When the account is deleted; null: it stays.")
    obstacles: list[str] = Field(description="What has to be done before one can leave.")


@router.get("/me/leaving", response=LeavingOut, summary="Whether the account is being deleted")
def leaving(request: HttpRequest) -> Any:
    """Asking for it needs a person at a browser, who proves once more who they are."""
    member = request.auth  # type: ignore[attr-defined]
    return {"leaving_at": member.leaving_at, "obstacles": going.obstacles(member)}


@router.delete("/me/leaving", response={204: None}, summary="Keep the account")
def stay(request: HttpRequest) -> Any:
    """Take the deletion back; without one nothing changes."""
    people.take_back(member=request.auth, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)
