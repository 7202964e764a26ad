"""The formats by name, and the one way to a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit.errors import NotFound

from ..models import Listing, Shop
from . import feeds, sheets
from .catalogue import Ware, wares


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what people call it, how its files are called, and how it is written."""

    name: str
    label: str
    explained: object  # a sentence, translated when it is read
    ending: str
    content_type: str
    write: Callable[[Sequence[Ware], Shop, str], bytes]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file; `left_out` listings have no price, and no format has a place for them."""

    name: str
    content_type: str
    data: bytes
    listings: int
    left_out: int


class UnknownFormat(NotFound):
    def __init__(self, name: str) -> None:
        known = ", ".join(FORMATS)
        super().__init__(
            _("There is no format called “%(name)s”. There are: %(known)s.")
            % {"name": name, "known": known}
        )


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format(
            "shopify", "Shopify CSV",
            gettext_lazy("Products and variants, for Shopify’s own import and for spreadsheets."),
            ".csv", "text/csv; charset=utf-8",
            lambda found, _shop, _base: sheets.written(sheets.SHOPIFY, sheets.shopify(found)),
        ),
        Format(
            "woocommerce", "WooCommerce CSV",
            gettext_lazy("Simple and variable products, for WordPress."),
            ".csv", "text/csv; charset=utf-8",
            lambda found, _shop, _base: sheets.written(
                sheets.WOOCOMMERCE, sheets.woocommerce(found), mark=True
            ),
        ),
        Format(
            "merchant", "Google Merchant XML",
            gettext_lazy("A product feed, as price comparisons and advertising read it."),
            ".xml", "application/xml; charset=utf-8",
            lambda found, shop, base: feeds.merchant(found, title=shop.name, link=base),
        ),
        Format(
            "merchant-tsv", "Google Merchant TSV",
            gettext_lazy("The same feed as a table."),
            ".tsv", "text/tab-separated-values; charset=utf-8",
            lambda found, _shop, _base: sheets.written(
                feeds.TABLE, feeds.entries(found), delimiter="\t"
            ),
        ),
        Format(
            "jsonld", "JSON-LD (schema.org)",
            gettext_lazy("Products as the web’s own vocabulary says them."),
            ".json", "application/ld+json; charset=utf-8",
            lambda found, _shop, _base: feeds.jsonld(found),
        ),
    )
}  # fmt: skip


def export(*, shop: Shop, form: str, now: datetime, base: str = "") -> Exported:
    """All of the owner's listings as a file of the format called `form`. Raises UnknownFormat."""
    if form not in FORMATS:
        raise UnknownFormat(form)
    chosen = FORMATS[form]
    found = list(wares(shop.owner_id, base=base))
    everything = Listing.objects.filter(seller=shop.owner_id).count()
    return Exported(
        name=f"goodword-{now:%Y-%m-%d}-{chosen.name}{chosen.ending}",
        content_type=chosen.content_type,
        data=chosen.write(found, shop, base),
        listings=len(found),
        left_out=everything - len(found),
    )
