"""The backup that the house makes by itself each night, in the folder of GOODWORD_BACKUPS.

One is written, read back, and only then are older ones taken away. What fails is told to the
operators and in the journal; the older ones stay.
"""

import fcntl
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.crypto import salted_hmac

from goodword.journal.actions import record
from goodword.kit import jobs
from goodword.kit.config import Backups
from goodword.kit.postgres import PostgresError
from goodword.money.queries import operators
from goodword.notices import actions as notices

from ..errors import Stop
from ..told import BACKUP_FAILED
from . import note, rules, taking
from .standing import hindrance

log = structlog.get_logger(__name__)

HOUSE = UUID(int=0)  # in whose chain the house's own deeds are, and what they are about


class Closing(Exception):
    """The house closes; the backup is made when it opens again."""


def make(*, now: datetime, is_over: jobs.IsOver) -> Path | None:
    """Write this night's backup if it is due; its file, if one was written.

    `is_over` is asked on the way: where it says so, the file is given up and nothing is told.
    """
    plan, data = settings.CONFIG.backups, settings.CONFIG.data
    if plan is None or not is_due(plan, data, now):
        return None

    def go_on() -> None:
        if is_over():
            raise Closing

    file = plan.folder / rules.name(house(), now)
    try:
        if trouble := hindrance(plan):
            raise Stop(trouble)
        clear(plan.folder)
        taking.take(file, now=now, read_again=True, go_on=go_on)
    except (Closing, taking.AtWork):
        return None
    except (Stop, PostgresError, DatabaseError, OSError) as error:
        fail(data, str(error).strip(), now=now)
        return None
    notices.withdraw(subject=HOUSE, kind=BACKUP_FAILED)
    log.info("ops.backup_made", file=str(file), bytes=file.stat().st_size)
    forget(plan, file)
    return file


def is_due(plan: Backups, data: Path, now: datetime) -> bool:
    since = rules.planned(now, hour=plan.hour, zone=ZoneInfo(settings.TIME_ZONE))
    newest, failed = note.last(data), note.failed(data)
    made, tried = newest[0] if newest else None, failed.at if failed else None
    return rules.is_due(now=now, since=since, made=made, tried=tried)


def house() -> str:
    """The same for a house wherever it lives, and another for each: from what only it knows."""
    return salted_hmac("goodword.backup", "house", algorithm="sha256").hexdigest()[:8]


def clear(folder: Path) -> None:
    """Take away what of this house's a kill or a power cut has left half."""
    for part in folder.glob(f"house-{house()}-*{taking.HALF}"):
        with suppress(OSError), part.open("r+b") as left:
            fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)  # not one that is being written
            part.unlink()


def forget(plan: Backups, made: Path) -> None:
    """Take away the oldest beyond those that are kept, now that `made` was read back."""
    names = [one.name for one in os.scandir(plan.folder) if one.is_file(follow_symlinks=False)]
    for name in rules.superfluous(names, house=house(), keep=plan.keep, made=made.name):
        try:
            (plan.folder / name).unlink(missing_ok=True)
        except OSError as error:
            log.error("ops.old_backup_stays", file=name, why=error.strerror)


def fail(data: Path, why: str, *, now: datetime) -> None:
    """Tell the operators, the journal and the log."""
    log.error("ops.backup_failed", why=why)
    with suppress(OSError):  # where not even a line fits, the log has it, and the next try is soon
        note.note_failure(data, why, now=now)
    with transaction.atomic():
        record(owner=HOUSE, actor=None, verb=BACKUP_FAILED, subject=HOUSE, now=now, why=why)
        for operator in operators():
            notices.tell(member=operator, kind=BACKUP_FAILED, subject=HOUSE, now=now)
