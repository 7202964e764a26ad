from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required

from . import actions, queries


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def learning(request: MemberRequest) -> HttpResponse:
    """What would fit me and why, and whether the house may learn from what I choose."""
    viewer, now = request.user.id, clock.now()
    if request.method == "POST":
        choose(request, on=request.POST.get("on") == "1")
        return redirect("reach:learning")
    context = {
        "learnt": queries.learnt(viewer),
        "suggestions": queries.suggestions(viewer, now=now),
    }
    return http.page(request, "reach/learning.html", context)


def choose(request: MemberRequest, *, on: bool) -> None:
    decide = actions.agree if on else actions.take_back
    decide(member=request.user.id, now=clock.now())
    messages.success(request, _("Saved.") if on else _("What was learnt from you is deleted."))
