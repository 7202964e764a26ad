"""How it stands with the house's backups, for its operators."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.kit import formats
from goodword.kit.config import Backups

from .. import queries
from .note import Failed, failed, last

SELDOM = timedelta(days=7)  # how old the newest may be where people make them
MISSED = timedelta(hours=36)  # where the house makes one each night


@dataclass(frozen=True, slots=True)
class Standing:
    """`failed` is the last nightly try since the newest, if it failed. Times are UTC."""

    plan: Backups | None
    newest: datetime | None
    file: str
    failed: Failed | None
    is_late: bool
    hindrance: str = ""  # why none can be written, for the doctor

    @property
    def nightly(self) -> bool:
        return self.plan is not None

    @property
    def failed_at(self) -> datetime | None:
        return self.failed.at if self.failed else None

    @property
    def sentences(self) -> list[str]:
        """What an operator has to know; empty when all is well."""
        said = []
        if self.plan and self.hindrance:
            said.append(
                _("Nightly backups cannot be written into %(folder)s.")
                % {"folder": self.plan.folder}
            )
        elif self.failed:
            said.append(
                _("The nightly backup could not be made on %(when)s.")
                % {"when": formats.date_time(self.failed.at)}
            )
        if self.is_late and self.newest:
            said.append(
                _("The newest backup of this house is of %(when)s.")
                % {"when": formats.date_time(self.newest)}
            )
        if self.is_late and not self.newest:
            said.append(_("No backup of this house was ever made."))
        return said


def standing(now: datetime, data: Path | None = None) -> Standing:
    """For operators; `data` is the house's own folder."""
    plan, data = settings.CONFIG.backups, data or settings.CONFIG.data
    found = last(data)
    newest = found[0] if found else None
    return Standing(
        plan=plan,
        newest=newest,
        file=found[1] if found else "",
        failed=failed(data) if plan else None,
        is_late=is_late(now, newest, is_nightly=plan is not None),
        hindrance=hindrance(plan),
    )


def hindrance(plan: Backups | None) -> str:
    """Why nothing can be written into the folder, and what to do; empty when it can."""
    if plan is None or os.access(plan.folder, os.W_OK | os.X_OK):
        return ""
    return (
        f"Nightly backups cannot be written into {plan.folder}: make that folder, and let the user "
        "that runs the house write there."
    )


def is_late(now: datetime, newest: datetime | None, *, is_nightly: bool) -> bool:
    """Whether the newest backup is older than it may be; a demo town needs none."""
    allowed = MISSED if is_nightly else SELDOM
    if newest is not None and now - newest < allowed:
        return False
    if not is_nightly and queries.is_demo():
        return False
    if newest is not None:
        return True
    begun = queries.begun_at()
    return begun is not None and now - begun >= allowed
