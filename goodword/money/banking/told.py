"""The sentences in which people are told of payouts, compensation and accounts at banks."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import formats
from goodword.kit.money import Money
from goodword.notices import kinds

Facts = dict[str, Any]
GROUP = "money.payouts"
LABEL = gettext_lazy("Payouts and compensation")


def to_send(facts: Facts) -> str:
    return _("A payout of %(sum)s waits for the next bank file.") % said(facts)


def paid(facts: Facts) -> str:
    return _("%(sum)s are on their way to your account ending in %(hint)s.") % said(facts)


def returned(facts: Facts) -> str:
    return _("%(sum)s could not be paid out and are on your balance again: %(reason)s") % said(
        facts
    )


def compensated(facts: Facts) -> str:
    sentence = _("You were given %(sum)s as compensation for %(reason)s; it is on your balance.")
    if facts.get("rest"):
        sentence = _(
            "You were given %(sum)s as compensation for %(reason)s; it is on your balance. The "
            "seller still owes you %(rest)s, which her next sales pay."
        )
    return sentence % said(facts)


def compensation_paid(facts: Facts) -> str:
    sentence = _("%(sum)s of yours went to a buyer as compensation for %(reason)s.")
    if facts.get("rest"):
        sentence = _(
            "%(sum)s of yours went to a buyer as compensation for %(reason)s. You still owe "
            "%(rest)s, which your next sales pay first."
        )
    return sentence % said(facts)


def share_failed(facts: Facts) -> str:
    return _("%(sum)s could not go to your account elsewhere and are on your balance.") % said(
        facts
    )


def said(facts: Facts) -> Facts:
    return {
        "sum": sum_of(facts["amount"]),
        "rest": sum_of(facts["rest"]) if facts.get("rest") else "",
        "hint": facts.get("hint", ""),
        "reason": facts.get("reason", ""),
    }


def sum_of(amount: Facts) -> str:
    return formats.money(Money(int(amount["minor"]), amount["currency"]))


def bank_details(facts: Facts) -> str:
    return _(
        "Your payouts in %(currency)s go to the account ending in %(hint)s from now on. If it was "
        "not you who said so, change your password and tell the operator."
    ) % {"currency": facts.get("currency", ""), "hint": facts.get("hint", "")}


def house_account(facts: Facts) -> str:
    return _(
        "%(actor)s has set the house’s account in %(currency)s: it ends in %(hint)s. Buyers pay "
        "there from now on."
    ) % {
        "actor": facts.get("actor", ""),
        "currency": facts.get("currency", ""),
        "hint": facts.get("hint", ""),
    }


def mine(_payout: UUID) -> str:
    return reverse("money:payouts")


def desk(_payout: UUID) -> str:
    return reverse("money:bank")


def register() -> None:
    kinds.register_group(GROUP, label=LABEL, mail=True, vital=True)
    kinds.register("money.payout_to_send", sentence=to_send, url=desk, group=GROUP)
    kinds.register("money.payout_paid", sentence=paid, url=mine, group=GROUP)
    for kind, sentence in (
        ("money.compensated", compensated), ("money.compensation_paid", compensation_paid),
        ("money.share_failed", share_failed),
    ):  # fmt: skip
        kinds.register(kind, sentence=sentence, url=mine, group=GROUP)
    kinds.register("money.payout_returned", sentence=returned, url=mine, group=GROUP)
    kinds.register("money.bank_details", sentence=bank_details, url=mine, group=GROUP)
    kinds.register("money.house_account", sentence=house_account, url=desk, group=GROUP)
