from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from goodword.kit import clock, house
from goodword.kit.errors import Invalid
from goodword.kit.pictures import save_picture


def let_in(files: Sequence[Any]) -> list[dict[str, Any]]:
    """The posted pictures, kept as files. Raises what `admit` raises, Invalid for too many."""
    most = house.rules(clock.now()).pictures_at_most
    if len(files) > most:
        raise Invalid(
            ngettext("Show at most %(most)s picture.", "Show at most %(most)s pictures.", most)
            % {"most": most}
        )
    return [save_picture(one) for one in files]
