from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goodword.kit import clock, http
from goodword.kit.access import operator_required
from goodword.people.access import MemberRequest

from .. import actions
from .. import papers as paper_reads


@operator_required
@require_GET
def papers(request: MemberRequest) -> HttpResponse:
    """What sellers show to the house alone."""
    found = paper_reads.for_operators()
    context = {"unseen": [one for one in found if not one.looked_at],
               "seen": [one for one in found if one.looked_at]}  # fmt: skip
    return http.page(request, "shop/papers.html", context)


@operator_required
@require_POST
def look_at_paper(request: MemberRequest, id: UUID) -> HttpResponse:
    """An operator looked at it."""
    actions.look_at_paper(operator=request.user, evidence=id, now=clock.now())
    return redirect("shop:papers")
