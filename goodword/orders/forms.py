import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import parse_id
from goodword.kit.money import LIMIT, Money
from goodword.shop.actions import Item

from .addresses import MOST, Address
from .states import CARRIERS

CURRENCY = re.compile(r"[A-Z]{3}")
REGIONS = ["CN", "HK", "MO", "TW", "SG", "MY", "JP", "KR", "US", "CA", "GB", "DE", "FR", "AU"]


def text(label: Any, name: str, *, required: bool = True, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MOST[name], required=required, widget=forms.TextInput(attrs=attrs)
    )


class CheckoutForm(forms.Form):
    """Where it goes and a word to the seller; the goods stand beside it in `wanted`."""

    name = text(_("Name"), "name", autocomplete="name")
    phone = text(_("Phone"), "phone", autocomplete="tel", inputmode="tel")
    region = forms.ChoiceField(label=_("Country or region"), choices=())
    city = text(_("Province, city, district"), "city", autocomplete="address-level2")
    street = text(_("Street and house"), "street", autocomplete="street-address")
    postcode = text(
        _("Postcode"), "postcode", required=False, autocomplete="postal-code", inputmode="text"
    )
    note = forms.CharField(label=_("A word to the seller"), max_length=300, required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    from_cart = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.choices = regions

    def address(self) -> Address:
        """Call after is_valid()."""
        return Address.read(self.cleaned_data)


class ShipForm(forms.Form):
    carrier = forms.ChoiceField(
        label=_("Who brings it"), choices=[(code, one.word) for code, one in CARRIERS.items()]
    )
    number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "inputmode": "text"}
        ),
    )


def wanted(data: Any) -> list[Item]:
    """The goods of a checkout form: `variant`, `quantity`, `price` and `currency`, repeated.

    What cannot be read is left out; the price is what the page showed.
    """
    columns = [data.getlist(name) for name in ("variant", "quantity", "price", "currency")]
    items = []
    for variant, quantity, price, currency in zip(*columns, strict=False):
        id_ = parse_id(variant)
        if id_ and number(quantity) and number(price) and CURRENCY.fullmatch(currency):
            shown = Money(number(price), currency)
            items.append(Item(id_, number(quantity), shown))
    return items


def number(typed: str) -> int:
    """A whole number above zero, or 0 for anything else."""
    # No longer than LIMIT is: Python refuses to read a number of thousands of digits.
    plain = typed.isascii() and typed.isdigit() and len(typed) <= len(str(LIMIT))
    return int(typed) if plain and int(typed) <= LIMIT else 0
