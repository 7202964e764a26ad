from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Of how many cards in a row one is from the market; None: as the house says, 0: none.
SHARES: Mapping[int | None, str | Promise] = {
    None: _("As the house says"),
    10: _("One card in ten"),
    20: _("One card in twenty"),
    0: _("None in my circle; I look in the market"),
}

SEEN_AT_ONCE = 100  # cards that a client may say at once to have been seen
