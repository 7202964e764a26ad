"""What happened, told of both sides alike: whoever reads it was none of them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from goodword.orders.states import LineState, Words

from ..states import Party

S = LineState

DEEDS: Mapping[str, Words] = {
    "orders.placed": _("The buyer ordered for %(sum)s."),
    "orders.paid": _("The buyer paid %(sum)s. The money is held."),
    "orders.declined": _("A payment was declined."),
    "orders.returned": _("A payment of %(sum)s goes back: it was not what the order waited for."),
    "orders.taken_back": _("The buyer’s bank took the payment of %(sum)s back."),
    "orders.provided": _("It was delivered on the order’s page."),
    "orders.put_right": _("The seller sent a corrected one. The first stays."),
    "orders.fetched": _("The buyer fetched it for the first time."),
    "orders.shipped": _("The seller shipped it."),
    "orders.corrected": _("The seller corrected the tracking number."),
    "orders.handed_over": _("It was handed over; the buyer’s code proves it."),
    "orders.kept": _("The seller did not call it off."),
    "orders.ship_late": _("The promised time to ship was over."),
    "orders.reminded": _("The buyer was reminded that it will count as received."),
    "orders.extended": _("The buyer took more time."),
    "orders.delivered": _("The carrier says that it was delivered."),
    "orders.not_met": _("The carrier met nobody."),
    "orders.going_back": _("The carrier says that it goes back to the seller."),
    "orders.received": _("It was received."),
    "orders.released": _("%(sum)s went to the seller."),
    "orders.refunded": _("%(sum)s goes back to the buyer."),
    "orders.called_off": _("It was called off before it was paid."),
    "orders.cancel_asked": _("The buyer asked to call it off."),
    "orders.expired": _("It was not paid in time and has expired."),
    "orders.completed": _("The after-sale time is over. The order is complete."),
    "care.opened": _("The buyer asks for the money back: %(reason)s."),
    "care.accepted": _("The seller accepted the return."),
    "care.accepted_digital": _("The seller agreed. Nothing has to be sent back."),
    "care.accepted_by_silence": _("The seller did not answer: the return is accepted."),
    "care.said_where": _("The seller said where to send it."),
    "care.refused": _("The seller refused the return."),
    "care.withdrawn": _("The buyer withdrew the case."),
    "care.sent_back": _("The buyer sent it back."),
    "care.came_back": _("The seller confirmed that it came back."),
    "care.contested": _("The seller says that what came back is not right."),
    "care.escalated": _("The buyer opened a dispute."),
    "care.offered": _("An offer to settle: %(sum)s back."),
    "care.agreed": _("Both agreed: %(sum)s back."),
    "care.to_evidence": _("No agreement was found."),
    "care.filed": _("One side has said what happened."),
    "care.panel": _("Jurors who know neither side were drawn."),
    "care.no_jury": _("Too few members know neither side: the operator decides."),
    "care.no_quorum": _("The time of the jury is over."),
    "care.decided": _("It was decided: %(sum)s back."),
    "care.decided_by_friend": _(
        "It was decided: %(sum)s back. The operator is a friend of one side; there is no other."
    ),
    "care.appealed": _("An appeal was made. The operator decides for good."),
    "care.not_covered": _("The seller did not have all of it: %(sum)s is missing."),
    "care.advanced": _("The house pays the %(sum)s that the seller does not have."),
    "care.kept": _("The buyer keeps the goods: %(why)s."),
    "care.against_return": _("%(sum)s goes back to the buyer once the seller has the goods again."),
    "care.both_said": _("Both have said what came back. The operator decides."),
    "care.upheld": _("It counts as a fake: the seller owes the buyer %(sum)s besides."),
    "care.cleared": _("It does not count as a fake any more; nothing is owed besides."),
    "care.closed": _("The case is closed; the order goes on."),
    "care.refunded": _("The case ended: all that was asked for goes back."),
    "care.settled": _("The case ended: a part goes back to the buyer."),
}
DECIDED = {
    "panel": _("By a jury of members who know neither side."),
    "operator": _("By the operator of the house."),
}
# Offers are between the two sides: who decides must not be led by them.
BETWEEN = frozenset({"care.offered"})
BY: Mapping[str, Words] = {
    Party.BUYER: _("Buyer"),
    Party.SELLER: _("Seller"),
    Party.OPERATOR: _("Operator"),
    Party.HOUSE: _("The house"),
}
FOR: Mapping[str, Words] = {
    Party.BUYER: _("Made for the buyer: it holds what she may see of the order."),
    Party.SELLER: _("Made for the seller: it holds what she may see of the order."),
    Party.OPERATOR: _("Made for the operator: what is between the two sides alone is left out."),
}
STATES: Mapping[LineState, Words] = {
    S.AWAITING_PAYMENT: _("It waits to be paid."),
    S.HELD: _("It is paid and waits to be sent."),
    S.SHIPPED: _("It was sent and is not confirmed yet."),
    S.HANDED_OVER: _("It was handed over and can be looked at."),
    S.RECEIVED: _("It counts as received; the money still waits."),
    S.RELEASED: _("It is settled. The after-sale time is still running."),
    S.COMPLETED: _("It is complete."),
    S.EXPIRED: _("It was not paid in time and has expired."),
    S.CANCELLED: _("It was called off."),
    S.REFUNDED: _("It was refunded."),
}


def check() -> None:
    """Refuse a state without words."""
    if set(STATES) != set(S):
        raise TypeError("a state has no words")


check()
