"""What a seller may declare, how it is decided, and the clocks of sellers, as data."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from goodword.kit.states import moves


class Kind(StrEnum):
    """What is declared; the level of the same name follows from it."""

    INDIVIDUAL = "individual"  # a private person below the year's sum; holds at once
    REGISTERED = "registered"  # a business with a number; an operator decides


class Scheme(StrEnum):
    """Where a business is registered, which says how its number is checked."""

    USCC = "cn_uscc"  # China: the unified social credit code, 18 letters with a check
    VAT = "eu_vat"  # the European Union: a VAT number in its state's own form


class DeclarationState(StrEnum):
    ASKED = "asked"  # an operator is to look at it
    IN_FORCE = "in_force"  # it holds: her level is its kind
    REFUSED = "refused"  # an operator said no, with a reason
    TAKEN_BACK = "taken_back"  # by the seller, or a newer one has taken its place
    WITHDRAWN = "withdrawn"  # the house no longer holds it to be true, with a reason


class ClockKind(StrEnum):
    REMIND = "remind"  # some days before a shop takes no new orders
    STOP = "stop"  # it takes none any more until its seller is registered
    CLOSE = "close"  # a shop that closes may end for good


S = DeclarationState
DECLARATION_MOVES = moves(
    DeclarationState,
    {
        S.ASKED: {S.IN_FORCE, S.REFUSED, S.TAKEN_BACK},
        S.IN_FORCE: {S.TAKEN_BACK, S.WITHDRAWN},
        S.REFUSED: set(),
        S.TAKEN_BACK: set(),
        S.WITHDRAWN: set(),
    },
)

SCHEME_WORDS = {
    Scheme.USCC: _("China: unified social credit code"),
    Scheme.VAT: _("European Union: VAT number"),
}
NUMBER_WORDS = {
    Scheme.USCC: _("Unified social credit code"),
    Scheme.VAT: _("VAT number"),
}
AHEAD = {
    ClockKind.REMIND: _("The seller is reminded to register."),
    ClockKind.STOP: _("The shop takes no new orders until its seller is registered."),
    ClockKind.CLOSE: _("The shop closes for good once its last order is over."),
}
