"""The states of payouts and of a statement's lines, and the kinds of bank details."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.kit.states import moves

Words = str | Promise


class DetailKind(StrEnum):
    IBAN = "iban"  # an account number of ISO 13616, as in Europe
    CARD = "card"  # the number of a Chinese bank card, 16 to 19 digits


DETAIL_WORDS: Mapping[DetailKind, Words] = {
    DetailKind.IBAN: _("IBAN"),
    DetailKind.CARD: _("Bank card"),
}


class PayoutState(StrEnum):
    ASKED = "asked"  # frozen; waits for the operator's next bank file
    SENT = "sent"  # stands in a bank file; the bank has not confirmed it
    PAID = "paid"  # a statement, or the operator, says that it left the house's account
    RETURNED = "returned"  # it came back or was refused, and is on the balance again
    CANCELLED = "cancelled"  # the member took it back before it was sent


P = PayoutState
PAYOUT_MOVES = moves(
    PayoutState,
    {
        P.ASKED: {P.SENT, P.PAID, P.RETURNED, P.CANCELLED},
        P.SENT: {P.PAID, P.RETURNED},
        P.PAID: {P.RETURNED},
        P.RETURNED: set(),
        P.CANCELLED: set(),
    },
)
OPEN_PAYOUTS = frozenset({P.ASKED, P.SENT})
PAYOUT_WORDS: Mapping[PayoutState, Words] = {
    P.ASKED: _("Waits to be sent"),
    P.SENT: _("On its way to your bank"),
    P.PAID: _("Paid out"),
    P.RETURNED: _("Came back"),
    P.CANCELLED: _("Called off"),
}


class ClaimKind(StrEnum):
    COMPENSATION = "compensation"  # for a fake, besides the refund
    REFUND = "refund"  # what a seller has to give back of a sale that was released


class ClaimState(StrEnum):
    FROZEN = "frozen"  # decided, and may still be appealed: she cannot take it out
    DUE = "due"  # for good: what she has pays it, and what she earns
    PAID = "paid"  # all of it
    LIFTED = "lifted"  # an appeal, or the buyer, took it back


CLAIM_MOVES = moves(
    ClaimState,
    {
        ClaimState.FROZEN: {ClaimState.DUE, ClaimState.LIFTED},
        ClaimState.DUE: {ClaimState.PAID},
        ClaimState.PAID: set(),
        ClaimState.LIFTED: set(),
    },
)
OPEN_CLAIMS = frozenset({ClaimState.FROZEN, ClaimState.DUE})
CLAIM_WORDS: Mapping[ClaimState, Words] = {
    ClaimState.FROZEN: _("Set aside until the decision is final"),
    ClaimState.DUE: _("To be paid"),
    ClaimState.PAID: _("Paid off"),
    ClaimState.LIFTED: _("Taken back"),
}
CLAIM_KINDS: Mapping[ClaimKind, Words] = {
    ClaimKind.COMPENSATION: _("Compensation for a fake"),
    ClaimKind.REFUND: _("Refund after the release"),
}


class Taken(StrEnum):
    """What a line of a statement turned out to be."""

    OPEN = "open"  # nobody knows yet; it is named on the reconciliation page
    PAYMENT = "payment"  # a buyer paid for an order
    PAYOUT = "payout"  # a payout left, or came back
    SETTLED = "settled"  # a gateway paid the house what it had collected
    OWN = "own"  # the house's own: put in, taken out, or charged by the bank


TAKEN_WORDS: Mapping[Taken, Words] = {
    Taken.OPEN: _("Not explained"),
    Taken.PAYMENT: _("A buyer's payment"),
    Taken.PAYOUT: _("A payout"),
    Taken.SETTLED: _("From a payment gateway"),
    Taken.OWN: _("The house's own money"),
}
