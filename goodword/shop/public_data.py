"""What machines read on a public page: schema.org data and the words of a link's preview.

Only of what everybody may see. The block is data to the browser (`application/ld+json`), so the
strict policy for scripts holds; no text in it can end the block.
"""

import json
from typing import Any

from markupsafe import Markup

from goodword.kit.money import Money

from . import public_terms as terms
from .pages import ListingPage, ShopPage, ShopView, VariantView
from .sellers.states import Scheme
from .states import Condition

CONDITIONS = {
    Condition.NEW: "NewCondition",
    Condition.LIKE_NEW: "UsedCondition",
    Condition.USED: "UsedCondition",
}
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def of_listing(page: ListingPage, base: str) -> dict[str, Any] | None:
    """{data, title, description, image, url, price} of one on a public shop; None of any other.

    `price` is the lowest. The seller's own codes are hers alone: what is for sale is named by its
    id. `base` is the house's own address without a slash at its end.
    """
    if not page.shop.public or page.state == "draft":
        return None
    url = base + page.url
    pictures = [base + one.url for one in page.pictures]
    product: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "sku": str(page.id),
        "name": page.title,
        "url": url,
        "description": page.description or page.title,
        "image": pictures,
        "itemCondition": f"https://schema.org/{CONDITIONS[Condition(page.condition)]}",
        **terms.weight(page),
        "offers": [offer(page, variant, url, base) for variant in page.variants],
    }
    if page.brand:
        product["brand"] = {"@type": "Brand", "name": page.brand}
    if page.origin:
        product["countryOfOrigin"] = page.origin
    said = preview(product, page.title, page.description, pictures, url)
    return {**said, "price": page.prices.low if page.prices else None}


def of_shop(page: ShopPage, base: str) -> dict[str, Any] | None:
    """The same of a public shop, with the cards on its first page."""
    shop = page.shop
    if not shop.public:
        return None
    url = base + shop.url
    pictures = [base + one.picture.url for one in page.shelf.cards if one.picture][:1]
    store: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Store",
        "name": shop.name,
        "url": url,
        "description": shop.about or shop.promise or shop.name,
        **registered(shop),
        "makesOffer": [
            {"@type": "Offer", "name": one.title, "url": base + one.url, **cost(one.low)}
            for one in page.shelf.cards
            if one.low
        ],
    }
    return preview(store, shop.name, shop.promise or shop.about, pictures, url)


def registered(shop: ShopView) -> dict[str, str]:
    """A checked business's name and number."""
    if not shop.business:
        return {}
    number = "vatID" if shop.scheme == Scheme.VAT else "identifier"
    return {"legalName": shop.business, number: shop.number}


def offer(page: ListingPage, variant: VariantView, url: str, base: str) -> dict[str, Any]:
    if not page.on_sale:
        stock = "Discontinued"
    elif not variant.pieces:
        stock = "OutOfStock"
    else:
        stock = "MadeToOrder" if page.made_to_order else "InStock"
    until = page.on_sale_until
    return {
        "@type": "Offer",
        "sku": str(variant.id),
        "url": url,
        **({"name": variant.name} if variant.name else {}),
        **cost(variant.price),
        **({"priceValidUntil": until.isoformat()} if until else {}),
        "availability": f"https://schema.org/{stock}",
        **terms.making(page),
        **terms.delivery(page, variant),
        **terms.returning(page),
        "seller": {"@type": "Organization", "name": page.shop.name, "url": base + page.shop.url},
    }


def cost(price: Money) -> dict[str, str]:
    return {"price": str(price.amount), "priceCurrency": price.currency}


def preview(
    data: dict[str, Any], title: str, text: str, pictures: list[str], url: str
) -> dict[str, Any]:
    return {
        "data": block(data),
        "title": title,
        "description": " ".join(text.split())[:200],
        "image": pictures[0] if pictures else "",
        "url": url,
        "price": None,
    }


def block(data: dict[str, Any]) -> Markup:
    """JSON that can stand between <script> tags, whatever sellers write."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, spelt in UNSAFE.items():
        text = text.replace(sign, spelt)
    return Markup(text)  # noqa: S704  # every sign that could end it is spelt out
