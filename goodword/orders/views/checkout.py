from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from goodword.kit import clock, house, http
from goodword.kit.errors import Refused
from goodword.kit.ids import new_id, parse_id
from goodword.kit.money import total
from goodword.money import queries as money
from goodword.people.access import MemberRequest, member_required
from goodword.shop.actions import Item, VariantMissing
from goodword.shop.regions import HOME

from .. import actions, book, queries
from ..forms import NEW, CheckoutForm, number, shipping_seen, wanted
from ..parcels import Shipping, shipping
from ..refusals import NotInCart


@member_required
@require_http_methods(["GET", "POST"])
def checkout(request: MemberRequest) -> HttpResponse:
    """What I am about to buy, where it goes, and who keeps the money; POST places the order.

    A price, a stock or a shipping cost that changed meanwhile is a question on the same page
    (409), with the new figures filled in: sending the form again says yes. `do` "look" only works
    out the shipping to the address as it stands.
    """
    saved = book.addresses(request.user.id)
    if request.method == "GET":
        items, from_cart = chosen(request)
        form = checkout_form(request, items, saved, initial=initial(request, saved, from_cart))
        return checkout_page(request, form, items)
    items = wanted(request.POST)
    form = checkout_form(request, items, saved, request.POST)
    if request.POST.get("do") == "look":
        form = checkout_form(request, items, saved, initial=request.POST.dict())
        return checkout_page(request, form, items)
    if not form.is_valid():
        return checkout_page(request, form, items, status=422)
    try:
        placed = place(request, form, items)
    except Refused as refusal:
        if isinstance(refusal, NotInCart):
            form.data = {**request.POST.dict(), "from_cart": ""}  # pressing again says yes
        for field, sentence in refusal.fields.items():
            if field in form.fields:
                form.add_error(field, sentence)
        return checkout_page(request, form, items, question=str(refusal), status=refusal.status)
    if len(placed) == 1:
        return redirect("orders:pay", placed[0].id)
    words = ngettext(
        "%(num)s order is placed. Pay it here.",
        "%(num)s orders are placed. Pay each of them here.",
        len(placed),
    )
    messages.success(request, words % {"num": len(placed)})
    return redirect("orders:list")


def checkout_form(
    request: MemberRequest, items: list[Item], saved: Sequence[book.Saved], *args: Any, **more: Any
) -> CheckoutForm:
    """What has to be asked of who buys these: an address if any of it is sent."""
    found = queries.offers(request.user.id, [item.variant for item in items]).values()
    digital = [bool(offer.digital) for offer in found]
    sends = not digital or not all(digital)
    if not sends and "initial" in more:
        more["initial"]["region"] = (more["initial"].get("region") or HOME)[:2]
    return CheckoutForm(*args, saved=saved, has_digital=any(digital), sends=sends, **more)


def place(request: MemberRequest, form: CheckoutForm, items: list[Item]) -> Sequence[Any]:
    now, address = clock.now(), form.address()
    if form.cleaned_data["from_cart"] and queries.went_from_cart(
        request.user.id, [item.variant for item in items], key=form.cleaned_data["key"]
    ):
        raise NotInCart
    placed = actions.place(
        buyer=request.user,
        items=items,
        address=address,
        note=form.cleaned_data["note"],
        key=form.cleaned_data["key"],
        from_cart=form.cleaned_data["from_cart"],
        shipping_seen=shipping_seen(request.POST),
        agreed=form.agreed,
        now=now,
    )
    if form.chosen or form.keeps:
        id_ = form.chosen.id if form.chosen else None
        actions.keep_address(owner=request.user, address=address, id_=id_, now=now)
    return placed


def chosen(request: MemberRequest) -> tuple[list[Item], bool]:
    """The goods that the address names, or those of the cart that can be bought."""
    variant = parse_id(request.GET.get("variant", ""))
    if variant:
        return [Item(variant, number(request.GET.get("quantity", "1")) or 1)], False
    ready = [item for item in queries.cart(request.user.id) if item.can_buy]
    return [Item(item.variant, item.quantity) for item in ready], True


def initial(request: MemberRequest, saved: Sequence[book.Saved], from_cart: bool) -> dict[str, Any]:
    """The form as it starts: the default address, or where the last parcel went; a fresh key."""
    known = book.last(request.user.id) if not saved else {}
    fresh = {"name": request.user.display_name, "region": request.user.region, "keep": True}
    if saved:
        fresh["region"] = saved[0].address.region
    to = str(saved[0].id) if saved and saved[0].is_usable else NEW
    return {**fresh, **known, "to": to, "key": str(new_id()), "from_cart": from_cart}


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
    # What went meanwhile is left out of what can still be ordered: it would be refused for ever.
    ready = [(offer, count) for offer, count in goods if offer.on_sale and offer.stock]
    gone = [offer for offer, _count in goods if not (offer.on_sale and offer.stock)]
    shops = by_shop(ready, form.goes_to)
    context = {
        "form": form,
        "shops": shops,
        "totals": totals(shops),
        "custodians": custodians(totals(shops)),
        "rules": house.rules(clock.now()),
        "question": question,
        "gone": gone,
        "unseen": len({item.variant for item in items} - set(found)),
    }
    return http.page(request, "orders/checkout.html", context, status=status)


Goods = list[tuple[queries.Offer, int]]


def by_shop(goods: Goods, region: str) -> list[dict[str, Any]]:
    """The goods under their shops, with what each order will come to; a sum is in one currency."""
    shops: dict[Any, Goods] = {}
    for offer, quantity in goods:
        shops.setdefault((offer.shop, offer.price.currency), []).append((offer, quantity))
    return [
        {
            "name": part[0][0].shop_name,
            "seller": part[0][0].seller,
            "goods": part,
            "leaves_within": max(
                (offer.ship_within for offer, _quantity in part if not offer.digital),
                default=None,
            ),
            "shipping": shipping(part, region),
        }
        for part in shops.values()
    ]


def totals(shops: Sequence[dict[str, Any]]) -> list[Any]:
    """What is to pay as far as it is known, one sum for each currency."""
    sums: dict[str, list] = {}
    for shop in shops:
        parts = sums.setdefault(shop["goods"][0][0].price.currency, [])
        parts += [offer.price * quantity for offer, quantity in shop["goods"]]
        cost: Shipping = shop["shipping"]
        if cost.cost is not None:
            parts.append(cost.cost)
    return [total(parts) for parts in sums.values()]


def custodians(sums: list[Any]) -> list[Any]:
    """Who may come to keep the money: whoever can be paid through, each once."""
    found = [gateway for one in sums for gateway in money.offered(one)]
    return list({gateway.name: gateway.custodian for gateway in found}.values())
