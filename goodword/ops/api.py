"""A member's own archive as data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from goodword.kit import clock
from goodword.kit.schemas import Problem

from .archive import keeping, writing
from .archive.views import sent

router = Router(tags=["my data"])


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
    "/me/archives/{uuid:archive}/file", response={200: bytes, 404: Problem}, summary="Fetch it"
)
def fetch(request: HttpRequest, archive: UUID) -> Any:
    """The file, as application/zip."""
    return sent(request.auth, archive, now=clock.now())  # type: ignore[attr-defined]
