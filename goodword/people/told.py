"""What members are told of their own account."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _


def address_refused(_facts: dict[str, Any]) -> str:
    return _("Letters to your e-mail address are refused. See what to do.")


def addresses(_member: UUID) -> str:
    return reverse("account_email")
