"""The sentences in which sellers, and operators, are told of who sells."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import formats
from goodword.kit.money import Money

Facts = dict[str, Any]
GROUP = "shop.seller"
LABEL = gettext_lazy("Your shop: who sells, and whether it takes orders")


def accepted(facts: Facts) -> str:
    return _("“%(name)s” is checked: your shop is a registered business now.") % facts


def refused(facts: Facts) -> str:
    return _("“%(name)s” could not be checked: %(reason)s") % facts


def withdrawn(facts: Facts) -> str:
    return _("Your shop no longer stands here as a registered business: %(reason)s") % facts


def limit_passed(facts: Facts) -> str:
    return _(
        "You have sold for more than %(limit)s in %(year)s. Register your business by %(until)s; "
        "after that your shop takes no new orders."
    ) % said(facts)


def limit_reminder(facts: Facts) -> str:
    return _(
        "Register your business by %(until)s: after that your shop takes no new orders."
    ) % said(facts)


def stopped(facts: Facts) -> str:
    return _(
        "Your shop takes no new orders until you are registered: you have sold for more than "
        "%(limit)s in %(year)s. Open orders go on."
    ) % said(facts)


def closed(facts: Facts) -> str:
    return _("Your shop “%(name)s” is closed for good.") % facts


def said(facts: Facts) -> Facts:
    limit = Money(facts["limit"]["minor"], facts["limit"]["currency"])
    return {
        "limit": formats.money(limit),
        "year": facts["year"],
        "until": formats.date(datetime.fromisoformat(facts["until"])),
    }


def seller_page(_subject: UUID) -> str:
    return reverse("shop:seller")


def shop_page(subject: UUID) -> str:
    return reverse("shop:shop", args=[subject])


SENTENCES: dict[str, tuple[Callable[[Facts], str], Callable[[UUID], str]]] = {
    "shop.registration_accepted": (accepted, seller_page),
    "shop.registration_refused": (refused, seller_page),
    "shop.registration_withdrawn": (withdrawn, seller_page),
    "shop.limit_passed": (limit_passed, seller_page),
    "shop.limit_reminder": (limit_reminder, seller_page),
    "shop.stopped": (stopped, seller_page),
    "shop.closed": (closed, shop_page),
}
