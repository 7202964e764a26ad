from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from goodword.kit import clock, http
from goodword.kit.access import operator_required
from goodword.people.access import MemberRequest, member_required

from .. import pages, queries


@member_required
@require_GET
def timers(request: MemberRequest, id: UUID) -> HttpResponse:
    """What happens to an order of mine if nobody acts, to its end."""
    context = {"page": pages.forecast(request.user.id, id, now=clock.now())}
    return http.page(request, "orders/timers.html", context)


@operator_required
@require_GET
def timer_health(request: MemberRequest) -> HttpResponse:
    """Whether the house's clocks ring in time."""
    context = {"health": queries.timer_health(clock.now())}
    return http.page(request, "orders/timer_health.html", context)
