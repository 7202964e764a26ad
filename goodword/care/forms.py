from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.kit.money import Money, parse_amount
from goodword.orders.states import CARRIERS

from . import words
from .states import Vote


def long_text(label: Any, most: int, *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class OpenForm(forms.Form):
    """What is wrong, in a choice and a few words."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=())
    words = long_text(_("In a few words (the pictures say more)"), 500, required=False, rows=3)

    def __init__(self, *args: Any, reasons: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["reason"]
        choice.choices = [(one.value, words.REASONS[one]) for one in reasons]


class AddressForm(forms.Form):
    address = long_text(_("Where should it be sent? Name, phone, address"), 300, rows=3)


class WordsForm(forms.Form):
    words = long_text(_("Why?"), 500, rows=3)


class StatementForm(forms.Form):
    words = long_text(_("What happened? Jurors read it, without names"), 2000, rows=6)


class AppealForm(forms.Form):
    new = long_text(_("What is new, that nobody has said or shown so far?"), 2000, rows=6)


class BackForm(forms.Form):
    carrier = forms.ChoiceField(
        label=_("Who brings it"), choices=[(code, one.word) for code, one in CARRIERS.items()]
    )
    number = forms.CharField(label=_("Tracking number"), max_length=40)


class AmountForm(forms.Form):
    """An amount of the case's currency that goes back."""

    amount = forms.CharField(
        label=_("How much goes back?"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def money(self, currency: str) -> Money:
        """Call after is_valid(). Raises Invalid."""
        return parse_amount(self.cleaned_data["amount"], currency)


class DecisionForm(AmountForm):
    is_fake = forms.BooleanField(label=_("It is a fake"), required=False)
    words = long_text(_("Why? Both sides read it"), 1000)

    def __init__(self, *args: Any, fake: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fake:
            del self.fields["is_fake"]


class VoteForm(forms.Form):
    vote = forms.ChoiceField(
        label=_("What is fair?"),
        choices=[(one.value, words.VOTES[one]) for one in Vote],
        widget=forms.RadioSelect,
    )
