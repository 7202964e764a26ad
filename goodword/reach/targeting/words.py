"""Why something is suggested, as a sentence. It never names a friend."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .queries import Suggestion
from .rules import Why


def sentence(one: Suggestion) -> str:
    """The true reason in the reader's language; empty when nothing is known."""
    if one.why == Why.TASTE and one.because:
        return _("Because you chose “%(title)s”") % {"title": one.because}
    if one.why == Why.FRIENDS:
        return ngettext("%(num)s friend chose this", "%(num)s friends chose this", one.count) % {
            "num": one.count
        }
    return {
        Why.TASTE: _("Because of what you chose before"),
        Why.SHOP: _("You chose something else in this shop"),
        Why.POPULAR: _("Chosen often here"),
        Why.NEW: _("A new seller’s first things"),
        Why.NONE: "",
    }.get(one.why, "")
