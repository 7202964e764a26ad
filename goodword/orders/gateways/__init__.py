"""Machines that are not ours: carriers, which say where parcels are."""

from django.conf import settings

from .base import Batch, Said, Source, Tracking, Unread
from .filedrop import FileDrop

__all__ = ["Batch", "FileDrop", "Said", "Source", "Tracking", "Unread", "tracking"]


def tracking() -> list[Tracking]:
    """From where this house hears of parcels."""
    return [FileDrop(settings.CONFIG.data / "tracking", zone=settings.TIME_ZONE)]
