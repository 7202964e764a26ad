"""The chart of accounts, and the states of payments, holds and refunds with their moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.kit.states import moves

Words = str | Promise


class Side(IntEnum):
    """The two sides of an account; a transfer's entries, each times its side, sum to zero."""

    DEBIT = 1
    CREDIT = -1


class Nature(StrEnum):
    ASSET = "asset"  # what others owe or keep for the house; grows by debits
    LIABILITY = "liability"  # what the house owes a member; grows by credits
    INCOME = "income"  # what the house earned; grows by credits
    EQUITY = "equity"  # what is the house's own; grows by credits


class AccountKind(StrEnum):
    """Each kind of account; `CHART` says what stands on it and whose it is."""

    GATEWAY = "gateway"
    ESCROW = "escrow"
    PAYABLE = "payable"
    PAYOUT = "payout"
    RESERVE = "reserve"
    REFUND = "refund"
    DEPOSIT = "deposit"
    FEES = "fees"
    REVERSED = "reversed"
    OWN = "own"


class Whose(StrEnum):
    HOUSE = "house"  # one account per currency
    GATEWAY = "gateway"  # the house's, one per gateway and currency
    MEMBER = "member"  # one per member and currency
    ORDER = "order"  # one per order, its buyer's


@dataclass(frozen=True, slots=True)
class ChartLine:
    nature: Nature
    whose: Whose
    word: Words
    sentence: Words


BANK = "bank"  # the gateway whose account is the house's own, at a bank

CHART: Mapping[AccountKind, ChartLine] = {
    AccountKind.GATEWAY: ChartLine(
        Nature.ASSET,
        Whose.GATEWAY,
        _("Payment gateway"),
        _("What a payment gateway has collected and keeps for the house."),
    ),
    AccountKind.ESCROW: ChartLine(
        Nature.LIABILITY,
        Whose.ORDER,
        _("Escrow"),
        _("Paid for one order and not yet decided: neither the seller's nor the buyer's again."),
    ),
    AccountKind.PAYABLE: ChartLine(
        Nature.LIABILITY,
        Whose.MEMBER,
        _("Member's balance"),
        _("Released to a seller or awarded to a buyer, who may have it paid out."),
    ),
    AccountKind.PAYOUT: ChartLine(
        Nature.LIABILITY,
        Whose.MEMBER,
        _("Payout on its way"),
        _("Left the seller's balance for her bank or a gateway's account; not confirmed yet."),
    ),
    AccountKind.RESERVE: ChartLine(
        Nature.LIABILITY,
        Whose.MEMBER,
        _("Seller's reserve"),
        _("The seller's, but kept back for refunds that may still come."),
    ),
    AccountKind.REFUND: ChartLine(
        Nature.LIABILITY,
        Whose.MEMBER,
        _("Refund on its way"),
        _("Decided to go back to a buyer, and not yet confirmed by the gateway."),
    ),
    AccountKind.DEPOSIT: ChartLine(
        Nature.LIABILITY,
        Whose.MEMBER,
        _("Seller's deposit"),
        _("The seller's, put up to answer for fakes: a buyer is compensated from it first."),
    ),
    AccountKind.FEES: ChartLine(
        Nature.INCOME,
        Whose.HOUSE,
        _("House fee"),
        _("What the house kept of the sales, as its rules say."),
    ),
    AccountKind.REVERSED: ChartLine(
        Nature.ASSET,
        Whose.HOUSE,
        _("Taken back by banks"),
        _("Payments that a bank took back afterwards, and no refund has made good yet."),
    ),
    AccountKind.OWN: ChartLine(
        Nature.EQUITY,
        Whose.HOUSE,
        _("House's own money"),
        _("What the house put into its bank account or took out, less what the bank charged."),
    ),
}


class TransferKind(StrEnum):
    CAPTURE = "capture"  # the buyer's payment arrived: gateway → escrow
    RELEASE = "release"  # the sale is done: escrow → seller, and the fee to the house
    REFUND = "refund"  # the buyer gets it back: escrow → refund on its way
    TAKE_BACK = "take_back"  # a part of a release undone: seller and fee → escrow
    LATE = "late"  # money came for a payment that had ended: gateway → refund on its way
    REFUND_PAID = "refund_paid"  # the gateway has sent it: refund on its way → gateway
    BOUNCED = "bounced"  # a refund that was sent came back: gateway → refund on its way
    REVERSED = "reversed"  # the bank took a payment back: taken back by banks → gateway
    REINSTATED = "reinstated"  # the bank gave it back after all: gateway → taken back by banks
    COVERED = "covered"  # a refund of what a bank took back already: refund → taken back by banks
    PAYOUT = "payout"  # a member wants it in the bank: balance → payout on its way
    PAYOUT_BACK = "payout_back"  # it will not be sent: payout on its way → balance
    PAYOUT_PAID = "payout_paid"  # the bank has sent it: payout on its way → the house's bank
    PAYOUT_LOST = "payout_lost"  # the other bank sent it back: the house's bank → balance
    KEPT = "kept"  # the reserve grows with new sales: balance → reserve
    FREED = "freed"  # the reserve's time is over: reserve → balance
    DEPOSIT = "deposit"  # the seller tops her deposit up: balance → deposit
    UNDEPOSIT = "undeposit"  # she takes it back: deposit → balance
    COMPENSATE = "compensate"  # a buyer is made whole: deposit, reserve, balance → buyer's balance
    SHARE = "share"  # a gateway is asked to hand her part on: balance → payout on its way
    SHARED = "shared"  # it did: payout on its way → gateway
    SHARE_BACK = "share_back"  # it could not: payout on its way → balance
    UNSHARED = "unshared"  # a part came back for a refund: gateway → balance
    SETTLED = "settled"  # a gateway pays out what it collected: gateway → the house's bank
    OWN = "own"  # the house's own money came or went: the house's bank ↔ own


