from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required

from . import actions, queries


@member_required
@require_GET
def followed(request: MemberRequest) -> HttpResponse:
    """The shops that I follow."""
    return http.page(request, "shop/followed.html", {"shops": queries.followed(request.user.id)})


@member_required
@require_POST
def follow(request: MemberRequest, id: UUID) -> HttpResponse:
    """Follow a shop."""
    actions.follow(member=request.user, shop=id, now=clock.now())
    messages.success(request, _("What it offers stands among the shops that you follow."))
    return redirect(http.back(request, default=f"/shops/{id}"))


@member_required
@require_POST
def unfollow(request: MemberRequest, id: UUID) -> HttpResponse:
    """Stop following it."""
    actions.unfollow(member=request.user, shop=id, now=clock.now())
    messages.success(request, _("You no longer follow it."))
    return redirect(http.back(request, default="/shops/followed"))
