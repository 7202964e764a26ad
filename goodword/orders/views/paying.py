from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.kit.ids import new_id
from goodword.money import queries as money
from goodword.money.gateways.base import Gateway
from goodword.money.states import PaymentState, Words
from goodword.people.access import MemberRequest, member_required

from .. import actions, pages
from ..refusals import OrderMissing
from ..states import Verb


@member_required
@require_http_methods(["GET", "POST"])
def pay(request: MemberRequest, id: UUID) -> HttpResponse:
    """Choose how to pay, and see what became of it; a declined payment can be tried again."""
    if request.method == "GET":
        return pay_page(request, id)
    try:
        seen = actions.pay(
            buyer=request.user,
            order=id,
            **chosen(request.POST.get("method", "")),
            key=request.POST.get("key", ""),
            return_url=reverse("orders:order", args=[id]),
            now=clock.now(),
        )
    except OrderMissing:
        raise
    except Refused as refusal:
        return pay_page(request, id, error=str(refusal), status=refusal.status)
    if seen.next_url.startswith("/"):
        return redirect(seen.next_url)
    if seen.state == PaymentState.DECLINED:
        return redirect("orders:pay", id)
    return redirect("orders:order", id)


def pay_page(
    request: MemberRequest, id: UUID, *, error: str = "", status: int = 200
) -> HttpResponse:
    page = pages.order_page(request.user.id, id, now=clock.now())
    if not page.is_buyer:
        raise OrderMissing
    if Verb.PAY not in page.may:
        return redirect("orders:order", id)
    context = {
        "page": page,
        "gateways": money.offered(page.order.total),
        "ways": ways,
        "keepers": keepers,
        "key": str(new_id()),
        "error": error,
    }
    return http.page(request, "orders/pay.html", context, status=status)


def chosen(way: str) -> dict[str, str]:
    """The gateway and its method, as the form's value `gateway/method` names them."""
    gateway, _slash, method = way.rpartition("/")
    return {"gateway": gateway, "method": method}


def ways(gateways: Sequence[Gateway], odd: bool) -> list[tuple[str, Words, Words]]:
    """The usual ways to pay, or the odd ones, as the page offers them."""
    return [
        (f"{gateway.name}/{one.code}", one.word, one.sentence)
        for gateway in gateways
        for one in gateway.methods()
        if one.odd == odd
    ]


def keepers(gateways: Sequence[Gateway]) -> list[tuple[Words, Words]]:
    """Who keeps the money with each gateway, in a sentence."""
    return [(gateway.word, gateway.custodian.sentence) for gateway in gateways]
