from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from goodword.kit import clock, http, rates
from goodword.kit.errors import Invalid
from goodword.people.access import MemberRequest, member_required
from goodword.shop.forms import currencies

from . import queries
from .asking import Asked


@member_required
@require_safe
def search(request: MemberRequest) -> HttpResponse:
    """Moments, people and listings in one place; nothing typed yet shows where to begin."""
    asked = Asked.read(request.GET.dict(), region=request.user.region)
    context = {"asked": asked, "currencies": currencies(), "results": None, "error": ""}
    status = 200
    if asked.q:
        allow(request.user.id)
        try:
            context["results"] = queries.look(request.user.id, asked, now=clock.now())
        except Invalid as refusal:
            context["error"], status = str(refusal), refusal.status
    else:
        context["suggestions"] = queries.suggestions(request.user.id)
    return http.page(request, "reach/search.html", context, status=status)


def allow(viewer: UUID) -> None:
    """Count one search; each pause in typing is one. Raises TooMany."""
    rates.hit(f"search:{viewer}", limit=120, per=timedelta(minutes=1), now=clock.now())
