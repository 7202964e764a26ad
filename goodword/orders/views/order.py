from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.circle.invitations import drawn
from goodword.kit import clock, formats, http
from goodword.kit.errors import Refused
from goodword.people.access import MemberRequest, member_required
from goodword.shop.digital.forms import GoodsForm

from .. import actions, pages
from ..forms import CodeForm, ShipForm
from ..refusals import OrderMissing
from ..states import CARRIERS, Verb

KEYS = "/.well-known/jwks.json"


@member_required
@require_GET
def order(request: MemberRequest, id: UUID) -> HttpResponse:
    """An order, for its buyer and for its seller."""
    return order_page(request, id)


@member_required
@require_GET
def promises(request: MemberRequest, id: UUID) -> HttpResponse:
    """What was promised, signed, as a file to keep."""
    answer = JsonResponse(
        {"promises": pages.promises(request.user.id, id), "keys": KEYS},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = f'attachment; filename="promise-{id}.json"'
    return answer


def order_page(
    request: MemberRequest,
    id: UUID,
    *,
    form: ShipForm | None = None,
    code_form: CodeForm | None = None,
    goods_form: GoodsForm | None = None,
    right: tuple[UUID, GoodsForm] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    page = pages.order_page(request.user.id, id, now=clock.now())
    context = {
        "page": page,
        "form": form or ShipForm(),
        "code_form": code_form or CodeForm(initial={"code": request.GET.get("code", "")}),
        "qr": drawn(code_link(request, page)) if page.code else "",
        "carriers": CARRIERS,
        "goods_form": goods_form or GoodsForm(),
        "right_forms": right_forms(page, right),
        "error": error,
    }
    return http.page(request, "orders/order.html", context, status=status)


def right_forms(
    page: pages.OrderPage, sent: tuple[UUID, GoodsForm] | None
) -> dict[UUID, GoodsForm]:
    """Of each thing that the seller may send corrected; `sent` is what was wrong with one."""
    if Verb.PUT_RIGHT not in page.may:
        return {}
    found = {
        one.id: GoodsForm(auto_id=f"{one.id}-%s")
        for goods in page.goods.values()
        for one in goods
        if not one.corrected
    }
    return {**found, **dict([sent] if sent else [])}


def code_link(request: MemberRequest, page: pages.OrderPage) -> str:
    """Where the seller's telephone goes when it reads the buyer's picture."""
    assert page.code is not None
    here = reverse("orders:order", args=[page.order.id])
    return request.build_absolute_uri(f"{here}?code={page.code.code}#hand")


def carry_out(request: MemberRequest, id: UUID, do: Callable[[], str]) -> HttpResponse:
    """Do a verb and show the order; a refusal is one sentence on the same page."""
    try:
        messages.success(request, do())
    except OrderMissing:
        raise
    except Refused as refusal:
        return order_page(request, id, error=str(refusal), status=refusal.status)
    return redirect("orders:order", id)


@member_required
@require_POST
def keep(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: no, I ship it."""

    def do() -> str:
        actions.keep(seller=request.user, order=id, now=clock.now())
        return _("The buyer knows that you ship it.")

    return carry_out(request, id, do)


@member_required
@require_POST
def confirm(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's: I have it."""

    def do() -> str:
        actions.confirm(buyer=request.user, order=id, now=clock.now())
        return _("Thank you. The seller has been told.")

    return carry_out(request, id, do)


@member_required
@require_POST
def extend(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's: the parcel needs longer."""

    def do() -> str:
        until = actions.extend(buyer=request.user, order=id, now=clock.now())
        return _("You have until %(until)s now.") % {"until": formats.date_time(until)}

    return carry_out(request, id, do)


@member_required
@require_POST
def cancel(request: MemberRequest, id: UUID) -> HttpResponse:
    """Either side's, as far as the rules let them."""

    def do() -> str:
        actions.cancel(member=request.user, order=id, now=clock.now())
        return _("It is called off.")

    return carry_out(request, id, do)


@member_required
@require_POST
def ask_cancel(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's, while the promised time runs."""

    def do() -> str:
        actions.ask_to_cancel(buyer=request.user, order=id, now=clock.now())
        return _("The seller has been asked.")

    return carry_out(request, id, do)


@member_required
@require_POST
def ask_paper(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's: an invoice, or a private seller's receipt."""

    def do() -> str:
        actions.ask_for_paper(buyer=request.user, order=id, now=clock.now())
        return _("Here it is.")

    return carry_out(request, id, do)
