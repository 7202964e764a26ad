from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required

from . import queries


@member_required
@require_safe
def digests(request: MemberRequest) -> HttpResponse:
    """My digests of the last weeks."""
    found = queries.digests(request.user.id)
    return http.page(request, "reach/digests.html", {"digests": found})


@member_required
@require_safe
def digest(request: MemberRequest, id: UUID) -> HttpResponse:
    """One day's digest, as far as it is still there for me."""
    opened = queries.opened(request.user.id, id, now=clock.now())
    return http.page(request, "reach/digest.html", {"opened": opened})
