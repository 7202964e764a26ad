"""What sellers type, turned into drafts. The rules themselves are asked by the actions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from goodword.kit import formats
from goodword.kit.ids import parse_id
from goodword.kit.money import parse_amount

from .asking import Ask
from .drafts import TEXT, TITLE, ListingDraft
from .importing import Defaults
from .pages import ListingPage
from .rows import VariantRows, typed
from .shipping import TemplateView
from .states import (
    CONDITION_WORDS,
    DIGITAL_WORDS,
    EVIDENCE_FOR_WORDS,
    EVIDENCE_WORDS,
    EvidenceFor,
)

USUAL = ("CNY", "EUR", "USD", "GBP", "HKD", "TWD", "MOP", "JPY", "KRW", "SGD", "AUD", "CHF")
SHIP_WITHIN = [24, 48, 72, 120, 168, 336]  # hours


def currencies() -> list[str]:
    """Those that a form offers, the house's own first."""
    return [*dict.fromkeys((settings.CONFIG.currency, *USUAL))]


def pairs(codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, code) for code in codes]


class ShopForm(forms.Form):
    name = forms.CharField(label=_("Name of your shop"), max_length=60)
    promise = forms.CharField(
        label=_("Your promise"),
        help_text=_("One sentence that stands on every listing."),
        max_length=300,
        required=False,
    )
    about = forms.CharField(
        label=_("About your shop"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    public = forms.BooleanField(
        label=_("Everyone may see my shop"),
        help_text=_("Otherwise only your friends. Your moments are never public."),
        required=False,
        initial=True,
    )
    followable = forms.BooleanField(
        label=_("Whoever sees it may follow it"),
        help_text=_(
            "Followers see what is on sale, never your moments; you see how many they are. "
            "Switched off, or with a shop for friends alone, nobody follows it any more."
        ),
        required=False,
    )


class TemplateForm(forms.Form):
    """A shipping template but for its rows, which `ZoneRows` reads."""

    name = forms.CharField(label=_("Name"), max_length=40)
    currency = forms.ChoiceField(label=_("Currency"), choices=())
    wrong_rows: dict[str, str]

    def __init__(self, *args: Any, currency: str = "", **kwargs: Any) -> None:
        """`currency` fixes it."""
        super().__init__(*args, **kwargs)
        self.wrong_rows = {}
        fields: dict[str, Any] = self.fields
        fields["currency"].choices = pairs([currency] if currency else currencies())


class ListingForm(forms.Form):
    """A listing but for its variants, which `VariantRows` reads."""

    title = forms.CharField(label=_("Title"), max_length=TITLE)
    description = forms.CharField(
        label=_("Description"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=TEXT,
        required=False,
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=())
    condition = forms.ChoiceField(label=_("Condition"), choices=list(CONDITION_WORDS.items()))
    brand = forms.CharField(label=_("Brand"), max_length=80, required=False)
    origin = forms.CharField(label=_("Where it comes from"), max_length=80, required=False)
    digital = forms.ChoiceField(
        label=_("How it is delivered"), choices=list(DIGITAL_WORDS.items()), required=False
    )
    template = forms.ChoiceField(label=_("Ships by"), required=False, choices=())
    grams = forms.IntegerField(
        label=_("Weight of one piece, in grams"),
        help_text=_("Packed. Templates count by it."),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    customs_code = forms.CharField(
        label=_("Customs code"),
        help_text=_("6 to 10 digits of the Harmonised System, for parcels abroad."),
        max_length=14,
        required=False,
    )
    customs_note = forms.CharField(
        label=_("How it came into the country"),
        help_text=_("For what was imported: where and when duty was paid."),
        max_length=200,
        required=False,
    )
    shipping = forms.CharField(
        label=_("Shipping cost"), help_text=_("0 is free shipping."), max_length=20, initial="0"
    )
    days_min = forms.IntegerField(label=_("Days on the way, at least"), min_value=0, max_value=180)
    days_max = forms.IntegerField(label=_("at most"), min_value=0, max_value=180)
    ship_within_hours = forms.TypedChoiceField(label=_("You ship within"), coerce=int)
    returns_days = forms.IntegerField(
        label=_("Days for returns"),
        help_text=_("Counted from receipt. 0 leaves what the law gives."),
        min_value=0,
        max_value=365,
        initial=7,
    )
    made_to_order = forms.BooleanField(label=_("Made to order"), required=False)
    lead_days = forms.IntegerField(
        label=_("Days to make it"), min_value=0, max_value=730, required=False
    )

    def __init__(
        self,
        *args: Any,
        currency: str = "",
        hours: int = 48,
        templates: Sequence[TemplateView] = (),
        **kwargs: Any,
    ) -> None:
        """`currency` fixes it; `hours` is the present promise, offered beside the usual ones."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        offered = sorted({*SHIP_WITHIN, hours})
        fields["ship_within_hours"].choices = [
            (one, formats.duration(timedelta(hours=one))) for one in offered
        ]
        fields["ship_within_hours"].initial = hours
        fields["template"].choices = [
            ("", _("One price, wherever it goes")),
            *((str(one.id), f"{one.name} ({one.currency})") for one in templates),
        ]
        fields["days_min"].initial, fields["days_max"].initial = 2, 5
        fields["currency"].choices = pairs([currency] if currency else currencies())

    def draft(
        self, rows: VariantRows, asks: tuple[Ask, ...] = (), *, offer: bool = False
    ) -> ListingDraft:
        """The whole listing; call after is_valid(). Raises Invalid for an unreadable amount."""
        data = self.cleaned_data
        currency = data["currency"]
        return ListingDraft(
            title=data["title"],
            description=data["description"],
            currency=currency,
            condition=data["condition"],
            brand=data["brand"],
            origin=data["origin"],
            returns_days=data["returns_days"],
            ship_within_hours=data["ship_within_hours"],
            shipping=parse_amount(data["shipping"], currency),
            shipping_days=(data["days_min"], data["days_max"]),
            template=parse_id(data["template"]),
            digital=data["digital"],
            grams=data["grams"] or 0,
            customs_code=data["customs_code"],
            customs_note=data["customs_note"],
            made_to_order=data["made_to_order"],
            lead_days=(data["lead_days"] or 0) if data["made_to_order"] else 0,
            asks=asks if data["made_to_order"] else (),
            variants=rows.drafts(currency, endless=bool(data["digital"])),
            offer=offer,
        )


def initial(page: ListingPage) -> dict[str, Any]:
    """What the form shows of a listing."""
    making = timedelta(days=page.lead_days if page.made_to_order else 0)
    return {
        "title": page.title,
        "description": page.description,
        "currency": page.currency,
        "condition": page.condition,
        "brand": page.brand,
        "origin": page.origin,
        "shipping": typed(page.shipping),
        "template": str(page.template.id) if page.template else "",
        "digital": page.digital,
        "grams": page.grams or "",
        "customs_code": page.customs_code,
        "customs_note": page.customs_note,
        "days_min": page.shipping_days[0],
        "days_max": page.shipping_days[1] or 5 * bool(page.digital),
        "ship_within_hours": (page.ship_within - making) // timedelta(hours=1),
        "returns_days": page.returns_days,
        "made_to_order": page.made_to_order,
        "lead_days": page.lead_days or "",
    }


class AskForm(forms.Form):
    """The listing's questions, then how many and a word."""

    def __init__(self, *args: Any, asks: Sequence[Ask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wished = self.initial.get("wishes", {})
        for place, ask in enumerate(asks):
            self.fields[f"wish_{place}"] = ask_field(ask)
            before = wished.get(ask.name, "")
            self.initial[f"wish_{place}"] = before.removesuffix(ask.unit).strip()
        self.count = len(asks)
        self.fields["quantity"] = forms.IntegerField(
            label=_("Pieces"), min_value=1, max_value=9999, initial=1
        )
        self.fields["note"] = forms.CharField(
            label=_("A word to the seller"),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=500,
            required=False,
        )

    def wishes(self) -> list[str]:
        """Call after is_valid()."""
        return [str(self.cleaned_data[f"wish_{place}"]) for place in range(self.count)]


def ask_field(ask: Ask) -> forms.Field:
    if not ask.is_range:
        return forms.ChoiceField(
            label=ask.name, choices=[("", _("Choose")), *((one, one) for one in ask.values)]
        )
    numbers = {"min": ask.low, "max": ask.high, "step": ask.step, "inputmode": "decimal"}
    label = f"{ask.name} ({ask.unit})" if ask.unit else ask.name
    return forms.CharField(
        label=label, help_text=ask.words, max_length=12, widget=forms.NumberInput(attrs=numbers)
    )


class AnswerForm(forms.Form):
    price = forms.CharField(label=_("Price"), max_length=20)
    lead_days = forms.IntegerField(label=_("Days to make it"), min_value=0, max_value=730)
    valid_days = forms.IntegerField(
        label=_("Days for which this holds"), min_value=1, max_value=90, initial=14
    )
    answer = forms.CharField(
        label=_("A word to the buyer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=list(EVIDENCE_WORDS.items()))
    audience = forms.ChoiceField(
        label=_("Who may see it"),
        choices=list(EVIDENCE_FOR_WORDS.items()),
        initial=EvidenceFor.EVERYONE,
    )
    picture = forms.FileField(
        label=_("Picture or PDF of it"),
        help_text=_("Each page of a PDF becomes a picture of its own; the file is not kept."),
    )
    alt = forms.CharField(label=_("What can be seen"), max_length=300, required=False)


class PaperAudienceForm(forms.Form):
    audience = forms.ChoiceField(
        label=_("Who may see it"), choices=list(EVIDENCE_FOR_WORDS.items())
    )


def moment(label: Any, help_text: Any) -> forms.DateTimeField:
    """A day and a time of the house's clock; browsers bring their own picker."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class PlanForm(forms.Form):
    offer_at = moment(_("Goes on sale"), _("Empty: not by itself."))
    withdraw_at = moment(
        _("Goes off sale"), _("Buyers see this time. Empty: it stays until you take it off.")
    )


class ApplyForm(forms.Form):
    """What an old shop's file does not say, once for all of its items."""

    shipping = forms.CharField(
        label=_("Shipping cost"),
        help_text=_("For items whose file says nothing. 0 is free shipping."),
        max_length=20,
        initial="0",
    )
    days_min = forms.IntegerField(
        label=_("Days on the way, at least"), min_value=0, max_value=180, initial=2
    )
    days_max = forms.IntegerField(label=_("at most"), min_value=1, max_value=180, initial=5)

    def __init__(self, *args: Any, currency: str = "CNY", **kwargs: Any) -> None:
        """`currency` is the one that most items of the file are in."""
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["shipping"].label = _("Shipping cost in %(currency)s") % {"currency": currency}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high = data.get("days_min"), data.get("days_max")
        if low is not None and high is not None and low > high:
            self.add_error("days_max", _("Say how many days shipping takes, the fewest first."))
        return data

    def defaults(self) -> Defaults:
        """Call after is_valid(). Raises Invalid for an unreadable amount."""
        data = self.cleaned_data
        return Defaults(
            shipping_minor=max(0, parse_amount(data["shipping"], self.currency).minor),
            shipping_days=(data["days_min"], data["days_max"]),
            currency=self.currency,
        )
