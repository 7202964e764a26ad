from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.people.access import MemberRequest, member_required

from . import actions, queries


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: MemberRequest) -> HttpResponse:
    """What I like, as I choose it."""
    viewer, error, status = request.user.id, "", 200
    if request.method == "POST":
        try:
            wanted = request.POST.getlist("interests")
            actions.choose(member=viewer, interests=wanted, now=clock.now())
            messages.success(request, _("Saved. Nobody else can see this."))
            return redirect("reach:interests")
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    context = {
        "groups": queries.groups(viewer), "any": bool(queries.chosen(viewer)), "error": error,
    }  # fmt: skip
    return http.page(request, "reach/interests.html", context, status=status)


@member_required
@require_POST
def forget(request: MemberRequest) -> HttpResponse:
    """Delete all that I chose."""
    actions.forget(member=request.user.id, now=clock.now())
    messages.success(request, _("What you chose is deleted."))
    return redirect("reach:interests")
