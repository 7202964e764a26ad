from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import ngettext

from goodword.kit import clock, house
from goodword.kit.errors import Invalid
from goodword.kit.pictures import save_picture

from . import queries
from .refusals import NotYours
from .states import Party


def evidence(viewer: UUID, case: UUID, files: Sequence[Any]) -> list[dict[str, Any]]:
    """What one of the two sides shows; of nobody else are files even read.

    Raises CaseMissing, NotYours, and what `let_in` raises.
    """
    _case, role = queries.case(viewer, case)
    if role not in (Party.BUYER, Party.SELLER):
        raise NotYours
    return let_in(files)


def let_in(files: Sequence[Any]) -> list[dict[str, Any]]:
    """The posted pictures, kept as files. Raises what `admit` raises, Invalid for too many."""
    most = house.rules(clock.now()).pictures_at_most
    if len(files) > most:
        raise Invalid(
            ngettext("Show at most %(most)s picture.", "Show at most %(most)s pictures.", most)
            % {"most": most}
        )
    return [save_picture(one) for one in files]
