"""Why an order does not do what was asked, each as one sentence that says what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goodword.kit import formats
from goodword.kit.errors import Conflict, Forbidden, Invalid, NotFound
from goodword.kit.money import Money

from .states import Words

SENTENCES: Mapping[str, Words] = {
    "state_awaiting_payment": gettext_lazy("This order is not paid yet."),
    "state_held": gettext_lazy("This order is paid and waits to be shipped."),
    "state_shipped": gettext_lazy("This order is already on its way."),
    "state_handed_over": gettext_lazy("This was already handed over."),
    "state_received": gettext_lazy("This order was already received."),
    "state_released": gettext_lazy("This order is already settled."),
    "state_completed": gettext_lazy("This order is already completed."),
    "state_expired": gettext_lazy("This order has expired. Order again if you still want it."),
    "state_cancelled": gettext_lazy("This order was already cancelled."),
    "state_refunded": gettext_lazy("This order was already refunded."),
    "pay_too_late": gettext_lazy("The time to pay is over. Order again if you still want it."),
    "cancel_too_early": gettext_lazy(
        "The seller still has time to ship. Ask her to cancel, or cancel alone when it is over."
    ),
    "cancel_alone": gettext_lazy("The promised time is over: you can cancel alone now."),
    "asked_before": gettext_lazy("You have asked the seller already. You will hear from us."),
    "extended_before": gettext_lazy("The time was already extended once."),
    "not_asked": gettext_lazy("Nobody asks you to call it off (any more)."),
    "in_care": gettext_lazy("A case about this is open. It has to be settled first."),
    "is_digital": gettext_lazy("This is digital: nothing of it is sent or handed over."),
    "is_a_thing": gettext_lazy("This is a thing: ship it, or hand it over."),
    "not_due": gettext_lazy("It is not time for that yet."),
}


class OrderMissing(NotFound):
    """No such order for this viewer: only its two parties know of it."""

    def __init__(self) -> None:
        super().__init__(_("There is no such order."))


class NotPossible(Conflict):
    """The order's state or its clocks do not allow it now."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(str(SENTENCES[why]))


class NotYours(Forbidden):
    """The other party's to do, or the house's."""

    def __init__(self) -> None:
        super().__init__(_("Only the other side of this order can do that."))


class PaidMeanwhile(Conflict):
    """Called off in the moment in which the payment arrived."""

    def __init__(self) -> None:
        super().__init__(_("Your payment has just arrived. Look at the order again."))


class KeyReused(Conflict):
    """An idempotency key came again with another order."""

    def __init__(self) -> None:
        super().__init__(_("This order form was used before for something else. Open it again."))


class NotInCart(Conflict):
    """What was to be ordered from the cart is not in it any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is not in your cart any more: you have ordered it or taken it out elsewhere. "
                "Do you want it once more?"
            )
        )


class TooMuch(Invalid):
    """More than one payment can be."""

    def __init__(self) -> None:
        super().__init__(_("That comes to more than can be paid at once. Order less of it."))


class ShippingChanged(Conflict):
    """The page showed `before`, or nothing, and the parcels cost `now`."""

    def __init__(self, *, before: Money | None, now: Money) -> None:
        words = {"now": formats.money(now), "before": formats.money(before) if before else "–"}
        super().__init__(
            _("Shipping there costs %(now)s instead of %(before)s. Do you want that?") % words
        )


class BadAddress(Invalid):
    """A field of the address is missing or too long; `fields` names each."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(_("Fill in where the parcel should go."), fields=fields)


class ConsentNeeded(Invalid):
    """Digital goods were ordered without the word that delivery begins at once."""

    def __init__(self) -> None:
        sentence = _("Tick that you want it delivered at once. Without that it cannot be ordered.")
        super().__init__(sentence, fields={"agree": sentence})


class GoodsMissing(NotFound):
    """Not this viewer's, not paid for (any more), or never there."""

    def __init__(self) -> None:
        super().__init__(_("This file does not exist, or it is not meant for you."))


class BadNumber(Invalid):
    """The number cannot be one of that carrier's."""

    def __init__(self, example: str) -> None:
        sentence = (
            _("This does not look like a number of that carrier, as in %(example)s.")
            % {"example": example}
            if example
            else _("This does not look like a tracking number. Copy it from the slip.")
        )
        super().__init__(sentence, fields={"number": sentence})


class WrongCode(Invalid):
    """Not the code that the buyer was shown."""

    def __init__(self, left: int) -> None:
        sentence = (
            ngettext(
                "This is not the buyer’s code. You have %(left)s try left.",
                "This is not the buyer’s code. You have %(left)s tries left.",
                left,
            )
            if left
            else _("That was one wrong code too many. Ask the buyer to make a new one.")
        ) % {"left": left}
        super().__init__(sentence, fields={"code": sentence})


class CodeGone(Conflict):
    """No code was made, it has run out, or was tried too often."""

    def __init__(self) -> None:
        super().__init__(_("There is no code that holds. Ask the buyer to make a new one."))


class BadCarrier(Invalid):
    """Not one of the carriers on the list."""

    def __init__(self) -> None:
        sentence = _("Choose who brings the parcel.")
        super().__init__(sentence, fields={"carrier": sentence})


class NotOffered(Invalid):
    """A way to pay that this house does not offer, or not for this sum and currency."""

    def __init__(self) -> None:
        sentence = _("Choose one of the ways to pay that are offered.")
        super().__init__(sentence, fields={"method": sentence})


class CorrectedBefore(Conflict):
    """The newest of a chain is what can be corrected."""

    def __init__(self) -> None:
        super().__init__(_("You have sent a corrected one for this already. Correct that one."))


class OneOfBoth(Invalid):
    """In the place of one comes one."""

    def __init__(self) -> None:
        sentence = _("Choose the corrected file, or write the corrected text: one of both.")
        super().__init__(sentence, fields={"text": sentence})
