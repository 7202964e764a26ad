from typing import Any

from babel import Locale
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from goodword.kit import clock, formats, house, http
from goodword.kit.errors import Refused
from goodword.kit.ids import new_id, parse_id
from goodword.kit.money import total
from goodword.money import queries as money
from goodword.people.access import MemberRequest, member_required
from goodword.shop.actions import Item, VariantMissing

from .. import actions, queries
from ..forms import REGIONS, CheckoutForm, number, wanted

GATEWAY = "sandbox"


@member_required
@require_http_methods(["GET", "POST"])
def checkout(request: MemberRequest) -> HttpResponse:
    """What I am about to buy, where it goes, and who keeps the money; POST places the order.

    A price or a stock that changed meanwhile is a question on the same page (409), with the new
    figures filled in: sending the form again says yes.
    """
    if request.method == "GET":
        items, from_cart = chosen(request)
        form = CheckoutForm(initial=initial(request, from_cart), regions=regions())
        return checkout_page(request, form, items)
    items = wanted(request.POST)
    form = CheckoutForm(request.POST, regions=regions())
    if not form.is_valid():
        return checkout_page(request, form, items, status=422)
    try:
        placed = actions.place(
            buyer=request.user,
            items=items,
            address=form.address(),
            note=form.cleaned_data["note"],
            key=form.cleaned_data["key"],
            from_cart=form.cleaned_data["from_cart"],
            now=clock.now(),
        )
    except Refused as refusal:
        for field, sentence in refusal.fields.items():
            if field in form.fields:
                form.add_error(field, sentence)
        return checkout_page(request, form, items, question=str(refusal), status=refusal.status)
    if len(placed) == 1:
        return redirect("orders:pay", placed[0].id)
    return redirect("orders:list")


def chosen(request: MemberRequest) -> tuple[list[Item], bool]:
    """The goods that the address names, or those of the cart that can be bought."""
    variant = parse_id(request.GET.get("variant", ""))
    if variant:
        return [Item(variant, number(request.GET.get("quantity", "1")) or 1)], False
    ready = [item for item in queries.cart(request.user.id) if item.can_buy]
    return [Item(item.variant, item.quantity) for item in ready], True


def initial(request: MemberRequest, from_cart: bool) -> dict[str, Any]:
    """The form as it starts: where the last parcel went, and a key of its own."""
    known = queries.last_address(request.user.id)
    fresh = {"name": request.user.display_name, "region": request.user.region}
    return {**fresh, **known, "key": str(new_id()), "from_cart": from_cart}


def checkout_page(
    request: MemberRequest,
    form: CheckoutForm,
    items: list[Item],
    *,
    question: str = "",
    status: int = 200,
) -> HttpResponse:
    found = queries.offers(request.user.id, [item.variant for item in items])
    goods = [
        (found[item.variant], min(item.quantity, max(found[item.variant].stock, 1)))
        for item in items
        if item.variant in found
    ]
    if items and not goods:
        raise VariantMissing
    context = {
        "form": form,
        "shops": by_shop(goods),
        "totals": totals(goods),
        "custodian": money.custodian(GATEWAY),
        "rules": house.rules(clock.now()),
        "question": question,
    }
    return http.page(request, "orders/checkout.html", context, status=status)


Goods = list[tuple[queries.Offer, int]]


def by_shop(goods: Goods) -> list[dict[str, Any]]:
    """The goods under their shops, with what each order will come to."""
    shops: dict[Any, Goods] = {}
    for offer, quantity in goods:
        shops.setdefault(offer.shop, []).append((offer, quantity))
    return [
        {
            "name": part[0][0].shop_name,
            "seller": part[0][0].seller,
            "goods": part,
            "shipping": shipping(part),
        }
        for part in shops.values()
    ]


def shipping(part: Goods) -> Any:
    """Once for each listing, as the order will charge it."""
    each = {offer.listing: offer.shipping for offer, _quantity in part}
    return total(list(each.values()))


def totals(goods: Goods) -> list[Any]:
    """What is to pay, one sum for each currency."""
    sums: dict[str, list] = {}
    paid_shipping = set()
    for offer, quantity in goods:
        parts = sums.setdefault(offer.price.currency, [])
        parts.append(offer.price * quantity)
        if offer.listing not in paid_shipping:
            parts.append(offer.shipping)
            paid_shipping.add(offer.listing)
    return [total(parts) for parts in sums.values()]


def regions() -> list[tuple[str, str]]:
    """The places a parcel can go to, as the reader's language calls them."""
    names = Locale.parse(formats.locale() if get_language() else "en").territories
    return [(code, names[code]) for code in REGIONS]
