from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.kit import clock, formats, http
from goodword.people.access import MemberRequest, member_required

from .. import actions, plans, queries
from ..forms import PlanForm
from .common import DONE, tried


@member_required
@require_http_methods(["GET", "POST"])
def plan(request: MemberRequest, id: UUID) -> HttpResponse:
    """When a listing of mine goes on sale and off it by itself."""
    page = queries.my_page(request.user.id, id, now=clock.now())
    planned = plans.plan_of(request.user.id, id)
    form = PlanForm(
        request.POST or None,
        initial={"offer_at": planned.offer_at, "withdraw_at": planned.withdraw_at},
    )
    status = tried(
        form,
        lambda: actions.plan(seller=request.user, listing=id, **form.cleaned_data, now=clock.now()),
    )
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("shop:plan", id)
    here = formats.house_time(clock.now())
    context = {"page": page, "plan": planned, "form": form, "here": here}
    return http.page(request, "shop/plan.html", context, status=status)
