from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.kit import clock, house
from goodword.kit.files import save_file

from ..models.digital import KEY, TEXT
from .keys import AT_ONCE


class GoodsForm(forms.Form):
    """What a buyer gets: a file, a text, or both."""

    file = forms.FileField(label=_("A file"), required=False)
    text = forms.CharField(
        label=_("Or a text: a key, a link, a word on how to use it"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        max_length=TEXT,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = house.rules(clock.now()).digital_megabytes
        self.fields["file"].help_text = _("Any type, at most %(most)s MB.") % {"most": most}

    def values(self) -> list[dict[str, Any]]:
        """Call after is_valid(), outside transactions. Raises what `save_file` raises."""
        return goods(self.cleaned_data["file"], self.cleaned_data["text"])


def goods(file: Any, text: str) -> list[dict[str, Any]]:
    """What was sent, kept: the values of each item."""
    found: list[dict[str, Any]] = []
    if file:
        found.append(save_file(file, megabytes=house.rules(clock.now()).digital_megabytes))
    if text.strip():
        found.append({"text": text})
    return found


class KeysForm(forms.Form):
    keys = forms.CharField(
        label=_("Keys, one in each line"),
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
        max_length=AT_ONCE * (KEY + 2),
    )
