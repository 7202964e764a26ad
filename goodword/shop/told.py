"""The sentences in which members are told of quotes, and of what they had planned."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import formats
from goodword.kit.money import Money

Facts = dict[str, Any]
GROUPS = {
    "shop.quotes": gettext_lazy("Quotes: asked and answered"),
    "shop.plans": gettext_lazy("Your listings: on sale and off it at the times you chose"),
}


def asked(facts: Facts) -> str:
    return _("%(actor)s asks you for a quote for “%(title)s”.") % facts


def answered(facts: Facts) -> str:
    sum_ = Money(facts["sum"]["minor"], facts["sum"]["currency"])
    return _("%(actor)s makes you “%(title)s” for %(sum)s.") % {
        **facts, "sum": formats.money(sum_),
    }  # fmt: skip


def accepted(facts: Facts) -> str:
    return _("%(actor)s accepts your quote for “%(title)s”.") % facts


def declined(facts: Facts) -> str:
    return _("%(actor)s cannot make “%(title)s” as you asked.") % facts


def withdrawn(facts: Facts) -> str:
    return _("%(actor)s does not need the quote for “%(title)s” any more.") % facts


def expired(facts: Facts) -> str:
    return _("The quote for “%(title)s” is over.") % facts


def quote_page(subject: UUID) -> str:
    return reverse("shop:quote", args=[subject])


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "shop.quote_asked": asked,
    "shop.quote_answered": answered,
    "shop.quote_accepted": accepted,
    "shop.quote_declined": declined,
    "shop.quote_withdrawn": withdrawn,
    "shop.quote_expired": expired,
}


def plan_offered(facts: Facts) -> str:
    return _("“%(title)s” went on sale, as you planned.") % facts


def plan_withdrawn(facts: Facts) -> str:
    return _("“%(title)s” went off sale, as you planned.") % facts


def plan_missed(facts: Facts) -> str:
    return _("“%(title)s” could not go on sale as planned: something is missing.") % facts


def plan_page(subject: UUID) -> str:
    return reverse("shop:plan", args=[subject])


PLANNED: dict[str, Callable[[Facts], str]] = {
    "shop.plan_offered": plan_offered,
    "shop.plan_withdrawn": plan_withdrawn,
    "shop.plan_missed": plan_missed,
}
