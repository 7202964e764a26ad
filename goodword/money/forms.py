from django import forms
from django.utils.translation import gettext_lazy as _

from .actions.stuck import REFERENCE


class ByHandForm(forms.Form):
    """An operator says how a refund that she paid herself is found again."""

    reference = forms.CharField(label=_("The bank’s number of your payment"), max_length=REFERENCE)
