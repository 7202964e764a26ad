"""The sentences in which people are told of money that got stuck or was taken back, of papers."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import formats
from goodword.kit.money import Money

Facts = dict[str, Any]
GROUP = "money.refunds"
LABEL = gettext_lazy("Refunds that got stuck")
PAPERS = "money.papers"
PAPERS_LABEL = gettext_lazy("Invoices and credit notes")


def stuck(facts: Facts) -> str:
    return _(
        "%(sum)s could not go back the way it came. It is kept for you, and the house sends it "
        "another way."
    ) % said(facts)


def to_send(facts: Facts) -> str:
    return _("A refund of %(sum)s could not be sent by its gateway. Send it by hand.") % said(facts)


def taken_back(facts: Facts) -> str:
    return _(
        "A bank took a payment of %(sum)s back. The books show what of it is not made good yet."
    ) % said(facts)


def given_back(facts: Facts) -> str:
    return _(
        "A bank gave back the %(sum)s that it had taken. Where the order was called off meanwhile, "
        "it is the buyer’s: look at the books."
    ) % said(facts)


def by_hand(facts: Facts) -> str:
    return _("The house paid you %(sum)s back itself; its bank’s number is %(reference)s.") % said(
        facts
    )


def paper(facts: Facts) -> str:
    if facts.get("paper") == "credit":
        return _("Credit note %(number)s for you is there.") % facts
    return _("Invoice %(number)s for you is there.") % facts


def paper_lacks(_facts: Facts) -> str:
    return _("Your invoices do not say where you are. Say it once, and the next ones do.")


def said(facts: Facts) -> Facts:
    amount = facts["amount"]
    return {
        "reference": facts.get("reference", ""),
        "sum": formats.money(Money(int(amount["minor"]), amount["currency"])),
    }


def order_page(order: UUID) -> str:
    from .views import order_url

    return order_url(order) or reverse("money:mine")


def paper_page(paper: UUID) -> str:
    return reverse("money:paper", args=[paper])


def head_page(_seller: UUID) -> str:
    return reverse("money:paper_head")


def books(_refund: UUID) -> str:
    return reverse("money:books")
