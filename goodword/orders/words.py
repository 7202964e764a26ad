"""What the pages and the API say about an order, by state, by what is ahead, and by who reads."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from .states import LineState, Role, Scanned, Stray, TimerKind, Words

S, T = LineState, TimerKind
BUYER, SELLER = Role.BUYER, Role.SELLER

STATES: Mapping[LineState, Words] = {
    S.AWAITING_PAYMENT: _("To pay"),
    S.HELD: _("Paid, to ship"),
    S.SHIPPED: _("On its way"),
    S.HANDED_OVER: _("Handed over"),
    S.RECEIVED: _("Received"),
    S.RELEASED: _("Settled"),
    S.COMPLETED: _("Completed"),
    S.EXPIRED: _("Expired"),
    S.CANCELLED: _("Cancelled"),
    S.REFUNDED: _("Refunded"),
}
TONES: Mapping[LineState, str] = {
    S.AWAITING_PAYMENT: "warn",
    S.HELD: "market",
    S.SHIPPED: "info",
    S.HANDED_OVER: "info",
    S.RECEIVED: "good",
    S.RELEASED: "good",
    S.COMPLETED: "good",
    S.EXPIRED: "",
    S.CANCELLED: "",
    S.REFUNDED: "",
}

AGREE = _(
    "I want delivery to begin at once, and I know that by this I lose my right to withdraw from "
    "the purchase."
)

# Where nothing is sent, these stand in place of what is said of parcels.
DIGITAL_STATES: Mapping[LineState, Words] = {
    S.HELD: _("Paid, to deliver"),
    S.SHIPPED: _("Delivered"),
}
DIGITAL_NEXT: Mapping[tuple[LineState, Role], Words] = {
    (S.HELD, BUYER): _("The seller delivers it here, on this page."),
    (S.HELD, SELLER): _("Deliver it: a file, a text or both. The money is waiting."),
    (S.SHIPPED, BUYER): _("Fetch it and look at it. When all is well, confirm."),
    (S.SHIPPED, SELLER): _("The buyer has it and looks at it. Nothing to do for you."),
    (S.CANCELLED, SELLER): _("It was called off. Nothing was delivered."),
    (S.EXPIRED, SELLER): _("It was not paid in time. Nothing was delivered."),
}
DIGITAL_AHEAD: Mapping[tuple[TimerKind, Role], Words] = {
    (T.PAY, SELLER): _("The order expires."),
    (T.UNSHIPPED, BUYER): _("It was never delivered: all the money comes back to you."),
    (T.UNSHIPPED, SELLER): _("It was never delivered: all the money goes back to the buyer."),
    (T.RECEIVE, BUYER): _("It counts as received."),
    (T.RECEIVE, SELLER): _("It counts as received."),
}

NEXT: Mapping[tuple[LineState, Role], Words] = {
    (S.AWAITING_PAYMENT, BUYER): _("Pay, and the seller can start. The goods are kept for you."),
    (S.AWAITING_PAYMENT, SELLER): _("The buyer has to pay. Do not ship anything yet."),
    (S.HELD, BUYER): _("The seller ships it and tells you the tracking number here."),
    (S.HELD, SELLER): _("Ship it and enter the tracking number. The money is waiting."),
    (S.SHIPPED, BUYER): _(
        "When you have it and all is well, confirm. Not before you have seen it."
    ),
    (S.SHIPPED, SELLER): _("The buyer confirms when the parcel is there. Nothing to do for you."),
    (S.HANDED_OVER, BUYER): _(
        "You have it. Look at it in peace: if something is wrong, say so before the time is over."
    ),
    (S.HANDED_OVER, SELLER): _("You handed it over. The buyer looks at it for a while."),
    (S.RECEIVED, BUYER): _("The money still waits a little, because this seller is new here."),
    (S.RECEIVED, SELLER): _("The money comes to you after the waiting time of new sellers."),
    (S.RELEASED, BUYER): _("All done. The after-sale time is still running."),
    (S.RELEASED, SELLER): _("The money is on your balance. The after-sale time is still running."),
    (S.COMPLETED, BUYER): _("This order is complete. Thank you for buying from a friend."),
    (S.COMPLETED, SELLER): _("This order is complete."),
    (S.EXPIRED, BUYER): _("It was not paid in time. A payment that comes now goes back to you."),
    (S.EXPIRED, SELLER): _("It was not paid in time. The goods are back in your shop."),
    (S.CANCELLED, BUYER): _("It was called off. Whatever you had paid goes back to you."),
    (S.CANCELLED, SELLER): _("It was called off. The goods are back in your shop."),
    (S.REFUNDED, BUYER): _("All your money goes back to you."),
    (S.REFUNDED, SELLER): _("The money went back to the buyer."),
}

# Where nothing had been paid, this is said in place of what is said of money.
UNPAID_NEXT: Mapping[tuple[LineState, Role], Words] = {
    (S.CANCELLED, BUYER): _(
        "It was called off before anything was paid. A payment that comes now goes back to you."
    ),
}

AHEAD: Mapping[tuple[TimerKind, Role], Words] = {
    (T.PAY, BUYER): _("The order expires. A payment that comes later goes back to you."),
    (T.PAY, SELLER): _("The order expires and the goods go back into your shop."),
    (T.SHIP, BUYER): _("The promised time is over: you may cancel alone and get everything back."),
    (T.SHIP, SELLER): _("Your promised time is over: the buyer may cancel alone."),
    (T.UNSHIPPED, BUYER): _("It was never shipped: all the money comes back to you."),
    (T.UNSHIPPED, SELLER): _("It was never shipped: all the money goes back to the buyer."),
    (T.ANSWER, BUYER): _("If she says nothing, it is called off and all the money comes back."),
    (T.ANSWER, SELLER): _("If you say nothing, it is called off and the money goes back."),
    (T.REMIND_EARLY, BUYER): _("We ask you whether the parcel is there."),
    (T.REMIND_EARLY, SELLER): _("We ask the buyer whether the parcel is there."),
    (T.REMIND_LATE, BUYER): _("We ask you once more whether the parcel is there."),
    (T.REMIND_LATE, SELLER): _("We ask the buyer once more whether the parcel is there."),
    (T.RECEIVE, BUYER): _("The parcel counts as received."),
    (T.RECEIVE, SELLER): _("The parcel counts as received."),
    (T.HANDOVER, BUYER): _("It counts as received."),
    (T.HANDOVER, SELLER): _("It counts as received."),
    (T.RELEASE, BUYER): _("The money goes to the seller."),
    (T.RELEASE, SELLER): _("The money comes to your balance."),
    (T.COMPLETE, BUYER): _("The after-sale time ends and the order is complete."),
    (T.COMPLETE, SELLER): _("The after-sale time ends and the order is complete."),
}

SCANNED: Mapping[Scanned, Words] = {
    Scanned.ACCEPTED: _("The carrier has it"),
    Scanned.MOVING: _("On the road"),
    Scanned.CUSTOMS: _("With the customs"),
    Scanned.OUT: _("Out for delivery"),
    Scanned.DELIVERED: _("Delivered, says the carrier"),
    Scanned.FAILED: _("Nobody was met"),
    Scanned.RETURNING: _("On its way back to the seller"),
}
STRAYS: Mapping[Stray, Words] = {
    Stray.UNKNOWN: _("No order has this number."),
    Stray.SEVERAL: _("Parcels of several sellers have this number: one of them has mistyped it."),
    Stray.BEFORE: _("This was said before the parcel was sent: the number was used before."),
    Stray.UNREAD: _("This row cannot be read."),
}
UNREAD: Mapping[str, Words] = {
    "broken": _("This row cannot be read."),
    "no_number": _("This row has no tracking number."),
    "no_carrier": _("This row names a carrier that this house does not know."),
    "no_status": _("This row says something of the parcel that this house does not understand."),
    "no_time": _("The time in this row cannot be read."),
    "too_large": _("This file is too large. Ask the carrier for smaller ones."),
}

REASONS: Mapping[str, Words] = {
    "unanswered": _("The seller did not answer whether to call it off."),
    "cancelled": _("It was called off before it was shipped."),
    "unshipped": _("It was not shipped in time."),
    "gone": _("The payment came after the goods had gone back to the shop."),
    "reversed": _("The buyer’s bank took the payment back before it was shipped."),
}

WHERE: Mapping[tuple[str, Role], Words] = {
    ("unpaid", BUYER): _("is still with you. Nothing has been paid."),
    ("unpaid", SELLER): _("is still with %(other)s. Nothing has been paid."),
    ("asked", BUYER): _("is on its way: your bank has not answered yet."),
    ("asked", SELLER): _("is on its way: the buyer’s bank has not answered yet."),
    ("to_confirm", BUYER): _("is still with you until you confirm the payment with your bank."),
    ("to_confirm", SELLER): _("is still with %(other)s. Nothing has been paid."),
    ("to_transfer", BUYER): _("is still with you until you transfer it."),
    ("to_transfer", SELLER): _("is still with %(other)s. Nothing has been paid."),
    ("received", BUYER): _(
        "is held by %(custodian)s a little longer, because %(other)s is new here."
    ),
    ("received", SELLER): _("is held by %(custodian)s for you while you are new here."),
    ("held", BUYER): _("is held by %(custodian)s, not by %(other)s, until you have the goods."),
    ("held", SELLER): _("is held by %(custodian)s for you until %(other)s has the goods."),
    ("released", BUYER): _("went to %(other)s."),
    ("released", SELLER): _("is on your balance, less the house’s fee if there is one."),
    ("returning", BUYER): _("goes back to where you paid from."),
    ("returning", SELLER): _("goes back to %(other)s."),
    ("returned", BUYER): _("went back to where you paid from."),
    ("returned", SELLER): _("went back to %(other)s."),
    ("stuck", BUYER): _(
        "could not go back the way it came. %(custodian)s keeps it for you, and the house sends "
        "it another way."
    ),
    ("stuck", SELLER): _("goes back to %(other)s."),
}

TRACK: tuple[Words, ...] = (
    _("Ordered"), _("Paid"), _("Shipped"), _("Received"), _("Settled"),
)  # fmt: skip
REACHED: Mapping[LineState, int] = {
    S.AWAITING_PAYMENT: 0, S.HELD: 1, S.SHIPPED: 2, S.HANDED_OVER: 2, S.RECEIVED: 3,
    S.RELEASED: 4, S.COMPLETED: 5,
}  # fmt: skip


def state(of: LineState, *, digital: bool) -> Words:
    return (digital and DIGITAL_STATES.get(of)) or STATES[of]


def next_step(of: LineState, role: Role, *, digital: bool, paid: bool) -> Words:
    unpaid = None if paid else UNPAID_NEXT.get((of, role))
    return unpaid or (digital and DIGITAL_NEXT.get((of, role))) or NEXT[of, role]


def ahead(kind: TimerKind, role: Role, *, digital: bool) -> Words:
    return (digital and DIGITAL_AHEAD.get((kind, role))) or AHEAD[kind, role]


def track(*, digital: bool) -> tuple[Words, ...]:
    """The five stops that an order passes."""
    return (*TRACK[:2], DIGITAL_STATES[S.SHIPPED], *TRACK[3:]) if digital else TRACK


def check() -> None:
    """Refuse tables in which a state, a role or a timer has no words."""
    both = (BUYER, SELLER)
    if set(STATES) != set(S) or set(TONES) != set(S):
        raise TypeError("a state has no words")
    if set(NEXT) != {(state, role) for state in S for role in both}:
        raise TypeError("a state does not say what happens next")
    if set(SCANNED) != set(Scanned) or set(STRAYS) != set(Stray):
        raise TypeError("what a carrier says has no words")
    if set(AHEAD) != {(kind, role) for kind in T if kind != T.CARE for role in both}:
        raise TypeError("a timer does not say what it does")


check()
