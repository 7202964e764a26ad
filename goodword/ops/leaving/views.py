from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kit import clock, house
from goodword.kit.http import page
from goodword.people import leaving as people
from goodword.people.access import MemberRequest, member_required

from . import going


@member_required
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "POST"])
def leave(request: MemberRequest) -> HttpResponse:
    """What goes and what stays; the POST, proved once more, starts the grace time."""
    now = clock.now()
    if request.method == "POST":
        going.ask(member=request.user, now=now)
        return redirect("ops:leave")
    rules = house.rules(now)
    context = {
        "leaving_at": request.user.leaving_at,
        "obstacles": going.obstacles(request.user),
        "grace": rules.leave_after,
        "rests": rules.handle_rests,
    }
    return page(request, "ops/leave.html", context)


@member_required
@require_POST
def stay(request: MemberRequest) -> HttpResponse:
    """Take it back."""
    people.take_back(member=request.user, now=clock.now())
    messages.success(request, _("Your account stays."))
    return redirect("ops:leave")
