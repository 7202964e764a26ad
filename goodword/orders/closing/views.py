from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required
from goodword.shop import actions as shop
from goodword.shop.queries import my_shop

from ..views.lists import rows
from . import queries


@member_required
@require_http_methods(["GET", "POST"])
def closing(request: MemberRequest) -> HttpResponse:
    """What closing my shop means and what it waits for; the POST closes it."""
    if my_shop(request.user.id) is None:
        return redirect("shop:open")
    if request.method == "POST":
        shop.close_shop(owner=request.user, now=clock.now())
        messages.success(request, _("Your shop takes no new orders. You can still reopen it."))
        return redirect("orders:closing")
    found = queries.closing(request.user.id, now=clock.now())
    context = {"closing": found, "rows": rows(found.orders)}
    return http.page(request, "orders/closing.html", context)


@member_required
@require_POST
def reopen(request: MemberRequest) -> HttpResponse:
    """Think better of it."""
    shop.reopen_shop(owner=request.user, now=clock.now())
    messages.success(request, _("Your shop takes orders again."))
    return redirect("shop:mine")
