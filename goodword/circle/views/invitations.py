from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.kit import clock, http
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required

from .. import actions, meeting, queries
from .. import invitations as links


@member_required
@require_http_methods(["GET", "POST"])
def invitations(request: MemberRequest) -> HttpResponse:
    """My own code, and my links that still hold; POST makes one and shows it."""
    if request.method == "POST":
        made = actions.invite(owner=request.user, groups=chosen_groups(request), now=clock.now())
        return redirect("circle:invitation", made.id)
    own = request.build_absolute_uri(reverse("reach:profile", args=[request.user.handle]))
    context = {
        "code": links.drawn(own),
        "invitations": meeting.open_invitations(request.user.id, now=clock.now()),
        "groups": queries.groups(request.user.id),
    }
    return http.page(request, "circle/invitations.html", context)


@member_required
@require_safe
def invitation(request: MemberRequest, id: UUID) -> HttpResponse:
    """One link of mine, to copy, to send and to scan."""
    found = meeting.own_invitation(request.user.id, id, now=clock.now())
    link = request.build_absolute_uri(reverse("circle:invited", args=[links.token(found.id)]))
    context = {"invitation": found, "link": link, "code": links.drawn(link)}
    return http.page(request, "circle/invitation.html", context)


@member_required
@require_POST
def revoke_invitation(request: MemberRequest, id: UUID) -> HttpResponse:
    actions.revoke(invitation=id, owner=request.user, now=clock.now())
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("circle:invitations")


@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponseBase:
    """Where a link leads. To strangers every link looks alike, and leads to an account first."""
    if not request.user.is_authenticated and request.method != "POST":
        return http.page(request, "circle/invited_stranger.html", {"here": request.path})
    return invited_member(request, token)


@member_required
def invited_member(request: MemberRequest, token: str) -> HttpResponse:
    """Only the button makes friends: a program that opens a link to preview it does not."""
    found = meeting.invitation(request.user.id, token, now=clock.now())
    if request.method == "POST":
        actions.take(
            invitation=found.id, member=request.user, groups=chosen_groups(request), now=clock.now()
        )
        messages.success(request, _("You and %(name)s are friends now.") % {"name": found.owner})
        return redirect("reach:profile", found.owner.handle)
    context = {
        "invitation": found,
        "token": token,
        "is_mine": found.owner_id == request.user.id,
        "are_friends": queries.are_friends(request.user.id, found.owner_id),
        "groups": queries.groups(request.user.id),
    }
    return http.page(request, "circle/invited.html", context)


def chosen_groups(request: HttpRequest) -> list[UUID]:
    found = [parse_id(text) for text in request.POST.getlist("groups")]
    return [group for group in found if group]
