"""What the house does for itself, at night and after accidents."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from goodword.kit import blobs, mail, rates
from goodword.kit.files.models import FileRow
from goodword.kit.pictures.models import PictureRow
from goodword.kit.voice.models import VoiceRow
from goodword.money.models import PaperFile
from goodword.shop import importing

from . import queries
from .archive import keeping

QUIET = timedelta(seconds=45)  # four missed signs of life: the worker is dead
log = structlog.get_logger(__name__)

FILED = (PictureRow, VoiceRow, FileRow, PaperFile)  # whose `key` names files in the store
STRAYS = 0.1  # share of all files that may lack a row
YOUNG = timedelta(days=2)  # files are older than the rows that name them


def rescue_jobs(*, now: datetime) -> int:
    """Put jobs back whose worker died while it did them; returns how many.

    Every job asks its rule again under a lock, so that doing one twice does no harm.
    """
    found = queries.abandoned_jobs(quiet=QUIET)
    for job in found:
        app.job_manager.retry_job_by_id(job, retry_at=now)
    return len(found)


def tidy(*, now: datetime) -> None:
    """Forget what has run out: allowances, sessions, previews, archives, letters that reach nobody,
    files without a row."""
    rates.sweep(now)
    importing.sweep(now)
    SessionStore.clear_expired()
    keeping.sweep(now=now)
    mail.sweep(now)
    sweep_files(now=now)


def sweep_files(*, now: datetime) -> int:
    """Delete the files of uploads that never got a row; returns how many.

    Where a great part of all files would go, the database is another one than these files belong
    to, so all stay and the log says so.
    """
    try:
        return blobs.store().sweep(set(kept_keys()), older_than=now - YOUNG, share=STRAYS)
    except blobs.TooManyStrays as error:
        log.error("ops.files_without_rows", detail=str(error))
        return 0


def kept_keys() -> Iterator[str]:
    """The keys of all files that some row names, whichever domain's it is."""
    for model in apps.get_models():
        if issubclass(model, FILED):
            yield from model._default_manager.values_list("key", flat=True).iterator()