TRANSFER_WORDS: Mapping[TransferKind, Words] = {
    TransferKind.CAPTURE: _("Payment received"),
    TransferKind.RELEASE: _("Released to the seller"),
    TransferKind.REFUND: _("Refund decided"),
    TransferKind.TAKE_BACK: _("Taken back from the seller"),
    TransferKind.LATE: _("Payment that came too late"),
    TransferKind.REFUND_PAID: _("Refund sent"),
    TransferKind.BOUNCED: _("Refund that came back"),
    TransferKind.REVERSED: _("Taken back by the bank"),
    TransferKind.REINSTATED: _("Given back by the bank"),
    TransferKind.COVERED: _("Refund that the bank had taken back already"),
    TransferKind.PAYOUT: _("Payout asked for"),
    TransferKind.PAYOUT_BACK: _("Payout called off"),
    TransferKind.PAYOUT_PAID: _("Paid out"),
    TransferKind.PAYOUT_LOST: _("Payout came back"),
    TransferKind.KEPT: _("Kept back for refunds"),
    TransferKind.FREED: _("No longer kept back"),
    TransferKind.DEPOSIT: _("Put into the deposit"),
    TransferKind.UNDEPOSIT: _("Taken out of the deposit"),
    TransferKind.COMPENSATE: _("Compensation for the buyer"),
    TransferKind.SHARE: _("To your account elsewhere"),
    TransferKind.SHARED: _("Handed on by the gateway"),
    TransferKind.SHARE_BACK: _("Could not be handed on"),
    TransferKind.UNSHARED: _("Fetched back for a refund"),
    TransferKind.SETTLED: _("Gateway paid the house"),
    TransferKind.OWN: _("House's own money"),
}


class HoldState(StrEnum):
    HELD = "held"  # waits for a decision; parts may already have been refunded
    RELEASED = "released"  # what was held went to the seller
    REFUNDED = "refunded"  # all of it went back to the buyer


class PaymentState(StrEnum):
    CREATED = "created"  # decided here; the gateway was not asked yet
    SENT = "sent"  # the gateway was asked; no answer is known
    STEP_UP = "step_up"  # the buyer has to confirm with her bank
    PENDING = "pending"  # the gateway has accepted it and will tell the end later
    CAPTURED = "captured"  # the money is here and was held
    DECLINED = "declined"  # the gateway refused it
    EXPIRED = "expired"  # not paid in time, or called off
    RETURNED = "returned"  # money came although it had ended, and goes back by itself
    REFUNDED = "refunded"  # captured, and all of it went back
    REVERSED = "reversed"  # the bank took it back, as after a card was stolen


class RefundState(StrEnum):
    CREATED = "created"  # decided and posted here; the gateway was not asked yet
    SENT = "sent"  # the gateway was asked; no final answer is known
    DONE = "done"  # the gateway has sent it to the buyer
    FAILED = "failed"  # the gateway cannot send it; the operator has to


class AnswerKind(StrEnum):
    """What a gateway can say about a charge."""

    CAPTURED = "captured"  # the money is in our account there
    PENDING = "pending"  # accepted, undecided
    STEP_UP = "step_up"  # waits for the buyer at `next_url`
    DECLINED = "declined"  # refused, for good
    CANCELLED = "cancelled"  # called off before any money moved
    REVERSED = "reversed"  # captured, and taken back by the bank
    REINSTATED = "reinstated"  # which has given it back: the dispute was won


class Step(StrEnum):
    """What an answer makes of a payment."""

    IGNORE = "ignore"  # known already, or older than what is known
    MOVE = "move"  # the payment takes the state the answer names
    CAPTURE = "capture"  # post the money into escrow
    RETURN = "return"  # the payment had ended: post the money as going back
    REVERSE = "reverse"  # post that the bank took it back
    REINSTATE = "reinstate"  # post that it gave it back; the payment has ended all the same


def pairs(table: Mapping[Any, frozenset[Any]]) -> list[tuple[str, str]]:
    """The moves as (before, after), in a fixed order, for the trigger that guards them."""
    return sorted((str(old), str(new)) for old, after in table.items() for new in after)


