"""What the house tells its operators."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

BACKUP_FAILED = "ops.backup_failed"


def backup_failed(_facts: dict[str, Any]) -> str:
    return _("The nightly backup could not be made. The older ones are still there.")


def desk(_subject: UUID) -> str:
    return reverse("ops:desk")
