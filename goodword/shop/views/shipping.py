from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required

from .. import actions, regions, shipping
from ..forms import TemplateForm
from ..parcels import ELSEWHERE
from ..zones import ZoneRows
from .common import DONE, tried


@member_required
@require_GET
def templates(request: MemberRequest) -> HttpResponse:
    """What my parcels cost, by region and weight."""
    context = {"templates": shipping.templates(request.user.id)}
    return http.page(request, "shop/templates.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def new_template(request: MemberRequest) -> HttpResponse:
    """A new one; `do` "rows" adds a row to the form."""
    form = TemplateForm(request.POST or None)
    rows = ZoneRows.read(request.POST) if request.POST else ZoneRows()
    return template_page(request, form, rows, None)


@member_required
@require_http_methods(["GET", "POST"])
def template(request: MemberRequest, id: UUID) -> HttpResponse:
    """Change one of mine; orders keep what they were promised."""
    found = shipping.template(request.user.id, id)
    initial = {"name": found.name, "currency": found.currency}
    form = TemplateForm(request.POST or None, initial=initial, currency=found.currency)
    kept = ZoneRows.of(found.zones, found.currency)
    rows = ZoneRows.read(request.POST) if request.POST else kept
    return template_page(request, form, rows, found)


def template_page(
    request: MemberRequest,
    form: TemplateForm,
    rows: ZoneRows,
    found: shipping.TemplateView | None,
) -> HttpResponse:
    if request.POST.get("do") == "rows":
        form, rows = TemplateForm(initial=request.POST.dict()), rows.with_another()
    status = tried(form, lambda: keep(request, form, rows, found.id if found else None))
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("shop:templates")
    places = [("", [("CN", _("All of mainland China")), (ELSEWHERE, regions.name(ELSEWHERE))])]
    context = {
        "form": form,
        "rows": rows,
        "template": found,
        "places": [*places, *regions.choices()],
        "wrong": getattr(form, "wrong_rows", {}),
    }
    return http.page(request, "shop/template.html", context, status=status)


def keep(request: MemberRequest, form: TemplateForm, rows: ZoneRows, id_: UUID | None) -> None:
    currency = form.cleaned_data["currency"]
    try:
        actions.keep_template(
            seller=request.user, template=id_, name=form.cleaned_data["name"],
            currency=currency, zones=rows.zones(currency), now=clock.now(),
        )  # fmt: skip
    except actions.BadTemplate as refusal:
        form.wrong_rows = refusal.fields
        raise


@member_required
@require_POST
def remove_template(request: MemberRequest, id: UUID) -> HttpResponse:
    """Only one that no listing ships by."""
    try:
        actions.remove_template(seller=request.user, template=id, now=clock.now())
        messages.success(request, _("The template is gone."))
    except actions.TemplateInUse as refusal:
        messages.error(request, str(refusal))
    return redirect("shop:templates")
