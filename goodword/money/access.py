"""Who asks, over the API."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound
from goodword.people.models import Member


def operator(request: HttpRequest) -> Member:
    """Raises NotFound for everybody else."""
    if not viewer(request).is_operator:
        raise NotFound(_("There is nothing here, or it is not meant for you."))
    return viewer(request)


def viewer(request: HttpRequest) -> Member:
    return request.auth  # type: ignore[attr-defined]
