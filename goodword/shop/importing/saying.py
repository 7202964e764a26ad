"""A change of a listing in words: which field, what stands there, what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import formats
from goodword.kit.money import Money

from ..states import CONDITION_WORDS, DIGITAL_WORDS, Condition, Digital

FIELDS: Mapping[str, Any] = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "condition": gettext_lazy("Condition"),
    "brand": gettext_lazy("Brand"),
    "origin": gettext_lazy("Where it comes from"),
    "returns_days": gettext_lazy("Days for returns"),
    "ship_within_hours": gettext_lazy("You ship within"),
    "shipping": gettext_lazy("Shipping cost"),
    "shipping_days": gettext_lazy("Days on the way"),
    "lead_days": gettext_lazy("Days to make it"),
    "digital": gettext_lazy("How it is delivered"),
    "grams": gettext_lazy("Weight in grams"),
    "customs_code": gettext_lazy("Customs code"),
    "customs_note": gettext_lazy("Customs description"),
    "price": gettext_lazy("Price"),
    "stock": gettext_lazy("Stock"),
    "code": gettext_lazy("Your code"),
    "variant_new": gettext_lazy("New variant"),
    "variant_gone": gettext_lazy("Not offered any more"),
}


# What a seller may say of a column in a table that nobody knows; the order is that of the choice.
COLUMN_WORDS: Mapping[str, Any] = {
    "": gettext_lazy("leave it out"),
    "title": FIELDS["title"],
    "price": FIELDS["price"],
    "currency": gettext_lazy("Currency"),
    "stock": FIELDS["stock"],
    "option": gettext_lazy("Option, such as colour or size"),
    "code": gettext_lazy("Your code of the item"),
    "sku": gettext_lazy("Your code of the variant"),
    "description": FIELDS["description"],
    "brand": FIELDS["brand"],
    "origin": FIELDS["origin"],
    "condition": FIELDS["condition"],
    "shipping": FIELDS["shipping"],
    "returns_days": FIELDS["returns_days"],
    "lead_days": FIELDS["lead_days"],
    "category": gettext_lazy("Category"),
    "barcode": gettext_lazy("Bar code"),
    "pictures": gettext_lazy("Addresses of pictures"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """`before` and `after` as the reader's language writes them; "–" for nothing."""

    field: str
    label: str
    variant: str
    before: str
    after: str


def said(change: Mapping[str, Any]) -> Said:
    field = change["field"]
    return Said(
        field=field,
        label=str(FIELDS.get(field, field)),
        variant=change.get("variant", ""),
        before=_words(field, change["before"]),
        after=_words(field, change["after"]),
    )


def _words(field: str, value: Any) -> str:
    if value is None or (value == "" and field != "digital"):
        return "–"
    if isinstance(value, dict):
        return formats.money(Money(value["minor"], value["currency"]))
    if field == "digital":
        return str(DIGITAL_WORDS[Digital(value)])
    if field == "condition":
        return str(CONDITION_WORDS[Condition(value)])
    if field == "shipping_days":
        return "–".join(str(one) for one in dict.fromkeys(value))
    if field == "ship_within_hours":
        return _("%(n)s h") % {"n": value}
    return formats.number(value) if isinstance(value, int) else str(value)
