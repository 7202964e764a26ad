from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required

from .. import actions, queries
from ..actions.groups import GroupMissing


@member_required
@require_http_methods(["GET", "POST"])
def groups(request: MemberRequest) -> HttpResponse:
    """My groups with who is in each; a POST makes one."""
    error, status = "", 200
    if request.method == "POST":
        try:
            made = actions.make_group(
                owner=request.user, name=request.POST.get("name", ""), now=clock.now()
            )
            return redirect("circle:group", made.id)
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    context = {
        "groups": queries.groups(request.user.id),
        "error": error,
        "name": request.POST.get("name", ""),
    }
    return http.page(request, "circle/groups.html", context, status=status)


@member_required
@require_http_methods(["GET", "POST"])
def group(request: MemberRequest, id: UUID) -> HttpResponse:
    """Who is in a group, and its name."""
    found = next((g for g in queries.groups(request.user.id) if g.group.id == id), None)
    if found is None:
        raise GroupMissing
    error, status = "", 200
    if request.method == "POST":
        try:
            actions.rename_group(
                owner=request.user, group=id, name=request.POST.get("name", found.group.name)
            )
            chosen = [parse_id(text) for text in request.POST.getlist("friends")]
            actions.set_members(
                owner=request.user, group=id, friends=[f for f in chosen if f], now=clock.now()
            )
            messages.success(request, _("Saved."))
            return redirect("circle:groups")
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    context = {
        "group": found.group,
        "inside": {member.id for member in found.friends},
        "friends": queries.friends(request.user.id),
        "error": error,
    }
    return http.page(request, "circle/group.html", context, status=status)


@member_required
@require_POST
def delete_group(request: MemberRequest, id: UUID) -> HttpResponse:
    actions.delete_group(owner=request.user, group=id, now=clock.now())
    messages.success(request, _("The group is gone; your friends are not."))
    return redirect("circle:groups")
