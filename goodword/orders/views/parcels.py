from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodword.kit import clock
from goodword.kit.errors import Refused
from goodword.people.access import MemberRequest, member_required

from .. import actions, queries
from ..forms import CodeForm, ShipForm
from ..refusals import OrderMissing
from .order import carry_out, order_page


@member_required
@require_POST
def ship(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: carrier and tracking number."""
    form = ShipForm(request.POST)
    if not form.is_valid():
        return order_page(request, id, form=form, status=422)
    try:
        actions.ship(seller=request.user, order=id, now=clock.now(), **form.cleaned_data)
    except OrderMissing:
        raise
    except Refused as refusal:
        for field, sentence in refusal.fields.items():
            form.add_error(field, sentence)
        error = "" if refusal.fields else str(refusal)
        return order_page(request, id, form=form, error=error, status=refusal.status)
    messages.success(request, _("Shipped. The buyer knows the number now."))
    return redirect("orders:order", id)


@member_required
@require_POST
def correct(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: the number was typed wrong."""
    form = ShipForm(request.POST)
    parcel = queries.parcel(request.user.id, id)

    def do() -> str:
        actions.correct(
            seller=request.user, order=parcel.order_id, shipment=id, now=clock.now(),
            carrier=form["carrier"].value() or "", number=form["number"].value() or "",
        )  # fmt: skip
        return _("The number is corrected, and the buyer knows.")

    return carry_out(request, parcel.order_id, do)


@member_required
@require_POST
def make_code(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's: the code for a handover."""

    def do() -> str:
        actions.make_code(buyer=request.user, order=id, now=clock.now())
        return _("Show it only when you have the goods in your hands.")

    return carry_out(request, id, do)


@member_required
@require_POST
def hand_over(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: the buyer's code, when she has been given the goods."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return order_page(request, id, code_form=form, status=422)
    try:
        actions.hand_over(
            seller=request.user, order=id, code=form.cleaned_data["code"], now=clock.now()
        )
    except OrderMissing:
        raise
    except Refused as refusal:
        for field, sentence in refusal.fields.items():
            form.add_error(field, sentence)
        error = "" if refusal.fields else str(refusal)
        return order_page(request, id, code_form=form, error=error, status=refusal.status)
    messages.success(request, _("Handed over. The buyer looks at it for a while."))
    return redirect("orders:order", id)
