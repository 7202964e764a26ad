from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from . import rules
from .states import SCHEME_WORDS, Scheme


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """One file or several."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=Files(attrs={"accept": "application/pdf,image/*"}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(PapersField, self).clean(one, initial) for one in files or [None]]


class RegistrationForm(forms.Form):
    scheme = forms.ChoiceField(
        label=_("Where it is registered"), choices=list(SCHEME_WORDS.items())
    )
    name = forms.CharField(
        label=_("Name of the business"),
        help_text=_("As it stands in the licence. Buyers read it."),
        max_length=rules.NAME,
    )
    number = forms.CharField(
        label=_("Number"),
        help_text=_("The 18 characters of the licence, or the VAT number with its country."),
        max_length=40,
    )
    papers = PapersField(
        label=_("Picture or PDF of the licence"),
        help_text=_("Only operators of this house see it. It is deleted if they say no."),
    )

    def scheme_chosen(self) -> Scheme:
        """Call after is_valid()."""
        return Scheme(self.cleaned_data["scheme"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The seller reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=rules.REASON,
    )
