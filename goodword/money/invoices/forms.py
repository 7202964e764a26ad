from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .heading import choices


class HeadForm(forms.Form):
    """Where a seller is."""

    address = forms.CharField(
        label=_("Street and town"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["country"]
        field.choices = choices()