P = PaymentState
ENDS = {P.CAPTURED, P.DECLINED, P.EXPIRED, P.RETURNED, P.REVERSED}
ANSWERED = {P.STEP_UP, P.PENDING, *ENDS}
PAYMENT_MOVES = moves(
    PaymentState,
    {
        P.CREATED: {P.SENT, *ANSWERED},
        P.SENT: {*ANSWERED},
        P.STEP_UP: {P.PENDING, *ENDS},
        P.PENDING: {*ENDS},
        P.CAPTURED: {P.REFUNDED, P.REVERSED},
        P.DECLINED: {P.RETURNED, P.REVERSED},
        P.EXPIRED: {P.RETURNED, P.REVERSED},
        P.RETURNED: {P.REVERSED},
        P.REFUNDED: {P.REVERSED},
        P.REVERSED: {P.REFUNDED},
    },
)
HOLD_MOVES = moves(
    HoldState,
    {
        HoldState.HELD: {HoldState.RELEASED, HoldState.REFUNDED},
        HoldState.RELEASED: set(),
        HoldState.REFUNDED: set(),
    },
)
REFUND_MOVES = moves(
    RefundState,
    {
        RefundState.CREATED: {RefundState.SENT},
        RefundState.SENT: {RefundState.DONE, RefundState.FAILED},
        RefundState.DONE: {RefundState.FAILED},  # the buyer's bank sent it back
        RefundState.FAILED: {RefundState.SENT, RefundState.DONE},  # by an operator's hand
    },
)
OPEN_PAYMENTS = frozenset({P.CREATED, P.SENT, P.STEP_UP, P.PENDING})  # an answer is awaited
# The order may be paid anew.
ENDED_PAYMENTS = frozenset({P.DECLINED, P.EXPIRED, P.RETURNED, P.REVERSED})
ARRIVED_PAYMENTS = frozenset({P.CAPTURED, P.RETURNED, P.REFUNDED})  # their money was posted

OPEN_REFUNDS = frozenset({RefundState.CREATED, RefundState.SENT})
FINAL_ANSWERS = frozenset(
    {
        AnswerKind.CAPTURED,
        AnswerKind.DECLINED,
        AnswerKind.CANCELLED,
        AnswerKind.REVERSED,
        AnswerKind.REINSTATED,
    }
)

ANSWER_STATES = {
    AnswerKind.CAPTURED: P.CAPTURED,
    AnswerKind.PENDING: P.PENDING,
    AnswerKind.STEP_UP: P.STEP_UP,
    AnswerKind.DECLINED: P.DECLINED,
    AnswerKind.CANCELLED: P.EXPIRED,
    AnswerKind.REVERSED: P.REVERSED,
    AnswerKind.REINSTATED: P.REVERSED,
}

PAYMENT_WORDS: Mapping[PaymentState, Words] = {
    P.CREATED: _("Being prepared"),
    P.SENT: _("Waiting for the payment gateway"),
    P.STEP_UP: _("Waiting for you to confirm with your bank"),
    P.PENDING: _("The gateway is still working on it"),
    P.CAPTURED: _("Paid and held"),
    P.DECLINED: _("Declined"),
    P.EXPIRED: _("Not paid in time"),
    P.RETURNED: _("Came too late and goes back"),
    P.REFUNDED: _("Refunded"),
    P.REVERSED: _("Taken back by the bank"),
}

TO_TRANSFER = _("Waiting for your transfer")  # in place of a confirmation, where the bank is ours

HOLD_WORDS: Mapping[HoldState, Words] = {
    HoldState.HELD: _("Held"),
    HoldState.RELEASED: _("Released to you"),
    HoldState.REFUNDED: _("Went back to the buyer"),
}
NATURE_WORDS: Mapping[Nature, Words] = {
    Nature.ASSET: _("Asset"),
    Nature.LIABILITY: _("Liability"),
    Nature.INCOME: _("Income"),
    Nature.EQUITY: _("Own"),
}
DECLINE_WORDS: Mapping[str, Words] = {
    "insufficient_funds": _("There is not enough money on it. Choose another way to pay."),
    "not_confirmed": _("It was not confirmed with the bank. Try again or pay another way."),
    "expired_card": _("This card has expired. Choose another way to pay."),
    "not_accepted": _("The gateway does not take this sum or currency. Choose another way to pay."),
    "timed_out": _("The time to pay there is over. Try again or pay another way."),
    "": _("The bank declined it. Choose another way to pay."),
}
REFUND_FAULTS: Mapping[str, Words] = {
    "account_closed": _("The card or account it came from was closed."),
    "no_account": _("The bank did not say from which account it came."),
    "not_captured": _("The gateway does not know that it was paid."),
    "more_than_charged": _("The gateway says that this is more than was paid."),
    "disputed": _("The buyer’s bank is about to take it back itself."),
    "empty_balance": _("There is not enough on the house’s account with the gateway."),
    "": _("The gateway gave no reason."),
}
