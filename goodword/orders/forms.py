import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import parse_id
from goodword.kit.money import LIMIT, Money
from goodword.shop import regions
from goodword.shop.actions import Item

from . import words
from .addresses import MOST, Address
from .book import Saved
from .states import CARRIERS

CURRENCY = re.compile(r"[A-Z]{3}")
NEW = "new"  # address: not one of the book


def text(label: Any, name: str, *, required: bool = True, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MOST[name], required=required, widget=forms.TextInput(attrs=attrs)
    )


class AddressForm(forms.Form):
    """Where a parcel goes."""

    name = text(_("Who receives it"), "name", autocomplete="name")
    phone = text(_("Phone"), "phone", autocomplete="tel", inputmode="tel")
    region = forms.ChoiceField(label=_("Province or country"), choices=())
    city = text(_("City, district"), "city", autocomplete="address-level2")
    street = text(_("Street and house"), "street", autocomplete="street-address")
    postcode = text(
        _("Postcode"), "postcode", required=False, autocomplete="postal-code", inputmode="text"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.choices = [("", _("Choose")), *regions.choices()]

    def address(self) -> Address:
        """Call after is_valid()."""
        return Address.read(self.cleaned_data)


class BookForm(AddressForm):
    """An address of the book."""

    default = forms.BooleanField(label=_("Fill this one in first"), required=False)


class CheckoutForm(AddressForm):
    """Where it goes and a word to the seller; the goods stand beside it in `wanted`."""

    to = forms.ChoiceField(label=_("Where it goes"), widget=forms.RadioSelect, choices=())
    keep = forms.BooleanField(label=_("Keep it in my address book"), required=False, initial=True)
    note = forms.CharField(label=_("A word to the seller"), max_length=300, required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    from_cart = forms.BooleanField(required=False, widget=forms.HiddenInput)
    agree = forms.BooleanField(label=words.AGREE)

    def __init__(
        self,
        *args: Any,
        saved: Sequence[Saved],
        has_digital: bool = False,
        sends: bool = True,
        **kwargs: Any,
    ) -> None:
        """Digital goods ask for a yes; where nothing is sent, only the country is asked."""
        super().__init__(*args, **kwargs)
        self.sends = sends
        if not has_digital:
            del self.fields["agree"]
        if not sends:
            self.ask_country_alone()
            saved = ()
        self.saved = {str(one.id): one for one in saved}
        fields: dict[str, Any] = self.fields
        fields["to"].choices = [*((id_, id_) for id_ in self.saved), (NEW, _("Another address"))]
        fields["to"].required = bool(self.saved)
        if self.saved:
            # Out of sight while one of the book is ticked; a browser would wait for them in vain.
            for name in MOST:
                fields[name].widget.use_required_attribute = lambda _initial: False
        if self.is_bound and self.chosen:
            for name in MOST:
                fields[name].required = False

    def ask_country_alone(self) -> None:
        fields: dict[str, Any] = self.fields
        for name in {*MOST, "keep"} - {"region"}:
            del fields[name]
        fields["region"].label = _("Your country or region")
        fields["region"].help_text = _("For tax and for the invoice.")
        fields["region"].choices = [("", _("Choose")), *regions.countries()]

    @property
    def chosen(self) -> Saved | None:
        """The address of the book that is ticked; None: the one that is written out."""
        return self.saved.get(str(self["to"].value() or NEW))

    @property
    def goes_to(self) -> str:
        """Where the parcel would go as the form stands, "" while that is not known."""
        typed = self.chosen.address.region if self.chosen else self["region"].value() or ""
        return typed if typed in regions.CODES - {regions.HOME} else ""

    def address(self) -> Address:
        return self.chosen.address if self.chosen else super().address()

    @property
    def keeps(self) -> bool:
        return self.sends and self.chosen is None and bool(self.cleaned_data["keep"])

    @property
    def agreed(self) -> str:
        """The sentence as it was read, when it was ticked."""
        return str(words.AGREE) if self.cleaned_data.get("agree") else ""


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


class CodeForm(forms.Form):
    """The buyer's code at a handover."""

    code = forms.CharField(
        label=_("The buyer’s code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9 ]*"}
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


def shipping_seen(data: Any) -> list[tuple[UUID, Money]]:
    """What the page said that shipping costs: `shipping` as "SELLER:MINOR:CURRENCY"."""
    seen = []
    for one in data.getlist("shipping"):
        seller, _colon, rest = one.partition(":")
        minor, _colon, currency = rest.partition(":")
        id_ = parse_id(seller)
        if id_ and CURRENCY.fullmatch(currency) and (minor == "0" or number(minor)):
            seen.append((id_, Money(number(minor), currency)))
    return seen


def number(typed: str) -> int:
    """A whole number above zero, or 0 for anything else."""
    # No longer than LIMIT is: Python refuses to read a number of thousands of digits.
    plain = typed.isascii() and typed.isdigit() and len(typed) <= len(str(LIMIT))
    return int(typed) if plain and int(typed) <= LIMIT else 0
