"""The sentences in which the two parties are told of what happened to their order."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import story
from .states import Role

Facts = dict[str, Any]


def paid(facts: Facts) -> str:
    if facts.get("at_once"):
        return _("%(actor)s paid %(sum)s for “%(title)s”. It was delivered by itself.") % said(
            facts
        )
    return _("%(actor)s paid %(sum)s for “%(title)s”. Ship it soon.") % said(facts)


def provided(facts: Facts) -> str:
    return _("“%(title)s” is here. Fetch it on your order’s page.") % said(facts)


def put_right(facts: Facts) -> str:
    return _("%(actor)s sent a corrected file for “%(title)s”. Fetch it on your order’s page.") % (
        said(facts)
    )


def shipped(facts: Facts) -> str:
    return _("“%(title)s” is on its way with %(carrier)s, number %(number)s.") % said(facts)


def corrected(facts: Facts) -> str:
    return _("The number of “%(title)s” was corrected: %(carrier)s, %(number)s.") % said(facts)


def handed_over(facts: Facts) -> str:
    return _("%(actor)s handed “%(title)s” over to you. Is all well?") % said(facts)


def kept(facts: Facts) -> str:
    return _("%(actor)s does not call off “%(title)s” and ships it.") % said(facts)


def received(facts: Facts) -> str:
    if facts.get("by") == Role.BUYER:
        return _("%(actor)s confirmed that “%(title)s” is there.") % said(facts)
    return _("“%(title)s” counts as received: the time is over.") % said(facts)


def released(facts: Facts) -> str:
    return _("%(sum)s for “%(title)s” came to your balance.") % said(facts)


def refunded(facts: Facts) -> str:
    if facts.get("role") == Role.BUYER:
        return _("%(sum)s for “%(title)s” goes back to you.") % said(facts)
    return _("%(sum)s for “%(title)s” goes back to the buyer.") % said(facts)


def ship_late(facts: Facts) -> str:
    if facts.get("role") == Role.BUYER:
        return _("“%(title)s” was not shipped in time. You may cancel alone now.") % said(facts)
    return _("You promised to have shipped “%(title)s” by now. Ship it or cancel.") % said(facts)


def reminded(facts: Facts) -> str:
    return _("“%(title)s” counts as received on %(until)s. Is it there?") % said(facts)


def extended(facts: Facts) -> str:
    return _("%(actor)s waits longer for “%(title)s”, until %(until)s.") % said(facts)


def delivered(facts: Facts) -> str:
    return _(
        "The carrier says that “%(title)s” was delivered. Confirm it, or say that it never came."
    ) % said(facts)


def not_met(facts: Facts) -> str:
    return _("The carrier with “%(title)s” met nobody. It will come again, or keep it.") % said(
        facts
    )


def going_back(facts: Facts) -> str:
    if facts.get("role") == Role.BUYER:
        return _(
            "“%(title)s” goes back to the seller, says the carrier. If you do not have it, say so."
        ) % said(facts)
    return _("“%(title)s” comes back to you, says the carrier. Talk to the buyer.") % said(facts)


def cancel_asked(facts: Facts) -> str:
    return _("%(actor)s asks you to call off “%(title)s”.") % said(facts)


def called_off(facts: Facts) -> str:
    return _("The seller called off “%(title)s” before you paid.") % said(facts)


def expired(facts: Facts) -> str:
    return _("“%(title)s” was not paid in time. Order it again if you still want it.") % said(facts)


def returned(facts: Facts) -> str:
    names = {**said(facts), "asked": story.asked(facts)}
    if names["asked"]:
        return (
            _("%(sum)s came instead of %(asked)s for “%(title)s”. It goes back; pay it in one sum.")
            % names
        )
    if facts.get("over"):
        return _("%(sum)s more came than “%(title)s” costs, and goes back to you.") % names
    return _("Your payment for “%(title)s” came too late; %(sum)s goes back.") % names


def taken_back(facts: Facts) -> str:
    if facts.get("role") == Role.BUYER:
        return _("Your bank took your payment of %(sum)s for “%(title)s” back.") % said(facts)
    if facts.get("goes_on"):
        return _(
            "The buyer’s bank took %(sum)s for “%(title)s” back. The rest of the order goes on."
        ) % said(facts)
    return _(
        "The buyer’s bank took %(sum)s for “%(title)s” back. Do not ship what you still have."
    ) % said(facts)


def said(facts: Facts) -> Facts:
    return {
        "actor": "",
        "number": "",
        **facts,
        "sum": story.money(facts),
        "carrier": story.carrier(facts),
        "until": story.until(facts),
        "title": story.which(facts) or facts.get("title", ""),
    }


def order_page(subject: UUID) -> str:
    return reverse("orders:order", args=[subject])


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "orders.paid": paid,
    "orders.provided": provided,
    "orders.put_right": put_right,
    "orders.shipped": shipped,
    "orders.corrected": corrected,
    "orders.handed_over": handed_over,
    "orders.kept": kept,
    "orders.received": received,
    "orders.released": released,
    "orders.refunded": refunded,
    "orders.ship_late": ship_late,
    "orders.reminded": reminded,
    "orders.extended": extended,
    "orders.delivered": delivered,
    "orders.not_met": not_met,
    "orders.going_back": going_back,
    "orders.cancel_asked": cancel_asked,
    "orders.called_off": called_off,
    "orders.expired": expired,
    "orders.returned": returned,
    "orders.taken_back": taken_back,
}


# How members set what they are told. Money waits on these, so they can be quiet but never off.
GROUPS = {
    "orders.bought": gettext_lazy("Orders: what you buy"),
    "orders.sold": gettext_lazy("Orders: what you sell"),
}


def group(facts: Facts) -> str:
    return "orders.bought" if facts.get("role") == Role.BUYER else "orders.sold"
