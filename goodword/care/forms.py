from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.kit import formats
from goodword.kit.money import Money, parse_amount
from goodword.orders.states import CARRIERS

from . import words
from .pages import CasePage
from .states import CHOSEN, Stays


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


class InACase(forms.Form):
    """Asks only what says something in the case on the page."""

    def fit(self, page: CasePage) -> None:
        """Call before it is shown."""
        raise NotImplementedError


class StatementForm(InACase):
    words = long_text(_("What happened? Jurors read it, without names"), 2000, rows=6)

    def fit(self, page: CasePage) -> None:
        if page.case.again_at:
            self.fields["words"].label = _("What came back? The operator reads it")


class AppealForm(forms.Form):
    new = long_text(_("What is new, that nobody has said or shown so far?"), 2000, rows=6)


class BackForm(forms.Form):
    carrier = forms.ChoiceField(
        label=_("Who brings it"), choices=[(code, one.word) for code, one in CARRIERS.items()]
    )
    number = forms.CharField(label=_("Tracking number"), max_length=40)


class AmountForm(InACase):
    """An amount of the case's currency that goes back."""

    amount = forms.CharField(
        label=_("How much goes back?"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def money(self, currency: str) -> Money:
        """Call after is_valid(). Raises Invalid."""
        return parse_amount(self.cleaned_data["amount"], currency)

    def fit(self, page: CasePage) -> None:
        most = {"most": formats.money(page.case.asked)}
        self.fields["amount"].help_text = _("At most %(most)s.") % most


REASONS_TO_KEEP: list[tuple[str, Any]] = [(one.value, words.STAYS[one]) for one in CHOSEN]
WHERE_THE_GOODS_GO: list[Any] = [
    ("", _("The seller gets them back first")),
    (_("The buyer keeps them, because"), REASONS_TO_KEEP),
]


class DecisionForm(AmountForm):
    is_fake = forms.BooleanField(label=_("It is a fake"), required=False)
    stays = forms.ChoiceField(
        label=_("And the goods, if all of the price goes back?"),
        required=False,
        choices=WHERE_THE_GOODS_GO,
    )
    words = long_text(_("Why? Both sides read it"), 1000)

    def fit(self, page: CasePage) -> None:
        super().fit(page)
        if not page.is_about_a_fake:
            self.fields.pop("is_fake")
        if not page.can_go_back:
            self.fields.pop("stays")


class VoteForm(InACase):
    vote = forms.ChoiceField(
        label=_("What is fair?"),
        choices=[(one.value, word) for one, word in words.VOTES_WITH_GOODS.items()],
        widget=forms.RadioSelect,
    )
    stays = forms.ChoiceField(
        label=_("If the buyer keeps the goods: why?"),
        required=False,
        choices=[("", _("Needed for that vote only")), *REASONS_TO_KEEP],
    )

    def fit(self, page: CasePage) -> None:
        if not page.may_be_kept:
            self.fields.pop("stays")
            offered: Any = self.fields["vote"]
            offered.choices = [(one.value, word) for one, word in words.VOTES.items()]


def why_kept(form: forms.Form) -> Stays | None:
    """Why the buyer keeps the goods, where that was chosen. Call after is_valid()."""
    chosen = form.cleaned_data["stays"]
    return Stays(chosen) if chosen else None
