from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.kit.money import Money, parse_amount

from .. import gateways
from ..states import BANK
from . import rules
from .states import DETAIL_WORDS, TAKEN_WORDS, DetailKind, Taken

CURRENCY = 3


def known_currency(text: str) -> str:
    """A currency that a member typed. Raises Invalid."""
    code = text.strip().upper()
    if len(code) != CURRENCY or code not in list_currencies():
        raise rules.wrong(
            "currency", str(_("Give the currency as three letters, like CNY or EUR."))
        )
    return code


class DetailsForm(forms.Form):
    """A member says which account at a bank is hers."""

    currency = forms.CharField(
        label=_("Currency"), max_length=3, min_length=3,
        widget=forms.TextInput({"autocapitalize": "characters", "size": 4}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What kind of number"), choices=DETAIL_WORDS.items(), widget=forms.RadioSelect
    )
    holder = forms.CharField(label=_("Name on the account"), max_length=rules.HOLDER)
    number = forms.CharField(
        label=_("IBAN or card number"), max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    bank = forms.CharField(
        label=_("Bank and branch"), max_length=rules.HOLDER, required=False,
        help_text=_("Needed for a bank card."),
    )  # fmt: skip
    bic = forms.CharField(label=_("BIC"), max_length=14, required=False)

    def details(self) -> rules.Details:
        """What was typed, checked. Raises Invalid."""
        given = {name: self.cleaned_data[name] for name in ("holder", "number", "bic", "bank")}
        return rules.details(kind=DetailKind(self.cleaned_data["kind"]), **given)


class AskForm(forms.Form):
    """How much a member wants paid out."""

    amount = forms.CharField(
        label=_("Amount"), max_length=30, widget=forms.TextInput({"inputmode": "decimal"})
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def money(self, currency: str) -> Money:
        return parse_amount(self.cleaned_data["amount"], currency)


class HouseAccountForm(forms.Form):
    """An operator says which account is the house's."""

    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3)
    holder = forms.CharField(label=_("Name on the account"), max_length=rules.HOLDER)
    number = forms.CharField(label=_("IBAN or account number"), max_length=60)
    bic = forms.CharField(label=_("BIC"), max_length=14, required=False)
    bank = forms.CharField(label=_("Bank and branch"), max_length=rules.HOLDER, required=False)


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Why it came back"), max_length=300)


class PaidForm(forms.Form):
    reference = forms.CharField(label=_("The bank’s number of your payment"), max_length=140)


class LineForm(forms.Form):
    """What an open line of a statement is."""

    what = forms.ChoiceField(label=_("What this line is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        field.choices = [  # type: ignore[attr-defined]
            (Taken.OWN.value, TAKEN_WORDS[Taken.OWN]),
            *(
                (f"{Taken.SETTLED}:{name}", f"{TAKEN_WORDS[Taken.SETTLED]}: {name}")
                for name in gateways.GATEWAYS
                if name != BANK
            ),
        ]

    def meaning(self) -> tuple[Taken, str]:
        kind, _colon, gateway = self.cleaned_data["what"].partition(":")
        return Taken(kind), gateway
