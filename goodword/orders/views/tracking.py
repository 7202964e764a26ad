from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goodword.kit import clock, http
from goodword.kit.access import operator_required
from goodword.people.access import MemberRequest

from .. import actions, tracking


@operator_required
@require_GET
def strays(request: MemberRequest) -> HttpResponse:
    """What carriers said and no parcel fits."""
    context = {"strays": tracking.strays(), "sources": tracking.sources()}
    return http.page(request, "orders/strays.html", context)


@operator_required
@require_POST
def put_away(request: MemberRequest, id: UUID) -> HttpResponse:
    """Seen to."""
    actions.put_away(operator=request.user, stray=id, now=clock.now())
    return redirect("orders:strays")
