from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.kit.money import total
from goodword.people.access import MemberRequest, member_required
from goodword.shop.actions import VariantMissing

from .. import actions, book, queries
from ..forms import number
from ..parcels import Shipping, shipping


@member_required
@require_GET
def cart(request: MemberRequest) -> HttpResponse:
    """What I have put aside, by shop, with what each costs now."""
    return cart_page(request)


def cart_page(request: MemberRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    items = queries.cart(request.user.id)
    ready = [item for item in items if item.can_buy]
    totals: dict[str, list] = {}
    for item in ready:
        if item.offer:
            totals.setdefault(item.offer.price.currency, []).append(
                item.offer.price * item.quantity
            )
    context = {
        "shops": by_shop(items, book.home_region(request.user.id)),
        "ready": len(ready),
        "totals": [total(amounts) for amounts in totals.values()],
        "error": error,
    }
    return http.page(request, "orders/cart.html", context, status=status)


def by_shop(
    items: list[queries.CartItem], region: str
) -> list[tuple[str, list[queries.CartItem], Shipping | None]]:
    """The items under their shops' names, in the order in which they were put in, with what the
    parcels of those that can be bought cost; each shop's apart by currency.
    """
    shops: dict[Any, list[queries.CartItem]] = {}
    for item in items:
        key = (item.offer.shop, item.offer.price.currency) if item.offer else None
        shops.setdefault(key, []).append(item)
    return [
        (part[0].offer.shop_name if part[0].offer else "", part, shipping_of(part, region))
        for part in shops.values()
    ]


def shipping_of(items: list[queries.CartItem], region: str) -> Shipping | None:
    goods = [(item.offer, item.quantity) for item in items if item.can_buy and item.offer]
    return shipping(goods, region) if goods else None


@member_required
@require_POST
def add(request: MemberRequest) -> HttpResponse:
    """Put `quantity` of `variant` into the cart."""
    variant = parse_id(request.POST.get("variant", ""))
    if variant is None:
        raise VariantMissing
    actions.add_to_cart(
        buyer=request.user,
        variant=variant,
        quantity=number(request.POST.get("quantity", "1")),
        now=clock.now(),
    )
    messages.success(request, _("It is in your cart."))
    return redirect(http.back(request, default=reverse("orders:cart")))


@member_required
@require_POST
def change(request: MemberRequest) -> HttpResponse:
    """Set the quantity of a variant in the cart; 0 takes it out."""
    variant = parse_id(request.POST.get("variant", ""))
    if variant is None:
        raise VariantMissing
    try:
        actions.change_cart(
            buyer=request.user, variant=variant, quantity=number(request.POST.get("quantity", "0"))
        )
    except Refused as refusal:
        return cart_page(request, error=str(refusal), status=refusal.status)
    return redirect("orders:cart")
