"""Asking for an archive, making it, and letting it go."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodword.journal.actions import record
from goodword.kit import house, jobs, rates
from goodword.kit.errors import NotFound
from goodword.people.models import Member

from ..models import Archive
from ..states import ArchiveState
from . import writing

A_DAY = {"limit": 5, "per": timedelta(days=1)}
STALE = timedelta(days=1)  # one that is not made by then will not be; it may be asked for anew
PART = ".part"


class NoSuchArchive(NotFound):
    """Not there, not ready, run out, or somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("There is no such archive. Ask for a new one."))


def archives(viewer: UUID, *, now: datetime) -> list[Archive]:
    """The viewer's archives that are being made or can be fetched, newest first."""
    rows = Archive.objects.filter(owner=viewer).order_by("-asked_at")
    return [row for row in rows if row.is_there(now) or row.is_awaited(now)]


def archive(viewer: UUID, id_: UUID, *, now: datetime) -> Archive:
    """One of them. Raises NoSuchArchive."""
    found = next((row for row in archives(viewer, now=now) if row.id == id_), None)
    if found is None:
        raise NoSuchArchive
    return found


def file_of(viewer: UUID, id_: UUID, *, now: datetime) -> Path:
    """The file of the viewer's finished archive. Raises NoSuchArchive."""
    found = archive(viewer, id_, now=now)
    path = place(found.id)
    if not found.is_there(now) or not path.is_file():
        raise NoSuchArchive
    return path


@transaction.atomic
def ask(*, owner: Member, now: datetime) -> Archive:
    """Have the owner's archive made; while one is being made, that one. Raises TooMany."""
    Member.objects.select_for_update().get(id=owner.id)
    for row in Archive.objects.filter(owner=owner, state=ArchiveState.ASKED):
        if row.is_awaited(now):
            return row
        row.delete()
    rates.hit(f"archive:{owner.id}", **A_DAY, now=now)  # type: ignore[arg-type]
    row = Archive.objects.create(
        owner=owner, asked_at=now, language=get_language() or settings.LANGUAGE_CODE
    )
    record(owner=owner.id, actor=owner.id, verb="ops.archive_asked", subject=row.id, now=now)
    jobs.defer("ops.build_archive", archive=str(row.id))
    return row


def build(*, archive: UUID, now: datetime) -> None:
    """Make the file. Done again after a crash it begins anew; done already it does nothing."""
    row = Archive.objects.filter(id=archive, state=ArchiveState.ASKED).first()
    if row is None:
        return
    path = place(row.id)
    half = path.with_name(f"{row.id.hex}.{secrets.token_hex(4)}{PART}")
    mine = Archive.objects.filter(id=row.id)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        mine.update(done=done)

    try:
        with translation.override(row.language), writing.private(half) as out:
            writing.write(out, viewer=row.owner_id, now=now, step=step)
            out.flush()
            os.fsync(out.fileno())
        with transaction.atomic():
            # Unless its owner left meanwhile, or another run was quicker.
            if mine.select_for_update().filter(state=ArchiveState.ASKED).exists():
                mine.update(
                    state=ArchiveState.READY, size=half.stat().st_size, ready_at=now,
                    expires_at=now + house.rules(now).archive_holds,
                )  # fmt: skip
                half.rename(path)
    finally:
        half.unlink(missing_ok=True)


@transaction.atomic
def forget(*, owner: UUID) -> None:
    """Take away all archives of the owner's, with their files."""
    rows = Archive.objects.filter(owner=owner)
    paths = [place(id_) for id_ in rows.values_list("id", flat=True)]
    rows.delete()

    def delete() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    transaction.on_commit(delete)


def sweep(*, now: datetime) -> int:
    """Let go of what has run out, and of files that no row names; returns how many files went."""
    Archive.objects.filter(expires_at__lte=now).delete()
    Archive.objects.filter(state=ArchiveState.ASKED, asked_at__lte=now - STALE).delete()
    known = {id_.hex for id_ in Archive.objects.values_list("id", flat=True)}
    gone = 0
    for path in folder().glob("*"):
        if path.name.split(".")[0] not in known or (path.suffix == PART and is_old(path, now)):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def is_old(path: Path, now: datetime) -> bool:
    """Whether the job that wrote it must be dead; one that has just ended took its file along."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - STALE
    except FileNotFoundError:
        return False


def folder() -> Path:
    return Path(settings.CONFIG.data) / "archives"


def place(id_: UUID) -> Path:
    return folder() / f"{id_.hex}.zip"
