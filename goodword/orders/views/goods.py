from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodword.kit import clock
from goodword.kit.errors import Refused
from goodword.kit.files import hand_out
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required, token_too
from goodword.shop.digital.forms import GoodsForm

from .. import actions, goods, queries
from ..refusals import OneOfBoth, OrderMissing
from .order import order_page


@member_required
@require_POST
def deliver(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: what the buyer of a digital line gets."""
    queries.order(request.user.id, id)
    form = GoodsForm(request.POST, request.FILES)
    line = parse_id(request.POST.get("line", ""))
    if not form.is_valid():
        return order_page(request, id, goods_form=form, status=422)
    try:
        actions.deliver(
            seller=request.user, order=id, lines=[line] if line else None, goods=form.values(),
            now=clock.now(),
        )  # fmt: skip
    except OrderMissing:
        raise
    except Refused as refusal:
        for field, sentence in refusal.fields.items():
            form.add_error(field, sentence)
        error = "" if refusal.fields else str(refusal)
        return order_page(request, id, goods_form=form, error=error, status=refusal.status)
    messages.success(request, _("Delivered. The buyer has been told."))
    return redirect("orders:order", id)


@member_required
@require_POST
def put_right(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: a corrected file or text for one that was wrong."""
    order = goods.sold(request.user.id, id).order_id
    form = GoodsForm(request.POST, request.FILES, auto_id=f"{id}-%s")
    if not form.is_valid():
        return order_page(request, order, right=(id, form), status=422)
    try:
        given = form.values()
        if len(given) != 1:
            raise OneOfBoth
        actions.put_right(seller=request.user, goods=id, values=given[0], now=clock.now())
    except Refused as refusal:
        for field, sentence in (refusal.fields or {"text": str(refusal)}).items():
            form.add_error(field, sentence)
        return order_page(request, order, right=(id, form), status=refusal.status)
    messages.success(request, _("Sent. The buyer has been told."))
    return redirect("orders:order", order)


@token_too
@member_required
@require_safe
def file(request: MemberRequest, id: UUID) -> HttpResponseBase:
    """A file that was delivered: for its buyer, counted, and for its seller."""
    row = goods.file(request.user.id, id)
    answer = hand_out(row.item)
    if request.method == "GET" and row.buyer_id == request.user.id:
        actions.count_fetched(goods=row, now=clock.now())
    return answer
