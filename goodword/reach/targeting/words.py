"""Why something is shown, as a sentence. It never names a friend."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit import interests
from goodword.shop.cards import Card

from .rules import Ranked, Why


def sentence(one: Ranked, known: Mapping[UUID, Card]) -> str:
    """The true reason in the reader's language; empty when nothing is known.

    `known` are cards that the reader may see now: what they chose may be out of sight.
    """
    before = known.get(one.because) if one.because else None
    if one.why == Why.TASTE and before:
        return _("Because you chose “%(title)s”") % {"title": before.title}
    if one.why == Why.LIKED:
        name = interests.name(one.interest)
        return _("You like %(interest)s") % {"interest": name} if name else ""
    if one.why == Why.FRIENDS:
        return ngettext(
            "At least %(num)s friend chose this", "At least %(num)s friends chose this", one.count
        ) % {"num": one.count}
    return {
        Why.TASTE: _("Because of what you chose before"),
        Why.FOLLOWED: _("You follow this shop"),
        Why.SHOP: _("You chose something else in this shop"),
        Why.POPULAR: _("Chosen often here"),
        Why.NEW: _("A new seller’s first things"),
    }.get(one.why, "")


def on_card(one: Ranked | None, known: Mapping[UUID, Card]) -> str:
    """The one quiet line of a market card: only what speaks for it, else nothing.

    That a seller is new gives a listing its turn among others; it is no reason of this reader's.
    """
    return "" if one is None or one.why == Why.NEW else sentence(one, known)
