"""The sentences in which a reader is told of a digest."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GROUP = "reach.digest"
LABEL = gettext_lazy("What friends sell, once a day")
IN_VAIN = "reach.in_vain"
IN_VAIN_LABEL = gettext_lazy("Offers that had no turn in your circle")


def digest(facts: dict[str, Any]) -> str:  # noqa: ARG001  # what is in it may be gone by then
    return _("Your daily digest of what friends sell is here.")


def in_vain(facts: dict[str, Any]) -> str:  # noqa: ARG001  # likewise
    return _("What friends sell and what had no turn in your circle is here, once more.")


def page(subject: UUID) -> str:
    return reverse("reach:digest", args=[subject])
